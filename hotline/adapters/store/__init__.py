"""The store: keeps what was decided, in SQLite or PostgreSQL. What may not enter: decisions, and the carrier.

`engines` opens either database, `turns` is the hot path of every request, `cases` and `alerts` the rest of one work.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy.exc
from sqlalchemy import Connection, Engine, String, column, extract, func, select
from sqlalchemy import table as plain_table

from hotline import ports
from hotline.adapters import tables
from hotline.adapters.keyring_file import Keys
from hotline.adapters.store import audit
from hotline.adapters.store.engines import make_engine, make_quick_engine
from hotline.adapters.store.keeping import Keeping
from hotline.adapters.store.patience import Breather, within
from hotline.adapters.store.quick_sqlite import QuickSqlite
from hotline.adapters.store.turning import Quick, turning
from hotline.adapters.store.turns import Turns, purge_turns
from hotline.adapters.vault import Vault

# What a database says that cannot be reached, does not answer in time, does not let us write just now, or has not been
# migrated (ProgrammingError): whoever waits for an answer is better off with the carrier's fallback.
AWAY = (
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.InternalError,
    sqlalchemy.exc.ProgrammingError,
    sqlalchemy.exc.TimeoutError,
)

PURGED_TOGETHER = 500  # rows of each kind in one transaction: no caller waits behind the traces of a long outage
TURN_SECONDS = 4.2  # in which a caller is answered, or told to wait for the carrier's fallback


class SqlWork(Turns, Keeping):
    """One transaction (ports.Work)."""


class SqlStore:
    """One database. `begin` is a ports.Begin; all methods raise StoreAwayError when the database is away."""

    def __init__(self, url: str, keys: str | Keys) -> None:
        """`url`: SQLAlchemy's address. `keys`: the ring; raises vault.KeyringError. Connects only later."""
        self.engine = make_engine(url)
        self.vault = Vault(keys)
        quickly = make_quick_engine(url)
        self._quick = quick(quickly, self.engine)
        # SQLite has one connection to write with, and everybody waits for it.
        self._looks = quickly if self.engine.dialect.name == "sqlite" else self.engine
        self._breather = Breather()

    @contextmanager
    def begin(self, *, turn: bool = False, looking: bool = False) -> Iterator[ports.Work]:
        limit = TURN_SECONDS if turn or self._quick.dialect == "sqlite" else float("inf")
        with self._breather.taken(), within(limit):
            if turn:
                with away(), turning(self._quick, self._connection, self.vault) as quickly:
                    yield quickly
                return
            with self.looking() if looking else self._connection() as connection:
                yield SqlWork(connection, self.vault, looking=looking)

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """For whoever changes nothing: everything is seen at one moment, and nobody has to wait."""
        with away(), self._looks.connect() as connection, connection.begin():
            if self._looks.dialect.name == "postgresql":  # said each time: the connection goes back to those who write
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    def check(self) -> str:
        """What is wrong, for /readyz: "" (nothing), "database" (away) or "migrations" (older than this program)."""
        version = column("version_num", String)
        try:
            with self.engine.connect() as connection:  # SQLite's to write with: who cannot write cannot serve
                found = connection.scalar(select(version).select_from(plain_table("alembic_version", version)))
        except sqlalchemy.exc.DBAPIError as problem:
            # A reachable database without the table was never migrated.
            return "migrations" if "alembic_version" in str(problem.orig) else "database"
        except AWAY:
            return "database"
        return "" if str(found or "") >= tables.REVISION else "migrations"

    def purge_idle(self, idle_since: datetime, answered: datetime) -> int:
        """Removes conversations idle since then, and answers given a day before `answered`; how many."""
        gone = 0
        while True:
            with self._connection() as connection:
                some = purge_turns(connection, idle_since, answered, PURGED_TOGETHER)
            gone += some
            if some < PURGED_TOGETHER:
                return gone

    def running(self, since: datetime) -> Iterator[str]:
        """Every conversation (its kept text) that has been touched since then."""
        with self.looking() as connection:
            yield from SqlWork(connection, self.vault).running(since)

    def mark(self, name: str, value: str) -> None:
        """Remembers something of the database itself, such as the carrier that it has been used with."""
        with self._connection() as connection:
            SqlWork(connection, self.vault).mark(name, value)

    def marked(self, name: str) -> str | None:
        """What was remembered, or None."""
        with self.looking() as connection:
            return SqlWork(connection, self.vault).marked(name)

    def audit_faults(self, noted: Sequence[tuple[int, str]] = ()) -> list[str]:
        """Everything in the trail, its seal and its certificates that does not fit; see `audit.faults`."""
        with self.looking() as connection:
            return list(audit.faults(connection, self.vault, noted))

    def audit_head(self) -> tuple[int, str] | None:
        """(number, digest) of the newest line, to be noted outside."""
        with self.looking() as connection:
            return audit.head(connection)

    def certificates(self) -> list[tuple[int, str]]:
        """(number, content) of all certificates."""
        with self.looking() as connection:
            return [(row.number, row.content) for row in connection.execute(select(tables.certificates))]

    def tallies(self) -> list[tuple[str, int, str, int]]:
        """(municipality, year in UTC, outcome, how many)."""
        year, count = extract("year", tables.tallies.c.day), func.sum(tables.tallies.c.count)
        groups = (tables.tallies.c.municipality, year, tables.tallies.c.outcome)
        with self.looking() as connection:
            rows = connection.execute(select(*groups, count).group_by(*groups).order_by(*groups))
            return [(municipality, int(of), outcome, int(many)) for municipality, of, outcome, many in rows]

    def tidy(self) -> None:
        """What SQLite wrote to its journal is moved into its file, beside whoever writes; PostgreSQL does it alone."""
        if self._quick.dialect == "sqlite":
            with away():
                connection = self.engine.raw_connection()
                try:
                    connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                finally:
                    connection.close()

    def close(self) -> None:
        """Gives back all connections."""
        self.engine.dispose()
        self._quick.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with away(), self.engine.begin() as connection:
            yield connection


def quick(quickly: Engine, engine: Engine) -> Quick:
    """How turns are kept in this kind of database."""
    if engine.dialect.name == "sqlite":
        return QuickSqlite(quickly, engine)
    from hotline.adapters.store.quick_postgresql import QuickPostgresql  # noqa: PLC0415 - brings the driver along

    return QuickPostgresql(quickly)


@contextmanager
def away() -> Iterator[None]:
    """Raises StoreAwayError for whatever a database says that cannot serve now."""
    try:
        yield
    except AWAY as problem:
        raise ports.StoreAwayError(type(getattr(problem, "orig", None) or problem).__name__) from problem
