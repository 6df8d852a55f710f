"""The carrier takes a text and says nothing of it, or what is not so: within ninety seconds somebody else knows."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import DeliveryState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


def test_a_text_that_is_never_delivered_becomes_a_call(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.NEVER_DELIVERED, times=1)
    neighbour.reports(red=True)
    time.passes(seconds=80)
    duty.does_not_ring()
    time.passes(seconds=10)
    duty.takes_the_call("Ekgatan 4")


def test_a_carrier_that_cannot_be_asked_for_a_moment_is_asked_again(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.RECEIPTS_LOST, times=1)
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.gets_text("Nytt ärende")
    carrier.suffer(Fault.BROKEN)
    time.passes(seconds=30)
    carrier.heal(Fault.BROKEN)
    time.passes(minutes=3)


def test_a_carrier_that_falls_silent_altogether_is_tried_until_it_answers(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.NO_ANSWER)
    neighbour.reports(red=True)
    time.passes(minutes=3)
    carrier.heal()
    duty.is_told_within(seconds=15)
    duty.takes_it("Ekgatan 4")


def test_a_text_said_to_be_delivered_that_never_came_costs_one_level(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.FALSELY_DELIVERED, times=1)
    neighbour.reports(red=True)
    time.passes(minutes=4, seconds=50)
    duty.does_not_ring()
    time.passes(seconds=15)
    duty.takes_the_call("Ekgatan 4")


def test_lost_receipts_are_fetched_and_nobody_is_told_twice(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.RECEIPTS_LOST)
    neighbour.reports(red=True)
    time.passes(minutes=2)
    duty.gets_text("Nytt ärende")
    assert [one.state for one in town.only_case().deliveries] == [DeliveryState.DELIVERED]
    time.passes(minutes=2, seconds=50)


def test_a_call_whose_end_nobody_tells_us_of_is_fetched(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    carrier.suffer(Fault.RECEIPTS_LOST)
    neighbour.reports()
    time.passes(seconds=2)
    desk.rejects()
    time.passes(seconds=43)
    duty.gets_text("Nytt ärende")


@pytest.mark.parametrize("fault", [Fault.RECEIPTS_LOST, Fault.RECEIPTS_LATE])
def test_whoever_takes_the_call_has_it_whatever_the_receipts_say(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, fault: Fault
) -> None:
    carrier.suffer(fault)
    neighbour.reports()
    time.passes(seconds=2)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=9)
