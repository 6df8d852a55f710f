"""Finds the option whose label a caller's words name.

What may enter: the labels of one question and the caller's words. What may not: numbers and yes or no.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import Tongue
from .phrasing import NO_FORMS, listed, words_of

_SHORTEST = 3
_LONGEST_ENDING = 5
_LONGEST = 14  # words; a longer text is a story, not an answer


@dataclass(frozen=True)
class Option:
    """One option: its key ("1" to "9") and the words or phrases that name it in the conversation's language."""

    key: str
    labels: tuple[str, ...] = ()


def named(tongue: Tongue | None, words: Sequence[str], options: Sequence[Option]) -> str | None:
    """Give the key of the option that the words name, "" if they name several, None if none."""
    exact = {option.key for option in options for label in option.labels if words_of(label) == list(words)}
    if len(exact) == 1:
        return exact.pop()
    joined = {option.key for option in options for label in option.labels if _same_words(tongue, words, label)}
    joined |= {option.key for option in options if tongue and _means_all(tongue, words, option)}
    if len(joined) == 1:
        return joined.pop()
    if len(words) > _LONGEST or (tongue and any(listed(tongue, "or", word) for word in words)):
        return ""
    fillers = tongue.answers.get("filler", NO_FORMS) if tongue else NO_FORMS
    said = [word for word in words if word not in fillers]
    scores = {option.key: _best(said, option, fillers) for option in options}
    highest = max(scores.values(), default=0.0)
    if highest <= 0:
        return None
    winners = [key for key, score in scores.items() if score == highest]
    return winners[0] if len(winners) == 1 else ""


def _same_words(tongue: Tongue | None, words: Sequence[str], label: str) -> bool:
    """The same words in whatever order, however they are joined: adult and child for "both child and adult"."""
    said, own = (
        {word for word in some if not (tongue and listed(tongue, "or", word))} for some in (words, words_of(label))
    )
    return len(own) > 1 and said == own


def _means_all(tongue: Tongue, words: Sequence[str], option: Option) -> bool:
    """Whether "both" is said, and the option begins with such a word: "both child and adult"."""
    said = " ".join(words)
    if not (listed(tongue, "all", said) or listed(tongue, "or", said)):
        return False
    firsts = (words_of(label)[0] for label in option.labels if len(words_of(label)) >= _SHORTEST)
    return any(listed(tongue, name, first) for first in firsts for name in ("all", "or"))


def _best(said: Sequence[str], option: Option, fillers: frozenset[str]) -> float:
    return max((_overlap(said, words_of(label), fillers) for label in option.labels), default=0.0)


def _overlap(said: Sequence[str], label: Sequence[str], fillers: frozenset[str]) -> float:
    """Give how well the words name a label: which share of its telling words is said; 0 for none."""
    own = [word for word in label if word not in fillers and not word.isdigit()]
    hits = sum(1 for word in own if any(_same(word, other) for other in said))
    return hits / len(own) + hits / 100 if hits else 0.0


def _same(word: str, other: str) -> bool:
    """Take inflected forms for the same word: "barnet" and "barn", "vuxna" and "vuxen"."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    return (
        len(shorter) > _SHORTEST - 1 and longer.startswith(shorter) and len(longer) - len(shorter) <= _LONGEST_ENDING
    ) or (
        len(shorter) > _LONGEST_ENDING
        and longer[: len(shorter) - 2] == shorter[:-2]
        and len(longer) - len(shorter) < _SHORTEST
    )
