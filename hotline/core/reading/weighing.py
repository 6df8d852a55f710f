"""Weighs the words of a text: how much each, its beginning, its pair and its kind speaks for danger or against it.

What may enter: weights as values (flows/weights, learnt from the labelled messages, read like a word list) and what the
word files say of each word. What may not: learning (see `learning`), and any row of the messages that were learnt from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .words import CLASSES

BEGINNINGS = (4, 5, 6)  # letters: what the forms of one word, and its misspellings, have in common
FIRED = "{rule}"
DENIED = "{not "  # a kind of word that stands there, but is denied, past or over
SHOUTED, ASKED = "!", "?"
_SHORT = 3  # words
_MARKERS = ("^", "$")
_NAMED = tuple((1 << number, name) for number, name in enumerate(CLASSES))


@dataclass(frozen=True, slots=True)
class Scale:
    """One language's weights, in hundredths. A text is danger when they and `bias` come to 0 or more."""

    bias: int
    weights: Mapping[str, int]

    def knows(self, word: str) -> bool:
        """Whether the word has a weight of its own."""
        return word in self.weights

    def weigh(self, features: Iterable[str]) -> int:
        """Hundredths above (or below) the threshold."""
        get = self.weights.get
        return self.bias + sum(get(feature, 0) for feature in features)

    def telling(self, features: Iterable[str], most: int = 3) -> str:
        """What spoke most for danger, for tools and tests."""
        found = sorted(((self.weights.get(one, 0), one) for one in features), reverse=True)
        return ", ".join(one for weight, one in found[:most] if weight > 0)


def features_of(
    words: Sequence[str], raw: Sequence[int], counted: Sequence[int], *, fired: bool, text: str
) -> set[str]:
    """Everything about a text that has a weight.

    `raw`, `counted`: the kinds of each word (bits), before and after what is denied, past or over was taken away.
    `fired`: a combination of kinds that means danger stands in it (`danger`).
    """
    found = set(words)
    for word in words:
        found.update(f"{word[:letters]}*" for letters in BEGINNINGS if len(word) > letters)
    found.update(pairs_of(words))
    there = _union(counted)
    found.update(kinds_of(there))
    found.update(f"{DENIED}{name}}}" for name in _names(_union(raw) & ~there))
    if fired:
        found.add(FIRED)
    if len(words) <= _SHORT:
        found.add(f"#{len(words)}")
    found.update(sign for sign in (SHOUTED, ASKED) if sign in text)
    return found


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Each word with the next; the first and the last with the text's edge."""
    edged = (_MARKERS[0], *words, _MARKERS[1])
    return (f"{one} {other}" for one, other in pairwise(edged))


def kinds_of(mask: int) -> Iterator[str]:
    """{hit}, {child}, …"""
    return (f"{{{name}}}" for name in _names(mask))


def _names(mask: int) -> Iterator[str]:
    return (name for bit, name in _NAMED if mask & bit)


def _union(masks: Iterable[int]) -> int:
    seen = 0
    for mask in masks:
        seen |= mask
    return seen
