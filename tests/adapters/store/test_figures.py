"""What is counted of the promises, and that what became urgent goes first; on both databases."""

from dataclasses import replace
from datetime import timedelta

from hotline.adapters.store import SqlStore
from hotline.core.alert import DeliveryState
from hotline.ports import Figures
from tests.adapters.store.told import LEASE, NOON, alert, filed, report

SECOND = timedelta(seconds=1)


def figures(store: SqlStore, *, seconds: int, municipality: str = "smedjebacken") -> Figures:
    with store.begin() as work:
        return work.figures([municipality], NOON - timedelta(days=1), NOON + seconds * SECOND)


def test_an_urgent_report_counts_with_its_wait_until_it_is_handed_over_and_then_no_more(store: SqlStore) -> None:
    filed(store)
    assert figures(store, seconds=3) == Figures({1: 1}, due=1, tried_again=0, unsure=0, seconds=(3.0,))
    with store.begin() as work:
        (taken,) = work.claim_deliveries(NOON, LEASE, 1)
    assert figures(store, seconds=3) == Figures({1: 1}, due=0, tried_again=0, unsure=0, seconds=(3.0,))
    assert figures(store, seconds=11).unsure == 1
    with store.begin() as work:
        work.record_delivery(replace(taken, state=DeliveryState.SENT, sent_at=NOON + 2 * SECOND))
    assert figures(store, seconds=60) == Figures({1: 1}, due=0, tried_again=0, unsure=0, seconds=(2.0,))
    assert figures(store, seconds=60, municipality="exempelby").seconds == ()


def test_what_failed_before_is_counted_apart(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        (taken,) = work.claim_deliveries(NOON, LEASE, 1)
        work.record_delivery(replace(taken, state=DeliveryState.DUE, due_at=NOON + SECOND))
    found = figures(store, seconds=0)
    assert (found.due, found.tried_again) == (0, 1)


def test_an_ordinary_report_counts_among_those_who_wait_only(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report(flags=frozenset()), alert(priority=3), [])
    assert figures(store, seconds=3) == Figures({3: 1}, due=0, tried_again=0, unsure=0, seconds=())


def test_a_case_that_became_urgent_is_told_before_those_that_came_earlier(store: SqlStore) -> None:
    filed(store, reference="AA22", due_at=NOON - SECOND, priority=2)
    filed(store, reference="BB33", priority=3)
    with store.begin() as work:
        work.move_alert(alert("BB33", priority=1), [])
    with store.begin() as work:
        assert [one.reference for one in work.claim_deliveries(NOON, LEASE, 5)] == ["BB33", "AA22"]


def test_what_somebody_else_hands_over_at_this_moment_is_seen_until_its_lease_ends(store: SqlStore) -> None:
    filed(store, reference="AA22")
    filed(store, reference="BB33")
    with store.begin() as work:
        one, other = work.claim_deliveries(NOON, LEASE, 5)
        assert work.others_under_way(one, NOON)
        assert not work.others_under_way(one, NOON + LEASE)
        work.record_delivery(replace(other, state=DeliveryState.SENT, sent_at=NOON))
        assert not work.others_under_way(one, NOON)


def test_what_a_wrong_clock_put_off_is_due_at_once(store: SqlStore) -> None:
    filed(store, reference="AA22", due_at=NOON + timedelta(days=400))
    filed(store, reference="BB33")
    with store.begin() as work:
        assert len(work.claim_deliveries(NOON, timedelta(days=400), 5)) == 1
        assert len(work.claim_alerts(NOON + timedelta(minutes=10), timedelta(days=400), 5)) == 1
    with store.begin() as work:
        work.pull_back(NOON, NOON + timedelta(minutes=5))
        assert len(work.claim_deliveries(NOON, LEASE, 5)) == 2
        assert len(work.claim_alerts(NOON + timedelta(minutes=10), LEASE, 5)) == 1


def test_what_is_held_anew_is_nobody_elses_until_then(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        (taken,) = work.claim_deliveries(NOON, LEASE, 1)
        assert work.hold(taken, NOON + 2 * LEASE)
    with store.begin() as work:
        assert work.claim_deliveries(NOON + LEASE, LEASE, 1) == []


def test_what_somebody_else_has_claimed_or_what_has_arrived_is_not_held(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        (taken,) = work.claim_deliveries(NOON, LEASE, 1)
    with store.begin() as work:
        (again,) = work.claim_deliveries(NOON + LEASE, LEASE, 1)
        assert not work.hold(taken, NOON + 3 * LEASE)
        work.record_delivery(replace(again, state=DeliveryState.SENT, sent_at=NOON))
        assert not work.hold(again, NOON + 3 * LEASE)
