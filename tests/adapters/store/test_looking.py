"""Whoever only looks stands in nobody's way, sees one moment, and cannot change anything by mistake."""

import pytest

from hotline.adapters.store import SqlStore
from hotline.ports import StoreAwayError


def mark(store: SqlStore, value: str) -> None:
    with store.begin() as work:
        work.mark("seen", value)


def test_nobody_waits_for_whoever_looks_nor_does_who_looks_wait(store: SqlStore) -> None:
    mark(store, "before")
    with store.begin() as writing:
        writing.mark("seen", "meanwhile")
        with store.begin(looking=True) as work:
            assert work.marked("seen") == "before"
        assert store.marked("seen") == "before"
    with store.begin(looking=True) as work:
        assert work.marked("seen") == "meanwhile"
        mark(store, "after")
    assert store.marked("seen") == "after"


def test_who_looks_changes_nothing(store: SqlStore) -> None:
    mark(store, "before")
    with pytest.raises(StoreAwayError), store.begin(looking=True) as work:
        work.mark("seen", "changed")
    mark(store, f"{store.marked('seen')} as well")
    assert store.marked("seen") == "before as well"


def test_on_one_database_everything_seen_is_of_one_moment(sqlite_url: str, keys: str) -> None:
    store = SqlStore(sqlite_url, keys)
    mark(store, "before")
    with store.begin(looking=True) as work:
        assert work.marked("seen") == "before"
        mark(store, "after")
        assert work.marked("seen") == "before"
    store.close()
