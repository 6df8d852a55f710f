"""What the hotline of tests/hostile.py keeps: in a SQLite file as it does for real, or in memory where hours pass.

Either can be away for a while; while it is, whoever begins a transaction is refused.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import sqlalchemy

from hotline.adapters.store import SqlStore
from hotline.adapters.store.overview import newest_references
from hotline.adapters.vault import new_key
from hotline.ports import Begin, CaseFile, StoreAwayError, Work
from tests.fakes import LONG_AGO, Memory

MANY = 1000


class Switch:
    """`is_away`: it cannot be reached. `was_away`: it could not, at some time."""

    def __init__(self) -> None:
        self.is_away = self.was_away = False
        self.left: int | None = None

    def falls_away(self, *, after: int = 0) -> None:
        """So many more transactions are kept; then none."""
        self.left = after

    def comes_back(self) -> None:
        self.left, self.is_away = None, False

    def refuses(self) -> bool:
        """Asked at each transaction."""
        if self.left is not None:
            self.is_away, self.left = self.left <= 0, max(0, self.left - 1)
        self.was_away = self.was_away or self.is_away
        return self.is_away


class Database(Protocol):
    """`url`, `keys`: as in the settings. `begin`: in place of them, where it is not SQL."""

    url: str
    keys: str
    switch: Switch

    @property
    def begin(self) -> Begin | None: ...
    def cases(self) -> Sequence[CaseFile]:
        """All of them, oldest first."""


def read(begin: Begin, references: Sequence[str]) -> list[CaseFile]:
    """The cases, as somebody reads them."""
    with begin() as work:
        found = [work.read_case(one, "a story", LONG_AGO) for one in references]
    return [one for one in found if one]


class InFile:
    """A migrated SQLite file; the engine that refuses is SQLAlchemy's own."""

    begin = None

    def __init__(self, url: str) -> None:
        self.url, self.keys, self.switch = url, new_key(), Switch()
        self._store = SqlStore(url, self.keys)
        sqlalchemy.event.listen(sqlalchemy.pool.Pool, "checkout", self._refuse)

    @property
    def engine(self) -> sqlalchemy.Engine:
        """For those who do damage."""
        return self._store.engine

    def close(self) -> None:
        sqlalchemy.event.remove(sqlalchemy.pool.Pool, "checkout", self._refuse)
        self._store.close()

    def cases(self) -> Sequence[CaseFile]:
        return read(self._store.begin, newest_references(self._store, MANY)[::-1])

    def _refuse(self, _driver: object, _entry: object, borrowed: sqlalchemy.PoolProxiedConnection) -> None:
        """Whoever wants to read or write: a turn does both, one after the other."""
        ours = borrowed._pool is self._store.engine.pool  # noqa: SLF001 - told nowhere else
        if not ours and self.switch.refuses():
            raise sqlalchemy.exc.OperationalError("BEGIN", {}, Exception("the disk is away"))


class InMemory:
    """Forgets everything with the test."""

    url = ""

    def __init__(self) -> None:
        self.keys, self.switch, self.memory = new_key(), Switch(), Memory()

    @contextmanager
    def begin(self, *, turn: bool = False, looking: bool = False) -> Iterator[Work]:
        if self.switch.refuses():
            raise StoreAwayError("the memory is away")
        with self.memory.begin(turn=turn, looking=looking) as work:
            yield work

    def cases(self) -> Sequence[CaseFile]:
        return read(self.memory.begin, list(self.memory.rows.reports))
