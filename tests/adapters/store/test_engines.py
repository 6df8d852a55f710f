"""Connections: a restarted database, a forked process, and how many statements a turn costs."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest
from sqlalchemy import event

from hotline.adapters.store import SqlStore, engines
from hotline.ports import StoreAwayError
from tests import postgres
from tests.adapters.store.told import IDLE, NOON

KEY = "sms|smedjebacken|+46701740699"


def turn(store: SqlStore, carrier_id: str) -> None:
    with store.begin() as work:
        work.open_turn(KEY, carrier_id, NOON, IDLE)
        work.keep_turn(KEY, carrier_id, NOON, b"svar", "state", municipality="smedjebacken")


@pytest.fixture
def counted(store: SqlStore) -> Callable[[], int]:
    seen: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    return lambda: sum(not statement.startswith("BEGIN") for statement in seen)


def test_a_turn_costs_two_statements_or_three_in_a_file(store: SqlStore, counted: Callable[[], int]) -> None:
    turn(store, "SM1")
    assert counted() == {"postgresql": 2, "sqlite": 3}[store.engine.dialect.name]


def test_a_restarted_database_costs_nobody_an_answer(
    postgresql_url: str, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RESTED_SECONDS", 0)
    store = SqlStore(postgresql_url, keys)
    turn(store, "SM1")
    postgres.run(postgresql_url, postgres.EVERYBODY_OUT)
    turn(store, "SM2")
    store.close()


def test_a_forked_process_makes_connections_of_its_own(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        of_the_parent = connection.connection.dbapi_connection
    engines.forget_connections()
    with store.engine.connect() as connection:
        assert connection.connection.dbapi_connection is not of_the_parent
    assert of_the_parent
    of_the_parent.close()


def test_what_the_journal_holds_is_moved_into_the_file_beside_whoever_writes(store: SqlStore, tmp_path: Path) -> None:
    for number in range(20):
        store.mark(f"number {number}", "still here")
    store.tidy()
    if store.engine.dialect.name == "sqlite":
        alone = shutil.copy(str(store.engine.url.database), tmp_path / "alone.sqlite")  # without its journal
        with sqlite3.connect(alone) as copy:
            assert copy.execute("SELECT value FROM meta WHERE name = 'mark:number 19'").fetchone() == ("still here",)
        copy.close()
    assert store.marked("number 19") == "still here"


@pytest.fixture
def other(sqlite_url: str) -> Iterator[sqlite3.Connection]:
    """Another program at the same file, that writes and goes on holding it."""
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_whoever_waits_for_a_file_writes_soon_after_it_is_let_go(
    sqlite_url: str, keys: str, other: sqlite3.Connection
) -> None:
    store = SqlStore(sqlite_url, keys)
    ended: list[float] = []

    def let_go() -> None:
        ended.append(monotonic())
        other.execute("ROLLBACK")

    Timer(0.4, let_go).start()
    turn(store, "SM1")
    assert monotonic() - ended[0] < 0.05  # SQLite's own waiting would look again after a tenth of a second
    store.close()


def test_whoever_waits_for_a_file_too_long_is_told(
    sqlite_url: str, keys: str, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0.2)
    store = SqlStore(sqlite_url, keys)
    with pytest.raises(StoreAwayError):
        turn(store, "SM1")
    assert other.in_transaction
    store.close()
