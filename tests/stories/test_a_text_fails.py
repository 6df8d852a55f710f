"""A text that cannot arrive: the same person on another channel, or the next person, within thirty seconds."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

REFUSALS = [Fault.REFUSED, Fault.OPTED_OUT, Fault.LANDLINE]


@pytest.mark.parametrize("fault", [*REFUSALS, Fault.UNDELIVERED])
def test_at_night_whoever_cannot_be_texted_is_called(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer, fault: Fault
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(fault, times=1, number=duty.number)
    neighbour.reports(red=True)
    time.passes(seconds=30)
    duty.takes_the_call("Ekgatan 4")
    time.passes(minutes=6)


@pytest.mark.parametrize("fault", [*REFUSALS, Fault.UNDELIVERED])
def test_by_day_the_next_person_is_called(
    time: Time,
    carrier: SimulatedCarrier,
    neighbour: Neighbour,
    desk: Officer,
    duty: Officer,
    head: Officer,
    fault: Fault,
) -> None:
    carrier.suffer(fault, number=duty.number)
    neighbour.reports()
    time.passes(seconds=2)
    desk.rejects()
    time.passes(seconds=30)
    head.takes_the_call("Ekgatan 4")
    time.passes(minutes=6)


def test_an_officer_who_opted_out_is_called_every_time(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.OPTED_OUT, number=duty.number)
    neighbour.reports(red=True)
    time.passes(minutes=1)
    duty.rang()
    time.passes(minutes=5)
    duty.rang()
    time.passes(minutes=5)
    duty.rang()


def test_a_mobile_that_became_a_landline_is_called_every_time(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.LANDLINE, number=duty.number)
    neighbour.reports(red=True)
    time.passes(minutes=1)
    duty.rang()
    time.passes(minutes=5)
    duty.rang()


def test_a_number_that_is_wrong_for_calls_is_texted_once_and_the_level_repeats(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=5)
    duty.gets_text("Nytt ärende")
    carrier.suffer(Fault.REFUSED, times=1, number=duty.number)
    time.passes(minutes=5, seconds=30)
    duty.gets_text("Nytt ärende")
    time.passes(minutes=4, seconds=28)
    duty.rings()
