"""What the database is asked when somebody texts or presses a key: counted on the way to it, through the real doors.

On PostgreSQL what counts is how often its answer is waited for; in SQLite nobody else is asked, and statements count.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from hotline.adapters.store import SqlStore
from hotline.adapters.store.impatient import Impatient
from hotline.adapters.vault import new_key
from tests.web.doors import Door, make_door

SIDS = count(1)
SOMEBODY, ANOTHER = "+46701740601", "+46701740602"
FIRST, QUESTIONS, CONSENT = "Hej, jag är orolig för min granne", ("2", "1", "1", "1"), "1"
READ, WRITTEN = "SELECT", ["BEGIN", "INSERT", "INSERT", "COMMIT"]  # what is read is read beside whoever writes
Asked = Callable[[Callable[[Door], object]], list[str]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A line for everything that the database is asked."""
    seen: list[str] = []
    wait = Impatient.wait

    def counted(self: Impatient, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - as the driver has it
        seen.append("round trip")
        return wait(self, *given, **more)

    def traced(driver: Any, _entry: object) -> None:  # noqa: ANN401 - of either database
        if hasattr(driver, "set_trace_callback"):
            driver.set_trace_callback(lambda statement: seen.append(statement.split()[0]))

    monkeypatch.setattr(Impatient, "wait", counted)
    event.listen(Pool, "connect", traced)
    yield seen
    event.remove(Pool, "connect", traced)


@pytest.fixture
def asked(database_url: str, heard: list[str]) -> Iterator[Asked]:
    """What the database is asked for one turn, once its connections know what is asked of them."""
    store = SqlStore(database_url, new_key())
    door = make_door(begin=store.begin)
    said(door, ANOTHER, FIRST, *QUESTIONS, CONSENT, "Provgatan 4")

    def turn(act: Callable[[Door], object]) -> list[str]:
        heard.clear()
        act(door)
        return list(heard)

    yield turn
    store.close()


def said(door: Door, number: str, *bodies: str) -> None:
    for body in bodies:
        assert door.text(body, f"SM{next(SIDS)}", From=number).status_code == 200


def texts(*bodies: str) -> Callable[[Door], object]:
    return lambda door: said(door, SOMEBODY, *bodies)


def presses(step: str, **more: str) -> Callable[[Door], object]:
    return lambda door: door.call(f"/twilio/voice{step}", "CA1", From=SOMEBODY, **more)


def cost(told: list[str]) -> list[str] | int:
    """Round trips on PostgreSQL; what SQLite is told, once a turn is written."""
    return len(told) if told[0] == "round trip" else told


def test_an_answer_is_one_look_and_one_thing_that_is_kept(asked: Asked) -> None:
    usual: list[list[str] | int] = [2, [READ, *WRITTEN]]
    turns = [texts(FIRST), *map(texts, QUESTIONS), presses(""), presses("/1", Digits="2"), presses("/2", Digits="1")]
    assert all(cost(asked(turn)) in usual for turn in turns)


def test_what_ends_at_once_costs_no_more(asked: Asked) -> None:
    assert cost(asked(texts("STOPP"))) in [2, [READ, *WRITTEN]]


def test_a_text_that_comes_again_is_only_looked_up(asked: Asked) -> None:
    asked(texts(FIRST))
    again = f"SM{next(SIDS)}"
    for _ in range(2):
        told = asked(lambda door: door.text("2", again, From=SOMEBODY))
    assert cost(told) in [1, [READ]]


def test_consent_is_one_transaction_of_the_case_its_alert_and_its_delivery(asked: Asked) -> None:
    asked(texts(FIRST, *QUESTIONS))
    told = asked(texts(CONSENT))
    case = ["INSERT"] * 3
    assert cost(told) in [8, [READ, "BEGIN", "INSERT", *case, "INSERT", "UPDATE", "COMMIT"]]


def test_the_place_joins_the_case_in_one_transaction(asked: Asked) -> None:
    asked(texts(FIRST, *QUESTIONS, CONSENT))
    told = asked(texts("Provgatan 4, två trappor"))
    assert len(told) <= {"round trip": 11, READ: 12}[told[0]]
    assert told.count("COMMIT") == (0 if told[0] == "round trip" else 1)


def test_a_forged_text_asks_the_database_nothing(asked: Asked) -> None:
    assert asked(lambda door: door.post("/twilio/sms", "forged", From=SOMEBODY, Body="hej")) == []
