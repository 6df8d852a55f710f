"""A case: filed whole or not at all, added to, brought forward, read and written down."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.adapters.store import SqlStore
from hotline.core.alert import Delivery
from hotline.core.case import Addendum
from hotline.ports import CaseFile, RepeatedTurnError
from tests.adapters.store.told import LEASE, NOON, alert, delivery, filed, report

LATER = NOON + timedelta(minutes=5)
PLACE = Addendum(NOON + timedelta(minutes=1), "place", "Slagvägen 4")


def read(store: SqlStore, reference: str = "AB23") -> CaseFile | None:
    with store.begin() as work:
        return work.read_case(reference, "desk", NOON)


def test_a_case_is_read_as_it_was_filed(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", PLACE)
    next_at = NOON + timedelta(minutes=10)
    assert read(store) == CaseFile(report(), (PLACE,), alert(next_at=next_at), (delivery("token-AB23"),))


def test_a_report_without_a_number_stays_without(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report(caller=None), alert(), [])
    found = read(store)
    assert found
    assert found.report.caller is None


def test_what_fails_halfway_leaves_no_case(store: SqlStore) -> None:
    with pytest.raises(RuntimeError), store.begin() as work:
        work.file_case(report(), alert(), [delivery()])
        raise RuntimeError
    assert read(store) is None
    with store.begin() as work:
        assert work.find_alert("AB23") is None
        assert work.find_delivery("token-1") is None


def test_a_reference_that_is_taken_is_drawn_again(store: SqlStore) -> None:
    filed(store)
    with pytest.raises(RepeatedTurnError), store.begin() as work:
        work.file_case(report(), alert(), [delivery("token-2")])


def test_nothing_can_be_added_to_a_case_that_is_not_there(store: SqlStore) -> None:
    with pytest.raises(LookupError), store.begin() as work:
        work.add_to_case("ZZ99", PLACE)


def test_what_waits_is_brought_forward_and_the_next_level_keeps_its_distance(store: SqlStore) -> None:
    filed(store, due_at=LATER)
    with store.begin() as work:
        work.bring_forward("AB23", NOON, broken_off=True)
    found = read(store)
    assert found
    assert [waiting.due_at for waiting in found.deliveries] == [NOON]
    assert (found.alert.next_at, found.broken_off) == (NOON + timedelta(minutes=10), True)


def test_an_alert_without_deliveries_is_brought_forward_itself(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report(), alert(next_at=LATER), [])
        work.bring_forward("AB23", NOON, broken_off=False)
        assert work.read_case("AB23", "desk", NOON) == CaseFile(report(), (), alert(next_at=NOON), ())


def test_nothing_is_ever_put_off(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        work.bring_forward("AB23", NOON + timedelta(hours=1), broken_off=False)
    found = read(store)
    assert found
    assert found.deliveries[0].due_at == NOON


def test_somebody_who_is_being_told_keeps_the_time_to_answer(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        told: list[Delivery] = list(work.claim_deliveries(NOON, LEASE, 5))
        work.bring_forward("AB23", NOON, broken_off=False)
        found = work.find_alert("AB23")
    assert len(told) == 1
    assert found
    assert found.next_at == NOON + timedelta(minutes=10)


def test_each_reading_is_written_down_and_a_change_shows(store: SqlStore) -> None:
    filed(store)
    read(store)
    read(store)
    assert store.broken_audit() is None
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET reader = 'somebody else' WHERE number = 2"))
    assert store.broken_audit() == 2


@pytest.mark.parametrize(("number", "shown"), [(1, 2), (2, 3), (3, 0)])
def test_a_removed_line_of_the_audit_trail_shows(store: SqlStore, number: int, shown: int) -> None:
    filed(store)
    for _ in range(3):
        read(store)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE number = :number"), {"number": number})
    assert store.broken_audit() == shown


def test_a_reading_that_is_undone_is_not_written_down(store: SqlStore) -> None:
    filed(store)
    with pytest.raises(RuntimeError), store.begin() as work:
        work.read_case("AB23", "desk", NOON)
        raise RuntimeError
    with store.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 0
