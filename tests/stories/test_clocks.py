"""Nights when the clocks change, leap days, and a machine whose clock jumps: nobody is forgotten or told twice."""

from itertools import pairwise

import pytest

from hotline.adapters.simulated_faults import Fault
from tests.hostile import Town
from tests.hostile_database import Database, InMemory
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

SPRING, AUTUMN = "2027-03-28", "2027-10-31"


@pytest.fixture
def database() -> Database:
    """Hours pass in each story."""
    return InMemory()


def minutes_between_calls(town: Town, officer: Officer) -> list[float]:
    calls = [one.created for one in town.carrier.book.calls.values() if one.phone == officer.number]
    return [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(calls)]


@pytest.mark.parametrize("moment", [f"{SPRING} 01:40", f"{AUTUMN} 02:40+02:00", f"{AUTUMN} 02:50+01:00"])
def test_in_the_night_of_the_change_levels_keep_their_five_minutes(
    town: Town, time: Time, neighbour: Neighbour, duty: Officer, moment: str
) -> None:
    time.is_now(moment)
    neighbour.reports(red=True)
    time.passes(minutes=41)
    assert [round(one) for one in minutes_between_calls(town, duty)] == [5] * 7
    assert duty.gets_texts()[-1].endswith("ringer vi upp dig.")
    duty.rang(times=8)


@pytest.mark.parametrize(
    ("evening", "before", "opening"),
    [
        ("2027-03-27 22:00", "2027-03-30 07:59", "2027-03-30 08:00"),  # Monday is Easter's
        ("2027-10-30 22:00", "2027-11-01 07:59", "2027-11-01 08:00"),
        ("2028-02-28 22:00", "2028-02-29 07:59", "2028-02-29 08:00"),
        ("2028-02-29 22:00", "2028-03-01 07:59", "2028-03-01 08:00"),
    ],
)
def test_an_ordinary_report_waits_for_the_clock_on_the_wall(
    town: Town, time: Time, desk: Officer, evening: str, before: str, opening: str
) -> None:
    time.is_now(evening)
    town.neighbours[0].reports()
    time.is_now(before)
    time.passes(seconds=55)
    desk.does_not_ring()
    time.is_now(opening)
    time.passes(seconds=1)
    desk.takes_the_call("Ekgatan 4")
    town.watch.may_be_told()  # the trial of each day


def test_what_is_read_out_says_the_time_on_the_wall(time: Time, neighbour: Neighbour, duty: Officer) -> None:
    time.is_now(f"{SPRING} 03:05")
    neighbour.reports(red=True)
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende")
    duty.texts_back_the_code()
    time.passes(seconds=2)
    duty.takes_the_call(f"Mottaget {SPRING} klockan 03.05")


def test_a_clock_that_jumps_ahead_hurries_one_level_and_skips_none(
    time: Time, neighbour: Neighbour, desk: Officer, duty: Officer, head: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.rings()
    time.clock.jumps(minutes=10)
    time.passes(seconds=50)
    duty.gets_text("Nytt ärende")
    head.does_not_ring()
    head.rings_within(minutes=6)
    head.takes_the_call("Ekgatan 4")


def test_a_clock_that_jumps_back_delays_a_level_by_no_more_than_its_own_time(
    time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")
    time.clock.jumps(minutes=-10)
    time.passes(minutes=4, seconds=50)
    duty.does_not_ring()
    duty.rings_within(minutes=1)
    duty.takes_the_call("Ekgatan 4")


def test_a_clock_that_jumps_ahead_and_back_tells_nobody_twice_and_forgets_nobody(
    town: Town, time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")
    time.clock.jumps(minutes=10)
    time.passes(seconds=70)
    time.clock.jumps(minutes=-10)
    time.passes(minutes=30)
    assert all(1 <= one <= 7 for one in minutes_between_calls(town, duty))
    duty.rang(times=len(minutes_between_calls(town, duty)) + 1)
    assert len(duty.gets_texts()) <= 7


def test_a_text_is_not_held_back_by_one_from_the_future(town: Town, time: Time, duty: Officer) -> None:
    time.is_now("2027-03-09 22:00")
    time.clock.jumps(minutes=10)
    town.neighbours[0].reports(red=True)
    time.passes(seconds=5)
    duty.gets_text("Nytt ärende")
    time.clock.jumps(minutes=-10)
    town.neighbours[1].reports(red=True)
    time.passes(minutes=1, seconds=5)
    duty.gets_text("Nytt ärende")


@pytest.mark.parametrize("minutes", [10, -10])
def test_what_we_missed_is_found_although_the_clock_is_wrong(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer, minutes: int
) -> None:
    time.passes(minutes=2)
    time.clock.jumps(minutes=minutes)
    town.carrier.suffer(Fault.DOORS_SHUT, times=1)
    neighbour.texts("han slår henne nu")
    desk.rings_within(minutes=3 if minutes > 0 else 13)
    desk.takes_the_call("akut")


@pytest.mark.parametrize("minutes", [10, -10])
def test_what_we_missed_is_found_within_two_minutes_once_the_clock_is_right_again(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer, minutes: int
) -> None:
    time.clock.jumps(minutes=minutes)
    time.passes(minutes=1)
    time.clock.jumps(minutes=-minutes)
    town.carrier.suffer(Fault.DOORS_SHUT, times=1)
    neighbour.texts("han slår henne nu")
    desk.rings_within(minutes=2)
    desk.takes_the_call("akut")


def test_a_worker_that_died_is_noticed_after_the_clock_went_back(town: Town, time: Time) -> None:
    time.passes(minutes=1)
    assert town.ails() == "ok"
    town.worker_runs = False
    time.clock.jumps(minutes=-10)
    assert town.ails() == "worker"


def test_a_trial_is_not_missed_because_the_clock_jumped_back(town: Town, time: Time, watch: Officer) -> None:
    town.sends_a_trial()
    time.passes(seconds=2)
    time.clock.jumps(minutes=-10)
    time.passes(minutes=2)
    watch.gets_text("Nytt ärende")
    assert town.ails() == "ok"


@pytest.mark.parametrize("days", [1, 400])
def test_a_clock_that_is_days_ahead_while_somebody_reports_puts_nobody_off_for_days(
    time: Time, neighbour: Neighbour, desk: Officer, duty: Officer, days: int
) -> None:
    time.clock.jumps(days=days)
    neighbour.reports()
    time.passes(seconds=2)
    desk.rings()
    time.clock.jumps(days=-days)
    duty.is_told_within(minutes=6)
    desk.may_be_told()
    duty.takes_it("Ekgatan 4")


def test_a_clock_that_goes_back_for_days_puts_nobody_off_for_days(
    time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")
    time.clock.jumps(days=-400)
    duty.rings_within(minutes=6)
    duty.takes_the_call("Ekgatan 4")
