"""A caller's turn without a transaction around it: read, decided on, and kept only if no other turn came between.

Whatever is kept besides the turn, such as a report, is kept together with it in an ordinary transaction. What may not
enter: how either database is asked (`quick_postgresql`, `quick_sqlite`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Delete, Insert, Select, bindparam, delete, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from hotline.adapters.store.keeping import Keeping
from hotline.adapters.store.kept import upsert
from hotline.adapters.store.turns import Turns, opening
from hotline.adapters.tables import conversations, turns
from hotline.adapters.vault import Vault
from hotline.ports import Opened, RepeatedTurnError

Begin = Callable[[], AbstractContextManager[Connection]]
Found = tuple[datetime | None, bytes | None, bytes | None]  # touched_at, sealed_state, sealed_answer


class Hand(Protocol):
    """What one turn is read and kept with."""

    def look(self, values: Mapping[str, object]) -> Found:
        """The conversation `key`, and what was answered to `carrier` before; None for what is not there."""

    def keep(self, values: Mapping[str, object], *, begins: bool, ends: bool) -> bool:
        """The turn, durably, if the conversation is still as it was read (`was`); False if it is not.

        Raises RepeatedTurnError if this carrier id has been answered meanwhile.
        """


class Quick(Protocol):
    """A database as turns are kept in it. Raises StoreAwayError when it is away."""

    dialect: str

    def turn(self) -> AbstractContextManager[Hand]:
        """For one turn."""

    def close(self) -> None:
        """Gives back all connections."""


def looking() -> Select[tuple[datetime, bytes, bytes]]:
    """The conversation, if there is one, and what was answered to this carrier id before: always one row."""
    answered = select(turns.c.sealed_answer).where(turns.c.carrier_hash == bindparam("carrier")).scalar_subquery()
    always = select(literal_column("1").label("one")).subquery("always")
    mine = conversations.c.key_hash == bindparam("key")
    columns = (conversations.c.touched_at, conversations.c.sealed_state, answered.label("answer"))
    return select(*columns).select_from(always.outerjoin(conversations, mine))


def unmoved() -> ColumnElement[bool]:
    """Nobody has touched the conversation: each sealed state is different from any other."""
    was = bindparam("was", type_=conversations.c.sealed_state.type)
    return conversations.c.sealed_state.is_not_distinct_from(was)


def moving(dialect: str, *, ends: bool) -> Insert | Delete:
    """The conversation goes on or ends, if nobody has touched it."""
    if ends:
        return delete(conversations).where(conversations.c.key_hash == bindparam("key"), unmoved())
    news: dict[str, Any] = {"touched_at": bindparam("moment"), "sealed_state": bindparam("state")}
    made = upsert(dialect, conversations).values(key_hash=bindparam("key"), **news)
    return made.on_conflict_do_update(index_elements=["key_hash"], set_=news, where=unmoved())


class Turning(Turns, Keeping):
    """ports.Work for one turn. `begin`: opens the transaction, if one is needed."""

    def __init__(self, hand: Hand, dialect: str, begin: Begin, vault: Vault) -> None:
        self._hand = hand
        self._begin = begin
        self._vault = vault
        self._dialect = dialect
        self.more = ExitStack()
        self._transaction: Connection | None = None
        self._known = False
        self._was: bytes | None = None
        self._opened_by: Mapping[str, object] = {}

    @property
    def _connection(self) -> Connection:  # type: ignore[override]  # an attribute elsewhere; read in the same way
        """Whoever reads or writes more than the turn does it in a transaction.

        It holds the conversation before anything else, as a turn that waits for its row does: two that each hold what
        the other needs would wait until the database ends one of them. Raises RepeatedTurnError.
        """
        if self._transaction is None:
            self._transaction = self.more.enter_context(self._begin())
            if self._opened_by:
                row = self._transaction.execute(opening(self._dialect), self._opened_by).one()
                if row.sealed_state != self._was:
                    raise RepeatedTurnError("another turn of this conversation was quicker")
        return self._transaction

    def open_turn(self, key: str, carrier_id: str, at: datetime, idle: timedelta) -> Opened:
        hashes = self._both(key, carrier_id)
        touched_at, self._was, answer = self._hand.look({"key": hashes.key, "carrier": hashes.carrier})
        self._known = touched_at is not None
        self._opened_by = {"key": hashes.key, "carrier": hashes.carrier, "at": at}
        alive = touched_at is not None and at - touched_at <= idle
        return self._opened(hashes, answer, self._was, at - idle, alive=alive)

    def keep_turn(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, *, municipality: str
    ) -> None:
        """Raises RepeatedTurnError if this carrier id, or another turn of this conversation, was quicker."""
        if self._transaction is not None:  # which holds the conversation
            super().keep_turn(key, carrier_id, at, answer, state, municipality=municipality)
            return
        values = {**self._sealed(key, carrier_id, at, answer, state, municipality), "was": self._was}
        if not self._hand.keep(values, begins=not self._known, ends=state is None):
            raise RepeatedTurnError("another turn of this conversation was quicker")


@contextmanager
def turning(quick: Quick, begin: Begin, vault: Vault) -> Iterator[Turning]:
    """Raises StoreAwayError when the database is away."""
    with quick.turn() as hand:
        work = Turning(hand, quick.dialect, begin, vault)
        with work.more:
            yield work
