"""What the database holds, as typed mappings. What may not enter: statements (store) and readable content (vault).

Columns named `sealed_*` and `*_hash` hold what only the keyring can read or recompute. Only `store` may import this.
"""

from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# The newest migration: what `check` compares the database with, without reading the migrations folder.
REVISION = "0004"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is refused: it would be off by an hour or two without anybody noticing."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


# SQLite counts by itself only in a column that is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that a later migration can find them on either database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, bytes: LargeBinary}  # noqa: RUF012 - read by SQLAlchemy as it stands


def held(what: str, **other: str) -> dict[str, str]:
    """What a column holds; `until` and `who` where they differ from the table's."""
    return {"what": what, **other}


def holding(*, why: str, until: str, who: str = "nobody: the program alone") -> dict[str, dict[str, str]]:
    """Why a table is there, how long its rows live, who reads them."""
    return {"info": {"why": why, "until": until, "who": who}}


DESK = "social services, by telephone behind the PIN or by `cases show`; written down"


class Conversation(Base):
    """A caller's place in a flow; removed when it ends or has been idle."""

    __tablename__ = "conversations"
    key_hash: Mapped[bytes] = mapped_column(primary_key=True, info=held("the caller's number, or the call's id"))
    touched_at: Mapped[datetime] = mapped_column(index=True, info=held("when the caller last said something"))
    sealed_state: Mapped[bytes | None] = mapped_column(
        info=held("the place in the script, the words before consent, how much was answered lately")
    )
    __table_args__ = holding(why="so that the next text is understood", until="30 idle minutes")


class Turn(Base):
    """What was answered to one request of the carrier."""

    __tablename__ = "turns"
    carrier_hash: Mapped[bytes] = mapped_column(primary_key=True, info=held("the carrier's id of a text or a step"))
    at: Mapped[datetime] = mapped_column(index=True, info=held("when it was answered"))
    municipality: Mapped[str] = mapped_column(String(64), info=held("whose line was asked"))
    sealed_answer: Mapped[bytes] = mapped_column(info=held("what was answered"))
    __table_args__ = holding(why="a repeated request gets the same answer", until="a day")


class KeptScript(Base):
    """A version of the script, whole: what callers who began with it are asked, and were asked."""

    __tablename__ = "scripts"
    version: Mapped[str] = mapped_column(String(64), primary_key=True, info=held("the hash of a script"))
    kept_at: Mapped[datetime] = mapped_column(info=held("when it was first used"))
    packed: Mapped[bytes] = mapped_column(info=held("the script's files: no word of a caller"))
    __table_args__ = holding(why="what was asked stays answerable", until="for ever", who="anybody: it is published")


class Case(Base):
    """A report, and the key that reads it and all that belongs to it: without `wrapped_key` nothing is readable.

    `key_name`: which key of the ring wrapped it (None: the municipality's one key of a ring without days).
    `number_dropped_at`: when the caller's number was looked for and removed.
    """

    __tablename__ = "cases"
    reference: Mapped[str] = mapped_column(String(16), primary_key=True, info=held("4 random letters and digits"))
    municipality: Mapped[str] = mapped_column(String(64), info=held("whose case it is"))
    filed_at: Mapped[datetime] = mapped_column(info=held("when consent was given"))
    priority: Mapped[int] = mapped_column(info=held("1 to 3"))
    broken_off: Mapped[bool] = mapped_column(info=held("whether the caller left early"))
    wrapped_key: Mapped[bytes] = mapped_column(info=held("the case's own key"))
    key_name: Mapped[str | None] = mapped_column(String(80), info=held("which key of the ring, of which day"))
    number_dropped_at: Mapped[datetime | None] = mapped_column(info=held("when the caller's number was removed"))
    sealed_report: Mapped[bytes] = mapped_column(
        info=held("answers, own words, language; the caller's number with consent to it", who=DESK)
    )
    __table_args__ = (
        Index(None, "municipality", "filed_at"),
        holding(why="the report to social services", until="the municipality's decision; without one: kept"),
    )


class AddedLater(Base):
    """What was said after the report existed."""

    __tablename__ = "addenda"
    number: Mapped[int] = mapped_column(Number, primary_key=True, info=held("a running number"))
    reference: Mapped[str] = mapped_column(
        ForeignKey("cases.reference", ondelete="CASCADE"), index=True, info=held("the case")
    )
    at: Mapped[datetime] = mapped_column(info=held("when it was said"))
    sealed_content: Mapped[bytes] = mapped_column(info=held("the place, more words, when to call back", who=DESK))
    __table_args__ = holding(why="what was said after consent", until="as the case")


