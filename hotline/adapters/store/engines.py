"""Opens SQLite or PostgreSQL so that both keep the same promises. What may not enter: statements about the hotline.

Times: whatever waits gives up within 4 s, so that a door can say 503 before the carrier stops listening.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from time import monotonic, sleep
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from hotline.adapters.store.patience import time_left, within

CONNECT_SECONDS = 3
WAIT_SECONDS = 4
LOCK_SECONDS = 2
RESTED_SECONDS = 2
LOOKS = 0.0005  # seconds between one look at SQLite's lock and the next, for all alike
READERS = 4  # of a process: each holds one for a millisecond, and whoever comes fifth waits for it
PING_SECONDS = 1  # and then CONNECT_SECONDS: together still in time for a 503
POSTGRESQL_OPTIONS = " ".join(
    f"-c {name}={seconds * 1000}"
    for name, seconds in {
        "statement_timeout": WAIT_SECONDS,
        # One conversation's row, which somebody else holds: no sign that the database is away.
        "lock_timeout": LOCK_SECONDS,
        # A stalled process must not hold a caller's row for long.
        "idle_in_transaction_session_timeout": 10,
    }.items()
)
POSTGRESQL: Mapping[str, Any] = {
    "pool_size": 8,
    "max_overflow": 8,
    "pool_timeout": WAIT_SECONDS,
    "hide_parameters": True,
    "connect_args": {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": WAIT_SECONDS * 1000,
        "options": POSTGRESQL_OPTIONS,
    },
}
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    # The worker moves what was written from the journal to the file (`tidy`); no caller waits for that unless it died.
    "PRAGMA wal_autocheckpoint = 10000",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten, and nothing is spilled to files beside the database.
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
PRIMARY = 0xFF  # of a result code: what is above says more
MADE: WeakSet[Engine] = WeakSet()


def make_engine(url: str) -> Engine:
    """An engine for either kind. Raises sqlalchemy's ArgumentError for an address that it cannot read."""
    if make_url(url).get_backend_name() == "sqlite":
        # One connection: SQLite has one writer, and our own queue is fair where its retries let some wait for seconds.
        pool = {"pool_size": 1, "max_overflow": 0, "pool_timeout": WAIT_SECONDS}
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True, **pool)
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "connect", never_to_wait)
        event.listen(engine, "begin", begin_immediate)
    else:
        engine = create_engine(url, **POSTGRESQL)
    return watched(engine)


def make_quick_engine(url: str) -> Engine:
    """For turns, PostgreSQL's in autocommit, never in a transaction; SQLite's only to read with, for all who look."""
    if make_url(url).get_backend_name() != "sqlite":
        return watched(create_engine(url, pool_reset_on_return=None, isolation_level="AUTOCOMMIT", **POSTGRESQL))
    pool = {"pool_size": READERS, "max_overflow": 0, "pool_timeout": WAIT_SECONDS, "pool_use_lifo": True}
    arguments = {"timeout": WAIT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True, pool_reset_on_return=None, **pool)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "connect", only_to_read)
    event.listen(engine, "begin", begin_reading)
    return watched(engine)


def watched(engine: Engine) -> Engine:
    """Its connections are looked at after a rest, and forgotten in a forked process."""
    MADE.add(engine)
    if engine.dialect.name == "postgresql":
        from hotline.adapters.store.impatient import connect  # noqa: PLC0415 - brings PostgreSQL's driver along

        event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkin", remember_rest)
    event.listen(engine, "checkout", refuse_the_dead(engine.dialect))
    return engine


def forget_connections() -> None:
    """In a forked process: the other end of each connection still talks to the parent."""
    for engine in MADE:
        engine.dispose(close=False)


os.register_at_fork(after_in_child=forget_connections)


def remember_rest(_connection: object, entry: ConnectionPoolEntry) -> None:
    """When the connection was put down."""
    entry.info["rested"] = monotonic()


def refuse_the_dead(dialect: Dialect) -> Callable[..., None]:
    """Looks at a connection before it is used: a restart of the database must cost no caller an answer.

    Only one that has rested is asked: a ping before each use would cost a round trip on every turn.
    """

    def look(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - the driver's own
        if monotonic() - entry.info.get("rested", monotonic()) < RESTED_SECONDS:
            return
        try:
            with within(PING_SECONDS):
                dialect.do_ping(connection)
        except (dialect.loaded_dbapi.Error, DBAPIError) as problem:
            raise InvalidatePoolError("the database has been away") from problem

    return look


def prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own object
    """Transactions are ours alone to begin: the driver would begin late, and only for some statements."""
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def only_to_read(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - as above
    """Whoever reads does so beside the one who writes, and takes no lock by mistake."""
    connection.execute("PRAGMA query_only = ON")


def begin_reading(connection: Connection) -> None:
    """Everything that is read in it is of the same moment; whoever writes meanwhile is not held up."""
    connection.exec_driver_sql("BEGIN")


def never_to_wait(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - as above
    """For a lock, that is: `begin_writing` waits."""
    connection.execute("PRAGMA busy_timeout = 0")


def begin_immediate(connection: Connection) -> None:
    """As `begin_writing`."""
    begin_writing(connection.exec_driver_sql)


def begin_writing(execute: Callable[[str], object]) -> None:
    """Take the write lock first: a lock that is asked for later in a transaction can be refused at once.

    Whoever has waited for the connection already waits for the lock no longer than together they may. It is held for a
    millisecond or two, as long as the disk takes; SQLite's own waiting looks again after up to a tenth of a second.
    """
    until = monotonic() + min(time_left(), WAIT_SECONDS)
    while not began(execute, at_last=monotonic() > until):
        sleep(LOOKS)


def began(execute: Callable[[str], object], *, at_last: bool) -> bool:
    """Whether the lock could be taken. Raises the driver's error `at_last`, or if it is no lock that is in the way."""
    try:
        execute("BEGIN IMMEDIATE")
    except (sqlite3.OperationalError, OperationalError) as problem:
        if at_last or not is_busy(problem):
            raise
        return False
    return True


def is_busy(problem: sqlite3.OperationalError | OperationalError) -> bool:
    """Whether somebody else writes."""
    own = problem.orig if isinstance(problem, OperationalError) else problem
    return isinstance(own, sqlite3.Error) and own.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY
