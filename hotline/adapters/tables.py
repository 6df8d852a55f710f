"""What the database holds, as typed mappings. What may not enter: statements (store) and readable content (vault).

Columns named `sealed_*` and `*_hash` hold what only the keyring can read or recompute. Only `store` may import this.
"""

from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# The newest migration: what `check` compares the database with, without reading the migrations folder.
REVISION = "0003"


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


class Conversation(Base):
    """A caller's place in a flow; removed when it ends or has been idle."""

    __tablename__ = "conversations"
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    touched_at: Mapped[datetime] = mapped_column(index=True)
    sealed_state: Mapped[bytes | None]


class Turn(Base):
    """What was answered to one request of the carrier."""

    __tablename__ = "turns"
    carrier_hash: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    municipality: Mapped[str] = mapped_column(String(64))
    sealed_answer: Mapped[bytes]


class KeptScript(Base):
    """A version of the script, whole: what callers who began with it are asked, and were asked."""

    __tablename__ = "scripts"
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    kept_at: Mapped[datetime]
    packed: Mapped[bytes]


class Case(Base):
    """A report, and the key that reads it and all that belongs to it: without `wrapped_key` nothing is readable."""

    __tablename__ = "cases"
    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(64))
    filed_at: Mapped[datetime]
    priority: Mapped[int]
    broken_off: Mapped[bool]
    wrapped_key: Mapped[bytes]
    sealed_report: Mapped[bytes]


class AddedLater(Base):
    """What was said after the report existed."""

    __tablename__ = "addenda"
    number: Mapped[int] = mapped_column(Number, primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("cases.reference", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    sealed_content: Mapped[bytes]


class CallForAttention(Base):
    """One per case. `leased_until`: a worker is moving it."""

    __tablename__ = "alerts"
    reference: Mapped[str] = mapped_column(ForeignKey("cases.reference", ondelete="CASCADE"), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(64))
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    level: Mapped[int]
    next_at: Mapped[datetime]
    raised_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    sealed_plan: Mapped[bytes]
    sealed_acknowledged_by: Mapped[bytes]
    __table_args__ = (Index(None, "state", "next_at"),)


class Attempt(Base):
    """One delivery. `sealed_content`: token, contact, code, purpose, the carrier's id, detail.

    `address_hash`: of channel and address, so that nobody gets more than a text a minute. `look_at`: when the carrier
    is asked what became of it.
    """

    __tablename__ = "deliveries"
    number: Mapped[int] = mapped_column(Number, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    code_hash: Mapped[bytes] = mapped_column(index=True)
    address_hash: Mapped[bytes | None] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(ForeignKey("cases.reference", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None]
    wrong_pins: Mapped[int]
    look_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    sealed_content: Mapped[bytes]
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "state", "look_at"))


class Audited(Base):
    """Who read what. `digest` = SHA-256 of the previous row's digest and this row's content."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[datetime]
    reader: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str] = mapped_column(String(16))
    previous: Mapped[bytes]
    digest: Mapped[bytes]


class Tally(Base):
    """Anonymous counts: how conversations ended, a day (UTC) and a municipality at a time."""

    __tablename__ = "tallies"
    municipality: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class Heartbeat(Base):
    """When a worker last said that it lives."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class Meta(Base):
    """What the database knows of itself, such as that it has been used with the real carrier."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def table(row: type[Base]) -> Table:
    """The plain table, for statements that pass by the mapper."""
    return cast("Table", row.__table__)


conversations, turns, scripts = table(Conversation), table(Turn), table(KeptScript)
cases, addenda = table(Case), table(AddedLater)
alerts, deliveries = table(CallForAttention), table(Attempt)
audit, tallies, heartbeats, meta = table(Audited), table(Tally), table(Heartbeat), table(Meta)
