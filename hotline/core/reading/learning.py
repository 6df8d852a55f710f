"""Learns what each word weighs from labelled messages: logistic regression, the same result at every run.

What may enter: rows as features and labels. What may not: chance (rows are taken in a fixed order), and what stands in
a few rows only: it would be learnt by heart.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from .weighing import Features, Scale

FEWEST_ROWS = 3
ROUNDS = 16
AVERAGED = 8  # of the last rounds: where each ends hangs on the order of its rows
STEP = 0.3
SHRINK = 0.0012  # of each weight, at each row in which it stands
HUNDREDTHS = 100
LEAST = 10  # hundredths: a weight closer to nothing is left out
MOST_SLOPE = 30.0
LEARNT = 0.1  # a message that is understood so surely teaches nothing more
_TAB = "\t"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message. `against`: what else speaks for danger, in hundredths, which its weights must outweigh."""

    language: str
    features: Features
    danger: bool
    against: int = 0


Told = Callable[[str], None]


def learn(examples: Sequence[Example], told: Told = lambda _: None) -> dict[str, Scale]:
    """A scale per language. Adaptive steps (Duchi, Hazan, Singer 2011), L2 on what stands in a row."""
    named = [_named(example) for example in examples]
    often = Counter(chain.from_iterable(named))
    names = sorted(feature for feature, count in often.items() if count >= FEWEST_ROWS)
    number_of = {name: number for number, name in enumerate(names)}
    kept = [
        _Row([number_of[one] for one in features if one in number_of], example.danger, example.against / HUNDREDTHS)
        for features, example in zip(named, examples, strict=True)
    ]
    weight, seen, mean = [0.0] * len(names), [1e-8] * len(names), [0.0] * len(names)
    for number in range(ROUNDS):
        for row in _in_order(kept, number):
            _step(row, weight, seen)
        if number >= ROUNDS - AVERAGED:
            mean = [of + one / AVERAGED for of, one in zip(mean, weight, strict=True)]
        told(f"round {number + 1} of {ROUNDS}")
    return _parted(dict(zip(names, mean, strict=True)), {example.language for example in examples})


class _Row(NamedTuple):
    """A message, its features by number."""

    features: list[int]
    danger: bool
    against: float


def _step(row: _Row, weight: list[float], seen: list[float]) -> None:
    features, danger, against = row
    total = sum(map(weight.__getitem__, features)) + against
    slope = 1.0 / (1.0 + math.exp(-max(-MOST_SLOPE, min(MOST_SLOPE, total)))) - danger
    if abs(slope) < LEARNT:
        return
    for one in features:
        was = weight[one]
        turn = slope + SHRINK * was
        seen[one] = past = seen[one] + turn * turn
        weight[one] = was - STEP * turn / math.sqrt(past)


def _named(example: Example) -> list[str]:
    """Kinds mean the same in every language; words, and the bias, belong to one."""
    own = (f"{example.language}{_TAB}{one}" for one in example.features.own)
    return sorted([*own, *example.features.kinds, f"{example.language}{_TAB}"])


def _in_order(rows: Sequence[_Row], number: int) -> list[_Row]:
    """Another order in each round, the same at every run: every n-th row, n and their count without a divisor."""
    count = len(rows)
    first = int(count * 0.618) + number * 7 + 1
    stride = next(step for step in range(first, first + count + 1) if math.gcd(step, count) == 1)
    return [rows[at * stride % count] for at in range(count)]


def _parted(weight: Mapping[str, float], languages: AbstractSet[str]) -> dict[str, Scale]:
    kinds = _rounded({one: value for one, value in weight.items() if _TAB not in one})
    own: dict[str, dict[str, float]] = {language: {} for language in languages}
    for one, value in weight.items():
        language, tab, feature = one.partition(_TAB)
        if tab:
            own[language][feature] = value
    scales = {}
    for language, found in own.items():
        bias = round(HUNDREDTHS * found.pop("", 0.0))
        scales[language] = Scale(bias, _rounded(found), kinds)
    return scales


def _rounded(found: Mapping[str, float]) -> dict[str, int]:
    rounded = {one: round(HUNDREDTHS * value) for one, value in found.items()}
    return {one: value for one, value in rounded.items() if abs(value) >= LEAST}
