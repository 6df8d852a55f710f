"""A caller's turn, kept in one statement where the database can: nothing is lost when two come at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from hotline.adapters.store import SqlStore
from hotline.ports import Opened, RepeatedTurnError
from tests import postgres
from tests.adapters.store.told import IDLE, NOON

CALLER = "sms|smedjebacken|+46701740699"


def take(store: SqlStore, carrier_id: str, state: str | None = "{}", answer: bytes = b"svar") -> Opened:
    with store.begin(turn=True) as work:
        opened = work.open_turn(CALLER, carrier_id, NOON, IDLE)
        if opened.answer is None:
            work.keep_turn(CALLER, carrier_id, NOON, answer, state, municipality="smedjebacken")
        return opened


def test_the_next_text_finds_the_conversation_and_a_repeated_one_its_answer(store: SqlStore) -> None:
    assert take(store, "SM1", "first", b"112") == Opened(None, None)
    assert take(store, "SM2", "second").state == "first"
    assert take(store, "SM1") == Opened(b"112", "second")


def test_a_conversation_that_ends_is_gone_but_its_answer_is_not(store: SqlStore) -> None:
    take(store, "SM1", "first")
    take(store, "SM2", None, b"hej")
    assert take(store, "SM2") == Opened(b"hej", None)
    assert take(store, "SM3", None) == Opened(None, None)
    assert take(store, "SM3") == Opened(b"svar", None)


@pytest.mark.parametrize("state", ["going on", None])
def test_a_turn_between_the_reading_and_the_keeping_is_noticed(store: SqlStore, state: str | None) -> None:
    take(store, "SM0", "begun")
    with store.begin(turn=True) as work:
        work.open_turn(CALLER, "slow", NOON, IDLE)
        take(store, "quick", "quick")
        with pytest.raises(RepeatedTurnError):
            work.keep_turn(CALLER, "slow", NOON, b"slow", state, municipality="smedjebacken")
    assert take(store, "SM9").state == "quick"


def test_what_is_kept_besides_a_turn_goes_with_it(store: SqlStore) -> None:
    with suppress(RepeatedTurnError), store.begin(turn=True) as work:
        work.open_turn(CALLER, "slow", NOON, IDLE)
        take(store, "quick")
        work.beat("besides", NOON)
        pytest.fail("it holds the conversation that another turn has changed")
    with store.begin() as work:
        assert work.last_beat("besides") is None


def test_what_is_kept_besides_a_turn_that_is_kept_stays(store: SqlStore) -> None:
    with store.begin(turn=True) as work:
        work.open_turn(CALLER, "SM1", NOON, IDLE)
        work.beat("besides", NOON)
        work.keep_turn(CALLER, "SM1", NOON, b"svar", "kept", municipality="smedjebacken")
    assert take(store, "SM1") == Opened(b"svar", "kept")
    with store.begin() as work:
        assert work.last_beat("besides") == NOON


def test_twelve_texts_at_once_from_one_caller_all_count(store: SqlStore) -> None:
    def count(number: int) -> None:
        for attempt in range(20):
            with suppress(RepeatedTurnError), store.begin(turn=attempt < 19) as work:
                state = work.open_turn(CALLER, f"SM{number}", NOON, IDLE).state
                work.keep_turn(CALLER, f"SM{number}", NOON, b"", str(int(state or 0) + 1), municipality="smedjebacken")
                return

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(12)))
    assert take(store, "SM99").state == "12"


def test_a_turn_costs_two_round_trips(postgresql_url: str, keys: str, tmp_path: Path) -> None:
    """Once the connection knows the statements: each is told to it once."""
    store, trace = SqlStore(postgresql_url, keys), (tmp_path / "trace").open("w+")
    for number in range(2):
        take(store, f"warm {number}")
    with store.begin(turn=True) as work:
        driver = work._hand.connection.driver_connection  # type: ignore[attr-defined]  # noqa: SLF001 - what goes over the wire is counted
        driver.pgconn.trace(trace.fileno())
        work.open_turn(CALLER, "SM1", NOON, IDLE)
        work.keep_turn(CALLER, "SM1", NOON, b"", "{}", municipality="smedjebacken")
        driver.pgconn.untrace()
    assert (tmp_path / "trace").read_text().count("ReadyForQuery") == 2
    trace.close()
    store.close()


def test_a_restarted_database_costs_no_turn(postgresql_url: str, keys: str) -> None:
    """Two connections have been used and cut off: whoever gets one of them is answered all the same."""
    store = SqlStore(postgresql_url, keys)
    with store.begin(turn=True), store.begin(turn=True) as beside:
        beside.open_turn("somebody else", "SM0", NOON, IDLE)
    take(store, "SM1", "kept")
    postgres.run(postgresql_url, postgres.EVERYBODY_OUT)
    assert take(store, "SM2", "kept").state == "kept"
    assert take(store, "SM3").state == "kept"
    store.close()


def test_a_connection_that_has_forgotten_its_statements_costs_no_turn(postgresql_url: str, keys: str) -> None:
    store = SqlStore(postgresql_url, keys)
    for number in range(3):
        take(store, f"SM{number}", "kept")
        with store.begin(turn=True) as work:
            work._hand.connection.driver_connection.execute("DEALLOCATE ALL")  # type: ignore[attr-defined]  # noqa: SLF001 - as a pooler in between may do
    assert take(store, "SM9").state == "kept"
    store.close()


def count_with(store: SqlStore, number: int) -> None:
    """One turn that adds one to the conversation and to a count; tried again as the doors do, and longer."""
    for attempt in range(90):
        with suppress(RepeatedTurnError), store.begin(turn=attempt % 3 != 2) as work:
            state = work.open_turn(CALLER, f"SM{number}", NOON, IDLE).state
            work.tally("smedjebacken", "reported", NOON)
            told = str(int(state or 0) + 1)
            work.keep_turn(CALLER, f"SM{number}", NOON, b"svar", told, municipality="smedjebacken")
            return
    pytest.fail("never was its turn")


def test_turns_that_keep_more_wait_for_each_other_in_one_order(store: SqlStore) -> None:
    """Each also counts: whoever held the count and waited for the conversation would wait for ever."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(partial(count_with, store), range(40)))
    assert take(store, "SM99").state == "40"
    assert store.tallies() == [("smedjebacken", NOON.year, "reported", 40)]
