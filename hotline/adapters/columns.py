"""What tables are made of: kinds of columns, what is said of them, indexes of what waits. Not here: the tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Integer,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from hotline.core.alert import AlertState, DeliveryState


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


def column(
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    what: str,
    *more: ForeignKey,
    null: bool = False,
    who: str = "",
    **options: Any,  # noqa: ANN401 - as SQLAlchemy takes them
) -> Column[Any]:
    """A column and what it holds; `who` reads it, where that differs from the table's."""
    said = {"what": what, "who": who} if who else {"what": what}
    return Column(name, kind, *more, nullable=null, info=said, **options)


def holding(*, why: str, until: str, who: str = "nobody: the program alone") -> dict[str, str]:
    """Why a table is there, how long its rows live, who reads them."""
    return {"why": why, "until": until, "who": who}


def stands(states: Column[Any], state: AlertState | DeliveryState) -> ColumnElement[bool]:
    """In which state a row is, said in words and not as a value: so both databases know which index it is about."""
    return states == literal_column(f"'{state.value}'")


def only(which: ColumnElement[bool]) -> dict[str, Any]:
    """An index of these rows alone: as short as what waits is, however much there ever was.

    It begins with their state all the same, although that is the same in each: so SQLite likes it better than a whole
    index that begins with it.
    """
    return {"sqlite_where": which, "postgresql_where": which}
