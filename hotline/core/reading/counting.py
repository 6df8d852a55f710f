"""Reads the one number that a whole answer names, with what people put around it: "I think 2", "1... no, 2".

What may enter: number words and the words that may stand beside them. What may not: labels, yes and no.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .lexicon import FILLING, Lexicon, Tongue
from .phrasing import is_letters, joined, listed, number_of, tongues

SEVERAL = ""  # more than one number, or one that is denied: to be asked again
_OR, _NOT, _RATHER, _UNKNOWN = "or", "not", "rather", "unknown"
_LISTS = (("corrects", _RATHER), ("denies", _NOT), (FILLING, FILLING), ("or", _OR))
_SHORTEST_OWN, _SHORTEST_OTHER = 4, 5  # letters; shorter words are too often one letter from another word
_LONGEST = 14  # words; a longer text is a story, not an answer
_LONGEST_NAME = 4  # words, with those that close
_ORDINALS = ("numbers", "ordinals")


@dataclass(frozen=True, slots=True)
class Beside:
    """What says nothing beside a number: these signs, and yes where nobody asks for it ("absolutely 2")."""

    signs: frozenset[str]
    yes: bool


def number_in(lexicon: Lexicon, language: str, words: Sequence[str], last: str, beside: Beside) -> str | None:
    """Give the number, SEVERAL, or None if the words say something else. `beside`: what says nothing here."""
    words = _unsigned(lexicon, words)
    if len(words) > _LONGEST:
        return None
    for tongue in tongues(lexicon, language):
        found = _counted(tongue, joined(words, tongue), last, beside)
        if found is not None:
            return found
    return _misspelt_in(lexicon, language, words, last, beside)


def _unsigned(lexicon: Lexicon, words: Sequence[str]) -> Sequence[str]:
    """The words before those that close a letter and the name after them: "4, regards Birgitta"."""
    for at, word in enumerate(words):
        if at and len(words) - at <= _LONGEST_NAME and any(listed(one, "closes", word) for one in lexicon.tongues):
            return words if any(map(str.isdigit, words[at:])) else words[:at]
    return words


def _counted(tongue: Tongue, phrases: Sequence[str], last: str, beside: Beside) -> str | None:
    marks = [_mark(tongue, phrase, last, beside) for phrase in phrases]
    if _UNKNOWN in marks or not any(map(str.isdigit, marks)):
        return None
    if listed(tongue, "units", phrases[-1]):
        return None
    parts = list(_parts(marks))
    if not any(map(str.isdigit, parts[-1])):
        if _retracts(tongue, phrases, marks):
            return SEVERAL if listed(tongue, "no", phrases[-1]) else None
        parts = [part for part in parts if any(map(str.isdigit, part))]
    told = sum(any(map(str.isdigit, part)) for part in parts)
    if told > 1 and any(listed(tongue, "yes", phrase) for phrase in phrases):
        return SEVERAL  # "1 no, 2 yes" answers two questions
    if told == 1 and _denies_first(tongue, phrases, marks):
        return SEVERAL
    return _one_of(parts[-1])


def _denies_first(tongue: Tongue, phrases: Sequence[str], marks: Sequence[str]) -> bool:
    """Whether a word that may deny or correct stands before any number: "nie 2" is "not 2" or "no, 2"."""
    first = next(at for at, mark in enumerate(marks) if mark.isdigit())
    beside = phrases[first - 1] if first and marks[first - 1] == _RATHER else ""
    return listed(tongue, "denies", beside) and not listed(tongue, FILLING, beside)


def _mark(tongue: Tongue, phrase: str, last: str, beside: Beside) -> str:
    number = number_of(tongue, phrase, last)
    if number is not None:
        return number
    if phrase in beside.signs or not is_letters(phrase):
        return FILLING if phrase in beside.signs else _UNKNOWN
    known = next((mark for name, mark in _LISTS if listed(tongue, name, phrase)), _UNKNOWN)
    return FILLING if known == _UNKNOWN and beside.yes and listed(tongue, "yes", phrase) else known


def _parts(marks: Sequence[str]) -> Iterator[list[str]]:
    """What stands before, between and after words that correct: of "1 no 2" the 1 and the 2."""
    part: list[str] = []
    for mark in marks:
        if mark == _RATHER:
            yield part
            part = []
        elif mark != FILLING:
            part.append(mark)
    yield part


def _retracts(tongue: Tongue, phrases: Sequence[str], marks: Sequence[str]) -> bool:
    """Whether the last word of correction takes the number back ("2 no"), and is no word for "I mean" ("2 I mean")."""
    last = max(at for at, mark in enumerate(marks) if mark == _RATHER)
    return listed(tongue, "no", phrases[last]) or not listed(tongue, FILLING, phrases[last])


def _one_of(part: Sequence[str]) -> str:
    """The one number that is said and not denied: "2, not 1"; of "not 1, 2" nobody can tell whether 2 is denied."""
    at = part.index(_NOT) if _NOT in part else len(part)
    denial = part[at:]
    numbers = {mark for mark in part[:at] if mark.isdigit()}
    one_denied = not denial or (len(denial) == len((_NOT, "1")) and denial[1].isdigit())
    return numbers.pop() if len(numbers) == 1 and one_denied and _OR not in part else SEVERAL


def _misspelt_in(lexicon: Lexicon, language: str, words: Sequence[str], last: str, beside: Beside) -> str | None:
    """Give the number that the one unknown word is a letter away from, if it is no word of any language."""
    found: set[str] = set()
    for tongue in tongues(lexicon, language):
        own = tongue.name == language
        phrases = joined(words, tongue)
        marks = [_mark(tongue, phrase, last, beside) for phrase in phrases]
        if sorted({*marks, FILLING}) == [FILLING, _UNKNOWN] and marks.count(_UNKNOWN) == 1:
            found |= _near(lexicon, tongue, phrases[marks.index(_UNKNOWN)], _SHORTEST_OWN if own else _SHORTEST_OTHER)
        if own and found:
            break
    return found.pop() if len(found) == 1 else None


def _near(lexicon: Lexicon, tongue: Tongue, word: str, shortest: int) -> set[str]:
    """Nobody mistypes a word's first letter as often as they write another word: "hyra" (rent) is no "fyra" (four)."""
    if len(word) < shortest or not word.isalpha() or word in lexicon.words or word in lexicon.answering:
        return set()
    forms = ((form, number) for name in _ORDINALS for form, number in tongue.ordered.get(name, {}).items())
    return {
        str(number)
        for form, number in forms
        if form[0] == word[0] and len(form) >= shortest and OSA.distance(form, word, score_cutoff=1) <= 1
    }
