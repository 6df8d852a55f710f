"""Whatever order things come in, and however often: cases, alerts, deliveries and answers are those of a calm day.

Several callers speak across each other; what they said is delivered again, late; receipts come twice, late, shuffled.
`--hypothesis-profile=nightly` tries ten thousand such days.
"""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.usecases.day import CALLED, KEYS, REPORTED, TEXTS, Day, Said
from tests.usecases.town import TUESDAY_NIGHT, TUESDAY_TEN

EXAMPLES = max(300, settings().max_examples)


def told_by(caller: int, words: Sequence[str], *, by_phone: bool) -> list[Said]:
    last = len(words) - 1
    return [Said(caller, n, words[n], by_phone, last=n == last) for n in range(len(words))]


@st.composite
def callers(draw: st.DrawFn) -> list[list[Said]]:
    """Two to four people, each with a thread of texts or a call."""
    found = []
    for caller in range(draw(st.integers(2, 4))):
        by_phone = draw(st.booleans())
        begun = draw(st.sampled_from(CALLED if by_phone else REPORTED))
        kept = begun[: draw(st.integers(0, len(begun)))]
        more = draw(st.lists(st.sampled_from(KEYS if by_phone else TEXTS), min_size=1, max_size=4))
        found.append(told_by(caller, [*kept, *more], by_phone=by_phone))
    return found


def across_each_other(acts: list[list[Said]], chance: Random) -> list[Said]:
    """Each caller's acts in their order, those of all callers mixed, and some delivered again later."""
    turns = [caller for caller, own in enumerate(acts) for _ in own]
    chance.shuffle(turns)
    left = [iter(own) for own in acts]
    order = [next(left[caller]) for caller in turns]
    for said in chance.choices(order, k=chance.randint(0, 8)):
        order.insert(chance.randint(order.index(said) + 1, len(order)), said)
    return order


def with_repeats(told: list[tuple[str, str]], chance: Random) -> list[tuple[str, str]]:
    """Receipts in any order, some of them twice."""
    told = [*told, *chance.choices(told, k=chance.randint(0, 6))] if told else []
    chance.shuffle(told)
    return told


@pytest.mark.timeout(7200)  # ten thousand days take a while
@settings(max_examples=EXAMPLES)
@given(acts=callers(), chance=st.randoms(), begins=st.sampled_from([TUESDAY_TEN, TUESDAY_NIGHT]))
def test_no_order_and_no_repetition_changes_what_is_kept(acts: list[list[Said]], chance: Random, begins: str) -> None:
    calm, wild = Day(begins), Day(begins)
    everything = [said for own in acts for said in own]
    calm.hear(everything)
    wild.hear(across_each_other(acts, chance))
    assert wild.answers == calm.answers
    assert all(len(one) == 1 for one in wild.answers.values())
    told = calm.is_worked_on()
    assert sorted(wild.is_worked_on()) == sorted(told)
    calm.is_told(told)
    wild.is_told(with_repeats(told, chance))
    wild.hear(chance.choices(everything, k=chance.randint(0, 4)))
    assert wild.store.rows == calm.store.rows


@pytest.mark.timeout(7200)  # as above
@given(acts=callers())
def test_who_says_yes_has_one_case_and_who_does_not_has_none(acts: list[list[Said]]) -> None:
    day = Day(TUESDAY_TEN)
    day.hear(said for own in acts for said in (*own, *own))
    consents = {key for key, answers in day.answers.items() if b"Ref " in b"".join(answers)}
    assert len(day.store.rows.reports) == len(day.store.rows.alerts)
    assert {key[0] for key in consents} <= {reference[0] for reference in day.store.rows.reports}
    assert all(day.answers[said.name] for own in acts for said in own)
