"""A turn on PostgreSQL in two round trips: read without a transaction, kept in one statement that finds out whether
another turn came between.

The statements are SQLAlchemy's, run by the driver itself: on this path alone that halves the time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import psycopg
from sqlalchemy import Engine, bindparam, insert, select, true
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import ReturningInsert

from hotline.adapters.store.engines import CONNECT_SECONDS
from hotline.adapters.store.patience import time_left
from hotline.adapters.store.turning import Found, moving, to_look, written
from hotline.adapters.tables import turns
from hotline.ports import RepeatedTurnError, StoreAwayError

DRIVER: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped


def keeping(*, begins: bool, ends: bool) -> ReturningInsert[tuple[bool]]:
    """The turn, remembered only if the conversation is still as it was read: then it returns a row."""
    kinds = {"carrier": turns.c.carrier_hash, "moment": turns.c.at, "place": turns.c.municipality}
    kinds["answer"] = turns.c.sealed_answer
    rows = select(*(bindparam(name, type_=column.type) for name, column in kinds.items()))
    if not (begins and ends):
        rows = rows.select_from(moving("postgresql", ends=ends).returning(true()).cte("moved"))
    names = ["carrier_hash", "at", "municipality", "sealed_answer"]
    return insert(turns).from_select(names, rows).returning(true())


@lru_cache
def to_keep(*, begins: bool, ends: bool) -> str:
    """Written once for each kind."""
    return written(keeping(begins=begins, ends=ends), DRIVER)


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
        self._cursor = driver.cursor()

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
        return self._cursor.execute(to_look(DRIVER), values).fetchone() or (None, None, None)

    def keep(self, values: Mapping[str, object], *, begins: bool, ends: bool) -> bool:
        try:
            return self._cursor.execute(to_keep(begins=begins, ends=ends), values).fetchone() is not None
        except psycopg.IntegrityError as problem:
            raise RepeatedTurnError("this carrier id has been answered meanwhile") from problem
