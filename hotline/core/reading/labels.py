"""Finds the option whose label a caller's words name.

What may enter: the labels of one question and the caller's words. What may not: numbers and yes or no.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import FILLING, Tongue
from .phrasing import NO_FORMS, joined, listed, words_of

_SHORTEST = 3
_VOWELS = re.compile("[aeiouy]")
_LONGEST_ENDING = 5
_JOINING = ("all", "or")
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
    letters = [word for word in words if not word.isdigit()] or words
    alike = {option.key for option in options for label in option.labels if _same_words(tongue, letters, label)}
    alike |= {option.key for option in options if tongue and _means_all(tongue, letters, option)}
    if len(alike) == 1:
        return alike.pop()
    if len(words) > _LONGEST:
        return ""
    both = _both(tongue, words, options) if tongue else None
    if both or (tongue and _is_open(tongue, words, options)):
        return both or ""
    fillers = tongue.answers.get(FILLING, NO_FORMS) if tongue else NO_FORMS
    said = [word for word in words if word not in fillers]
    scores = {option.key: _best(said, _telling(tongue, option), fillers) for option in options}
    highest = max(scores.values(), default=0.0)
    if highest <= 0:
        return None
    winners = [key for key, score in scores.items() if score == highest]
    return winners[0] if len(winners) == 1 else ""


def _same_words(tongue: Tongue | None, words: Sequence[str], label: str) -> bool:
    """The same words in whatever order, however they are joined: adult and child for "both child and adult"."""
    if (
        tongue
        and any(listed(tongue, "either", word) for word in words)
        and not any(listed(tongue, "either", word) for word in words_of(label))
    ):
        return False
    said, own = (
        {word for word in some if not (tongue and listed(tongue, "or", word))} for some in (words, words_of(label))
    )
    fillers = tongue.answers.get(FILLING, NO_FORMS) if tongue else NO_FORMS
    return len(own) > 1 and (said == own or (len(own - fillers) > 1 and said - fillers == own - fillers))


def _means_all(tongue: Tongue, words: Sequence[str], option: Option) -> bool:
    """Whether "both" is said, and the option begins with such a word: "both child and adult"."""
    fillers = tongue.answers.get(FILLING, NO_FORMS)
    said = {" ".join(words), " ".join(word for word in words if word not in fillers)}
    return any(listed(tongue, name, one) for one in said for name in _JOINING) and _holds_all(tongue, option)


def _holds_all(tongue: Tongue, option: Option) -> bool:
    firsts = (words_of(label)[0] for label in option.labels if len(words_of(label)) != len(("both", "and")))
    return any(listed(tongue, name, first) for first in firsts for name in _JOINING)


def _both(tongue: Tongue, words: Sequence[str], options: Sequence[Option]) -> str | None:
    """Give the option that holds two others where just those two are named and joined: "child and adult" for "both"."""
    whole = [option.key for option in options if _holds_all(tongue, option)]
    said = [word for word in words if not any(listed(tongue, name, word) for name in (*_JOINING, FILLING))]
    named_ones = [option for option in options if option.key not in whole and _best(said, option, NO_FORMS) > 0]
    joining = any(listed(tongue, name, word) for name in _JOINING for word in words)
    open_choice = any(listed(tongue, "either", word) for word in words) or _is_denied(tongue, words, options)
    two = len(named_ones) == len(("one", "another")) and joining and not open_choice
    return whole[0] if two and len(whole) == 1 else None


def _is_open(tongue: Tongue, words: Sequence[str], options: Sequence[Option]) -> bool:
    """Whether several may be meant, or one is denied; "and such" joins nothing."""
    phrases = joined(words, tongue)
    return any(listed(tongue, name, phrase) for phrase in phrases for name in ("or", "either")) or _is_denied(
        tongue, words, options
    )


def _is_denied(tongue: Tongue, words: Sequence[str], options: Sequence[Option]) -> bool:
    """Whether a label's word stands right beside a denial that is no part of that label: "no child"."""
    for at, word in enumerate(words):
        beside = (*words[max(0, at - 2) : at], *words[at + 1 : at + 3]) if listed(tongue, "denies", word) else ()
        labels = (words_of(label) for option in options for label in option.labels)
        if any(word not in label and _overlap(beside, label, NO_FORMS) > 0 for label in labels if beside):
            return True
    return False


def _telling(tongue: Tongue | None, option: Option) -> Option:
    """Without labels that say "I don't know": half of those ("know") says nothing."""
    labels = (one for one in option.labels if not (tongue and listed(tongue, "dont_know", " ".join(words_of(one)))))
    return Option(option.key, tuple(labels))


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
        _same_consonants(shorter, longer)
        or (
            len(shorter) > _SHORTEST - 1
            and longer.startswith(shorter)
            and len(longer) - len(shorter) <= _LONGEST_ENDING
        )
        or (
            len(shorter) > _LONGEST_ENDING
            and longer[: len(shorter) - 2] == shorter[:-2]
            and len(longer) - len(shorter) < _SHORTEST
        )
    )


def _same_consonants(shorter: str, longer: str) -> bool:
    """Words of which only vowels differ, after the same beginning: "vuxna" and "vuxen"."""
    alike = _VOWELS.sub("", shorter) == _VOWELS.sub("", longer)
    return (
        alike
        and len(shorter) > _SHORTEST
        and len(longer) >= _LONGEST_ENDING
        and shorter[:_SHORTEST] == longer[:_SHORTEST]
    )
