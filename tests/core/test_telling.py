"""What it costs to tell officers is counted along the municipality's own plan."""

from dataclasses import replace

import pytest

from hotline.core.alert import Contact, Level, Means
from hotline.core.telling import Prices, Telling
from tests.core.test_costing import TOWN

TEXTS = {"text_alert": "Ärende {reference} {priority} {code}", "text_calling": "Vi ringer.", "text_taken": "x" * 161}
PRICES = Prices("SEK", text_out=1, text_in=0.1, call_in=0.5, call_out=10, assumed=False)
TELLING = Telling(TEXTS, PRICES)
READ_OUT, RING = 20, 10  # two minutes, and one where nobody answers but a voice mail


def level(*means: Means) -> Level:
    return Level(tuple(Contact(f"{one}{place}", one, "+46701740605") for place, one in enumerate(means)), 5)


def test_a_call_that_is_taken_at_once_costs_the_read_out() -> None:
    assert TELLING.along([level(Means.CALL)]) == (READ_OUT, READ_OUT)


def test_a_text_costs_the_answer_and_the_call_back_as_well() -> None:
    least, _ = TELLING.along([level(Means.TEXT)])
    assert least == pytest.approx(1 + 0.1 + 1 + READ_OUT)


def test_at_most_every_level_was_told_and_those_who_were_texted_learn_who_has_it() -> None:
    least, most = TELLING.along([level(Means.CALL), level(Means.TEXT, Means.EMAIL), level(Means.CALL)])
    assert least == READ_OUT
    assert most == pytest.approx(RING + 1 + RING + (0.1 + 1 + READ_OUT) + 2)


def test_a_letter_costs_nothing_and_nobody_takes_a_case_by_it() -> None:
    assert TELLING.along([level(Means.EMAIL)]) == (0, 0)
    assert TELLING.along([level(Means.EMAIL), level(Means.CALL)])[1] == READ_OUT


def test_a_closed_office_is_the_night_or_the_next_morning() -> None:
    town = replace(TOWN, by_day=(level(Means.CALL, Means.CALL),), by_night=(level(Means.CALL),))
    assert TELLING.of(town, office_open=True) == (READ_OUT + RING, READ_OUT + RING)
    assert TELLING.of(town, office_open=False) == (READ_OUT, READ_OUT + RING)
    assert TELLING.of(replace(town, by_night=()), office_open=False) == (READ_OUT + RING, READ_OUT + RING)
