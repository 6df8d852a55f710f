"""Receipts come twice, too late, in any order: the newest word counts, and nobody is told anything for it."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import DeliveryState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

ODD = [Fault.RECEIPTS_DOUBLED, Fault.RECEIPTS_REORDERED]


@pytest.mark.parametrize("fault", ODD)
def test_a_text_is_delivered_once_and_for_all(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer, fault: Fault
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(fault)
    neighbour.reports(red=True)
    time.passes(minutes=4)
    duty.gets_text("Nytt ärende")
    assert [one.state for one in town.only_case().deliveries] == [DeliveryState.DELIVERED]


@pytest.mark.parametrize("fault", ODD)
def test_a_text_that_failed_stays_failed_and_moves_the_alert_once(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer, fault: Fault
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(fault)
    carrier.suffer(Fault.UNDELIVERED, times=1)
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.rings()
    time.passes(seconds=40)
    assert town.only_case().deliveries[0].state is DeliveryState.FAILED
    duty.gets_text("Nytt ärende")  # the call was not answered: the other channel, once
    time.passes(minutes=3)


@pytest.mark.parametrize("fault", [*ODD, Fault.RECEIPTS_LATE])
def test_a_busy_telephone_brings_one_next_person(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer, fault: Fault
) -> None:
    carrier.suffer(fault)
    carrier.suffer(Fault.BUSY, times=1, number=desk.number)
    neighbour.reports()
    time.passes(minutes=2, seconds=40)
    duty.gets_text("Nytt ärende")


def test_a_receipt_that_comes_after_we_gave_up_waiting_takes_nothing_back(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.RECEIPTS_LATE, times=1)
    carrier.suffer(Fault.NEVER_DELIVERED, times=1)
    neighbour.reports(red=True)
    time.passes(seconds=90)
    duty.takes_the_call("Ekgatan 4")
    time.passes(minutes=3)
    first, second = town.only_case().deliveries
    assert (first.state, second.state) == (DeliveryState.SENT, DeliveryState.ACKNOWLEDGED)


def test_a_late_failure_of_a_text_whose_case_somebody_has_wakes_nobody(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    carrier.suffer(Fault.RECEIPTS_LATE, times=1)
    carrier.suffer(Fault.FALSELY_DELIVERED, times=1)
    time.passes(minutes=5, seconds=5)
    duty.takes_the_call("Ekgatan 4")
    time.passes(minutes=9)
