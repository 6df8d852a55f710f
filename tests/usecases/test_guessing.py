"""Whoever tries codes and PINs: they get nowhere, and nobody else waits for them."""

from datetime import timedelta

import pytest

from hotline.core.alert import AlertState
from hotline.usecases.guessing import MOST_TRIES, REMEMBERED
from tests.fake_carrier import Handed
from tests.usecases.town import DUTY, DUTY_PIN, HEAD, TUESDAY_NIGHT, Town


@pytest.fixture
def town() -> Town:
    return Town()


def duty_is_texted(town: Town) -> tuple[str, str]:
    """An ordinary case, of which the officer on duty has been texted: (reference, code)."""
    reference = town.report()
    town.work()
    text = next(each for each in town.work(minutes=3) if each.kind == "text")
    return reference, town.delivery(text).code


def duty_is_called(town: Town, code: str) -> Handed:
    """The code has been texted from the officer's telephone, and we call there."""
    town.text_back(DUTY, code)
    return next(each for each in town.work(minutes=2) if (each.kind, each.to) == ("call", DUTY))


def guess_pins(town: Town, call: Handed) -> str:
    town.press(call)
    return [town.press(call, f"00000{number}") for number in range(3)][-1]


def test_after_many_wrong_codes_the_right_one_takes_no_case_but_has_the_real_telephone_called(town: Town) -> None:
    reference, code = duty_is_texted(town)
    for number in range(MOST_TRIES):
        assert town.text_back(DUTY, f"99999{number}") is None
    assert "Vi ringer dig" in (town.text_back(DUTY, code) or "")
    assert town.alert(reference).state is AlertState.TRIGGERED
    call = next(each for each in town.work(seconds=1) if each.kind == "call")
    assert call.to == DUTY
    town.press(call)
    town.press(call, DUTY_PIN)
    town.press(call, "1")
    assert town.alert(reference).acknowledged_by == "Handläggare i beredskap"


def test_wrong_codes_in_a_neighbours_name_are_a_neighbours_answers(town: Town) -> None:
    reference, code = duty_is_texted(town)
    before = town.store.rows.copy()
    assert [town.text_back("+46701740612", f"99999{number}") for number in range(MOST_TRIES)] == [None] * MOST_TRIES
    assert town.store.rows == before
    town.text_back(DUTY, code)
    assert town.alert(reference).state is AlertState.ACKNOWLEDGED


def test_who_holds_an_officers_telephone_does_not_try_pins_for_ever(town: Town) -> None:
    """A new call is a new chance only a few times; then even the right PIN, and all that is due goes to the next."""
    reference = town.report("red", at=TUESDAY_NIGHT)
    code = town.delivery(town.work()[0]).code
    for _ in range(MOST_TRIES // 3):
        guess_pins(town, duty_is_called(town, code))
    call = duty_is_called(town, code)
    assert "för många gånger" in town.press(call)
    assert "för många gånger" in town.press(call, DUTY_PIN)
    assert town.alert(reference).state is AlertState.TRIGGERED


def test_a_lock_out_runs_out_by_itself(town: Town) -> None:
    reference, code = duty_is_texted(town)
    for number in range(MOST_TRIES):
        town.text_back(DUTY, f"99999{number}")
    town.clock.at += REMEMBERED + timedelta(minutes=1)
    town.text_back(DUTY, code)
    assert town.alert(reference).state is AlertState.ACKNOWLEDGED


def test_one_officers_lock_out_is_nobody_elses(town: Town) -> None:
    duty_is_texted(town)
    for number in range(MOST_TRIES):
        town.text_back(DUTY, f"99999{number}")
    call = next(each for each in town.work(minutes=5) if each.to == HEAD)
    town.press(call)
    assert "kvittera" in town.press(call, "864209").lower()
