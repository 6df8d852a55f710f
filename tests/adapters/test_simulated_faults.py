"""What the simulated carrier does wrong when it is asked to, and when it stops."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hotline.adapters.simulated_carrier import SILENT, SimulatedCarrier
from hotline.adapters.simulated_faults import Fault
from tests.adapters.doors import DESK, LINE, MOBILE, NEIGHBOUR, PUBLIC, SID, TOKEN, Doors

STATUS = "/twilio/receipt/t"
TEXT = {"From": LINE, "To": MOBILE, "Body": "Larm", "StatusCallback": STATUS}
CALL = {"From": LINE, "To": DESK, "Url": f"{PUBLIC}/twilio/alert/t/0", "StatusCallback": STATUS}
EVENTS = ["initiated", "ringing", "answered", "completed"]


class Slowly:
    """Does what waits in the order of its time."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.waiting: list[tuple[float, int, Callable[[], object]]] = []
        self.passed = 0.0

    def later(self, work: Callable[[], object], seconds: float) -> None:
        self.waiting.append((self.passed + seconds, len(self.waiting), work))

    def until(self, seconds: float) -> None:
        while due := sorted(one for one in self.waiting if one[0] <= seconds):
            self.waiting.remove(due[0])
            self._go_to(due[0][0])
            due[0][2]()
        self._go_to(seconds)

    def _go_to(self, seconds: float) -> None:
        self.doors.clock.at += timedelta(seconds=seconds - self.passed)
        self.passed = seconds


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def time(doors: Doors) -> Slowly:
    return Slowly(doors)


@pytest.fixture
def carrier(doors: Doors, time: Slowly) -> SimulatedCarrier:
    return SimulatedCarrier(SID, TOKEN, PUBLIC, doors.post, now=doors.clock.now, later=time.later)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault.REFUSED, 400, 21211),
        (Fault.OPTED_OUT, 400, 21610),
        (Fault.LANDLINE, 400, 21614),
        (Fault.TOO_MANY, 429, 20429),
        (Fault.BROKEN, 500, 20500),
    ],
)
def test_a_text_is_refused_as_often_as_was_asked_for(
    carrier: SimulatedCarrier, fault: Fault, status: int, code: int
) -> None:
    carrier.suffer(fault, times=1)
    refused, error = carrier.accept_message(TEXT)
    assert (refused, error["code"]) == (status, code)
    assert carrier.accept_message(TEXT)[0] == 201


def test_a_fault_of_one_telephone_leaves_the_others_alone(carrier: SimulatedCarrier) -> None:
    carrier.suffer(Fault.REFUSED, number=MOBILE)
    assert carrier.accept_call(CALL)[0] == 201
    assert [carrier.accept_message(TEXT)[0] for _ in range(3)] == [400, 400, 400]
    carrier.heal(Fault.REFUSED)
    assert carrier.accept_message(TEXT)[0] == 201


def test_an_outage_answers_no_question_and_a_moment_of_trouble_does(carrier: SimulatedCarrier) -> None:
    carrier.suffer(Fault.BROKEN, times=2)
    assert carrier.messages({})[0] == 200
    carrier.suffer(Fault.BROKEN)
    carrier.heal()
    carrier.suffer(Fault.NO_ANSWER)
    assert carrier.messages({}) == carrier.accept_message(TEXT) == SILENT


def test_there_is_no_other_fault(carrier: SimulatedCarrier) -> None:
    with pytest.raises(ValueError, match="explode"):
        carrier.suffer("explode")


def test_a_lost_answer_is_taken_all_the_same(carrier: SimulatedCarrier, time: Slowly) -> None:
    carrier.suffer(Fault.ANSWER_LOST, times=1)
    assert carrier.accept_message(TEXT) == SILENT
    time.until(5)
    assert carrier.phone(MOBILE).messages[-1].text == "Larm"


@pytest.mark.parametrize(
    ("fault", "receipts", "comes"),
    [
        (Fault.NEVER_DELIVERED, ["queued", "sent"], False),
        (Fault.UNDELIVERED, ["queued", "sent", "undelivered"], False),
        (Fault.FALSELY_DELIVERED, ["queued", "sent", "delivered"], False),
        (Fault.RECEIPTS_LOST, [], True),
        (Fault.RECEIPTS_DOUBLED, ["queued", "sent", "delivered", "queued", "sent", "delivered"], True),
        (Fault.RECEIPTS_REORDERED, ["delivered", "sent", "queued"], True),
        (Fault.RECEIPTS_LATE, [], True),
    ],
)
def test_what_is_told_of_a_text_and_whether_it_comes(
    carrier: SimulatedCarrier, doors: Doors, time: Slowly, fault: Fault, receipts: list[str], *, comes: bool
) -> None:
    carrier.suffer(fault, times=1)
    carrier.accept_message(TEXT)
    time.until(60)
    assert doors.said(STATUS, "MessageStatus") == receipts
    assert bool(carrier.phone(MOBILE).messages) is comes


def test_the_true_state_can_be_asked_for_although_no_receipt_comes(carrier: SimulatedCarrier, time: Slowly) -> None:
    carrier.suffer(Fault.RECEIPTS_LOST, times=1)
    _, taken = carrier.accept_message(TEXT)
    time.until(5)
    assert carrier.message(str(taken["sid"]))[1]["status"] == "delivered"


def test_late_receipts_come_in_the_end(carrier: SimulatedCarrier, doors: Doors, time: Slowly) -> None:
    carrier.suffer(Fault.RECEIPTS_LATE, times=1)
    carrier.accept_message(TEXT)
    time.until(125)
    assert doors.said(STATUS, "MessageStatus") == ["queued", "sent", "delivered"]


@pytest.mark.parametrize(
    ("fault", "outcome", "rings"),
    [
        (Fault.BUSY, "busy", False),
        (Fault.FAILED, "failed", False),
        (Fault.NOBODY, "no-answer", False),
        (Fault.RINGS_ON, "ringing", True),
        (Fault.MACHINE, "completed", True),
        (None, "no-answer", True),
    ],
)
def test_how_a_call_ends_that_nobody_answers(
    carrier: SimulatedCarrier, doors: Doors, time: Slowly, fault: Fault | None, outcome: str, *, rings: bool
) -> None:
    if fault:
        carrier.suffer(fault, times=1)
    _, taken = carrier.accept_call({**CALL, "Timeout": "40"}, EVENTS)
    time.until(2)
    assert (carrier.phone(DESK).current is not None) is rings
    time.until(90)
    assert carrier.call_resource(str(taken["sid"]))[1]["status"] == outcome
    assert doors.said(STATUS, "CallStatus")[-1] == outcome


def test_a_carrier_that_does_not_reach_us_remembers_who_came(carrier: SimulatedCarrier, doors: Doors) -> None:
    carrier.suffer(Fault.DOORS_SHUT)
    assert carrier.phone(NEIGHBOUR).text(LINE, "hej") == []
    carrier.phone(NEIGHBOUR).call(LINE)
    assert doors.came == []
    assert [one["direction"] for one in listed(carrier.messages({"To": LINE}), "messages")] == ["inbound"]
    assert [one["status"] for one in listed(carrier.calls({"To": LINE}), "calls")] == ["failed"]


def listed(answer: tuple[int, dict[str, object]], name: str) -> list[dict[str, object]]:
    found = answer[1][name]
    assert isinstance(found, list)
    return found
