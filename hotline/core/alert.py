"""The call for attention, its plan and its deliveries, as values. What may not enter: how anything is sent."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Means(StrEnum):
    """How one contact is told."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"


PIN_DIGITS = range(4, 9)  # how many a PIN may have


class AlertState(StrEnum):
    """triggered ⇄ acknowledged → closed."""

    TRIGGERED = "triggered"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Purpose(StrEnum):
    """Why somebody is told: a case waits; the case that they took is read to them; somebody else has it now."""

    ALERT = "alert"
    READING = "reading"
    TAKEN = "taken"


class DeliveryState(StrEnum):
    """One attempt to tell one contact; in this order, so that an old receipt never overwrites a newer one."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class Shift:
    """When somebody is on duty: from `first` to `last` (dates, both included, None: without end), within `weekly`.

    `weekly`: (weekday, 0 = Monday; begins; ends), on the office's wall clock; one that ends no later than it begins
    lasts into the next day. Empty: the whole day.
    """

    first: date | None = None
    last: date | None = None
    weekly: tuple[tuple[int, time, time], ...] = ()


@dataclass(frozen=True)
class Contact:
    """Somebody who can be told. `address`: E.164 or e-mail. `pin`: as in the municipality's file (4 to 8 digits).

    `shifts`: when this person is on duty; empty: always.
    """

    name: str
    means: Means
    address: str
    pin: str = field(default="", repr=False)
    always: bool = False  # False: only in office hours
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True)
class Level:
    """Who is told together, and how many minutes until the next level."""

    contacts: tuple[Contact, ...]
    minutes: int


@dataclass(frozen=True)
class Plan:
    """Frozen on the alert when it is raised; the last level repeats every `minutes` of its own."""

    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Alert:
    """One per case. `level`: the next level to tell (0-based, may pass the last: it repeats).

    `next_at` (aware, UTC): when to look again: at the next level's time or, once it is acknowledged, at the end of the
    time in which the case must be opened. `opened_at`: whoever has it has heard or read the case.
    """

    reference: str
    municipality: str
    priority: int
    plan: Plan
    next_at: datetime
    raised_at: datetime
    level: int = 0
    state: AlertState = AlertState.TRIGGERED
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Delivery:
    """`token`: unguessable, names this delivery in our own callback addresses. `code`: what an officer texts back.

    `look_at`: when to ask the carrier how far it came, since nothing has been heard of it. `unsure_since`: when an
    attempt was due that ended without an answer, so the carrier is asked before the next one. `instead`: it stands in
    for one that failed, on the other channel of the same person. `level`: the alert's when this was made; once the
    alert has moved on, what becomes of it hurries nobody.
    """

    token: str
    reference: str
    contact: Contact
    due_at: datetime
    code: str = ""
    state: DeliveryState = DeliveryState.DUE
    attempts: int = 0
    carrier_id: str = ""
    detail: str = ""
    sent_at: datetime | None = None
    wrong_pins: int = 0
    purpose: Purpose = Purpose.ALERT
    look_at: datetime | None = None
    unsure_since: datetime | None = None
    instead: bool = False
    level: int = 0


AFTER_ALL = 9  # behind every priority that a case can have


def turn_of(purpose: Purpose, priority: int) -> int:
    """What is handed over first where more waits than can be made: 1, then what is higher.

    That somebody else has a case can wait: nobody need act on it.
    """
    return AFTER_ALL if purpose is Purpose.TAKEN else priority
