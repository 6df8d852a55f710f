"""A turn in SQLite: read beside whoever writes, and written together with the turns that wait for the same disk.

A commit that survives a loss of power waits for the disk, thousands of times longer than the writing takes. Whoever
comes while the disk is awaited is written by the next in line, with all others who came: one wait for all of them.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import cast

from sqlalchemy import ClauseElement, Engine, PoolProxiedConnection, bindparam, delete
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import SQLAlchemyError

from hotline.adapters.store.engines import begin_writing
from hotline.adapters.store.kept import upsert
from hotline.adapters.store.patience import time_left
from hotline.adapters.store.turning import Found, looking, moving
from hotline.adapters.tables import conversations, turns
from hotline.ports import RepeatedTurnError, StoreAwayError

DRIVER: Dialect = sqlite_dialect(paramstyle="named")
MOMENT = conversations.c.touched_at.type.dialect_impl(DRIVER)
as_read = cast("Callable[[str | None], datetime | None]", MOMENT.result_processor(DRIVER, None))
as_written = cast("Callable[[object], str]", MOMENT.bind_processor(DRIVER))
MOST_SECONDS = 60.0  # Lock takes no infinity


def written(statement: ClauseElement) -> str:
    """As the driver itself takes it, with names for the values."""
    return str(statement.compile(dialect=DRIVER))


@lru_cache
def to_look() -> str:
    """Written once, as the other statements."""
    return written(looking())


@lru_cache
def to_remember() -> str:
    """The answer, unless this carrier id has one."""
    rows = {"carrier_hash": "carrier", "at": "moment", "municipality": "place", "sealed_answer": "answer"}
    new = upsert("sqlite", turns).values({column: bindparam(name) for column, name in rows.items()})
    return written(new.on_conflict_do_nothing())


@lru_cache
def to_forget() -> str:
    """The answer, after all."""
    return written(delete(turns).where(turns.c.carrier_hash == bindparam("carrier")))


@lru_cache
def to_move(*, ends: bool) -> str:
    """Written once for each kind."""
    return written(moving("sqlite", ends=ends))


@dataclass(eq=False)
class Note:
    """A turn to be written. `came`: let go when it has been, or when its writer shall write for all who wait."""

    values: Mapping[str, object]
    begins: bool
    ends: bool
    came: Lock = field(default_factory=Lock)
    leads: bool = False
    kept: bool = False
    durable: bool = False
    problem: Exception | None = None

    def __post_init__(self) -> None:
        self.came.acquire()

    def write(self, driver: sqlite3.Connection) -> None:
        """In a transaction; whatever it must not change stays as it was."""
        if not driver.execute(to_remember(), self.values).rowcount:
            self.problem = RepeatedTurnError("this carrier id has been answered meanwhile")
        elif (self.begins and self.ends) or driver.execute(to_move(ends=self.ends), self.values).rowcount:
            self.kept = True
        else:
            driver.execute(to_forget(), self.values)


class QuickSqlite:
    """`reading`: its connections only read. `writing`: has one connection, for everybody who writes."""

    dialect = "sqlite"

    def __init__(self, reading: Engine, writing: Engine) -> None:
        self._reading, self._writing = reading, writing
        self._lock = Lock()
        self._waiting: list[Note] = []
        self._busy = False

    @contextmanager
    def turn(self) -> Iterator["QuickSqlite"]:
        yield self

    def close(self) -> None:
        self._reading.dispose()

    def look(self, values: Mapping[str, object]) -> Found:
        try:
            connection = self._reading.raw_connection()
            try:
                touched_at, state, answer = driver_of(connection).execute(to_look(), values).fetchone()
            finally:
                connection.close()
        except sqlite3.Error as problem:
            raise StoreAwayError(type(problem).__name__) from problem
        return as_read(touched_at), state, answer

    def keep(self, values: Mapping[str, object], *, begins: bool, ends: bool) -> bool:
        note = Note({**values, "moment": as_written(values["moment"])}, begins, ends)
        with self._lock:
            self._waiting.append(note)
            note.leads = not self._busy
            self._busy = True
        if not note.leads:
            self._wait(note)
        if note.leads:
            self._write_for_all(note)
        if note.problem is not None or not note.durable:
            raise note.problem or StoreAwayError("whoever writes was interrupted")
        return note.kept

    def _wait(self, note: Note) -> None:
        if note.came.acquire(timeout=min(time_left(), MOST_SECONDS)):
            return
        with self._lock:
            if note.leads:
                return
            if note in self._waiting:
                self._waiting.remove(note)
        raise StoreAwayError("whoever writes takes too long")

    def _write_for_all(self, mine: Note) -> None:
        """Writes what waits, and lets the next in line write what has come meanwhile."""
        notes: list[Note] = []
        try:
            connection = self._writing.raw_connection()
            try:
                with self._lock:
                    notes, self._waiting = self._waiting, []
                write_all(driver_of(connection), notes)
            finally:
                connection.close()
        except (sqlite3.Error, StoreAwayError, SQLAlchemyError) as problem:
            for note in notes or [mine]:
                note.problem = StoreAwayError(type(problem).__name__)
        finally:
            self._hand_on(mine)
            for note in notes:
                if note is not mine:
                    note.came.release()

    def _hand_on(self, mine: Note) -> None:
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
            self._busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].came.release()


def driver_of(connection: PoolProxiedConnection) -> sqlite3.Connection:
    """SQLite's own."""
    driver = connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - for the type alone  # nosec B101
    return driver


def write_all(driver: sqlite3.Connection, notes: Sequence[Note]) -> None:
    """All of them, or none."""
    begin_writing(driver.execute)
    try:
        for note in notes:
            note.write(driver)
        driver.execute("COMMIT")
        for note in notes:
            note.durable = True
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise
