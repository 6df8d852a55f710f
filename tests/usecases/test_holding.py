"""Who has a case: taken with a code or a PIN, opened in time or given back, and the others are told."""

from dataclasses import replace

import pytest

from hotline.core.alert import AlertState, Means
from hotline.usecases.alerting import MOST_BESIDE
from hotline.usecases.casework import open_case
from tests.usecases.town import DESK, DESK_PIN, DUTY, DUTY_PIN, HEAD, TUESDAY_NIGHT, Town


@pytest.fixture
def town() -> Town:
    return Town()


def duty_is_texted(town: Town, *flags: str) -> tuple[str, str]:
    """An alert that has climbed to the duty officer's text: (reference, code)."""
    reference = town.report(*flags)
    town.work()
    text = next(each for each in town.work(minutes=3) if each.kind == "text")
    return reference, town.delivery(text).code


def test_a_code_takes_a_case_that_is_not_urgent_and_the_case_is_read_behind_the_pin(town: Town) -> None:
    reference, code = duty_is_texted(town)
    assert town.text_back(DUTY, code) is not None
    assert town.alert(reference).state is AlertState.ACKNOWLEDGED
    (call,) = [each for each in town.work(seconds=1) if each.kind == "call"]
    assert call.to == DUTY
    town.press(call)
    assert "ingen riskbedömning" in town.press(call, DUTY_PIN)
    assert town.alert(reference).opened_at is not None


def test_an_urgent_case_is_taken_only_with_the_pin(town: Town) -> None:
    reference, code = duty_is_texted(town, "red")
    town.text_back(DUTY, code)
    assert town.alert(reference).state is AlertState.TRIGGERED


def test_whoever_takes_a_case_and_never_opens_it_loses_it(town: Town) -> None:
    reference, code = duty_is_texted(town)
    town.text_back(DUTY, code)
    town.work(seconds=1)
    assert town.told(minutes=14) == []
    assert ("call", DESK) in town.told(minutes=1)
    assert town.alert(reference).state is AlertState.TRIGGERED
    assert town.alert(reference).acknowledged_by == ""


def test_reading_it_on_the_machine_opens_it_too(town: Town) -> None:
    reference, code = duty_is_texted(town)
    town.text_back(DUTY, code)
    town.work(seconds=1)
    open_case(reference, "cli:eva", begin=town.store.begin, at=town.clock.at)
    assert town.told(hours=2) == []
    assert town.alert(reference).state is AlertState.ACKNOWLEDGED


def test_the_others_are_told_when_somebody_has_it(town: Town) -> None:
    duty_is_texted(town)
    head = next(each for each in town.work(minutes=5) if each.to == HEAD)
    town.press(head)
    town.press(head, "864209")
    town.press(head, "1")
    town.work(seconds=30)
    town.work(seconds=31)
    assert town.texts_to(DUTY)[-1].endswith("har tagits om hand. Du behöver inte göra något.")
    assert town.texts_to(HEAD) == []


def test_a_code_that_comes_too_late_is_answered(town: Town) -> None:
    reference, code = duty_is_texted(town)
    desk = town.carrier.handed[0]
    town.press(desk)
    town.press(desk, DESK_PIN)
    town.press(desk, "1")
    assert town.text_back(DUTY, code) == f"Ärende {reference} har tagits om hand. Du behöver inte göra något."


def test_a_code_that_the_carrier_delivers_twice_makes_one_call(town: Town) -> None:
    _, code = duty_is_texted(town)
    first, again = (town.text_back(DUTY, code, "SM1") for _ in range(2))
    assert first == again
    assert [each.kind for each in town.work(seconds=1)].count("call") == 1


def test_several_cases_for_one_person_come_in_one_text_a_minute(town: Town) -> None:
    for _ in range(3):
        town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    assert text.body.startswith("3 ärenden väntar.")
    assert len({word for word in text.body.split() if word.rstrip(".").isdigit() and len(word) == 7}) == 3


def test_nobody_is_texted_twice_within_a_minute(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    assert town.told() == [("text", DUTY)]
    town.report("red", at="2027-03-09 22:00:20")
    assert town.told() == []
    assert town.told(seconds=39) == []
    assert town.told(seconds=1) == [("text", DUTY)]


def test_each_code_of_a_bundle_opens_its_own_case(town: Town) -> None:
    references = [town.report("red", at=TUESDAY_NIGHT) for _ in range(2)]
    town.work()
    codes = {one.reference: one.code for one in town.store.rows.deliveries.values()}
    for reference in references:
        town.text_back(DUTY, codes[reference])
    assert {each.to for each in town.work(seconds=1)} == {DUTY}


def test_a_case_that_waits_twice_for_one_person_is_named_once(town: Town) -> None:
    reference = town.report("red", at=TUESDAY_NIGHT)
    town.clock.move(minutes=5)
    with town.store.begin() as work:
        (waiting,) = work.deliveries_of(reference)
        work.move_alert(town.alert(reference), [replace(waiting, token="another", code="999999")])  # noqa: S106 - names a delivery
    texts = [each for each in town.work() if each.kind == "text"]
    assert [each.body.count(reference) for each in texts] == [1]
    assert all(one.sent_at for one in town.store.rows.deliveries.values() if one.contact.means is Means.TEXT)


def test_of_a_flood_of_urgent_cases_nobody_waits_for_the_next_minute(town: Town) -> None:
    """However many false ones come at once by night, the true one stands in the same text, whatever their age."""
    cases = [town.report("red", at=TUESDAY_NIGHT) for _ in range(MOST_BESIDE + 1)]
    text = next(each for each in town.work(minutes=1400) if each.kind == "text")
    assert all(f"{reference} prio 1, 1400 min" in text.body for reference in cases)
    assert len(text.body) <= 1600
