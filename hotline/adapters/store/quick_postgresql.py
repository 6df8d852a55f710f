"""A turn on PostgreSQL in two round trips: read without a transaction, kept in one statement that finds out whether
another turn came between.

The statements are SQLAlchemy's, run by the driver itself: on this path alone that halves the time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import ClauseElement, Engine, bindparam, insert, select, true
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningInsert

from hotline.adapters.store.engines import CONNECT_SECONDS
from hotline.adapters.store.patience import time_left
from hotline.adapters.store.turning import Found, looking, moving
from hotline.adapters.tables import turns
from hotline.ports import RepeatedTurnError, StoreAwayError

# With places in the statement, as the database itself counts them: names would be looked for on every turn.
DRIVER: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped


def keeping(*, begins: bool, ends: bool) -> ReturningInsert[tuple[bool]]:
    """The turn, remembered only if the conversation is still as it was read: then it returns a row."""
    kinds = {"carrier": turns.c.carrier_hash, "moment": turns.c.at, "place": turns.c.municipality}
    kinds["answer"] = turns.c.sealed_answer
    rows = select(*(bindparam(name, type_=column.type) for name, column in kinds.items()))
    if not (begins and ends):
        rows = rows.select_from(moving("postgresql", ends=ends).returning(true()).cte("moved"))
    names = ["carrier_hash", "at", "municipality", "sealed_answer"]
    return insert(turns).from_select(names, rows).returning(true())


Cursor = psycopg.RawCursor[tuple[Any, ...]]


@dataclass(frozen=True)
class Asked:
    """A statement as the database takes it; `names`: of its values, in order."""

    text: str
    names: Sequence[str]

    @classmethod
    def by(cls, statement: ClauseElement) -> "Asked":
        compiled = statement.compile(dialect=DRIVER)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type alone  # nosec B101
        return cls(str(compiled), compiled.positiontup or ())

    def on(self, cursor: Cursor, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        return cursor.execute(self.text, [values[name] for name in self.names]).fetchone()


@lru_cache
def to_look() -> Asked:
    """Written once."""
    return Asked.by(looking())


@lru_cache
def to_keep(*, begins: bool, ends: bool) -> Asked:
    """Written once for each kind."""
    return Asked.by(keeping(begins=begins, ends=ends))


class QuickPostgresql:
    """`engine`: its connections are in autocommit."""

    dialect = "postgresql"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def turn(self) -> Iterator["Borrowed"]:
        borrowed: Borrowed | None = None
        try:
            borrowed = Borrowed(self._engine)
            yield borrowed
        except psycopg.Error as problem:  # bare, since no statement of SQLAlchemy's is run
            if borrowed is not None:
                borrowed.connection.invalidate()
            raise StoreAwayError(type(problem).__name__) from problem
        finally:
            if borrowed is not None:
                borrowed.connection.close()

    def close(self) -> None:
        self._engine.dispose()


class Borrowed:
    """One connection, for one turn."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._borrow()

    def _borrow(self) -> None:
        self.connection = self._engine.raw_connection()
        driver = self.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - for the type alone  # nosec B101
        self._cursor: Cursor = psycopg.RawCursor(driver)
        self._cursor.format = psycopg.pq.Format.BINARY

    def look(self, values: Mapping[str, object]) -> Found:
        """Nothing has been written yet: a restart of the database must cost no caller an answer."""
        try:
            return self._asked(values)
        except psycopg.OperationalError:
            if not self._cursor.connection.closed or time_left() < CONNECT_SECONDS:
                raise
        self.connection.invalidate()
        self.connection.close()
        self._engine.dispose()  # the others have been cut off with this one
        self._borrow()
        return self._asked(values)

    def _asked(self, values: Mapping[str, object]) -> Found:
        return to_look().on(self._cursor, values) or (None, None, None)

    def keep(self, values: Mapping[str, object], *, begins: bool, ends: bool) -> bool:
        try:
            return to_keep(begins=begins, ends=ends).on(self._cursor, values) is not None
        except psycopg.IntegrityError as problem:
            raise RepeatedTurnError("this carrier id has been answered meanwhile") from problem
