"""A call that reaches nobody: busy, unanswered, failed, a machine; the next person is told, and nobody twice."""

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.FAILED, Fault.REFUSED])
def test_a_landline_that_is_busy_or_broken_makes_the_next_person_know_within_half_a_minute(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer, fault: Fault
) -> None:
    carrier.suffer(fault, times=1, number=desk.number)
    neighbour.reports()
    time.passes(seconds=30)
    desk.does_not_ring()
    duty.gets_text("Nytt ärende")


def test_a_landline_that_nobody_answers_rings_forty_seconds(
    time: Time, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=35)
    desk.rings()
    duty.gets_no_text()
    time.passes(seconds=10)
    desk.does_not_ring()
    duty.gets_text("Nytt ärende")


def test_a_telephone_that_rings_elsewhere_and_is_not_answered(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    carrier.suffer(Fault.NOBODY, times=1, number=desk.number)
    neighbour.reports()
    time.passes(seconds=45)
    desk.does_not_ring()
    duty.gets_text("Nytt ärende")


def test_a_call_that_rings_on_without_a_word_from_the_carrier_moves_on_within_ninety_seconds(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    carrier.suffer(Fault.RINGS_ON, times=1, number=desk.number)
    neighbour.reports()
    time.passes(seconds=80)
    desk.rings()
    duty.gets_no_text()
    time.passes(seconds=10)
    duty.gets_text("Nytt ärende")
    time.passes(minutes=2)


def test_a_machine_that_presses_nothing_has_not_acknowledged(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    carrier.suffer(Fault.MACHINE, times=1, number=desk.number)
    neighbour.reports()
    time.passes(seconds=60)
    desk.rang()
    assert "Ekgatan" not in desk.hears("nästa person kontaktas")
    duty.gets_text("Nytt ärende")
    assert town.only_case().alert.state is AlertState.TRIGGERED


def test_nobody_at_all_answers_and_the_last_person_is_called_again_and_again(
    time: Time, neighbour: Neighbour, desk: Officer, duty: Officer, head: Officer
) -> None:
    neighbour.reports()
    time.passes(minutes=2)
    desk.rang()
    duty.gets_text("Nytt ärende")
    for _ in range(2):
        time.passes(minutes=5)
        head.rang()
        head.gets_text("Svara med koden")  # the other channel of somebody behind whom nobody waits


def test_a_caller_for_whom_nobody_picks_up_hears_it_and_is_asked_on(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer
) -> None:
    carrier.suffer(Fault.MACHINE, times=1, number=desk.number)
    neighbour.calls()
    neighbour.presses("2")
    neighbour.presses("1")
    time.passes(seconds=40)
    desk.rang()
    neighbour.hears("Ingen kunde svara")
    neighbour.hangs_up()
