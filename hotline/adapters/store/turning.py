"""A caller's turn on PostgreSQL in two round trips: read without a transaction, kept in one statement that finds out
whether another turn came between. What may not enter: SQLite, where a round trip costs nothing and one writer is alone.

The statements are SQLAlchemy's, run by the driver itself: on this path alone that halves the time. Whatever is kept
besides the turn, such as a report, is kept together with it in an ordinary transaction.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import (
    CTE,
    BindParameter,
    ClauseElement,
    Connection,
    Engine,
    bindparam,
    delete,
    insert,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningInsert

from hotline.adapters.store.engines import CONNECT_SECONDS
from hotline.adapters.store.keeping import Keeping
from hotline.adapters.store.kept import upsert
from hotline.adapters.store.patience import time_left
from hotline.adapters.store.turns import Turns, opening
from hotline.adapters.tables import conversations, turns
from hotline.adapters.vault import Vault
from hotline.ports import Opened, RepeatedTurnError, StoreAwayError

DRIVER: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped


@lru_cache
def looking() -> str:
    """The conversation, if there is one, and what was answered to this carrier id before: always one row."""
    answered = select(turns.c.sealed_answer).where(turns.c.carrier_hash == bindparam("carrier")).scalar_subquery()
    always = select(literal(1).label("one")).subquery("always")
    mine = conversations.c.key_hash == bindparam("key")
    columns = (conversations.c.touched_at, conversations.c.sealed_state, answered.label("answer"))
    return written(select(*columns).select_from(always.outerjoin(conversations, mine)))


@lru_cache
def keeping(*, begins: bool, ends: bool) -> ReturningInsert[tuple[bool]]:
    """The turn, remembered only if the conversation is still as it was read: then it returns a row."""
    kinds = {"carrier": turns.c.carrier_hash, "moment": turns.c.at, "place": turns.c.municipality}
    kinds["answer"] = turns.c.sealed_answer
    rows = select(*(bindparam(name, type_=column.type) for name, column in kinds.items()))
    if not (begins and ends):
        rows = rows.select_from(moved(ends=ends))
    names = ["carrier_hash", "at", "municipality", "sealed_answer"]
    return insert(turns).from_select(names, rows).returning(true())


def moved(*, ends: bool) -> CTE:
    """The conversation goes on or ends, if nobody has touched it: each sealed state is different from any other."""
    unmoved = conversations.c.sealed_state.is_not_distinct_from(
        bindparam("was", type_=conversations.c.sealed_state.type)
    )
    if ends:
        gone = delete(conversations).where(conversations.c.key_hash == bindparam("key"), unmoved)
        return gone.returning(true()).cte("moved")
    news: dict[str, BindParameter[Any]] = {"touched_at": bindparam("moment"), "sealed_state": bindparam("state")}
    made = upsert("postgresql", conversations).values(key_hash=bindparam("key"), **news)
    changed = made.on_conflict_do_update(index_elements=["key_hash"], set_=news, where=unmoved)
    return changed.returning(true()).cte("moved")


@lru_cache
def written(statement: ClauseElement) -> str:
    """As the driver takes it, with %(names)s."""
    return str(statement.compile(dialect=DRIVER))


class Turning(Turns, Keeping):
    """ports.Work for one turn. `quick`: its connections are in autocommit. `begin`: opens the transaction, if one is
    needed.
    """

    def __init__(self, quick: Engine, begin: Callable[[], AbstractContextManager[Connection]], vault: Vault) -> None:
        self._quick = quick
        self._borrow()
        self._begin = begin
        self._vault = vault
        self._dialect = "postgresql"
        self.more = ExitStack()
        self._transaction: Connection | None = None
        self._known = False
        self._was: bytes | None = None
        self._opened_by: Mapping[str, object] = {}

    def _borrow(self) -> None:
        self.borrowed = self._quick.raw_connection()
        driver = self.borrowed.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - for the type alone  # nosec B101
        self._driver = driver

    def _look(self, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - the driver's own row
        """What is kept. Nothing has been written yet: a restart of the database must cost no caller an answer."""
        try:
            return self._driver.execute(looking(), values).fetchone()
        except psycopg.OperationalError:
            if not self._driver.closed or time_left() < CONNECT_SECONDS:
                raise
        self.borrowed.invalidate()
        self.borrowed.close()
        self._quick.dispose()  # the others have been cut off with this one
        self._borrow()
        return self._driver.execute(looking(), values).fetchone()

    @property
    def _connection(self) -> Connection:  # type: ignore[override]  # an attribute elsewhere; read in the same way
        """Whoever reads or writes more than the turn does it in a transaction.

        It holds the conversation before anything else, as a turn that waits for its row does: two that each hold what
        the other needs would wait until the database ends one of them. Raises RepeatedTurnError.
        """
        if self._transaction is None:
            self._transaction = self.more.enter_context(self._begin())
            if self._opened_by:
                row = self._transaction.execute(opening("postgresql"), self._opened_by).one()
                if row.sealed_state != self._was:
                    raise RepeatedTurnError("another turn of this conversation was quicker")
        return self._transaction

    def open_turn(self, key: str, carrier_id: str, at: datetime, idle: timedelta) -> Opened:
        hashes = self._both(key, carrier_id)
        values = {"key": hashes.key, "carrier": hashes.carrier, "param_1": 1}
        touched_at, self._was, answer = self._look(values) or (None, None, None)
        self._known = touched_at is not None
        self._opened_by = {"key": hashes.key, "carrier": hashes.carrier, "at": at}
        alive = touched_at is not None and at - touched_at <= idle
        return self._opened(hashes, answer, self._was, at - idle, alive=alive)

    def keep_turn(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, *, municipality: str
    ) -> None:
        """Raises RepeatedTurnError if this carrier id, or another turn of this conversation, was quicker."""
        values = {**self._sealed(key, carrier_id, at, answer, state, municipality), "was": self._was}
        statement = keeping(begins=not self._known, ends=state is None)
        try:
            if self._transaction is None:
                kept = self._driver.execute(written(statement), values).fetchone()
            else:
                kept = self._transaction.execute(statement, values).one_or_none()
        except (IntegrityError, psycopg.IntegrityError) as problem:
            raise RepeatedTurnError("this carrier id has been answered meanwhile") from problem
        if kept is None:
            raise RepeatedTurnError("another turn of this conversation was quicker")


@contextmanager
def turning(quick: Engine, begin: Callable[[], AbstractContextManager[Connection]], vault: Vault) -> Iterator[Turning]:
    """Raises StoreAwayError when the database is away. `quick`: an engine whose connections are in autocommit."""
    work: Turning | None = None
    try:
        work = Turning(quick, begin, vault)
        with work.more:
            yield work
    except psycopg.Error as problem:  # bare, since no statement of SQLAlchemy's is run
        if work is not None:
            work.borrowed.invalidate()
        raise StoreAwayError(type(problem).__name__) from problem
    finally:
        if work is not None:
            work.borrowed.close()
