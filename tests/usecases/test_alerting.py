"""Whom the worker tells, when, and what happens when the carrier or the worker breaks."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import requests

from hotline.core.alert import AlertState, DeliveryState, Means
from hotline.ports import CarrierError
from hotline.usecases.alerting import LEASE, move_alerts
from tests.fake_carrier import Handed
from tests.usecases.town import DESK, DUTY, HEAD, TUESDAY_NIGHT, Town

BROKEN = CarrierError("answered 500", hard=False)


def fall_silent(town: Town) -> Callable[[Handed], None]:
    """The carrier takes it, sends its receipt, and never answers our request."""

    def taken(handed: Handed) -> None:
        town.receipt(handed, "delivered")
        raise CarrierError("not reached: ReadTimeout", hard=False)

    return taken


def test_in_office_hours_the_landline_rings_at_once(town: Town) -> None:
    town.report()
    assert town.told() == [("call", DESK)]


def test_a_landline_is_never_texted(town: Town) -> None:
    town.report("red")
    for _ in range(30):
        town.work(minutes=3)
    assert ("text", DESK) not in {(each.kind, each.to) for each in town.carrier.handed}


def test_nobody_answers_so_it_climbs_and_the_last_level_repeats(town: Town) -> None:
    town.report()
    assert town.told() == [("call", DESK)]
    assert town.told(minutes=2) == []
    assert town.told(minutes=1) == [("text", DUTY), ("email", "mottagningen@example.org")]
    assert town.told(minutes=5) == [("call", HEAD)]
    assert town.told(minutes=5) == [("call", HEAD)]
    assert town.told(minutes=5) == [("call", HEAD)]


def test_a_red_report_at_night_wakes_the_duty_mobile(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    assert town.told() == [("text", DUTY)]
    assert town.told(minutes=5) == [("call", DUTY)]
    assert town.told(minutes=5) == [("call", DUTY)]


def test_an_ordinary_report_at_night_waits_for_opening(town: Town) -> None:
    town.report(at=TUESDAY_NIGHT)
    assert town.told() == []
    assert town.told(hours=9, minutes=59) == []
    assert town.told(minutes=1) == [("call", DESK)]


def test_when_the_night_ends_the_day_begins_with_the_landline(town: Town) -> None:
    town.report("child", at="2027-03-10 07:52")
    assert town.told() == [("text", DUTY)]
    assert town.told(minutes=5) == [("call", DUTY)]
    assert town.told(minutes=3) == [("call", DESK)]


def test_a_report_that_waits_for_its_place_goes_when_the_place_comes(town: Town) -> None:
    reference = town.report(wait=5)
    assert town.told(minutes=1) == []
    with town.store.begin() as work:
        work.bring_forward(reference, town.clock.at, broken_off=False)
    assert town.told() == [("call", DESK)]


def test_a_report_whose_place_never_comes_goes_after_five_minutes(town: Town) -> None:
    town.report(wait=5)
    assert town.told(minutes=4, seconds=59) == []
    assert town.told(seconds=1) == [("call", DESK)]


def test_however_many_come_at_once_each_is_told(town: Town) -> None:
    references = {town.report("red") for _ in range(60)}
    calls = [each for _ in range(30) for each in town.work(seconds=1)]
    assert {town.delivery(each).reference for each in calls if each.to == DESK} == references


def test_however_many_wait_for_one_telephone_each_is_in_a_text(town: Town) -> None:
    references = {town.report("red", at=TUESDAY_NIGHT) for _ in range(30)}
    for _ in range(10):
        town.work(minutes=1)
    told = " ".join(town.texts_to(DUTY))
    assert {one for one in references if one not in told} == set()


def test_red_goes_before_what_has_waited_longer(town: Town) -> None:
    town.report(at="2027-03-09 09:00", wait=5)
    red = town.report("red", wait=5)
    handed = town.work(minutes=5)
    assert town.delivery(handed[0]).reference == red
    assert len(handed) == 2


def test_a_text_to_an_officer_holds_reference_priority_and_code_only(town: Town) -> None:
    reference = town.report("red", at=TUESDAY_NIGHT, own_words=("Storgatan 4, Lisa",))
    (text,) = town.work()
    code = town.delivery(text).code
    assert text.body == f"Nytt ärende {reference}, prio 1. Svara med koden {code} så ringer vi upp dig."
    assert re.fullmatch(r"[0-9]{6}", code)


def test_a_stale_alert_says_its_age(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    text, _ = town.work(hours=1)
    assert "har väntat i 60 minuter" in text.body


@pytest.mark.parametrize("fault", [BROKEN, CarrierError("not reached: ReadTimeout", hard=False)])
def test_a_carrier_that_fails_for_a_moment_is_asked_again(town: Town, fault: Exception) -> None:
    town.report()
    town.carrier.faults = [fault, fault]
    assert town.told() == []
    assert town.told(seconds=1) == []
    assert town.told(seconds=2) == []
    assert town.told(seconds=7) == [("call", DESK)]


def test_retries_end_and_the_next_level_is_told(town: Town) -> None:
    town.report()
    town.carrier.faults = [BROKEN] * 5
    told = [each for _ in range(60) for each in town.told(seconds=1)]
    assert told == [("text", DUTY), ("email", "mottagningen@example.org")]


def test_a_refused_number_brings_the_next_level_forward(town: Town) -> None:
    town.report()
    town.carrier.refused = {DESK}
    assert town.told() == []
    assert ("text", DUTY) in town.told()


def test_a_refused_last_number_is_not_dialled_without_a_pause(town: Town) -> None:
    town.report()
    town.carrier.refused = {HEAD}
    town.work()
    town.work(minutes=3)
    town.work(minutes=5)
    attempts = len(town.store.rows.deliveries)
    for _ in range(60):
        town.work(seconds=1)
    assert len(town.store.rows.deliveries) == attempts


def test_mail_that_cannot_be_sent_hurries_nobody(town: Town) -> None:
    town.report()
    town.carrier.refused = {"mottagningen@example.org"}
    town.work()
    assert town.told(minutes=3) == [("text", DUTY)]
    assert town.told(minutes=1) == []


def test_a_worker_killed_after_sending_means_a_second_ring_after_its_lease(town: Town) -> None:
    town.report()
    town.carrier.faults = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        town.work()
    assert town.told(seconds=LEASE.total_seconds() - 1) == []
    assert town.told(seconds=1) == [("call", DESK)]


def test_a_delivery_that_kills_each_worker_does_not_stop_the_others(town: Town) -> None:
    town.report()
    for _ in range(5):
        town.carrier.faults = [requests.exceptions.InvalidURL("a bug")]
        with pytest.raises(requests.exceptions.InvalidURL):
            town.work(seconds=10)
    town.work(seconds=10)
    assert next(iter(town.store.rows.deliveries.values())).detail == "given up"
    assert ("text", DUTY) in town.told()


def test_a_receipt_quicker_than_our_record_is_not_overwritten(town: Town) -> None:
    town.report()
    town.carrier.before_answer = lambda call: town.receipt(call, "in-progress")
    (call,) = town.work()
    assert town.delivery(call).state == DeliveryState.DELIVERED
    assert town.delivery(call).sent_at == town.clock.at


def test_an_old_receipt_never_overwrites_a_newer_one(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.receipt(call, "in-progress")
    town.receipt(call, "ringing")
    assert town.delivery(call).state == DeliveryState.DELIVERED


def test_a_time_out_after_acceptance_is_not_repeated_when_a_receipt_came(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    town.carrier.before_answer = fall_silent(town)
    (text,) = town.work()
    assert town.delivery(text).state == DeliveryState.DELIVERED
    assert town.told(minutes=1) == []


def test_the_worker_shows_that_it_lives(town: Town) -> None:
    town.work()
    assert town.store.rows.beats == {"worker": town.clock.at}


def test_who_has_not_been_told_yet_is_left_in_peace_once_somebody_has_it(town: Town) -> None:
    reference = town.report()
    taken = replace(town.alert(reference), state=AlertState.ACKNOWLEDGED, opened_at=town.clock.at)
    with town.store.begin() as work:
        work.move_alert(taken, ())
    assert town.told() == []
    assert town.told(hours=5) == []


def test_a_municipality_whose_file_is_gone_neither_stops_the_others_nor_is_forgotten(town: Town) -> None:
    lost = town.report("red")
    town.municipalities = {"exempelby": town.municipalities["exempelby"]}
    assert town.told() == []
    assert next(iter(town.store.rows.deliveries.values())).detail.endswith("file is missing")
    town.municipalities = Town().municipalities
    assert town.alert(lost).state == AlertState.TRIGGERED
    assert town.told(minutes=10) != []


def test_whoever_is_about_to_be_told_is_not_asked_for_once_more(town: Town) -> None:
    """More waits than can be made: what repeats would only make the others wait longer."""
    town.report("red", at=TUESDAY_NIGHT)
    for _ in range(5):
        town.clock.move(minutes=6)
        move_alerts(town.outside)
    assert [(one.contact.means, one.state) for one in town.store.rows.deliveries.values()] == [
        (Means.TEXT, DeliveryState.DUE), (Means.CALL, DeliveryState.DUE),
    ]  # fmt: skip
    assert town.told() == [("text", DUTY), ("call", DUTY)]
