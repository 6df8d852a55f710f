"""Turns in a file: read beside whoever writes, and written together while the disk is awaited."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep

import pytest
from sqlalchemy import make_url

from hotline.adapters.store import SqlStore, engines
from hotline.ports import RepeatedTurnError, StoreAwayError
from tests.adapters.store.told import IDLE, NOON

PEOPLE = 6


@pytest.fixture
def kept(sqlite_url: str, keys: str) -> Iterator[SqlStore]:
    store = SqlStore(sqlite_url, keys)
    yield store
    store.close()


@contextmanager
def somebody_else_writes(store: SqlStore) -> Iterator[None]:
    """From another process, as it were."""
    other = sqlite3.connect(str(make_url(str(store.engine.url)).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def told(store: SqlStore, caller: str, carrier_id: str) -> str | None:
    with store.begin(turn=True) as work:
        opened = work.open_turn(f"sms|smedjebacken|{caller}", carrier_id, NOON, IDLE)
        text = f"{opened.state or ''}."
        work.keep_turn(f"sms|smedjebacken|{caller}", carrier_id, NOON, b"svar", text, municipality="smedjebacken")
    return opened.state


def all_at_once(store: SqlStore, turn: Callable[[int], object]) -> list[Future[object]]:
    """Everybody's turn comes while somebody else writes."""
    with ThreadPoolExecutor(PEOPLE) as pool:
        with somebody_else_writes(store):
            comes = [pool.submit(turn, number) for number in range(PEOPLE)]
            sleep(0.3)
        return comes


def writing(store: SqlStore) -> list[str]:
    """Every statement that is run to write, as they come."""
    statements: list[str] = []
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver
        driver.set_trace_callback(statements.append)
        connection.rollback()
    statements.clear()
    return statements


def test_a_turn_costs_one_transaction_of_two_statements(kept: SqlStore) -> None:
    statements = writing(kept)
    told(kept, "+46701740601", "SM1")
    assert [one.split()[0] for one in statements] == ["BEGIN", "INSERT", "INSERT", "COMMIT"]


def test_whoever_waits_for_the_disk_is_written_together(kept: SqlStore) -> None:
    statements = writing(kept)
    comes = all_at_once(kept, lambda number: told(kept, f"+4670174060{number}", f"SM{number}"))
    assert [one.result() for one in comes] == [None] * PEOPLE
    assert statements.count("COMMIT") < PEOPLE
    assert [told(kept, f"+4670174060{number}", f"SM1{number}") for number in range(PEOPLE)] == ["."] * PEOPLE


def test_of_a_text_that_comes_twice_one_is_kept(kept: SqlStore) -> None:
    comes = all_at_once(kept, lambda number: told(kept, f"+4670174060{number}", "SM1"))
    refused = [one.exception() for one in comes if one.exception()]
    assert len(refused) == PEOPLE - 1
    assert all(isinstance(one, RepeatedTurnError) for one in refused)
    begun = [told(kept, f"+4670174060{number}", f"SM2{number}") for number in range(PEOPLE)]
    assert sorted(begun, key=str) == [".", *[None] * (PEOPLE - 1)]


def test_two_texts_of_one_person_do_not_overwrite_each_other(kept: SqlStore) -> None:
    told(kept, "+46701740601", "SM0")
    comes = all_at_once(kept, lambda number: told(kept, "+46701740601", f"SM1{number}"))
    answered = [one for one in comes if one.exception() is None]
    assert len(answered) == 1
    assert told(kept, "+46701740601", "SM2") == ".."


def test_while_a_file_stays_locked_everybody_hears_no_in_time(kept: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.adapters.store.TURN_SECONDS", 0.5)
    with ThreadPoolExecutor(PEOPLE) as pool, somebody_else_writes(kept):
        comes = [pool.submit(told, kept, f"+4670174060{number}", f"SM{number}") for number in range(PEOPLE)]
        assert all(isinstance(one.exception(timeout=3), StoreAwayError) for one in comes)
    assert told(kept, "+46701740601", "SM9") is None
    assert told(kept, "+46701740601", "SM10") == "."


def test_a_full_disk_keeps_nothing_of_anybody(kept: SqlStore) -> None:
    told(kept, "+46701740600", "SM")
    with kept.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for number in range(400):
        try:
            told(kept, f"+4670174{number:04}", f"SM{number}")
        except StoreAwayError:
            break
    else:
        pytest.fail("the disk was never full")
    with kept.begin(turn=True) as work:
        assert work.open_turn(f"sms|smedjebacken|+4670174{number:04}", f"SM{number}", NOON, IDLE).answer is None


def test_whoever_reads_cannot_write(kept: SqlStore) -> None:
    reading = engines.make_quick_engine(str(kept.engine.url))
    with reading.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM turns")
    reading.dispose()
