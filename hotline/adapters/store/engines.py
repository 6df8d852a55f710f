"""Opens SQLite or PostgreSQL so that both keep the same promises. What may not enter: statements about the hotline.

Times: whatever waits gives up within 4 s, so that a door can say 503 before the carrier stops listening.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry, Pool

CONNECT_SECONDS = 3
WAIT_SECONDS = 4
POSTGRESQL_OPTIONS = " ".join(
    f"-c {name}={seconds * 1000}"
    for name, seconds in {
        "statement_timeout": WAIT_SECONDS,
        "lock_timeout": WAIT_SECONDS,
        # A stalled process must not hold a caller's row for long.
        "idle_in_transaction_session_timeout": 10,
    }.items()
)
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten, and nothing is spilled to files beside the database.
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)


def make_engine(url: str, pool: type[Pool] | None = None) -> Engine:
    """An engine for either kind. No ping before each use: it would cost a round trip on every turn."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, poolclass=pool, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", begin_immediate)
        return engine
    arguments = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": WAIT_SECONDS * 1000,
        "options": POSTGRESQL_OPTIONS,
    }
    if pool is not None:
        return create_engine(url, poolclass=pool, connect_args=arguments, hide_parameters=True)
    return create_engine(
        url, pool_size=8, max_overflow=8, pool_timeout=WAIT_SECONDS, connect_args=arguments, hide_parameters=True
    )


def prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own object
    """Transactions are ours alone to begin: the driver would begin late, and only for some statements."""
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def begin_immediate(connection: Connection) -> None:
    """Take the write lock first: a lock that is asked for later in a transaction can be refused at once."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
