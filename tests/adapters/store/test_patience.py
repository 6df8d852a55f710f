"""Whoever waits for a database gives up in time; after that the others are not kept waiting at all."""

import time
from pathlib import Path

import pytest

from hotline.adapters.store import SqlStore, patience
from hotline.adapters.store.patience import Breather, within
from hotline.ports import StoreAwayError


def in_vain(breather: Breather, reason: str) -> None:
    with pytest.raises(StoreAwayError, match=reason), breather.taken():
        raise StoreAwayError(reason)


def test_after_somebody_waited_in_vain_the_next_hear_no_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONG_SECONDS", 0)
    monkeypatch.setattr(patience, "REST_SECONDS", 0.05)
    breather = Breather()
    in_vain(breather, "ConnectionTimeout")
    with pytest.raises(StoreAwayError, match="a moment ago"), breather.taken():
        pytest.fail("it was asked again")
    time.sleep(0.06)
    with breather.taken():
        pass


@pytest.mark.parametrize("reason", ["LockNotAvailable", "QueryCanceled"])
def test_one_row_that_is_held_keeps_nobody_else_out(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(patience, "LONG_SECONDS", 0)
    breather = Breather()
    in_vain(breather, reason)
    with breather.taken():
        pass


def test_an_answer_that_does_not_come_in_time_ends_the_connection(postgresql_url: str, keys: str) -> None:
    store = SqlStore(postgresql_url, keys)
    with store.engine.connect() as connection:
        began = time.monotonic()
        with pytest.raises(Exception, match="timeout"), within(0.3):
            connection.exec_driver_sql("SELECT pg_sleep(3)")
        assert time.monotonic() - began < 1
        assert connection.invalidated
    assert store.marked("carrier") is None
    store.close()


def test_a_file_that_may_only_be_read_counts_as_away(sqlite_url: str, keys: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = SqlStore(f"sqlite:///file:{path}?mode=ro&uri=true", keys)
    with pytest.raises(StoreAwayError):
        store.mark("carrier", "twilio")
    store.close()
