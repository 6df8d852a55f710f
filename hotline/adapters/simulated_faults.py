"""What a carrier can do wrong, by name, and when it does. What may not enter: telephones, REST shapes, our doors.

The numbers are Twilio's own (https://www.twilio.com/docs/api/errors).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """`value`: its name on the page. Each strikes one telephone, or all."""

    REFUSED = "refused"
    OPTED_OUT = "opted_out"
    LANDLINE = "landline"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    NO_ANSWER = "no_answer"  # asked, it falls silent, and has taken nothing
    ANSWER_LOST = "answer_lost"  # it has taken it, and falls silent
    NEVER_DELIVERED = "never_delivered"
    UNDELIVERED = "undelivered"
    FALSELY_DELIVERED = "falsely_delivered"
    RECEIPTS_LOST = "receipts_lost"
    RECEIPTS_DOUBLED = "receipts_doubled"
    RECEIPTS_REORDERED = "receipts_reordered"
    RECEIPTS_LATE = "receipts_late"
    DOORS_SHUT = "doors_shut"
    BUSY = "busy"
    NOBODY = "nobody"  # it rings elsewhere, and the carrier says at last that nobody answered
    FAILED = "failed"
    RINGS_ON = "rings_on"  # it rings, and the carrier never says how that ended
    MACHINE = "machine"


OUTAGES = (Fault.BROKEN, Fault.TOO_MANY, Fault.NO_ANSWER)
TAKING = (Fault.REFUSED, *OUTAGES, Fault.ANSWER_LOST)
TEXTS_ONLY = (Fault.OPTED_OUT, Fault.LANDLINE)
ON_THE_WAY = (Fault.NEVER_DELIVERED, Fault.UNDELIVERED, Fault.FALSELY_DELIVERED)
RECEIPTS = (Fault.RECEIPTS_LOST, Fault.RECEIPTS_DOUBLED, Fault.RECEIPTS_REORDERED, Fault.RECEIPTS_LATE)
CALLS = (Fault.BUSY, Fault.NOBODY, Fault.FAILED, Fault.RINGS_ON, Fault.MACHINE)

# HTTP status, Twilio's code, words.
REFUSALS: Mapping[Fault, tuple[int, int, str]] = {
    Fault.REFUSED: (400, 21211, "The 'To' number is not a valid phone number."),
    Fault.OPTED_OUT: (400, 21610, "Attempt to send to unsubscribed recipient"),
    Fault.LANDLINE: (400, 21614, "'To' number is not a valid mobile number"),
    Fault.TOO_MANY: (429, 20429, "Too Many Requests"),
    Fault.BROKEN: (500, 20500, "Internal Server Error"),
}
# What becomes of a text, step by step; the last of those that went wrong is told with this code.
FATES: Mapping[Fault | None, tuple[str, ...]] = {
    None: ("queued", "sent", "delivered"),
    Fault.FALSELY_DELIVERED: ("queued", "sent", "delivered"),
    Fault.NEVER_DELIVERED: ("queued", "sent"),
    Fault.UNDELIVERED: ("queued", "sent", "undelivered"),
}
UNREACHABLE = 30003  # "Unreachable destination handset"
LATE_SECONDS, AGAIN_SECONDS, SWAP_SECONDS = 120.0, 5.0, 4.0


@dataclass
class Suffered:
    """`left`: how many times more; None: until it is healed. `number`: whose telephone (E.164); None: everybody's."""

    fault: Fault
    number: str | None
    left: int | None


class Faults:
    """What the carrier suffers from now. One at a time holds it: the carrier's lock."""

    def __init__(self) -> None:
        self._all: list[Suffered] = []

    def suffer(self, fault: Fault, *, times: int | None, number: str | None) -> None:
        """From now on; the oldest of several strikes first."""
        self._all.append(Suffered(fault, number, times))

    def heal(self, fault: Fault | None = None) -> None:
        """All of this fault, or everything, is over."""
        self._all = [one for one in self._all if fault is not None and one.fault is not fault]

    def suffered(self) -> list[Suffered]:
        """All that is not over."""
        return list(self._all)

    def strikes(self, number: str, *those: Fault) -> Fault | None:
        """Which of those strikes this telephone now, if any; used up by that."""
        one = self._find(number, those)
        if one is None:
            return None
        if one.left is not None:
            one.left -= 1
            self._all = [each for each in self._all if each.left != 0]
        return one.fault

    def lasts(self, number: str, *those: Fault) -> Fault | None:
        """Which of those is an outage here: then questions find no answer either. Uses nothing up."""
        one = self._find(number, those)
        return one.fault if one is not None and one.left is None else None

    def _find(self, number: str, those: tuple[Fault, ...]) -> Suffered | None:
        struck = (one for one in self._all if one.fault in those and one.number in {None, number})
        return next(struck, None)


def delays(fault: Fault | None, place: int) -> tuple[float, ...]:
    """How many seconds late the receipt at this place (0: the first) comes; once for each time that it comes."""
    match fault:
        case Fault.RECEIPTS_LOST:
            return ()
        case Fault.RECEIPTS_DOUBLED:
            return (0.0, AGAIN_SECONDS)
        case Fault.RECEIPTS_LATE:
            return (LATE_SECONDS,)
        case Fault.RECEIPTS_REORDERED:
            return (max(0.0, SWAP_SECONDS * (3 - place)),)
        case _:
            return (0.0,)
