"""The part of one work, and of what is outside, that keeps, locks and deletes what was told. No technology in here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

# Stands in the keyring where a municipality does: for conversations and answers, which live for a day at most.
TALKS = "-"


@dataclass(frozen=True)
class Settled:
    """A case that may be deleted one day. `since`: when it was filed, opened or last added to, whichever is latest."""

    reference: str
    since: datetime


@dataclass(frozen=True)
class Batch:
    """Cases whose keys were wrapped anew. `last`: go on after this one, "" at the end. `lost`: no key opens them."""

    last: str
    done: int
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuditLine:
    """Who did what (read, purge, destroy, rotate) to which case, certificate or key."""

    number: int
    at: datetime
    who: str
    act: str
    reference: str


class Kind(StrEnum):
    """What lies at the carrier: a caller's text, our answer to one, a text to an officer, a recording of a call."""

    RECEIVED = "received"
    ANSWER = "answer"
    SENT = "sent"
    RECORDING = "recording"


@dataclass(frozen=True)
class Copy:
    """Words, pictures or a voice that can still be read or heard at the carrier. `at`: since when."""

    carrier_id: str
    kind: Kind
    at: datetime


class Custody(Protocol):
    """Deleting, certifying and locking anew, in one transaction."""

    def settled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        """Cases last touched before then that somebody has opened or that are closed, oldest first."""

    def unsettled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        """The others as old as that."""

    def numbers_of(self, municipality: str, before: datetime, most: int) -> Sequence[str]:
        """Cases opened before then in which nobody has looked for a number to remove."""

    def drop_number(self, reference: str, at: datetime) -> bool:
        """Remove the caller's number from the case; whether there was one. That it is gone is said where it stood."""

    def delete_case(self, reference: str) -> Mapping[str, int]:
        """The case with its key and all that belongs to it; kind → how many rows."""

    def certify(self, municipality: str, content: str, by: str, at: datetime) -> None:
        """Keep a certificate, and its digest in the audit trail."""

    def write_down(self, at: datetime, who: str, act: str, reference: str) -> None:
        """A line in the audit trail."""

    def audit_lines(self, reference: str, most: int) -> Sequence[AuditLine]:
        """The newest, oldest of them first; of one case, or ("") of all."""

    def keys_needed(self, municipality: str) -> set[tuple[str, date]]:
        """(generation, day) of every key of the ring that a case of this municipality needs."""

    def generations_needed(self) -> set[str]:
        """Names of the generations that some case needs; "" where it is wrapped as before there were days."""

    def oldest_case(self) -> datetime | None:
        """When the oldest case that is still there was filed."""

    def rewrap(self, after: str, most: int) -> Batch:
        """Wrap the keys of so many cases anew, with what wraps new ones, in the order of their references."""

    def left_to_rewrap(self) -> int:
        """How many cases are not wrapped with what wraps new ones."""


class Keys(Protocol):
    """The keyring, which is kept outside the database. `can_forget`: single keys of it can be destroyed.

    Where it is the value of a variable nothing of it can be changed by the program.
    """

    @property
    def can_forget(self) -> bool: ...
    def forget(self, municipality: str, needed: Collection[tuple[str, date]], today: date) -> int:
        """Destroy the keys of this municipality that no case needs; how many days' keys went. Those of late stay."""

    def generations(self) -> Sequence[tuple[str, datetime]]:
        """(name, since when it is used), newest first."""

    def rotate(self, municipalities: Collection[str], first: date, begins: datetime) -> str:
        """Fresh keys for cases filed since `first`, used by every process from `begins` on; their name."""

    def retire(self, names: Collection[str]) -> None:
        """Destroy these generations."""
