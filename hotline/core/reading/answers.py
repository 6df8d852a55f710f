"""Reads an answer to a question with numbered options.

What may enter: digits, number words, ordinals, yes and no, the options' own labels. What may not: guessing. What
could be two answers, or none, is Unclear and is asked again, since a wrong answer is worse than a second question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .counting import SEVERAL, Beside, number_in
from .labels import Option, named
from .lexicon import Lexicon, Tongue
from .normalise import normalise
from .phrasing import holds, is_letters, joined, listed, number_of, parts_of, plainly, tongues, words_of
from .sayings import SAYINGS, is_saying, said_in


@dataclass(frozen=True)
class Chosen:
    """The caller chose the option with this key."""

    key: str


@dataclass(frozen=True)
class DontKnow:
    """The caller says that they do not know, and no option says so."""


@dataclass(frozen=True)
class Unclear:
    """Not to be taken for an answer: ask again."""


Choice = Chosen | DontKnow | Unclear
_SIGNS = {
    "👍": "yes", "✅": "yes", "✔": "yes", "☑": "yes", "👌": "yes", "🆗": "yes",
    "👎": "no", "❌": "no", "✖": "no", "🚫": "no", "🙅": "no", "🤷": "dont_know",
}  # fmt: skip
_KEYS = {"yes": "1", "no": "2", "dont_know": "3"}
_LEADING = re.compile(r"\W*(\d+)\s*(?:[.,:;)!\n]+\s*|-+\s+)\D")
_MARK = re.compile(r"[,.;:!\n]|-(?!\w)")
_SENTENCES = re.compile(r"[.!\n]+(?:\s|$)")
_BETWEEN_DIGITS = re.compile(r"\d\s*[-/.,:+&]\s*\d")


@dataclass(frozen=True, slots=True)
class _Question:
    lexicon: Lexicon
    language: str
    options: Sequence[Option]
    yes_no: bool
    first: Sequence[str] = ()  # the words before the first mark

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    @property
    def tongue(self) -> Tongue | None:
        first = next(tongues(self.lexicon, self.language), None)
        return first if first and first.name == self.language else None


def read_choice(
    lexicon: Lexicon, language: str, text: str, options: Sequence[Option], *, yes_no: bool = False
) -> Choice:
    """Give the option that a text chooses; with `yes_no`, option 1 is yes, 2 is no, 3 (if there) is "don't know"."""
    plain = normalise(text)
    words, first = (plainly(lexicon, language, words_of(part)) for part in (text, _MARK.split(plain, 1)[0]))
    question = _Question(lexicon, language, options, yes_no, first)
    if not words or _says_nothing(lexicon, words, plain):
        return Unclear()
    if agreed := _agreed(question, words):
        return Chosen(agreed)
    number = _number(question, words)
    if number is not None:
        return Chosen(number) if number in question.keys else Unclear()
    said = _said(question, words)
    if said is not None:
        return _meant(question, said, words)
    key = _told_beside(question, words, plain)
    return Chosen(key) if key in question.keys else Unclear()


def _told_beside(question: _Question, words: Sequence[str], plain: str) -> str | None:
    """Give the key that one sentence, a label or a number at the beginning names, whatever else is told."""
    told = None if question.yes_no else _told_in_one_sentence(question, plain)
    if told is not None:
        return told
    label = named(question.tongue, words, question.options)
    leading = _LEADING.match(plain)
    digits = {word for word in words if word.isdigit()}
    if digits and leading is None and digits != {label}:
        return None
    return label if leading is None or label == leading[1] else leading[1] if label is None else None


def _says_nothing(lexicon: Lexicon, words: Sequence[str], plain: str) -> bool:
    """Whether the question is not understood, or several numbers stand together: "1-4"."""
    between = _BETWEEN_DIGITS.search(plain) and not any(word.isalpha() for word in words)
    parts = parts_of(words)
    return bool(between) or any(holds(tongue, "puzzled", parts) for tongue in lexicon.tongues)


def _number(question: _Question, words: Sequence[str]) -> str | None:
    """Give the one number that the whole answer names ("" if it names several), None if it says something else."""
    if question.yes_no and _is_rather_said(question, question.tongue, " ".join(words)):
        return None
    signs = frozenset(word for word in words if _is_picture(question, word))
    last = question.keys[-1] if question.keys else ""
    number = number_in(question.lexicon, question.language, words, last, Beside(signs, not question.yes_no))
    return SEVERAL if number and _contradicts(question, words, number) else number


def _told_in_one_sentence(question: _Question, plain: str) -> str | None:
    """Give the number of the one sentence that is an answer, beside others without any: "Sorry, I was away. 1."

    SEVERAL, if several are; None, if none is, or if something is asked or another number stands beside.
    """
    sentences = [
        words
        for part in _SENTENCES.split(plain)
        if (words := plainly(question.lexicon, question.language, words_of(part)))
    ]
    if len(sentences) == 1 or "?" in plain:
        return None
    numbers = [_number(question, words) for words in sentences]
    others = [words for words, number in zip(sentences, numbers, strict=True) if number is None]
    if any(word.isdigit() for words in others for word in words):
        return None
    told = {number for number in numbers if number is not None}
    return None if not told else told.pop() if len(told) == 1 else SEVERAL


def _contradicts(question: _Question, words: Sequence[str], number: str) -> bool:
    """Say whether the answer opens or ends with yes or no, and the number is the other: "yes, 2" may be two."""
    own = question.tongue
    if not question.yes_no or own is None:
        return False
    phrases = joined(words, own)
    ends = {phrases[0], phrases[-1]} if len(phrases) > 1 else set()
    said = {_KEYS[name] for name in SAYINGS for phrase in ends if listed(own, name, phrase)}
    return bool(said - {number})


def _agreed(question: _Question, words: Sequence[str]) -> str | None:
    """Give the key that a number and a yes or no both name: "2, no"."""
    digits = {word for word in words if word.isdigit()}
    said = _said(question, [word for word in words if not word.isdigit()]) if digits and question.yes_no else None
    return _KEYS[said] if said and digits == {_KEYS[said]} and _KEYS[said] in question.keys else None


def _is_rather_said(question: _Question, own: Tongue | None, whole: str) -> bool:
    """Say whether yes or no was meant: in the own language, or in another where it is no number of the own."""
    if own and (is_saying(own, whole) or number_of(own, whole, "") is not None):
        return is_saying(own, whole)
    return any(is_saying(tongue, whole) for tongue in tongues(question.lexicon, question.language))


def _is_picture(question: _Question, word: str) -> bool:
    """Say whether a sign adds nothing; a thumb adds nothing to a number either, unless it is asked for."""
    return not word[0].isalnum() and (word not in _SIGNS or (not question.yes_no and _SIGNS[word] == "yes"))


def _said(question: _Question, words: Sequence[str]) -> str | None:
    """Give "yes", "no" or "dont_know" if the words say it, in the conversation's language first."""
    names = SAYINGS if question.yes_no else ("dont_know",)
    signs = {_SIGNS[word] for word in words if word in _SIGNS}
    letters = [word for word in words if is_letters(word)]
    if not letters:
        return signs.pop() if len(signs) == 1 and question.yes_no else None
    return said_in(question.lexicon, question.language, letters, question.first, names)


def _meant(question: _Question, said: str, words: Sequence[str]) -> Choice:
    if question.yes_no and _KEYS[said] in question.keys:
        return Chosen(_KEYS[said])
    if said != "dont_know":
        return Unclear()
    label = named(question.tongue, words, question.options) or _says_so(question)
    return Chosen(label) if label in question.keys and label is not None else DontKnow()


def _says_so(question: _Question) -> str | None:
    """The one option that says in its own words that the caller does not know."""
    own = question.tongue
    keys = {
        option.key
        for option in question.options
        for label in option.labels
        if own and listed(own, "dont_know", " ".join(words_of(label)))
    }
    return keys.pop() if len(keys) == 1 else None
