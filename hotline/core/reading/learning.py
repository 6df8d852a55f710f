"""Learns what each word weighs from labelled messages: logistic regression, the same result at every run.

What may enter: rows as features and labels. What may not: chance (rows are taken in a fixed order), and what stands in
a few rows only: it would be learnt by heart.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

FEWEST_ROWS = 4
ROUNDS = 24
STEP = 0.35
SHRINK = 0.0012  # of each weight, at each row in which it stands
HUNDREDTHS = 100
LEAST = 4  # hundredths: a weight closer to nothing is left out


@dataclass(frozen=True)
class Example:
    """`own`: features that belong to this language; `shared`: those that mean the same in every language (kinds)."""

    language: str
    own: AbstractSet[str]
    shared: AbstractSet[str]
    danger: bool
    share: float = 1.0


@dataclass(frozen=True)
class Learnt:
    """Per language: feature → weight in hundredths, with the shared ones in it, and the bias."""

    weights: Mapping[str, Mapping[str, int]]
    bias: Mapping[str, int]


def learn(examples: Sequence[Example], told: Callable[[int, int], None] = lambda _done, _of: None) -> Learnt:
    """`told`: (rounds done, of how many). Adaptive steps (Duchi, Hazan, Singer 2011), L2 on what stands in a row."""
    rows = [(_named(example), example.danger, example.share) for example in examples]
    often = Counter(feature for features, _, _ in rows for feature in features)
    rows = [([one for one in features if often[one] >= FEWEST_ROWS], danger, share) for features, danger, share in rows]
    weight: dict[str, float] = {}
    seen: dict[str, float] = {}
    for number in range(ROUNDS):
        for features, danger, share in _in_order(rows, number):
            total = sum(weight.get(one, 0.0) for one in features)
            slope = share * (1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) - danger)
            for one in features:
                was = weight.get(one, 0.0)
                turn = slope + SHRINK * was
                seen[one] = past = seen.get(one, 1e-8) + turn * turn
                weight[one] = was - STEP * turn / math.sqrt(past)
        told(number + 1, ROUNDS)
    return _parted(weight, {example.language for example in examples})


def _named(example: Example) -> list[str]:
    own = [f"{example.language}\t{one}" for one in example.own]
    return sorted([*own, *example.shared, f"{example.language}\t"])


def _in_order(rows: Sequence[tuple[list[str], bool, float]], number: int) -> list[tuple[list[str], bool, float]]:
    """Another order in each round, the same at every run: every n-th row, n and their count without a divisor."""
    count = len(rows)
    first = int(count * 0.618) + number * 7 + 1
    stride = next(step for step in range(first, first + count + 1) if math.gcd(step, count) == 1)
    return [rows[at * stride % count] for at in range(count)]


def _parted(weight: Mapping[str, float], languages: AbstractSet[str]) -> Learnt:
    shared = {one: value for one, value in weight.items() if "\t" not in one}
    weights: dict[str, dict[str, int]] = {language: _rounded(shared) for language in languages}
    bias = {language: round(HUNDREDTHS * weight.get(f"{language}\t", 0.0)) for language in languages}
    own: dict[str, dict[str, float]] = {language: {} for language in languages}
    for one, value in weight.items():
        language, tab, feature = one.partition("\t")
        if tab and feature:
            own[language][feature] = value
    for language, found in own.items():
        for feature, value in _rounded(found).items():
            weights[language][feature] = weights[language].get(feature, 0) + value
    return Learnt(weights, bias)


def _rounded(found: Mapping[str, float]) -> dict[str, int]:
    rounded = {one: round(HUNDREDTHS * value) for one, value in found.items()}
    return {one: value for one, value in rounded.items() if abs(value) >= LEAST}
