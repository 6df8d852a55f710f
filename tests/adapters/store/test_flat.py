"""However much waits, or was told before: what is asked on the way of an alert is read along an index; on both."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from hotline.adapters.store import SqlStore
from hotline.adapters.tables import deliveries
from tests.adapters.store.told import LEASE, NOON, filed

MANY = 3000
PLAIN = {"attempts": 0, "wrong_pins": 0, "sealed_content": b"", "address_hash": b"one", "state": "due"}


@pytest.fixture
def crowded(store: SqlStore) -> SqlStore:
    """Thousands that are due, all to one telephone."""
    filed(store)
    rows = [
        {
            **PLAIN,
            "reference": "AB23",
            "token_hash": f"t{number}".encode(),
            "code_hash": b"",
            "priority": 1 + number % 3,
            "due_at": NOON + timedelta(seconds=number),
        }
        for number in range(MANY)
    ]
    with store.engine.begin() as connection:
        connection.execute(insert(deliveries), rows)
        connection.execute(text("ANALYZE"))
    return store


def plans(store: SqlStore, asked: list[tuple[str, Any]]) -> Iterator[str]:
    """How the database would go about each of these, in its own words."""
    explain = "EXPLAIN QUERY PLAN " if store.engine.dialect.name == "sqlite" else "EXPLAIN "
    with store.engine.begin() as connection:
        for statement, values in asked:
            yield "\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, values))


def test_the_most_urgent_delivery_is_found_without_sorting_all_that_wait(crowded: SqlStore) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(crowded.engine, "before_cursor_execute", lambda *of: asked.append((of[2], of[3])))
    with crowded.begin() as work:
        work.claim_deliveries(NOON + timedelta(days=1), LEASE, 1)
    found = list(plans(crowded, [one for one in asked if "due_at <=" in one[0]]))
    assert found
    assert all("ix_deliveries_state_priority_due_at" in plan for plan in found)
    assert not any("Sort" in plan or "TEMP B-TREE" in plan for plan in found)
