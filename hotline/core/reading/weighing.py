"""Weighs a text: how much each word, its parts, its neighbours and its kind speak for danger or against it.

What may enter: weights as values (flows/weights, learnt from labelled messages) and what the word
files say of each word. What may not: learning (see `learning`).
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .words import CLASSES, union

BEGINNINGS = (4, 5, 6)  # letters: what the forms of one word, and its misspellings, have in common
PART = 4  # letters, anywhere in a word: for languages that join what Swedish writes apart
STRETCHES = (3, 4, 5)  # letters and blanks, anywhere in a text: what is written together, apart or wrongly
STRETCH = "~"  # begins what is weighed of them
STRETCHED = frozenset({"sv", "en"})  # languages with enough messages to weigh so much
FIRED, FIRED_SURELY = "{rule}", "{sure rule}"
# Hundredths, for what a rule sees, and sees surely; with few messages to learn from the rules decide.
LEANS = {"sv": (450, 900), "en": (450, 900), "fi": (450, 900)}
LEAN_ELSEWHERE = (2000, 2000)
MOST_KINDS = 3  # of one word, that are paired with those of the next
SHOUTED, ASKED = "!", "?"
_SHORT = 3  # words
_SAY_NOTHING = frozenset({"common", "polite", "place"})
_NAMED = tuple((1 << number, name) for number, name in enumerate(CLASSES) if name not in _SAY_NOTHING)


@dataclass(frozen=True, slots=True)
class Scale:
    """What things weigh in one language, in hundredths. A text is danger when they and `bias` come to 0 or more.

    `words`: what stands in the text; `kinds`: what the word files make of it, shared by all languages.
    """

    bias: int
    words: Mapping[str, int]
    kinds: Mapping[str, int]

    def weigh(self, features: "Features") -> int:
        """Hundredths above (or below) the threshold."""
        return self.bias + sum(
            sum(map(weights.__getitem__, weights.keys() & there))
            for weights, there in ((self.words, features.own), (self.kinds, features.kinds))
        )

    def is_danger(self, language: str, features: "Features") -> bool:
        """Whether what speaks for danger weighs more.

        Where a rule sees danger, words must speak strongly against it: the messages that were learnt from are harder
        than what people write (half of the everyday ones were written to hold words of danger), and a miss is worse.
        """
        return self.weigh(features) + leaning(language, features) >= 0

    def telling(self, features: "Features", most: int = 3) -> str:
        """What spoke most for danger, for tools and tests."""
        found = [(self.words.get(one, 0), one) for one in features.own]
        found += [(self.kinds.get(one, 0), one) for one in features.kinds]
        return ", ".join(one for weight, one in sorted(found, reverse=True)[:most] if weight > 0)


@dataclass(frozen=True, slots=True)
class Features:
    """`own`: what stands in the text itself; `kinds`: what the word files make of it, the same in every language."""

    own: frozenset[str]
    kinds: frozenset[str]

    def without_stretches(self) -> "Features":
        return Features(frozenset(one for one in self.own if not one.startswith(STRETCH)), self.kinds)


def leaning(language: str, features: Features) -> int:
    """Hundredths that a text gets for what the rules say of it."""
    seen, surely = LEANS.get(language, LEAN_ELSEWHERE)
    if FIRED_SURELY in features.kinds:
        return surely
    return seen if FIRED in features.kinds else 0


def features_of(
    language: str, words: Sequence[str], raw: Sequence[int], counted: Sequence[int], fired: AbstractSet[str], text: str
) -> Features:
    """Everything about a text that has a weight.

    `raw`, `counted`: the kinds of each word (bits), before and after what is denied, past or over was taken away.
    `fired`: what the rules say of it (FIRED, FIRED_SURELY).
    """
    own = {*words, *_pairs(words)}
    for word in words:
        own.update(f"{word[:letters]}*" for letters in BEGINNINGS if len(word) > letters)
        if language not in STRETCHED:
            own.update(_parts(word))
    if language in STRETCHED:
        own |= _stretches(f" {' '.join(words)} ")
    if len(words) <= _SHORT:
        own.add(f"#{len(words)}")
    own.update(sign for sign in (SHOUTED, ASKED) if sign in text)
    there = union(counted)
    kinds = {f"{{{name}}}" for name in _names(there)}
    kinds.update(f"{{not {name}}}" for name in _names(union(raw) & ~there))
    kinds.update(_neighbours(counted))
    kinds.update(fired)
    return Features(frozenset(own), frozenset(kinds))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Each word with the next; the first and the last with the text's edge."""
    return (f"{one} {other}" for one, other in pairwise(("^", *words, "$")))


def _parts(word: str) -> Iterator[str]:
    edged = f"^{word}$"
    return (f"*{edged[at : at + PART]}*" for at in range(len(edged) - PART + 1))


def _stretches(text: str) -> set[str]:
    return {f"{STRETCH}{text[at : at + length]}" for length in STRETCHES for at in range(len(text) - length + 1)}


def _neighbours(masks: Sequence[int]) -> Iterator[str]:
    """{victim>hit}: a kind of word, and right after it another."""
    named = [_names(mask)[:MOST_KINDS] for mask in masks]
    for before, after in pairwise(named):
        for one in before:
            yield from (f"{{{one}>{other}}}" for other in after)


@lru_cache(maxsize=4096)  # of kinds, never of words: few of them stand together in life
def _names(mask: int) -> tuple[str, ...]:
    return tuple(name for bit, name in _NAMED if mask & bit)
