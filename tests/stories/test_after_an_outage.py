"""The carrier is away for an hour and comes back: red first, texts say how long they waited, nobody is flooded."""

from itertools import pairwise

import pytest

from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_database import Database, InMemory
from tests.hostile_ground import Time
from tests.hostile_people import Officer


@pytest.fixture
def database() -> Database:
    """An hour passes in each story."""
    return InMemory()


def an_hour_without_the_carrier(town: Town, *, reds: int, others: int, fault: Fault = Fault.BROKEN) -> None:
    """Reports come in all the time, the red ones last."""
    town.carrier.suffer(fault)
    for number in range(reds + others):
        town.neighbours[number].reports(red=number >= others)
        town.time.passes(minutes=60 / (reds + others))
    town.carrier.heal()


def seconds_between_texts(town: Town, officer: Officer) -> list[float]:
    sent = [one.created for one in town.carrier.book.texts.values() if one.to == officer.number]
    return [(later - earlier).total_seconds() for earlier, later in pairwise(sent)]


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.NO_ANSWER, Fault.TOO_MANY])
def test_what_is_red_is_told_first_although_it_came_last(town: Town, time: Time, head: Officer, fault: Fault) -> None:
    an_hour_without_the_carrier(town, reds=1, others=3, fault=fault)
    time.passes(seconds=12)
    head.takes_the_call("Vapen")
    time.passes(seconds=1)
    head.gets_text("3 ärenden väntar", "prio 3, 60 min")
    assert [one.alert.state for one in town.cases()].count(AlertState.ACKNOWLEDGED) == 1


def test_of_several_red_cases_one_is_called_and_the_others_stand_first_in_the_text(
    town: Town, time: Time, head: Officer
) -> None:
    an_hour_without_the_carrier(town, reds=2, others=3)
    time.passes(seconds=12)
    head.rings()
    text = head.gets_text("4 ärenden väntar")
    assert text.index("prio 1") < text.index("prio 3")


def test_at_night_each_person_gets_one_text_a_minute_and_each_case_is_in_one(
    town: Town, time: Time, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    an_hour_without_the_carrier(town, reds=7, others=0)
    time.passes(minutes=4)
    duty.rang()
    texts = duty.gets_texts()
    assert len(texts) <= 3
    assert any("6 ärenden väntar" in one and " min: " in one for one in texts), texts
    assert all(one.alert.reference in "".join(texts) for one in town.cases())
    assert min(seconds_between_texts(town, duty)) >= 60


def test_each_code_of_a_bundle_opens_its_own_case(town: Town, time: Time, duty: Officer) -> None:
    time.is_now("2027-03-09 22:00")
    an_hour_without_the_carrier(town, reds=2, others=0)
    time.passes(seconds=15)
    duty.rejects()
    time.passes(minutes=1, seconds=5)
    text = duty.gets_text("Nytt ärende", "har väntat i") + duty.gets_text("Nytt ärende", "har väntat i")
    duty.texts_back_the_code()
    time.passes(seconds=2)
    duty.takes_the_call("Vapen")
    (taken,) = [one for one in town.cases() if one.alert.state is AlertState.ACKNOWLEDGED]
    assert taken.alert.reference in text
    assert duty.code() in {one.code for one in taken.deliveries}


def test_one_case_that_waited_says_its_age(town: Town, time: Time, duty: Officer) -> None:
    time.is_now("2027-03-09 22:00")
    town.carrier.suffer(Fault.BROKEN)
    town.neighbours[0].reports(red=True)
    time.passes(minutes=60)
    town.carrier.heal()
    time.passes(minutes=1)
    duty.rang()
    duty.gets_text("har väntat i 60 minuter")


def test_a_report_at_night_that_is_not_red_still_waits_for_the_office(town: Town, time: Time, desk: Officer) -> None:
    time.is_now("2027-03-09 22:00")
    an_hour_without_the_carrier(town, reds=0, others=2)
    time.passes(hours=8, minutes=58)
    desk.does_not_ring()
    time.passes(minutes=2)
    desk.rings()


def test_mail_goes_out_although_the_carrier_is_away(town: Town) -> None:
    an_hour_without_the_carrier(town, reds=0, others=2)
    assert {to for to, _, _ in town.mail.letters} == {"mottagningen@example.org"}