class CallForAttention(Base):
    """One per case. `leased_until`: a worker is moving it."""

    __tablename__ = "alerts"
    reference: Mapped[str] = mapped_column(
        ForeignKey("cases.reference", ondelete="CASCADE"), primary_key=True, info=held("the case")
    )
    municipality: Mapped[str] = mapped_column(String(64), info=held("whose case it is"))
    priority: Mapped[int] = mapped_column(info=held("1 to 3"))
    state: Mapped[str] = mapped_column(String(16), info=held("triggered, acknowledged or closed"))
    level: Mapped[int] = mapped_column(info=held("how many levels have been told"))
    next_at: Mapped[datetime] = mapped_column(info=held("when somebody else is told"))
    raised_at: Mapped[datetime] = mapped_column(info=held("when it began"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(info=held("when somebody took it"))
    opened_at: Mapped[datetime | None] = mapped_column(info=held("when that person heard or read the case"))
    leased_until: Mapped[datetime | None] = mapped_column(info=held("how long a worker holds it"))
    sealed_plan: Mapped[bytes] = mapped_column(info=held("officers, their numbers and PINs"))
    sealed_acknowledged_by: Mapped[bytes] = mapped_column(info=held("the officer who took it", who=DESK))
    __table_args__ = (
        Index(None, "state", "next_at"),
        holding(why="somebody is told until somebody has answered", until="as the case"),
    )


class Attempt(Base):
    """One delivery. `sealed_content`: token, contact, code, purpose, the carrier's id, detail.

    `address_hash`: of channel and address, so that nobody gets more than a text a minute. `look_at`: when the carrier
    is asked what became of it.
    """

    __tablename__ = "deliveries"
    number: Mapped[int] = mapped_column(Number, primary_key=True, info=held("a running number"))
    token_hash: Mapped[bytes] = mapped_column(unique=True, info=held("the delivery's name in our own addresses"))
    code_hash: Mapped[bytes] = mapped_column(index=True, info=held("the officer's code and number"))
    address_hash: Mapped[bytes | None] = mapped_column(index=True, info=held("the officer's number and channel"))
    reference: Mapped[str] = mapped_column(
        ForeignKey("cases.reference", ondelete="CASCADE"), index=True, info=held("the case")
    )
    state: Mapped[str] = mapped_column(String(16), info=held("how far it has come"))
    due_at: Mapped[datetime] = mapped_column(info=held("when it is to be made"))
    attempts: Mapped[int] = mapped_column(info=held("how often it was tried"))
    sent_at: Mapped[datetime | None] = mapped_column(info=held("when the carrier took it"))
    wrong_pins: Mapped[int] = mapped_column(info=held("how many wrong PINs were pressed"))
    look_at: Mapped[datetime | None] = mapped_column(info=held("when the carrier is asked about it"))
    leased_until: Mapped[datetime | None] = mapped_column(info=held("how long a worker holds it"))
    sealed_content: Mapped[bytes] = mapped_column(info=held("the officer, the code, the carrier's id"))
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "state", "look_at"),
        holding(why="each attempt to tell one officer", until="as the case"),
    )


class Audited(Base):
    """Who read what. `digest` = SHA-256 of the previous row's digest and this row's content."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(Number, primary_key=True, info=held("a running number"))
    at: Mapped[datetime] = mapped_column(info=held("when"))
    reader: Mapped[str] = mapped_column(String(200), info=held("the officer's name, or the account on the machine"))
    act: Mapped[str] = mapped_column(String(32), info=held("read, purge, destroy, rotate"))
    reference: Mapped[str] = mapped_column(String(16), info=held("the case, the certificate or the day"))
    previous: Mapped[bytes] = mapped_column(info=held("the line before, as a digest"))
    digest: Mapped[bytes] = mapped_column(info=held("this line and all before it, as a digest"))
    __table_args__ = holding(
        why="who read what, and what was deleted", until="for ever", who="whoever runs the hotline, by `audit`"
    )


class Certificate(Base):
    """What a purge deleted, in words. `digest`: SHA-256 of them; it also stands in the audit trail."""

    __tablename__ = "certificates"
    number: Mapped[int] = mapped_column(Number, primary_key=True, info=held("a running number"))
    at: Mapped[datetime] = mapped_column(info=held("when it was deleted"))
    municipality: Mapped[str] = mapped_column(String(64), info=held("whose cases they were"))
    content: Mapped[str] = mapped_column(Text, info=held("how many of each kind, on what decision: nothing personal"))
    digest: Mapped[bytes] = mapped_column(info=held("the content, as a digest"))
    __table_args__ = holding(
        why="proof of what was deleted and why", until="for ever", who="whoever runs the hotline, by `audit`"
    )


class Tally(Base):
    """Anonymous counts: how conversations ended, a day (UTC) and a municipality at a time."""

    __tablename__ = "tallies"
    municipality: Mapped[str] = mapped_column(String(64), primary_key=True, info=held("which municipality"))
    outcome: Mapped[str] = mapped_column(String(64), primary_key=True, info=held("how conversations ended"))
    day: Mapped[date] = mapped_column(primary_key=True, info=held("on which day"))
    count: Mapped[int] = mapped_column(info=held("how many"))
    __table_args__ = holding(why="whether the hotline helps", until="for ever", who="whoever runs the hotline")


class Heartbeat(Base):
    """When a worker last said that it lives."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(64), primary_key=True, info=held("the worker, or one of its chores"))
    at: Mapped[datetime] = mapped_column(info=held("when it last did something"))
    __table_args__ = holding(why="a dead worker is noticed", until="overwritten", who="whoever runs the hotline")


class Meta(Base):
    """What the database knows of itself, such as that it has been used with the real carrier."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(64), primary_key=True, info=held("what is remembered"))
    value: Mapped[str] = mapped_column(String(200), info=held("since when, or which: nothing that was said"))
    __table_args__ = holding(why="the hotline's memory of itself", until="overwritten", who="whoever runs the hotline")


def table(row: type[Base]) -> Table:
    """The plain table, for statements that pass by the mapper."""
    return cast("Table", row.__table__)


conversations, turns, scripts = table(Conversation), table(Turn), table(KeptScript)
cases, addenda = table(Case), table(AddedLater)
alerts, deliveries = table(CallForAttention), table(Attempt)
audit, certificates = table(Audited), table(Certificate)
tallies, heartbeats, meta = table(Tally), table(Heartbeat), table(Meta)
