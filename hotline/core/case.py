"""What a caller told (report: immutable) and what is added later. What may not enter: who reads it, and how."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum


class Priority(IntEnum):
    """A sorting hint, never an assessment; 1 comes first. Only ever rises."""

    URGENT = 1
    RAISED = 2
    ORDINARY = 3


URGENT_FLAGS = frozenset({"going_on", "red", "child"})
# What the hotline tells of itself must not wait for the office to open either.
OWN_CHANNEL = "hotline"
OWN_FLAGS = frozenset({"fault", "probe"})
ANSWER = "answer"  # the addendum of a choice that says nothing about calling back
NUMBER_GONE = "number_gone"  # the addendum that stands where a number was, once it has been deleted


@dataclass(frozen=True)
class Report:
    """What is handed to social services after consent.

    `reference`: random, 4 letters and digits. `flags`: subset of going_on, red, child, repeated, blows, told_112,
    says_called_112; of what the hotline tells itself: missed, fault, probe. `answers`: (step, choice key) in the order
    given. `own_words`: verbatim, not checked. `caller`: E.164 only with consent to it, else None (absent, not masked).
    `call_back`: when and how, or "".
    """

    reference: str
    municipality: str
    channel: str
    language: str
    at: datetime
    flags: frozenset[str] = frozenset()
    answers: tuple[tuple[str, str], ...] = ()
    own_words: tuple[str, ...] = field(default=(), repr=False)
    caller: str | None = field(default=None, repr=False)
    call_back: str = field(default="", repr=False)
    flow: str = ""

    @property
    def own(self) -> bool:
        """The hotline tells this of itself: no caller said it."""
        return self.channel == OWN_CHANNEL

    @property
    def priority(self) -> Priority:
        if self.flags & (URGENT_FLAGS | OWN_FLAGS):
            return Priority.URGENT
        if {"blows", "repeated"} <= self.flags:
            return Priority.RAISED
        return Priority.ORDINARY


@dataclass(frozen=True)
class Addendum:
    """What was said after the report existed. `kind` as in effects.AddToCase."""

    at: datetime
    kind: str
    text: str = field(repr=False)
