"""The carrier has too much to do, breaks, or does not answer: asked again with pauses, and at most one message more."""

from itertools import pairwise

import pytest

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.NO_ANSWER])
def test_a_carrier_that_fails_twice_is_asked_a_third_time(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, fault: Fault
) -> None:
    carrier.suffer(fault, times=2)
    neighbour.reports()
    time.passes(seconds=25)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=4)


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.NO_ANSWER])
def test_a_text_that_failed_for_a_moment_comes_once(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer, fault: Fault
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(fault, times=3)
    neighbour.reports(red=True)
    time.passes(seconds=50)
    duty.gets_text("Nytt ärende")
    time.passes(minutes=3)


def test_a_call_that_was_taken_without_an_answer_rings_once(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer
) -> None:
    carrier.suffer(Fault.ANSWER_LOST, times=1)
    neighbour.reports()
    time.passes(seconds=20)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=4)


@pytest.mark.parametrize("more", [None, Fault.RECEIPTS_LOST, Fault.RECEIPTS_LATE])
def test_a_text_that_was_taken_without_an_answer_comes_once(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, duty: Officer, more: Fault | None
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.ANSWER_LOST, times=1)
    if more:
        carrier.suffer(more, times=1)
    neighbour.reports(red=True)
    time.passes(minutes=4)
    duty.gets_text("Nytt ärende")


def test_a_call_that_was_taken_without_a_word_ever_rings_once(
    time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer
) -> None:
    carrier.suffer(Fault.ANSWER_LOST, times=1)
    carrier.suffer(Fault.RECEIPTS_LOST, times=1)
    neighbour.reports()
    time.passes(seconds=30)
    desk.takes_the_call("Ekgatan 4")
    time.passes(minutes=4)


def test_several_cases_in_one_text_that_was_taken_without_an_answer_come_once(
    town: Town, time: Time, carrier: SimulatedCarrier, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    carrier.suffer(Fault.ANSWER_LOST, times=1)
    for one in town.neighbours[:3]:
        one.reports(red=True)
    time.passes(minutes=4)
    duty.gets_text("3 ärenden väntar")


def test_a_call_for_one_case_is_not_taken_for_the_call_of_another(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.takes_the_call("Ekgatan 4")
    carrier.suffer(Fault.NO_ANSWER, times=1)
    town.neighbours[1].reports(place="Lindvägen 8")
    time.passes(seconds=20)
    desk.takes_the_call("Lindvägen 8")


def test_a_caller_who_is_being_connected_is_not_taken_for_our_call(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.calls()
    neighbour.presses("2")
    neighbour.presses("1")
    desk.rings()
    carrier.suffer(Fault.NO_ANSWER, times=1)
    town.neighbours[1].reports()
    time.passes(seconds=15)
    duty.gets_text("Nytt ärende")  # the reception's telephone is busy
    desk.rejects()
    neighbour.hangs_up()


def test_pauses_double_and_no_two_are_alike(
    town: Town, time: Time, carrier: SimulatedCarrier, neighbour: Neighbour, desk: Officer
) -> None:
    carrier.suffer(Fault.TOO_MANY, number=desk.number)
    neighbour.reports()
    town.neighbours[1].reports()
    time.passes(seconds=26)
    asked = town.asked_for("Calls")
    assert len(asked) == 8
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(asked[1::2])]
    assert all(later > earlier * 1.5 for earlier, later in pairwise(pauses))
    assert len(set(asked)) > 5
