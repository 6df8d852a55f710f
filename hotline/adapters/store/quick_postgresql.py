"""A turn on PostgreSQL in two round trips, once a connection knows the statements.

Read without a transaction, kept in one statement that finds out whether another turn came between.

The statements are SQLAlchemy's, run by the driver's lower half (libpq): values go and come as the database writes them.
On this path alone that is worth it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import psycopg
from psycopg import errors, generators, pq
from sqlalchemy import ClauseElement, Engine, bindparam, insert, select, true
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningInsert

from hotline.adapters.store.engines import CONNECT_SECONDS
from hotline.adapters.store.impatient import Impatient
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


Row = tuple[bytes | None, ...]
BYTEA, TEXT, TIMESTAMPTZ = 17, 25, 1184  # the database's own numbers of its types, the same in every one
KINDS = {"moment": TIMESTAMPTZ, "place": TEXT}  # whatever else is sent are bytes
BINARY = pq.Format.BINARY
ITS_ZERO = datetime(2000, 1, 1, tzinfo=UTC)  # from which it counts microseconds
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Asked:
    """A statement as the database takes it; `names`: of its values, in order."""

    name: bytes
    text: bytes
    names: Sequence[str]

    @classmethod
    def by(cls, name: str, statement: ClauseElement) -> "Asked":
        compiled = statement.compile(dialect=DRIVER)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type alone  # nosec B101
        return cls(name.encode(), str(compiled).encode(), compiled.positiontup or ())

    def on(self, connection: Impatient, values: Mapping[str, object]) -> Row | None:
        """The first row, if there is any."""
        given = [as_sent(values[name]) for name in self.names]
        try:
            found = self._sent(connection, given)
        except errors.InvalidSqlStatementName:  # somebody between us and the database has tidied up; nothing was done
            connection.knows.clear()
            found = self._sent(connection, given)
        return tuple(found.get_value(0, at) for at in range(found.nfields)) if found.ntuples else None

    def _sent(self, connection: Impatient, given: Sequence[bytes | None]) -> pq.abc.PGresult:
        if self.name not in connection.knows:
            connection.pgconn.send_prepare(self.name, self.text, [KINDS.get(name, BYTEA) for name in self.names])
            heard(connection)
            connection.knows.add(self.name)
        connection.pgconn.send_query_prepared(self.name, given, [BINARY] * len(given), BINARY)
        return heard(connection)


def heard(connection: Impatient) -> pq.abc.PGresult:
    """What the database says to what it was last sent. Raises psycopg.Error."""
    results: list[pq.abc.PGresult] = connection.wait(generators.execute(connection.pgconn))
    if len(results) != 1:
        raise psycopg.OperationalError("the database did not answer what it was asked")
    (result,) = results
    if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        raise errors.error_from_result(result)
    return result


def as_sent(value: object) -> bytes | None:
    """As the database writes it."""
    match value:
        case bytes() | None:
            return value
        case str():
            return value.encode()
        case datetime():
            return ((value - ITS_ZERO) // MICROSECOND).to_bytes(8, "big", signed=True)
    raise TypeError(f"nothing that a turn keeps: {type(value)}")


def moment_of(sent: bytes | None) -> datetime | None:
    """The other way."""
    return None if sent is None else ITS_ZERO + int.from_bytes(sent, "big", signed=True) * MICROSECOND


@lru_cache
def to_look() -> Asked:
    """Written once."""
    return Asked.by("look", looking())


@lru_cache
def to_keep(*, begins: bool, ends: bool) -> Asked:
    """Written once for each kind."""
    return Asked.by(f"keep {begins} {ends}", keeping(begins=begins, ends=ends))


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
        assert isinstance(driver, Impatient)  # noqa: S101 - for the type alone  # nosec B101
        self._driver = driver

    def look(self, values: Mapping[str, object]) -> Found:
        """Nothing has been written yet: a restart of the database must cost no caller an answer."""
        try:
            return self._asked(values)
        except psycopg.OperationalError:
            if not self._driver.closed or time_left() < CONNECT_SECONDS:
                raise
        self.connection.invalidate()
        self.connection.close()
        self._engine.dispose()  # the others have been cut off with this one
        self._borrow()
        return self._asked(values)

    def _asked(self, values: Mapping[str, object]) -> Found:
        touched_at, state, answer = to_look().on(self._driver, values) or (None, None, None)
        return moment_of(touched_at), state, answer

    def keep(self, values: Mapping[str, object], *, begins: bool, ends: bool) -> bool:
        try:
            return to_keep(begins=begins, ends=ends).on(self._driver, values) is not None
        except psycopg.IntegrityError as problem:
            raise RepeatedTurnError("this carrier id has been answered meanwhile") from problem
