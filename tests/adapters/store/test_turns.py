"""One text after another: answers that repeat, conversations that end, and two processes at one caller."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from hotline.adapters.store import SqlStore
from hotline.adapters.tables import conversations
from hotline.ports import Opened, RepeatedTurnError, StoreAwayError
from tests.adapters.store.told import IDLE, NOON, undone

CALLER = "sms|smedjebacken|+46701740699"


def take(
    store: SqlStore, carrier_id: str, *, at: datetime = NOON, answer: bytes = b"svar", state: str | None = "{}"
) -> Opened:
    with store.begin() as work:
        opened = work.open_turn(CALLER, carrier_id, at, IDLE)
        if opened.answer is None:
            work.keep_turn(CALLER, carrier_id, at, answer, state, municipality="smedjebacken")
        return opened


def test_a_first_text_meets_nothing(store: SqlStore) -> None:
    assert take(store, "SM1") == Opened(None, None)


def test_a_repeated_turn_is_answered_with_the_same_bytes(store: SqlStore) -> None:
    take(store, "SM1", answer="Ring 112 nu å".encode())
    take(store, "SM2", answer=b"annat")
    assert take(store, "SM1", answer=b"nytt").answer == "Ring 112 nu å".encode()


def test_the_next_text_finds_the_conversation(store: SqlStore) -> None:
    take(store, "SM1", state='{"step": "who"}')
    assert take(store, "SM2").state == '{"step": "who"}'


def test_a_conversation_is_there_until_it_has_been_idle_for_too_long(store: SqlStore) -> None:
    take(store, "SM1", state="first")
    assert take(store, "SM2", at=NOON + IDLE, state="second").state == "first"
    assert take(store, "SM3", at=NOON + 2 * IDLE + timedelta(seconds=1)).state is None


def test_a_conversation_that_ended_is_gone_but_its_answer_is_not(store: SqlStore) -> None:
    take(store, "SM1", state="first")
    take(store, "SM2", state=None, answer=b"hej")
    assert take(store, "SM2") == Opened(b"hej", None)
    assert take(store, "SM3").state is None


def test_a_turn_that_fails_keeps_nothing(store: SqlStore) -> None:
    with pytest.raises(RuntimeError), undone(store) as work:
        work.keep_turn(CALLER, "SM1", NOON, b"svar", "state", municipality="smedjebacken")
    assert take(store, "SM1") == Opened(None, None)


def test_the_same_turn_in_two_processes_at_once_is_taken_once(store: SqlStore) -> None:
    start = Barrier(2, timeout=10)

    def taken(answer: bytes) -> bytes | None:
        start.wait()
        try:
            return take(store, "SM1", answer=answer).answer or answer
        except RepeatedTurnError:
            return take(store, "SM1").answer

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(taken, [b"ett", b"annat"]))) == 1


def test_two_texts_at_once_from_one_caller_wait_for_each_other(store: SqlStore) -> None:
    take(store, "SM0", state="0")

    def count(number: int) -> None:
        with store.begin() as work:
            state = work.open_turn(CALLER, f"SM{number}", NOON, IDLE).state
            work.keep_turn(CALLER, f"SM{number}", NOON, b"svar", str(int(state or 0) + 1), municipality="smedjebacken")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(1, 13)))
    assert take(store, "SM99").state == "12"


def test_an_answer_kept_twice_says_so(store: SqlStore) -> None:
    take(store, "SM1")
    with pytest.raises(RepeatedTurnError), store.begin() as work:
        work.keep_turn(CALLER, "SM1", NOON, b"svar", None, municipality="smedjebacken")


def test_the_purge_takes_idle_conversations_and_leaves_others(store: SqlStore) -> None:
    take(store, "SM1", state="kept")
    assert store.purge_idle(NOON, NOON) == 0
    assert take(store, "SM2", at=NOON + IDLE).state == "kept"
    assert store.purge_idle(NOON + 2 * IDLE, NOON) == 1
    assert take(store, "SM1").answer == b"svar"


def test_answers_are_forgotten_after_a_day(store: SqlStore) -> None:
    take(store, "SM1", state=None)
    assert store.purge_idle(NOON, NOON + timedelta(days=1)) == 0
    assert store.purge_idle(NOON, NOON + timedelta(days=1, seconds=1)) == 1
    assert take(store, "SM1").answer is None


def test_counts_and_heartbeats_are_kept(store: SqlStore) -> None:
    with store.begin() as work:
        work.tally("smedjebacken", "hung_up", NOON)
        work.tally("smedjebacken", "hung_up", NOON)
        assert work.last_beat("worker") is None
        work.beat("worker", NOON)
        work.beat("worker", NOON + IDLE)
        assert work.last_beat("worker") == NOON + IDLE


def test_a_database_that_is_away_says_so(keys: str) -> None:
    for url in ("sqlite:////nowhere/at/all.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/none"):
        store = SqlStore(url, keys)
        with pytest.raises(StoreAwayError), store.begin():
            pass
        assert store.check() == "database"


def test_a_caller_whose_row_is_held_too_long_is_told_that_the_store_is_away(store: SqlStore) -> None:
    with store.begin() as work:
        work.open_turn(CALLER, "SM1", NOON, IDLE)
        with pytest.raises(StoreAwayError):
            take(store, "SM2")


def test_a_conversation_that_begins_anew_while_others_are_forgotten_stays(postgresql_url: str, keys: str) -> None:
    """Its row is held by whoever answers; who forgets waits for it, and then looks at it again."""
    store = SqlStore(postgresql_url, keys)
    take(store, "SM1", at=NOON)
    late = NOON + 3 * IDLE
    with ThreadPoolExecutor(1) as beside:
        with store.engine.begin() as held:
            held.execute(update(conversations).values(touched_at=late))
            forgetting = beside.submit(store.purge_idle, NOON + 2 * IDLE, NOON)
            with suppress(TimeoutError):
                forgetting.result(timeout=0.3)
        assert forgetting.result() == 0
    assert take(store, "SM2", at=late).state is not None
    store.close()
