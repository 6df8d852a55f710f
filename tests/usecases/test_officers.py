"""What officers hear, press and text; and what the carrier says of it."""

import pytest

from hotline.core.alert import AlertState, DeliveryState
from hotline.core.case import Addendum
from tests.fake_carrier import Handed
from tests.usecases.town import DESK_PIN, DUTY, DUTY_PIN, TUESDAY_NIGHT, Town


def test_the_landline_rings_gives_its_code_listens_and_acknowledges(town: Town) -> None:
    reference = town.report("blows", own_words=("Det dunsar i väggen",))
    (call,) = town.work()
    assert "personliga kod" in town.press(call)
    heard = town.press(call, f"{DESK_PIN}#")
    assert "Slag, skrik eller dunsar" in heard
    assert "Egna ord, ej kontrollerat: Det dunsar i väggen" in heard
    assert "ingen riskbedömning gjord" in heard
    assert "kvitterat av Mottagningen" in town.press(call, "1")
    assert town.alert(reference).state == AlertState.ACKNOWLEDGED
    assert town.alert(reference).acknowledged_by == "Mottagningen"
    assert town.told(hours=3) == []


def test_two_reads_it_again(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.press(call)
    first = town.press(call, DESK_PIN)
    assert town.press(call, "2") == first


def test_what_is_said_while_it_is_read_out_is_read_before_anybody_takes_it(town: Town) -> None:
    reference = town.report("child")
    (call,) = town.work()
    town.press(call)
    assert "Storgatan 5" not in town.press(call, DESK_PIN)
    with town.store.begin() as work:
        work.add_to_case(reference, Addendum(town.clock.at, "place", "Storgatan 5"))
    assert "Storgatan 5" in town.press(call, "1")
    assert town.alert(reference).state == AlertState.TRIGGERED
    assert "kvitterat" in town.press(call, "1")
    assert town.alert(reference).state == AlertState.ACKNOWLEDGED


def test_a_read_out_is_in_the_audit_trail(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, DESK_PIN)
    assert list(town.store.rows.readings.values()) == [(reference, "Mottagningen", town.clock.at)]


def test_three_wrong_codes_lock_the_call_and_the_next_person_is_told(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, "111111")
    town.press(call, "222222")
    assert "fel för många gånger" in town.press(call, "333333")
    assert "fel för många gånger" in town.press(call, DESK_PIN)
    assert town.delivery(call).state == DeliveryState.FAILED
    assert ("text", DUTY) in town.told()


def test_a_key_of_the_menu_out_of_turn_is_no_wrong_code(town: Town) -> None:
    """Two calls for one delivery, after a fault: the second begins anew while somebody hears the first."""
    town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, DESK_PIN)
    town.steps[call.token] = 0
    town.press(call)
    for _ in range(5):
        assert "stämmer inte" in town.press(call, "1")
    assert town.delivery(call).wrong_pins == 0
    assert "Prio" in town.press(call, DESK_PIN)
    assert "kvitterat" in town.press(call, "1")


def test_a_wrong_code_that_the_carrier_repeats_counts_once(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.press(call)
    for _ in range(5):
        town.steps[call.token] = 1
        town.press(call, "111111")
    assert town.delivery(call).wrong_pins == 1
    assert "kvitterat" not in town.press(call, "222222")
    assert "Prio" in town.press(call, DESK_PIN)


def test_one_before_the_code_acknowledges_nothing(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, "1")
    assert town.alert(reference).state == AlertState.TRIGGERED


def test_an_answering_machine_acknowledges_nothing_and_the_next_person_is_told(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    heard = [town.press(call) for _ in range(4)]
    assert "nästa person kontaktas" in heard[-1]
    assert town.alert(reference).state == AlertState.TRIGGERED
    assert ("text", DUTY) in town.told()


def test_whoever_picks_up_a_second_call_is_asked_for_the_code_again(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, DESK_PIN)
    town.steps.clear()
    assert "personliga kod" in town.press(call)
    assert "Koden stämmer inte" in town.press(call, "1")


def test_who_comes_second_hears_who_has_it(town: Town) -> None:
    town.report()
    (first,) = town.work()
    town.work(minutes=3)
    (third,) = town.work(minutes=5)
    for keys in ("", DESK_PIN, "1"):
        town.press(first, keys)
    assert town.press(third) == "Ärendet är redan kvitterat av Mottagningen. Ingen mer uppringning behövs."


def test_a_code_by_text_makes_us_call_the_registered_number(town: Town) -> None:
    reference = town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    assert town.text_back(DUTY, f" {town.delivery(text).code} ") == town.texts["text_calling"]
    (call,) = town.work()
    assert (call.kind, call.to) == ("call", DUTY)
    for keys in ("", DUTY_PIN, "1"):
        town.press(call, keys)
    assert town.alert(reference).acknowledged_by == "Handläggare i beredskap"


@pytest.mark.parametrize("body", ["JA", "", "123", "han slår henne nu", "9999999"])
def test_other_texts_are_no_code(town: Town, body: str) -> None:
    assert town.text_back(DUTY, body) is None


def test_a_code_from_another_number_is_no_code(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    assert town.text_back("+46701740699", town.delivery(text).code) is None
    assert town.work() == []


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", "completed"])
def test_a_call_that_reached_nobody_brings_the_next_level_at_once(town: Town, status: str) -> None:
    town.report()
    (call,) = town.work()
    town.receipt(call, status)
    assert town.delivery(call).state == DeliveryState.FAILED
    assert ("text", DUTY) in town.told()


def test_the_end_of_an_acknowledged_call_changes_nothing(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    for keys in ("", DESK_PIN, "1"):
        town.press(call, keys)
    town.receipt(call, "completed")
    assert town.delivery(call).state == DeliveryState.ACKNOWLEDGED
    assert town.alert(reference).state == AlertState.ACKNOWLEDGED


def test_a_receipt_said_twice_tells_the_next_person_once(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.receipt(call, "busy")
    town.receipt(call, "busy")
    town.work()
    assert town.work() == []


def test_a_receipt_about_the_other_of_two_calls_is_not_believed(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.receipt(call, "busy", carrier_id="CA-another")
    assert town.delivery(call).state == DeliveryState.SENT


def test_receipts_for_nothing_we_know_change_nothing(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.receipt(call, "a-new-word")
    assert town.delivery(call).state == DeliveryState.SENT


def test_a_call_about_nothing_we_know_ends_politely(town: Town) -> None:
    assert town.press(Handed("call", DUTY, "", "no-such-token")) == town.texts["call_unknown"]
    town.receipt(Handed("call", DUTY, "", "no-such-token"), "busy")
    assert town.work() == []


def test_who_gives_the_code_and_then_falls_silent_has_not_acknowledged(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    town.press(call)
    town.press(call, DESK_PIN)
    heard = [town.press(call) for _ in range(12)]
    assert "nästa person kontaktas" in heard[-1]
    assert town.alert(reference).state == AlertState.TRIGGERED
    assert ("text", DUTY) in town.told()


def test_of_two_calls_made_by_one_retry_the_first_still_takes_the_code(town: Town) -> None:
    reference = town.report()
    (call,) = town.work()
    town.receipt(call, "busy")
    for keys in ("", DESK_PIN, "1"):
        town.press(call, keys)
    assert town.alert(reference).state == AlertState.ACKNOWLEDGED
