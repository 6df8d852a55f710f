"""Runs migrations on the database that the environment (or .env) names. What may not enter: anything of one migration.

A migration waits for a lock no longer than callers behind it can bear; then it steps back, and tries again.
"""

import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from alembic import context
from dotenv import dotenv_values
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from hotline.adapters.tables import metadata

DEFAULT = "sqlite:///var/hotline.sqlite"
TIME_OUTS = "-c lock_timeout=500 -c statement_timeout=60000"
TRIES, PAUSE_SECONDS = 100, 0.1
STEPS_BACK, CALM_SECONDS = 300, 1.0
HELD = ("LockNotAvailable", "DeadlockDetected")
ONE_AT_A_TIME = 24066  # any number that nobody else locks


def address() -> URL:
    """HOTLINE_DATABASE_URL; the folder of an SQLite file is made, for our eyes only."""
    settings = {**dotenv_values(Path(__file__).parent.parent / ".env"), **os.environ}
    url = make_url(settings.get("HOTLINE_DATABASE_URL") or DEFAULT)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return url


def prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own object
    """Our transactions, since the driver's leave changes of tables out; foreign keys stay off while tables move."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 30000")
    # Changing the mode does not wait for a lock as statements do: where another process is changing it, ask again.
    for _ in range(TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            time.sleep(PAUSE_SECONDS)
        else:
            return
    raise SystemExit("The database file is locked by another program: stop it, then migrate again")


def engine_for(url: URL) -> Engine:
    """One connection that is closed at the end."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10, "options": TIME_OUTS})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 30})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def migrate() -> None:
    """All or nothing, and one process at a time: the second finds nothing left to do."""
    with engine_for(address()).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        context.configure(
            connection=connection, target_metadata=metadata, render_as_batch=sqlite, transactional_ddl=True
        )
        with context.begin_transaction():
            if not sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
            context.run_migrations()


def migrate_between_callers() -> None:
    """Tries until it finds a moment in which nobody holds what it changes. Raises what else goes wrong."""
    for number in range(STEPS_BACK):
        try:
            migrate()
        except OperationalError as busy:
            if type(busy.orig).__name__ not in HELD or number == STEPS_BACK - 1:
                raise
            sys.stderr.write(f"somebody holds what is to be changed: stepped back {number + 1} of {STEPS_BACK} times\n")
            time.sleep(CALM_SECONDS)
        else:
            return


if context.is_offline_mode():
    raise SystemExit("Migrations look at the database they change; --sql is not supported.")
migrate_between_callers()
