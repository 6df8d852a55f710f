"""What it costs to tell officers is counted along the municipality's own plan."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hotline.core.alert import Contact, Level, Means, Shift
from hotline.core.telling import Prices, Telling
from tests.core.test_costing import TOWN

TEXTS = {"text_alert": "Ärende {reference} {priority} {code}", "text_calling": "Vi ringer.", "text_taken": "x" * 161}
PRICES = Prices("SEK", text_out=1, text_in=0.1, call_in=0.5, call_out=10, assumed=False)
TELLING = Telling(TEXTS, PRICES)
READ_OUT, RING = 20, 10  # two minutes, and one where nobody answers but a voice mail
TEXT, CALMED = 1, 2  # what is sent; and that somebody has it, in two segments
TAKEN = 0.1 + 1 + READ_OUT  # an answer by text, the text that we call, and the call


NUMBERS = ("+46701740605", "+46701740606", "+46701740607")


def level(*means: Means, numbers: Sequence[str] = NUMBERS, shifts: tuple[Shift, ...] = ()) -> Level:
    told = tuple(Contact(one, means, one, shifts=shifts) for one, means in zip(numbers, means, strict=False))
    return Level(told, 5)


def test_a_call_that_is_taken_at_once_costs_the_read_out() -> None:
    assert TELLING.along([level(Means.CALL)]) == (READ_OUT, READ_OUT)


def test_a_text_costs_the_answer_and_the_call_back_as_well() -> None:
    assert TELLING.along([level(Means.TEXT)]) == pytest.approx((TEXT + TAKEN, TEXT + TAKEN))


def test_whoever_was_texted_beside_learns_who_has_it() -> None:
    least, most = TELLING.along([level(Means.TEXT, Means.CALL)])
    assert least == pytest.approx(TEXT + RING + min(READ_OUT - RING + CALMED, TAKEN))
    assert most == pytest.approx(TEXT + RING + max(READ_OUT - RING + CALMED, TAKEN))


def test_at_most_every_level_was_told() -> None:
    levels = [level(Means.CALL), level(Means.TEXT, Means.EMAIL, numbers=NUMBERS[1:]), level(Means.CALL)]
    assert TELLING.along(levels) == pytest.approx((READ_OUT, RING + TEXT + READ_OUT + CALMED))


def test_whoever_is_called_after_a_text_needs_no_other_text() -> None:
    least, most = TELLING.along([level(Means.TEXT), level(Means.CALL), level(Means.CALL)])
    assert (least, most) == pytest.approx((TEXT + TAKEN, TEXT + RING + READ_OUT))


def test_nobody_takes_a_case_by_e_mail() -> None:
    assert TELLING.along([level(Means.EMAIL, Means.CALL)]) == (READ_OUT, READ_OUT)


def test_of_a_roster_the_least_is_one_person() -> None:
    roster = level(Means.CALL, Means.CALL, Means.CALL, shifts=(Shift(),))
    assert TELLING.along([roster]) == (READ_OUT, READ_OUT + 2 * RING)


def test_a_closed_office_is_the_night_or_the_next_morning() -> None:
    town = replace(TOWN, by_day=(level(Means.CALL, Means.CALL),), by_night=(level(Means.CALL),))
    assert TELLING.of(town, office_open=True) == (READ_OUT + RING, READ_OUT + RING)
    assert TELLING.of(town, office_open=False) == (READ_OUT, READ_OUT + RING)
    assert TELLING.of(replace(town, by_night=()), office_open=False) == (READ_OUT + RING, READ_OUT + RING)
