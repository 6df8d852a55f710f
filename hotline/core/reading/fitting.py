"""Fits the scales to labelled messages: what each word weighs, and how much it takes to be danger.

The threshold is set on messages that were kept aside while learning: each language's share of everyday messages that
may be taken for danger is used up, since a miss is worse. What may enter: rows and the compiled words.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .danger import features_at, features_in, look_at
from .learning import FEWEST_ROWS, Example, Told, learn
from .lexicon import ANY, Lexicon
from .measure import ACUTE, EVERYDAY, Row
from .weighing import STRETCHED, Scale, leaning

FOLDS = 5
BY_HEART = 2 * FEWEST_ROWS  # times: what stands in too few messages is not weighed
MARGIN = 200  # hundredths: a threshold may be set so far below nothing
FEWEST_ACUTE = 100  # messages: a language with fewer is read by the rules alone
# Of everyday messages: languages with a script are written often, and a false alarm there is a nuisance each time.
ALARMS = {"sv": 0.1, "en": 0.1, "fi": 0.08}
ALARMS_ELSEWHERE = 0.14
SAME = {"hr": "bs", "sr": "bs"}


@dataclass(frozen=True)
class Fitted:
    """`misses`, `alarms`: shares of the acute and everyday messages that were kept aside."""

    scale: Scale
    acute: int
    everyday: int
    misses: float
    alarms: float


def fit(
    lexicon: Lexicon, rows: Sequence[Row], told: Told = lambda _: None, *, known: Sequence[Row] = ()
) -> Mapping[str, Fitted]:
    """Per language with enough rows. `lexicon`: without scales. `known`: learnt by heart, and never counted."""
    known = sorted(known, key=lambda row: (row.language, row.text))  # they come out of sets, in another order each time
    examples = _enough(_examples(lexicon, rows))
    more = [_by_heart(one) for one in (*_examples(lexicon, known), *_elsewhere(lexicon, known))] * BY_HEART
    near = [one for one in examples if one.language in STRETCHED]
    told("languages that are weighed by every stretch of letters")
    found = _fit(near, [one for one in more if one.language in STRETCHED], told)
    # What kinds of words weigh is learnt from all languages, where no stretch of letters says the same already.
    told("all others")
    plain = [replace(one, features=one.features.without_stretches()) for one in examples]
    others = _fit(plain, [replace(one, features=one.features.without_stretches()) for one in more], told)
    return {**others, **found}


def _fit(examples: Sequence[Example], known: Sequence[Example], told: Told) -> dict[str, Fitted]:
    if not examples:
        return {}
    fitted = {one.language for one in examples}
    more = [one for one in known if one.language in fitted]
    aside: dict[str, list[_Scored]] = {}
    for fold in range(FOLDS):
        told(f"part {fold + 1} of {FOLDS} kept aside")
        parts: tuple[list[Example], list[Example]] = ([], [])
        for one in examples:
            parts[_part(one) == fold].append(one)
        scales = learn([*parts[False], *more])
        for one in parts[True]:
            aside.setdefault(one.language, []).append(_scored(scales[one.language], one))
    told("all of them")
    scales = learn([*examples, *more], told)
    return {language: _fitted(language, scales[language], scored) for language, scored in sorted(aside.items())}


@dataclass(frozen=True, slots=True)
class _Scored:
    """What a message kept aside weighs, in hundredths, without and with what the rules say of it."""

    weight: int
    whole: int
    danger: bool


def _scored(scale: Scale, one: Example) -> _Scored:
    weight = scale.weigh(one.features)
    return _Scored(weight, weight + leaning(one.language, one.features), one.danger)


def _examples(lexicon: Lexicon, rows: Sequence[Row]) -> list[Example]:
    return [example for row in rows if (example := example_of(lexicon, row)) is not None]


def _by_heart(one: Example) -> Example:
    """An answer is none even where a rule sees danger in it."""
    return one if one.danger else replace(one, against=leaning(one.language, one.features) + MARGIN)


def _elsewhere(lexicon: Lexicon, known: Sequence[Row]) -> Iterator[Example]:
    """What is an answer in one language and also looks like another is no danger in that one either."""
    for row in known:
        if row.label in EVERYDAY:
            look = look_at(lexicon, row.text)
            for number, language in enumerate(lexicon.languages):
                touched = language in STRETCHED or (look.share[number] and look.near_best(number))
                if touched and language not in {row.language, ANY}:
                    yield Example(language, features_at(look, number), danger=False)


def example_of(lexicon: Lexicon, row: Row) -> Example | None:
    """None for what counts as neither: worry without danger, and labels that could be either."""
    language = SAME.get(row.language, row.language)
    danger = row.label in ACUTE
    if row.label not in ACUTE | EVERYDAY or language not in lexicon.languages:
        return None
    if set(row.also_ok) - (ACUTE if danger else EVERYDAY):
        return None
    return Example(language, features_in(lexicon, language, row.text), danger)


def _enough(examples: Sequence[Example]) -> list[Example]:
    acute = Counter(one.language for one in examples if one.danger)
    return [one for one in examples if acute[one.language] >= FEWEST_ACUTE]


def _part(one: Example) -> int:
    """Which part a message falls into: by its words, so that it is the same at every run."""
    return hashlib.sha256(" ".join(sorted(one.features.own)).encode()).digest()[0] % FOLDS


def _fitted(language: str, scale: Scale, scored: Sequence[_Scored]) -> Fitted:
    weights = sorted((one.weight for one in scored if not one.danger), reverse=True)
    allowed = int(len(weights) * ALARMS.get(language, ALARMS_ELSEWHERE))
    threshold = weights[allowed] + 1 if weights else 0
    acute = [one.whole >= threshold for one in scored if one.danger]
    everyday = [one.whole >= threshold for one in scored if not one.danger]
    return Fitted(
        replace(scale, bias=scale.bias - threshold),
        len(acute),
        len(everyday),
        1 - sum(acute) / max(1, len(acute)),
        sum(everyday) / max(1, len(everyday)),
    )
