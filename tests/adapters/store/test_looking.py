"""Whoever only looks stands in nobody's way, sees one moment, and cannot change anything by mistake."""

import pytest
from sqlalchemy import make_url

from hotline.adapters.store import SqlStore
from hotline.adapters.store.overview import states
from hotline.core.alert import AlertState
from hotline.ports import StoreAwayError
from tests import postgres
from tests.adapters.store.told import alert, delivery, report


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
    assert store.marked("seen") == "meanwhile"


def test_everything_that_is_seen_is_of_one_moment(store: SqlStore) -> None:
    mark(store, "before")
    with store.begin(looking=True) as work:
        assert work.marked("seen") == "before"
        mark(store, "after")
        assert work.marked("seen") == "before"
    assert store.marked("seen") == "after"


def test_who_looks_changes_nothing(store: SqlStore) -> None:
    mark(store, "before")
    with pytest.raises(StoreAwayError), store.begin(looking=True) as work:
        work.mark("seen", "changed")
    mark(store, f"{store.marked('seen')} as well")
    assert store.marked("seen") == "before as well"


def test_an_alert_and_its_deliveries_are_seen_while_somebody_changes_them(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report("AB23"), alert("AB23"), [delivery("token", reference="AB23")])
    with store.begin() as writing:
        assert writing.find_alert("AB23")
        assert writing.find_delivery("token")
        with store.begin(looking=True) as work:
            assert work.find_delivery("token")
        (seen,) = states(store)
    assert (seen["reference"], seen["state"]) == ("AB23", AlertState.TRIGGERED.value)


def test_whoever_writes_after_a_look_still_hears_that_the_database_is_read_only(postgresql_url: str, keys: str) -> None:
    setting = f"ALTER DATABASE {make_url(postgresql_url).database} SET default_transaction_read_only"
    store = SqlStore(postgresql_url, keys)
    mark(store, "before")
    store.close()
    postgres.run(postgresql_url, f"{setting} = on")
    try:
        assert store.marked("seen") == "before"  # on a connection of its own, which the next one takes over
        with pytest.raises(StoreAwayError):
            mark(store, "after")
    finally:
        postgres.run(postgresql_url, "SET default_transaction_read_only = off", f"{setting} = off")
    store.close()
