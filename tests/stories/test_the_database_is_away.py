"""The database is away for a while and comes back, without a restart: nothing lost, nothing told twice."""

import pytest

from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_database import Switch
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


@pytest.fixture
def switch(town: Town) -> Switch:
    return town.database.switch


def test_a_caller_hears_nothing_that_is_not_kept_and_social_services_hear_of_the_caller(
    time: Time, switch: Switch, neighbour: Neighbour, desk: Officer
) -> None:
    time.passes(seconds=2)
    switch.falls_away()
    assert neighbour.texts("han slår henne nu") == ""
    time.passes(minutes=5)
    switch.comes_back()
    desk.rings_within(minutes=2)
    desk.takes_the_call("sms 10.00 akut")


def test_a_conversation_goes_on_where_it_was(
    town: Town, time: Time, switch: Switch, neighbour: Neighbour, desk: Officer
) -> None:
    neighbour.texts("Hej", "2", "1")
    switch.falls_away()
    assert neighbour.texts("4") == ""
    switch.comes_back()
    neighbour.texts("4", "2", "1", "Ekgatan 4")
    time.passes(seconds=2)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=2)  # what was never answered has been found by then
    assert [one.text for one in town.only_case().addenda] == ["Ekgatan 4", "4"]


@pytest.mark.parametrize("after", range(9))
def test_whatever_the_worker_was_doing_when_it_went_away_is_done_once(
    time: Time, switch: Switch, neighbour: Neighbour, duty: Officer, after: int
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    switch.falls_away(after=after)
    time.passes(seconds=30)
    switch.comes_back()
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")
    time.passes(minutes=3, seconds=50)


@pytest.mark.parametrize("after", range(9))
def test_a_call_that_was_being_made_rings_once(
    time: Time, switch: Switch, neighbour: Neighbour, desk: Officer, after: int
) -> None:
    neighbour.reports()
    switch.falls_away(after=after)
    time.passes(seconds=8)
    switch.comes_back()
    time.passes(seconds=15)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=3)


def test_receipts_that_found_no_database_are_fetched(
    time: Time, switch: Switch, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.rings()
    switch.falls_away()
    desk.rejects()
    time.passes(seconds=30)
    switch.comes_back()
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")


def test_whoever_listens_is_not_told_that_it_is_acknowledged_when_it_is_not(
    town: Town, time: Time, switch: Switch, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.picks_up()
    desk.gives_pin()
    switch.falls_away()
    desk.presses("1")
    assert "kvitterat" not in desk.hears("application error")
    switch.comes_back()
    assert town.only_case().alert.state is AlertState.TRIGGERED
    time.passes(minutes=3)
    duty.gets_text("Nytt ärende")


def test_timers_that_ran_out_meanwhile_are_done_at_once_and_once(
    time: Time, switch: Switch, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=5)
    duty.gets_text("Nytt ärende")
    switch.falls_away()
    time.passes(minutes=9)
    switch.comes_back()
    time.passes(seconds=5)
    duty.takes_the_call("Ekgatan 4")
    time.passes(minutes=9)


def test_readyz_says_so_and_takes_it_back(town: Town, time: Time, switch: Switch) -> None:
    time.passes(seconds=2)
    switch.falls_away()
    time.passes(seconds=2)
    assert town.ails() == "database"
    switch.comes_back()
    time.passes(seconds=2)
    assert town.ails() == "ok"


def test_both_are_away_and_come_back_one_after_the_other(
    town: Town, time: Time, switch: Switch, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    town.carrier.suffer(Fault.NO_ANSWER)
    switch.falls_away(after=4)
    time.passes(minutes=2)
    switch.comes_back()
    time.passes(minutes=1)
    town.carrier.heal()
    duty.is_told_within(seconds=15)
    duty.takes_it("Ekgatan 4")
