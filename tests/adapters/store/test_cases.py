"""A case: filed whole or not at all, added to, brought forward, read and written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.adapters.officer_texts import load_officer_texts
from hotline.adapters.store import SqlStore, audit
from hotline.core.case import Addendum
from hotline.ports import Begin, CaseFile, RepeatedTurnError
from hotline.usecases.officers import answer_call
from tests.adapters.store.told import DUTY, NOON, alert, delivery, filed, report, undone
from tests.fakes import FakeChance

OFFICERS = Path(__file__).parents[3] / "flows" / "officers"

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
    with pytest.raises(RuntimeError), undone(store) as work:
        work.file_case(report(), alert(), [delivery()])
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


def test_a_waiting_alert_is_brought_forward_and_the_caller_who_left_is_noted(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report(), alert(next_at=LATER), [])
        work.bring_forward("AB23", NOON, broken_off=True)
        work.bring_forward("AB23", NOON, broken_off=False)
        assert work.read_case("AB23", "desk", NOON) == CaseFile(report(), (), alert(next_at=NOON), (), broken_off=True)


def test_nothing_is_ever_put_off(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report(), alert(), [])
        work.bring_forward("AB23", LATER, broken_off=False)
        assert work.find_alert("AB23") == alert(next_at=NOON)


def broken(store: SqlStore) -> int | None:
    """The first line of the trail that does not fit."""
    with store.engine.connect() as connection:
        return audit.first_break(connection)


def test_each_reading_is_written_down_and_a_change_shows(store: SqlStore) -> None:
    filed(store)
    read(store)
    read(store)
    assert broken(store) is None
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET reader = 'somebody else' WHERE number = 2"))
    assert broken(store) == 2


@pytest.mark.parametrize(("number", "shown"), [(1, 2), (2, 3), (3, 0)])
def test_a_removed_line_of_the_audit_trail_shows(store: SqlStore, number: int, shown: int) -> None:
    filed(store)
    for _ in range(3):
        read(store)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE number = :number"), {"number": number})
    assert broken(store) == shown


def test_a_reading_that_is_undone_is_not_written_down(store: SqlStore) -> None:
    filed(store)
    with pytest.raises(RuntimeError), undone(store) as work:
        work.read_case("AB23", "desk", NOON)
    with store.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 0


def heard(begin: Begin) -> str:
    """What whoever is called hears after the PIN."""
    told = answer_call(
        "token-AB23", 1, DUTY.pin, begin=begin, at=NOON, municipalities={},
        texts=load_officer_texts(OFFICERS), chance=FakeChance(),
    )  # fmt: skip
    return str(told)


def test_reading_by_telephone_is_written_down_or_not_read(store: SqlStore) -> None:
    filed(store)
    with pytest.raises(RuntimeError):
        heard(lambda *, turn=False, looking=False: undone(store))  # noqa: ARG005 - ports.Begin
    with store.begin() as work:
        assert work.audit_lines("", 9) == []
    assert "Slagvägen 4" in heard(store.begin)
    with store.begin() as work:
        assert [(one.who, one.act, one.reference) for one in work.audit_lines("", 9)] == [(DUTY.name, "read", "AB23")]
