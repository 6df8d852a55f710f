"""Work that waits: claimed by one worker at a time, taken over from a dead one, never put back by an old receipt."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.adapters.store import SqlStore
from hotline.adapters.vault import new_key
from hotline.core.alert import AlertState, Delivery, DeliveryState, Means, Purpose
from tests.adapters.store.told import DESK, DUTY, LEASE, NOON, alert, delivery, filed, report

SECOND = timedelta(seconds=1)
TEN = timedelta(minutes=10)


def claimed(store: SqlStore, at_second: int = 0, most: int = 10) -> list[Delivery]:
    with store.begin() as work:
        return list(work.claim_deliveries(NOON + at_second * SECOND, LEASE, most))


def recorded(store: SqlStore, told: Delivery) -> Delivery | None:
    with store.begin() as work:
        work.record_delivery(told)
        return work.find_delivery(told.token)


def test_what_is_not_due_is_not_claimed(store: SqlStore) -> None:
    filed(store, due_at=NOON + SECOND)
    assert claimed(store) == []
    assert len(claimed(store, at_second=1)) == 1


def test_a_delivery_is_claimed_once_and_again_when_its_worker_died(store: SqlStore) -> None:
    filed(store)
    first = claimed(store)
    assert [(taken.state, taken.attempts, taken.contact) for taken in first] == [(DeliveryState.SENDING, 1, DUTY)]
    assert claimed(store, at_second=9) == []
    assert [taken.attempts for taken in claimed(store, at_second=10)] == [2]


def test_an_alert_is_claimed_once_and_again_when_its_worker_died(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        assert len(work.claim_alerts(NOON + TEN, LEASE, 10)) == 1
    with store.begin() as work:
        assert work.claim_alerts(NOON + TEN + 9 * SECOND, LEASE, 10) == []
        assert len(work.claim_alerts(NOON + TEN + LEASE, LEASE, 10)) == 1


def test_two_workers_at_once_share_the_work(postgresql_url: str, keys: str) -> None:
    store = SqlStore(postgresql_url, keys)
    for reference in ("AA22", "BB33"):
        filed(store, reference=reference)
    with store.begin() as one, store.begin() as other:
        mine = one.claim_deliveries(NOON, LEASE, 1)
        yours = other.claim_deliveries(NOON, LEASE, 5)
        assert [len(mine), len(yours)] == [1, 1]
        assert mine[0].token != yours[0].token
        assert one.claim_alerts(NOON + TEN, LEASE, 1) != other.claim_alerts(NOON + TEN, LEASE, 5)
    store.close()


def test_many_workers_share_the_work_and_take_nothing_twice(store: SqlStore) -> None:
    for number in range(20):
        filed(store, reference=f"C{number}")

    def work_on(_worker: int) -> list[str]:
        rounds = [claimed(store, most=3) for _ in range(10)]
        return [taken.token for some in rounds for taken in some]

    with ThreadPoolExecutor(4) as workers:
        taken = [token for tokens in workers.map(work_on, range(4)) for token in tokens]
    assert sorted(taken) == sorted(f"token-C{number}" for number in range(20))


def test_the_most_urgent_comes_first(store: SqlStore) -> None:
    with store.begin() as work:
        work.file_case(report("LATE", flags=frozenset()), alert("LATE", priority=3), [delivery("t3", reference="LATE")])
        urgent = delivery("t1", reference="SOON", due_at=NOON + SECOND)
        work.file_case(report("SOON"), alert("SOON", next_at=NOON + SECOND), [urgent])
        assert [found.reference for found in work.claim_deliveries(NOON + TEN, LEASE, 1)] == ["SOON"]
        assert [found.reference for found in work.claim_alerts(NOON + TEN, LEASE, 1)] == ["SOON"]


def test_an_acknowledged_alert_is_left_alone(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        found = work.find_alert("AB23")
        assert found
        calm = replace(found, state=AlertState.ACKNOWLEDGED, acknowledged_by="Eva", opened_at=NOON)
        work.move_alert(calm, [])
        assert work.claim_alerts(NOON + TEN, LEASE, 10) == []
        assert work.find_alert("AB23") == calm


def test_a_moved_alert_has_new_deliveries_and_may_be_claimed_again(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        (found,) = work.claim_alerts(NOON + TEN, LEASE, 10)
        work.move_alert(replace(found, level=1, next_at=NOON + TEN), [delivery("token-2", due_at=NOON + TEN)])
    with store.begin() as work:
        assert [again.level for again in work.claim_alerts(NOON + TEN, LEASE, 10)] == [1]
        assert {due.token for due in work.claim_deliveries(NOON + TEN, LEASE, 10)} == {"token-AB23", "token-2"}


@pytest.mark.parametrize("late", [DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.SENT])
def test_an_old_receipt_overwrites_nothing(store: SqlStore, late: DeliveryState) -> None:
    filed(store)
    (sending,) = claimed(store)
    recorded(store, replace(sending, state=DeliveryState.DELIVERED, carrier_id="SM1"))
    kept = recorded(store, replace(sending, state=late, carrier_id="SM2", detail="late"))
    assert kept
    assert (kept.state, kept.carrier_id, kept.detail) == (DeliveryState.DELIVERED, "SM1", "")


def test_a_receipt_that_came_before_the_carriers_id_leaves_room_for_it(store: SqlStore) -> None:
    filed(store)
    (sending,) = claimed(store)
    recorded(store, replace(sending, state=DeliveryState.DELIVERED))
    kept = recorded(store, replace(sending, state=DeliveryState.SENT, carrier_id="SM1", sent_at=NOON))
    assert kept
    assert (kept.state, kept.carrier_id, kept.sent_at) == (DeliveryState.DELIVERED, "SM1", NOON)


def test_what_could_not_be_sent_is_due_again(store: SqlStore) -> None:
    filed(store)
    (sending,) = claimed(store)
    recorded(store, replace(sending, state=DeliveryState.DUE, due_at=NOON + 5 * SECOND))
    assert claimed(store, at_second=4) == []
    assert [again.attempts for again in claimed(store, at_second=5)] == [2]


def test_wrong_pins_are_counted(store: SqlStore) -> None:
    filed(store)
    (sending,) = claimed(store)
    kept = recorded(store, replace(sending, state=DeliveryState.SENT, wrong_pins=2))
    assert kept
    assert kept.wrong_pins == 2


def test_a_code_counts_only_from_its_own_number_in_its_own_place(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        found = work.find_delivery_by_code("smedjebacken", "123456", DUTY.address)
        assert found == delivery("token-AB23")
        for place, code, number in [
            ("ludvika", "123456", DUTY.address),
            ("smedjebacken", "123457", DUTY.address),
            ("smedjebacken", "123456", "+46701740606"),
            ("smedjebacken", "", DUTY.address),
        ]:
            assert work.find_delivery_by_code(place, code, number) is None


def test_of_two_deliveries_with_one_code_the_newest_counts(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        work.move_alert(alert(), [delivery("token-2")])
        found = work.find_delivery_by_code("smedjebacken", "123456", DUTY.address)
    assert found
    assert found.token == "token-2"  # noqa: S105 - a name of this test's own


def test_a_case_that_cannot_be_read_holds_up_no_other(
    store: SqlStore, database_url: str, keys: str, caplog: pytest.LogCaptureFixture
) -> None:
    lost = SqlStore(database_url, new_key())
    filed(lost, reference="LOST")
    lost.close()
    filed(store)
    assert [found.reference for found in claimed(store)] == ["AB23"]
    assert "case LOST cannot be read" in caplog.text
    assert keys not in caplog.text


def test_a_new_key_in_front_of_the_ring_still_finds_everything(store: SqlStore, database_url: str, keys: str) -> None:
    filed(store)
    rotated = SqlStore(database_url, f"{new_key()},{keys}")
    with rotated.begin() as work:
        found = work.find_delivery("token-AB23")
        assert found == work.find_delivery_by_code("smedjebacken", "123456", DUTY.address)
        assert work.read_case("AB23", "desk", NOON)
    rotated.close()
    assert found == delivery("token-AB23")


def test_what_else_went_to_the_same_telephone_is_known_by_the_carriers_ids(store: SqlStore) -> None:
    for reference in ("AA22", "BB33"):
        filed(store, reference=reference)
    first, second = claimed(store)
    recorded(store, replace(first, state=DeliveryState.SENT, carrier_id="SM1"))
    with store.begin() as work:
        assert work.told_before(second) == {"SM1"}
        assert work.told_before(first) == set()
        assert work.told_before(replace(second, contact=DESK)) == set()


def test_what_goes_to_the_same_telephone_is_claimed_beside_and_only_while_it_waits(store: SqlStore) -> None:
    for minute, reference in enumerate(("AA22", "BB33", "CC44")):
        filed(store, reference=reference, due_at=NOON - timedelta(minutes=3 - minute))
    (first,) = claimed(store, most=1)
    with store.begin() as work:
        taken = work.find_alert("CC44")
        assert taken
        work.move_alert(replace(taken, state=AlertState.ACKNOWLEDGED), [])
        beside = work.claim_beside(first, NOON, LEASE, 5)
        assert {one.reference for one in [first, *beside]} == {"AA22", "BB33"}


def test_alerts_that_wait_are_listed_the_most_urgent_first(store: SqlStore) -> None:
    filed(store, reference="AA22", priority=3)
    filed(store, reference="BB33", priority=1)
    filed(store, reference="CC44")
    with store.begin() as work:
        taken = work.find_alert("CC44")
        assert taken
        work.move_alert(replace(taken, state=AlertState.ACKNOWLEDGED), [])
        assert [one.reference for one in work.waiting_alerts(5)] == ["BB33", "AA22"]


def test_whoever_died_while_sending_may_have_sent_since_it_was_due(store: SqlStore) -> None:
    filed(store)
    assert [one.unsure_since for one in claimed(store)] == [None]
    assert [one.unsure_since for one in claimed(store, at_second=10)] == [NOON]


def test_a_chore_is_done_once_in_its_time_and_again_after_the_clock_went_back(store: SqlStore) -> None:
    with store.begin() as work:
        moments = [NOON, NOON + 9 * SECOND, NOON + TEN, NOON + SECOND, NOON + 5 * SECOND]
        assert [work.claim_chore("c", at, 10 * SECOND) for at in moments] == [True, False, True, True, False]


def test_what_is_unsure_and_at_which_level_it_was_told_is_kept(store: SqlStore) -> None:
    filed(store)
    (sending,) = claimed(store)
    unsure = replace(sending, state=DeliveryState.DUE, unsure_since=NOON, level=3, instead=True)
    assert recorded(store, unsure) == unsure


def test_wrong_tries_are_counted_for_one_telephone_and_channel(store: SqlStore) -> None:
    filed(store)
    filed(store, reference="AB24")
    with store.begin() as work:
        for _ in range(3):
            work.count_wrong_try(Means.TEXT, DUTY.address)
        work.count_wrong_try(Means.CALL, DUTY.address)
        work.count_wrong_try(Means.TEXT, "+46701740612")
        assert work.wrong_tries(Means.TEXT, DUTY.address, NOON) == 3
        assert work.wrong_tries(Means.TEXT, DUTY.address, NOON + SECOND) == 0
        assert work.wrong_tries(Means.CALL, DUTY.address, NOON) == 0
        assert [one.wrong_pins for one in work.deliveries_of("AB24")] == [3]


def test_who_is_to_be_told_of_a_case_is_told_before_who_need_not_act_on_another(store: SqlStore) -> None:
    filed(store, due_at=NOON + SECOND, priority=3)
    with store.begin() as work:
        work.file_case(report("CD34"), alert("CD34", priority=1), [])
        taken = replace(alert("CD34"), state=AlertState.ACKNOWLEDGED, acknowledged_by="Eva")
        word = replace(delivery("word", reference="CD34", due_at=NOON), purpose=Purpose.TAKEN)
        work.move_alert(taken, [word])
        work.move_alert(replace(taken, opened_at=NOON), [])
    assert [one.token for one in claimed(store, 2, most=1)] == ["token-AB23"]
    assert [one.token for one in claimed(store, 2, most=1)] == ["word"]
