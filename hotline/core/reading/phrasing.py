"""Cuts an answer into words and joins those that the word files list as one phrase.

What may enter: words and their lists. What may not: which option an answer chooses (`answers` decides).
"""

import re
from collections.abc import Iterator, Sequence

from .lexicon import ANY, Lexicon, Tongue
from .normalise import normalise

_WORD = re.compile(r"\d+|[\u0e00-\u0e7f]+|[^\W\d_]+|[^\s\w]")
_MARKS = frozenset(".,!?;:()[]{}\"'#*-_/\\<>=~^|+&%")
_WIDEST = 4
_LONGEST_RUN = 60  # signs; a longer one is a story, and would take long to cut
_THAI = re.compile("[\u0e00-\u0e7f]")
_DOUBLE = re.compile(r"([^\W\d_])\1")
_LAST_DOUBLE = re.compile(r"([^\W\d_])\1$")
NO_FORMS: frozenset[str] = frozenset()


def words_of(text: str) -> list[str]:
    """Normalise a text and cut it into words, numbers and signs, without punctuation."""
    return [word for word in _WORD.findall(normalise(text)) if word not in _MARKS]


def plainly(lexicon: Lexicon, language: str, words: Sequence[str]) -> list[str]:
    """Take a drawn-out answer for the plain one ("nejj", "vet intee"), where the word as it stands is none."""
    return [
        piece
        for word in words
        for piece in (_cut(lexicon, word) if _THAI.match(word) else (_undrawn(lexicon, language, word),))
    ]


def _cut(lexicon: Lexicon, run: str) -> Sequence[str]:
    """Thai has no blanks: an answer with nothing but such words ("choose number 2 please") is cut into them."""
    if len(run) > _LONGEST_RUN:
        return [run]
    best: dict[int, list[str]] = {0: []}  # place in the run → the fewest words up to there
    for end in range(1, len(run) + 1):
        ways = [[*best[at], run[at:end]] for at in range(end) if at in best and run[at:end] in lexicon.answering]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(run), [run])


def _undrawn(lexicon: Lexicon, language: str, word: str) -> str:
    if word in lexicon.answering or word in lexicon.words or not _DOUBLE.search(word):
        return word
    plain = (_LAST_DOUBLE.sub(r"\1", word), _DOUBLE.sub(r"\1", word))
    for tongue in tongues(lexicon, language):
        # Another language's numbers are too easily mixed up with words of this one.
        known = tongue.answering if tongue.name == language else tongue.sayings
        if found := next((form for form in plain if form in known), None):
            return found
    return word


def is_letters(word: str) -> bool:
    """Whether a word is one, or a number, and no sign; a Thai one may begin with a mark."""
    return word[0].isalnum() or "\u0e00" <= word[0] <= "\u0e7f"


def tongues(lexicon: Lexicon, language: str) -> Iterator[Tongue]:
    """Give the conversation's language first, then all others: people count in the language that they think in."""
    yield from (tongue for tongue in lexicon.tongues if tongue.name == language)
    yield from (tongue for tongue in lexicon.tongues if tongue.name not in (language, ANY))


def listed(tongue: Tongue, name: str, phrase: str) -> bool:
    """Say whether a language lists the phrase under this kind of answer."""
    return phrase in tongue.answers.get(name, NO_FORMS)


def joined(words: Sequence[str], tongue: Tongue) -> list[str]:
    """Join words that stand in the lists as one phrase ("den sista", "vet inte"), the longest first."""
    phrases: list[str] = []
    at = 0
    while at < len(words):
        widest = min(_WIDEST, len(words) - at) if words[at] in tongue.openers else 1
        phrase = next((one for one in _from(words, at, widest) if one in tongue.phrased), words[at])
        phrases.append(phrase)
        at += 1 + phrase.count(" ")
    return phrases


def _from(words: Sequence[str], at: int, widest: int) -> Iterator[str]:
    return (" ".join(words[at : at + wide]) for wide in range(widest, 1, -1))


def parts_of(words: Sequence[str]) -> set[str]:
    """Every run of up to four words, as the lists have them."""
    return {" ".join(words[at : at + wide]) for at in range(len(words)) for wide in range(1, _WIDEST + 1)}


def holds(tongue: Tongue, name: str, parts: set[str]) -> bool:
    """Say whether a phrase of this list is one of the parts of a text."""
    return not tongue.answers.get(name, NO_FORMS).isdisjoint(parts)


def number_of(tongue: Tongue, phrase: str, last: str) -> str | None:
    """Give the number that a phrase names, as digits: "2", "två", "andra", "den sista" (which is `last`)."""
    if phrase.isdigit():
        return phrase.lstrip("0") or "0"
    for forms in tongue.ordered.values():
        if phrase in forms:
            return str(forms[phrase])
    return last if listed(tongue, "last", phrase) else None
