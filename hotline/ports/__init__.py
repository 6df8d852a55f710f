"""What the verbs need from outside: each port with its values and errors. No technology in here."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from hotline.core.alert import Alert, Delivery, Means
from hotline.core.case import Addendum, Report
from hotline.core.flow import Script

from .custody import TALKS, AuditLine, Batch, Copy, Custody, Keys, Kind, Settled
from .found import CaseFile, Figures, Opened, Overdue

__all__ = [
    "TALKS", "AuditLine", "Batch", "Begin", "Carrier", "CarrierError", "CaseFile", "Chance", "Clock", "Copy", "Custody",
    "Door", "DoorError", "Figures", "Keys", "Kind", "Mail", "Opened", "Overdue", "Received", "RepeatedTurnError",
    "Scripts", "Settled", "StoreAwayError", "Work",
]  # fmt: skip


class Clock(Protocol):
    """Only the system clock knows the real time."""

    def now(self) -> datetime: ...


class StoreAwayError(Exception):
    """The database cannot be reached in time; the door answers 503 and the carrier's fallback speaks."""


class RepeatedTurnError(Exception):
    """Another process is taking the same turn at this moment; try again to find its answer."""


class Work(Custody, Protocol):
    """One transaction: everything in it is kept, or nothing. Left with an exception, it keeps nothing."""

    # one turn
    def open_turn(self, key: str, carrier_id: str, at: datetime, idle: timedelta) -> Opened:
        """`key` names the conversation in clear ("sms|smedjebacken|+46..." or "voice|CA..."); it is stored hashed."""

    def keep_turn(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, *, municipality: str
    ) -> None:
        """Remember the answer, and the conversation (None: it ends). Raises RepeatedTurnError."""

    def look_up(self, key: str, at: datetime, idle: timedelta) -> str | None:
        """The conversation as it is kept, without opening it for a turn."""

    def keep_script(self, version: str, packed: bytes, at: datetime) -> None:
        """The files of a script's version, once and for ever: what was said must stay answerable."""

    def find_script(self, version: str) -> bytes | None: ...

    # cases
    def file_case(self, report: Report, alert: Alert, first: Sequence[Delivery]) -> None: ...
    def add_to_case(self, reference: str, addendum: Addendum) -> None: ...
    def said_since(self, reference: str) -> int:
        """How often something was added to this case."""

    def bring_forward(self, reference: str, at: datetime, *, broken_off: bool) -> None:
        """Make the alert's next move due at `at` if it is later; never later than it was."""

    def read_case(self, reference: str, reader: str, at: datetime) -> CaseFile | None:
        """The case, and a line in the audit trail saying that `reader` read it."""

    def tally(self, municipality: str, outcome: str, at: datetime) -> None: ...

    # alerting
    def claim_alerts(self, now: datetime, lease: timedelta, most: int) -> Sequence[Alert]:
        """Alerts whose next move is due, most urgent first, taken until now + lease.

        Triggered ones, and those whose case has not been opened by whoever acknowledged.
        """

    def claim_deliveries(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """Deliveries that are due, or taken by somebody who died (unsure since then); now SENDING, one attempt more.

        Urgent first.
        """

    def claim_beside(self, delivery: Delivery, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """More to the same address over the same channel, due now, of alerts that wait; as claim_deliveries."""

    def hold(self, delivery: Delivery, until: datetime) -> bool:
        """What was claimed goes on being ours. False: somebody else has claimed it since, or it has arrived."""

    def last_told(self, delivery: Delivery) -> datetime | None:
        """When this address was last sent something over this channel."""

    def told_before(self, delivery: Delivery) -> set[str]:
        """The carrier's ids of what else it has lately taken for this address over this channel."""

    def others_under_way(self, delivery: Delivery, now: datetime) -> bool:
        """Whether somebody is handing over something else to this address over this channel at this moment."""

    def claim_silent(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """Sent deliveries of triggered alerts of which the carrier should have said something by now."""

    def waiting(self, now: datetime) -> bool:
        """Whether a delivery could be claimed now."""

    def waiting_alerts(self, most: int) -> Sequence[Alert]:
        """Those that nobody has acknowledged, most urgent first."""

    def deliveries_of(self, reference: str) -> Sequence[Delivery]:
        """Oldest first."""

    def move_alert(self, alert: Alert, deliveries: Sequence[Delivery]) -> None:
        """Keep the alert as it is now, and its new deliveries."""

    def record_delivery(self, delivery: Delivery) -> None: ...
    def find_delivery(self, token: str) -> Delivery | None: ...
    def find_delivery_by_code(self, municipality: str, code: str, address: str) -> Delivery | None:
        """The newest delivery with this code to this address."""

    def count_wrong_try(self, means: Means, address: str) -> None:
        """One more at the newest delivery to this address over this channel, if there is any."""

    def wrong_tries(self, means: Means, address: str, since: datetime) -> int:
        """At all deliveries to this address over this channel that were due since then."""

    def find_alert(self, reference: str) -> Alert | None: ...

    # looking after the hotline itself
    def overdue(self, before: datetime, most: int) -> Overdue:
        """Cases without an alert; alerts and deliveries whose time came before then and that nobody took."""

    def figures(self, municipalities: Collection[str], since: datetime, now: datetime) -> Figures:
        """`since`: of the urgent reports."""

    def pull_back(self, now: datetime, after: datetime) -> None:
        """Deliveries that would be made, looked after or given up by a dead worker only `after`, are due now."""

    def raise_again(self, reference: str, alert: Callable[[Report], Alert]) -> None:
        """Give a case that lost it an alert; the reading is no person's, and is not written down."""

    def claim_chore(self, name: str, now: datetime, every: timedelta) -> bool:
        """Whether this is ours to do now: nobody has begun it for `every`, or only before our clock went back."""

    def answered(self, carrier_ids: Sequence[str]) -> set[str]:
        """Those of these requests of the carrier that have an answer."""

    def marked(self, name: str) -> str | None: ...
    def mark(self, name: str, value: str) -> None:
        """Remember something of the hotline itself."""

    def beat(self, name: str, at: datetime) -> None:
        """A worker says that it lives."""

    def last_beat(self, name: str) -> datetime | None: ...


class Begin(Protocol):
    """Opens one unit of work: all of it is kept, or nothing.

    `turn`: it is a caller's turn, and may learn only at its end (RepeatedTurnError) that another one came between.
    `looking`: nobody who changes something has to wait. To change something in it fails (StoreAwayError).
    """

    def __call__(self, *, turn: bool = False, looking: bool = False) -> AbstractContextManager[Work]: ...


class Scripts(Protocol):
    """The script that is served now (`current`, whole as `packed`), and the versions in which somebody still talks.

    `kept`: whether `packed` is in the store already.
    """

    current: Script
    packed: bytes
    kept: bool

    def older(self, version: str, find: Callable[[str], bytes | None]) -> Script | None: ...


class CarrierError(Exception):
    """The carrier did not take it. `hard`: it never will (wrong number, refused); else try again.

    `unsure`: it may have taken it all the same (a time-out, a fault of its own): ask it before trying again.
    """

    def __init__(self, reason: str, *, hard: bool, unsure: bool = False) -> None:
        super().__init__(reason)
        self.hard = hard
        self.unsure = unsure


@dataclass(frozen=True)
class Received:
    """A text or call that came to one of our numbers. `body`: "" for a call. `ended`: when a call was over."""

    carrier_id: str
    call: bool
    at: datetime
    sender: str = field(repr=False)
    body: str = field(default="", repr=False)
    ended: datetime | None = None


class Carrier(Protocol):
    """Speaks to telephones. Returns the carrier's id for what it took; raises CarrierError."""

    def text(self, *, sender: str, to: str, body: str, token: str) -> str: ...
    def call(self, *, sender: str, to: str, token: str) -> str:
        """Ring `to`; when it is picked up the carrier asks /twilio/alert/<token>/0 what to say."""

    def answers(self) -> None:
        """Raises CarrierError if it cannot be asked anything now."""

    def state_of(self, carrier_id: str) -> str:
        """How far a text or call of ours has come, in the carrier's words (as in its receipts)."""

    def received(self, line: str, since: datetime) -> Sequence[Received]:
        """Every text and call that the carrier has taken for this number since then, whether we heard of it or not."""

    def took(self, *, sender: str, to: str, words: str, since: datetime, apart_from: Collection[str]) -> str | None:
        """The carrier's id of a text that holds these words (a call: "") that it took from us since then, or None.

        `apart_from`: ids of which we know already what they are.
        """

    def copies(self, line: str, since: datetime) -> Sequence[Copy]:
        """What it still holds of texts from and to this number, and of its calls, since then."""

    def erase(self, copy: Copy) -> bool:
        """Erase what it holds, then look whether it has gone. False: it is still there, try again later."""


class DoorError(Exception):
    """Our own public door did not answer a text as it should."""


class Door(Protocol):
    """Our own public door, reached from outside as the carrier reaches it."""

    def text(self, *, sender: str, line: str, body: str, carrier_id: str) -> None:
        """One text, signed as the carrier signs; raises DoorError."""


class Mail(Protocol):
    """Sends one plain text e-mail; raises CarrierError."""

    def send(self, *, to: str, subject: str, body: str) -> str: ...


class Chance(Protocol):
    """Unguessable values."""

    def reference(self) -> str:
        """4 letters and digits that cannot be mistaken for each other (no 0 O 1 I)."""

    def token(self) -> str: ...
    def code(self) -> str:
        """6 digits that an officer texts back."""
