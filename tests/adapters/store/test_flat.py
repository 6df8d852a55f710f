"""However much waits, or was ever told: what is asked all the time is read along an index; on both databases.

SQLite likes to read a table whole once it knows that thousands of cases are over, and is left its liking; PostgreSQL
reads so few whole anyway, and is asked to do so only where nothing else is possible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text, update

from hotline.adapters.store import SqlStore
from hotline.adapters.store.turning import looking, moving
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.tables import deliveries
from hotline.core.alert import Means
from hotline.ports import Work
from tests.adapters.store.told import DUTY, IDLE, LEASE, NOON, delivery, filed
from tests.bench.stored import fill

MANY = 3000
PLAIN = {"attempts": 0, "wrong_pins": 0, "sealed_content": b"", "address_hash": b"one", "state": "due"}
CLOCK = SystemClock()  # what is over is dated by the database's own
LARGE = ("cases", "alerts", "deliveries", "turns", "conversations", "addenda")
WHOLE = [  # read along by the release before; what is asked now neither needs them nor likes them better
    "ix_alerts_state_next_at",
    "ix_cases_filed_at",
    "ix_deliveries_address_hash",
    "ix_deliveries_state_due_at",
    "ix_deliveries_state_look_at",
    "ix_deliveries_state_priority_due_at",
]
SHORT = ("ix_alerts_triggered", "ix_alerts_unopened", "ix_deliveries_due", "ix_deliveries_sending")
Statements = list[tuple[str, Any]]


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


@pytest.fixture
def old(database_url: str, store: SqlStore) -> SqlStore:
    """Thousands of cases that are over, and one that waits."""
    fill(database_url, MANY)
    filed(store, due_at=CLOCK.now())
    return store


@contextmanager
def heard(store: SqlStore) -> Iterator[Statements]:
    """What the database is asked meanwhile."""
    asked: Statements = []
    hear = lambda *of: asked.append((of[2], of[3]))  # noqa: E731 - removed by the same name
    event.listen(store.engine, "before_cursor_execute", hear)
    yield asked
    event.remove(store.engine, "before_cursor_execute", hear)


def plans(store: SqlStore, asked: Statements) -> Iterator[str]:
    """How the database would go about each of these, in its own words."""
    sqlite = store.engine.dialect.name == "sqlite"
    with store.engine.connect() as connection:  # never committed
        for name in [] if sqlite else WHOLE:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        if not sqlite:  # of a few thousand rows it may read all, unless it can do without
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, values in (one for one in asked if one[0].startswith(("SELECT", "UPDATE", "DELETE", "WITH"))):
            rows = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}", values)
            yield "\n".join([statement, *map(str, rows)])


def reads_a_table(plan: str) -> bool:
    """Whether a table that grows is read whole, or an index that holds as much."""
    if "LEFT OUTER JOIN alerts" in plan and "SELECT cases.reference \n" in plan:
        return False  # the cases of a month: here these are all
    _, *steps = (one for one in plan.splitlines() if "Bitmap Heap Scan" not in one)
    return any(is_whole(one, "".join(steps[at + 1 : at + 2])) for at, one in enumerate(steps))


def is_whole(step: str, next_line: str) -> bool:
    """PostgreSQL tells in the line below what it goes along the index by."""
    if any(name in step for name in SHORT):
        return False
    if "Scan" in step:
        large = any(f" on {table}" in step or f" on ix_{table}" in step for table in LARGE)
        return large and "Index Cond" not in next_line
    everything = ("(municipality=?)", "ix_alerts_state_next_at")  # nearly all alerts are over, and in one state
    along = any(f"SEARCH {table} " in step for table in LARGE) and any(part in step for part in everything)
    return along or any(f"SCAN {table}" in step for table in LARGE)


def test_the_most_urgent_delivery_is_found_without_sorting_all_that_wait(crowded: SqlStore) -> None:
    with heard(crowded) as asked, crowded.begin() as work:
        work.claim_deliveries(NOON + timedelta(days=1), LEASE, 1)
    found = list(plans(crowded, [one for one in asked if "due_at <=" in one[0]]))
    assert found
    assert all("ix_deliveries_due" in plan for plan in found)
    assert not any("Sort" in plan or "TEMP B-TREE" in plan for plan in found)


def looks_of_a_worker(work: Work, now: datetime) -> None:
    """Four times a second."""
    work.claim_alerts(now, LEASE, 1)
    work.waiting(now)
    work.claim_deliveries(now, LEASE, 1)
    work.claim_silent(now, LEASE, 1)
    work.marked("carrier away")


def looks_every_minute(work: Work, now: datetime) -> None:
    work.pull_back(now, now + timedelta(minutes=5))
    work.waiting_alerts(50)
    work.overdue(now, 50)
    work.answered(["SM1", "SM2"])
    work.settled("smedjebacken", now - timedelta(days=700), 500)
    work.unsettled("smedjebacken", now - timedelta(days=700), 500)
    work.numbers_of("smedjebacken", now - timedelta(days=700), 500)
    work.keys_needed("smedjebacken")


def looks_on_the_way_to_an_officer(work: Work, now: datetime) -> None:
    mine = delivery("token-AB23")
    work.claim_beside(mine, now, LEASE, 5)
    work.last_told(mine)
    work.told_before(mine)
    work.others_under_way(mine, now)
    work.hold(mine, now)
    work.find_delivery("token-AB23")
    work.find_delivery_by_code("smedjebacken", "123456", DUTY.address)
    work.wrong_tries(Means.TEXT, DUTY.address, now - timedelta(hours=12))
    work.count_wrong_try(Means.TEXT, DUTY.address)
    work.find_alert("AB23")
    work.deliveries_of("AB23")


@pytest.mark.parametrize("looks", [looks_of_a_worker, looks_every_minute, looks_on_the_way_to_an_officer])
def test_no_table_that_grows_is_read_whole(old: SqlStore, looks: Any) -> None:  # noqa: ANN401 - one of the above
    with heard(old) as asked, old.begin() as work:
        looks(work, CLOCK.now())
    found = list(plans(old, asked))
    assert len(found) >= len(looks.__code__.co_names) // 2
    assert "\n\n".join(plan for plan in found if reads_a_table(plan)) == ""


def test_a_callers_turn_reads_no_table_whole(old: SqlStore) -> None:
    """What is run past SQLAlchemy otherwise, and is built here as it is there."""
    values = {"key": b"k", "carrier": b"c", "was": b"w", "state": b"s", "moment": NOON}
    kind = old.engine.dialect.name
    with heard(old) as asked, old.engine.begin() as connection:
        for statement in (looking(), moving(kind, ends=False), moving(kind, ends=True)):
            connection.execute(statement, values)
    found = list(plans(old, asked))  # a conversation goes on by its key: an insert, which reads nothing else
    assert len(found) == 2
    assert "\n\n".join(plan for plan in found if reads_a_table(plan)) == ""


def test_what_is_over_is_forgotten_along_an_index_a_little_at_a_time(old: SqlStore) -> None:
    now = CLOCK.now()
    with heard(old) as asked:
        assert old.purge_idle(now + IDLE, now + timedelta(days=2)) == 2 * MANY
    found = list(plans(old, asked))
    assert len(found) > 2 * MANY / 1000
    assert "\n\n".join(plan for plan in found if reads_a_table(plan)) == ""


def test_a_table_that_is_read_whole_is_noticed(old: SqlStore) -> None:
    with heard(old) as asked, old.engine.begin() as connection:
        connection.execute(select(deliveries.c.number).where(deliveries.c.attempts == 7))
        connection.execute(update(deliveries).where(deliveries.c.attempts == 7).values(attempts=8))
    assert len([plan for plan in plans(old, asked) if reads_a_table(plan)]) == 2
