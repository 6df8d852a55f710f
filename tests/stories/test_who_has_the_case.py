"""Whoever takes a case must open it, or others are told again; whoever was told learns that somebody has it."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


@pytest.fixture
def texted(time: Time, neighbour: Neighbour, desk: Officer, duty: Officer) -> Officer:
    """Whoever is on duty has been texted about an ordinary case, since the reception did not answer."""
    neighbour.reports()
    time.passes(seconds=2)
    desk.rejects()
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende", "prio 3")
    return duty


def test_a_code_takes_an_ordinary_case_and_the_call_opens_it(town: Town, time: Time, texted: Officer) -> None:
    texted.texts_back_the_code()
    assert town.only_case().alert.state is AlertState.ACKNOWLEDGED
    time.passes(seconds=2)
    texted.picks_up()
    texted.gives_pin()
    texted.hears("Ekgatan 4", "Ärendet är ditt")
    texted.presses("1")
    time.passes(minutes=20)


def test_whoever_takes_a_case_and_never_opens_it_loses_it_and_everybody_is_told_again(
    town: Town, time: Time, texted: Officer, desk: Officer
) -> None:
    texted.texts_back_the_code()
    time.passes(seconds=50)
    texted.rang()
    time.passes(minutes=14, seconds=5)
    desk.does_not_ring()
    time.passes(seconds=10)
    desk.rings()
    assert town.only_case().alert.acknowledged_by == ""
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=1)
    texted.gets_text("har tagits om hand")


def test_whoever_lost_it_can_take_it_again_with_the_same_code(
    town: Town, time: Time, texted: Officer, desk: Officer
) -> None:
    texted.texts_back_the_code()
    time.passes(minutes=15, seconds=2)
    texted.rang()
    desk.rejects()
    texted.texts_back_the_code()
    assert town.only_case().alert.acknowledged_by == texted.name
    time.passes(seconds=20)
    texted.picks_up()
    texted.gives_pin()
    texted.hears("Ekgatan 4")


def test_the_others_learn_that_somebody_has_it(time: Time, texted: Officer, head: Officer) -> None:
    time.passes(minutes=5)
    head.takes_the_call("Ekgatan 4")
    time.passes(seconds=5)
    texted.gets_text("har tagits om hand")
    time.passes(minutes=9)


def test_that_somebody_has_it_is_not_worth_a_call_when_the_text_is_refused(
    time: Time, carrier: SimulatedCarrier, texted: Officer, head: Officer
) -> None:
    time.passes(minutes=5)
    carrier.suffer(Fault.REFUSED, number=texted.number)
    head.takes_the_call("Ekgatan 4")
    time.passes(minutes=9)


def test_an_urgent_case_is_not_taken_by_a_code_alone(
    town: Town, time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=2)
    duty.gets_text("prio 1")
    duty.texts_back_the_code()
    assert town.only_case().alert.state is AlertState.TRIGGERED
    time.passes(seconds=2)
    duty.picks_up()
    duty.presses("000000#")
    duty.hears("Koden stämmer inte")
    assert "Ekgatan" not in duty.hears("Koden")
    duty.gives_pin()
    duty.hears("Ekgatan 4")
    duty.presses("1")
    assert town.only_case().alert.acknowledged_by == duty.name


def test_three_wrong_pins_end_the_call_and_the_next_person_is_told(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.reports(red=True)
    time.passes(seconds=2)
    desk.picks_up()
    for guess in ("111111#", "222222#", "333333#"):
        desk.presses(guess)
    desk.hears("fel för många gånger")
    time.passes(seconds=5)
    duty.gets_text("prio 1")
    assert town.only_case().alert.state is AlertState.TRIGGERED
