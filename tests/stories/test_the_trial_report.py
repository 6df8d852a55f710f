"""A trial report travels the whole way; whichever part is broken, its absence is noticed and a person is told."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Officer

MISSING = "probe smedjebacken"


def test_it_arrives_and_troubles_nobody_else(town: Town, time: Time, watch: Officer) -> None:
    town.sends_a_trial()
    time.passes(seconds=5)
    watch.gets_text("Nytt ärende", "prio 1")
    time.passes(minutes=9)
    assert town.only_case().alert.state is AlertState.CLOSED
    assert town.ails() == "ok"


def test_lost_receipts_are_no_reason_to_miss_it(
    town: Town, time: Time, carrier: SimulatedCarrier, watch: Officer
) -> None:
    carrier.suffer(Fault.RECEIPTS_LOST)
    town.sends_a_trial()
    time.passes(minutes=9)
    watch.gets_text("Nytt ärende")
    assert town.ails() == "ok"


def test_a_web_door_that_is_shut_is_noticed(town: Town, time: Time, desk: Officer) -> None:
    time.passes(seconds=1)
    town.web_runs = False
    town.sends_a_trial()
    desk.rings_within(minutes=6, seconds=30)
    town.web_runs = True
    assert town.ails() == MISSING
    desk.takes_the_call("ett prov kom inte fram")


def test_a_door_that_answers_and_keeps_nothing_is_noticed(
    town: Town, time: Time, desk: Officer, watch: Officer
) -> None:
    town.sends_a_trial()
    time.passes(minutes=2)
    watch.gets_text("Nytt ärende")
    time.is_now("2027-03-10 09:58")
    town.breaks()
    time.passes(minutes=3)
    desk.rings_within(minutes=6)
    assert town.ails() == MISSING


def test_a_worker_that_stopped_is_noticed_within_a_minute(
    town: Town, time: Time, desk: Officer, watch: Officer
) -> None:
    town.sends_a_trial()
    town.worker_runs = False
    time.passes(minutes=1)
    assert "worker" in town.ails()
    time.passes(minutes=5)
    assert town.ails() == f"worker alerts {MISSING}"
    town.worker_runs = True
    desk.rings_within(seconds=5)
    desk.takes_the_call("ett prov kom inte fram")
    time.passes(minutes=2)
    watch.gets_text("Nytt ärende")
    assert town.ails() == "ok"


def test_a_silent_carrier_is_noticed_and_told_when_it_speaks_again(
    town: Town, time: Time, carrier: SimulatedCarrier, watch: Officer
) -> None:
    carrier.suffer(Fault.NO_ANSWER)
    town.sends_a_trial()
    time.passes(minutes=8)
    assert town.ails() == MISSING
    carrier.heal()
    town.somebody_is_told_within(seconds=15).takes_it("ett prov kom inte fram")
    watch.may_be_told()


def test_a_text_that_never_arrives_is_noticed(
    town: Town, time: Time, carrier: SimulatedCarrier, desk: Officer, watch: Officer
) -> None:
    carrier.suffer(Fault.NEVER_DELIVERED, number=watch.number)
    town.sends_a_trial()
    time.passes(minutes=4)
    watch.rang()  # the other channel of the same telephone
    desk.does_not_ring()
    desk.rings_within(minutes=3)
    assert town.ails() == MISSING
    desk.takes_the_call("ett prov kom inte fram")


def test_whoever_mends_it_can_try_again_at_once(
    town: Town, time: Time, carrier: SimulatedCarrier, desk: Officer, watch: Officer
) -> None:
    carrier.suffer(Fault.NEVER_DELIVERED, number=watch.number)
    town.sends_a_trial()
    desk.rings_within(minutes=7)
    desk.takes_the_call("ett prov")
    carrier.heal()
    watch.may_be_told()
    town.sends_a_trial()
    time.passes(minutes=2)
    watch.gets_text("Nytt ärende")
    assert town.ails() == "ok"
    time.passes(minutes=9)
    assert len({one.report.reference for one in town.cases() if "probe" in one.report.flags}) == 2


def test_one_that_was_missed_is_over_when_the_next_one_begins(
    town: Town, time: Time, carrier: SimulatedCarrier, desk: Officer, watch: Officer
) -> None:
    carrier.suffer(Fault.NEVER_DELIVERED, number=watch.number)
    town.sends_a_trial()
    desk.rings_within(minutes=7)
    desk.takes_the_call("ett prov")
    carrier.heal()
    watch.may_be_told()
    time.is_now("2027-03-10 10:00")
    time.passes(minutes=3)
    watch.may_be_told()
    time.passes(minutes=20)
    assert town.ails() == "ok"


@pytest.mark.parametrize(
    ("day", "almost", "next_day"),
    [
        ("2027-03-28 00:30", "2027-03-29 01:29", "2027-03-29 01:31"),  # an hour is missing in that night
        ("2027-10-31 00:30", "2027-10-31 23:29", "2027-10-31 23:31"),  # an hour comes twice
        ("2028-02-28 12:30", "2028-02-29 12:29", "2028-02-29 12:31"),
    ],
)
def test_one_is_sent_every_twenty_four_hours(time: Time, watch: Officer, day: str, almost: str, next_day: str) -> None:
    time.is_now(day)
    time.is_now(almost)
    time.passes(seconds=50)
    watch.gets_no_text()
    time.is_now(next_day)
    time.passes(minutes=1)
    watch.gets_text("Nytt ärende")


def test_whoever_waits_outside_hears_nothing_while_a_trial_is_missing(
    town: Town, time: Time, carrier: SimulatedCarrier, watch: Officer
) -> None:
    time.passes(minutes=3)
    assert town.signs_of_life >= 3
    carrier.suffer(Fault.NEVER_DELIVERED, number=watch.number)
    town.sends_a_trial()
    time.passes(minutes=6)
    before = town.signs_of_life
    time.passes(minutes=3)
    assert town.signs_of_life == before
    for one in town.people():
        one.may_be_told()
