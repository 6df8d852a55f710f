"""What the database is asked when somebody texts or presses a key: counted on the way to it, through the real doors.

On PostgreSQL what counts is how often its answer is waited for; in SQLite nobody else is asked, and statements count.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from hotline.adapters.store import SqlStore
from hotline.adapters.vault import new_key
from tests.web.doors import Door, make_door

SIDS = count(1)
SOMEBODY, ANOTHER = "+46701740601", "+46701740602"
FIRST, QUESTIONS, CONSENT = "Hej, jag är orolig för min granne", ("2", "1", "1", "1"), "1"
READ, WRITTEN = "SELECT", ["BEGIN", "INSERT", "INSERT", "COMMIT"]  # what is read is read beside whoever writes
ANSWERED, WHOLE = (
    "ReadyForQuery",
    re.compile(r'ReadyForQuery|(?<=CommandComplete\t ")(?:BEGIN|COMMIT|ROLLBACK)'),
)  # in libpq's own trace
Asked = Callable[[Callable[[Door], object]], list[str]]


@dataclass
class Line:
    """What goes over every connection to the database."""

    folder: Path
    drivers: list[Any] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def opened(self, driver: Any, _entry: object) -> None:  # noqa: ANN401 - of either database
        self.drivers.append(driver)
        if hasattr(driver, "set_trace_callback"):
            driver.set_trace_callback(lambda statement: self.seen.append(statement.split()[0]))

    def heard(self, act: Callable[[], object]) -> list[str]:
        """SQLite's statements; PostgreSQL's answers, and where a transaction begins and ends."""
        self.seen.clear()
        of_postgresql = [driver.pgconn for driver in self.drivers if hasattr(driver, "pgconn")]
        with (self.folder / "trace").open("w+") as trace:
            for one in of_postgresql:
                one.trace(trace.fileno())
            act()
            for one in of_postgresql:
                one.untrace()
            return [*self.seen, *WHOLE.findall((self.folder / "trace").read_text(encoding="utf-8"))]


@pytest.fixture
def asked(database_url: str, tmp_path: Path) -> Iterator[Asked]:
    """What the database is asked for one turn, once its connections know what is asked of them."""
    line = Line(tmp_path)
    event.listen(Pool, "connect", line.opened)
    store = SqlStore(database_url, new_key())
    door = make_door(begin=store.begin)
    said(door, ANOTHER, FIRST, *QUESTIONS, CONSENT, "Provgatan 4")
    yield lambda act: line.heard(lambda: act(door))
    event.remove(Pool, "connect", line.opened)
    store.close()


def said(door: Door, number: str, *bodies: str) -> None:
    for body in bodies:
        assert door.text(body, f"SM{next(SIDS)}", From=number).status_code == 200


def texts(*bodies: str) -> Callable[[Door], object]:
    return lambda door: said(door, SOMEBODY, *bodies)


def presses(step: str, **more: str) -> Callable[[Door], object]:
    return lambda door: door.call(f"/twilio/voice{step}", "CA1", From=SOMEBODY, **more)


def cost(told: list[str]) -> list[str] | int:
    """How often PostgreSQL answered; what SQLite was told."""
    return told.count(ANSWERED) if ANSWERED in told else told


def transactions(told: list[str]) -> tuple[int, int, int]:
    return told.count("BEGIN"), told.count("COMMIT"), told.count("ROLLBACK")


def test_an_answer_is_one_look_and_one_thing_that_is_kept(asked: Asked) -> None:
    turns = [texts(FIRST), *map(texts, QUESTIONS), presses(""), presses("/1", Digits="2"), presses("/2", Digits="1")]
    assert all(cost(asked(turn)) in [2, [READ, *WRITTEN]] for turn in turns)


@pytest.mark.parametrize("word", ["STOP", "han slår henne nu", "9"])
def test_what_means_the_same_everywhere_costs_no_more(asked: Asked, word: str) -> None:
    assert cost(asked(texts(word))) in [2, [READ, *WRITTEN]]


def test_what_is_counted_costs_one_transaction(asked: Asked) -> None:
    asked(texts(FIRST, "6"))
    told = asked(texts("2"))  # a mandated reporter, who is told where to report
    assert transactions(told) == (1, 1, 0)
    assert cost(told) in [6, [READ, "BEGIN", "INSERT", "INSERT", "INSERT", "UPDATE", "COMMIT"]]


def test_a_text_that_comes_again_is_only_looked_up(asked: Asked) -> None:
    asked(texts(FIRST))
    again = f"SM{next(SIDS)}"
    for _ in range(2):
        told = asked(lambda door: door.text("2", again, From=SOMEBODY))
    assert cost(told) in [1, [READ]]


def test_consent_is_one_transaction_of_the_case_its_alert_and_its_delivery(asked: Asked) -> None:
    asked(texts(FIRST, *QUESTIONS))
    told = asked(texts(CONSENT))
    assert transactions(told) == (1, 1, 0)
    case = ["INSERT"] * 3
    assert cost(told) in [8, [READ, "BEGIN", "INSERT", *case, "INSERT", "UPDATE", "COMMIT"]]


def test_the_place_joins_the_case_in_one_transaction(asked: Asked) -> None:
    asked(texts(FIRST, *QUESTIONS, CONSENT))
    told = asked(texts("Provgatan 4, två trappor"))
    assert transactions(told) == (1, 1, 0)
    assert cost(told) == 11 or len(told) == 12


def test_a_forged_text_asks_the_database_nothing(asked: Asked) -> None:
    answers: list[int] = []
    forged = lambda door: answers.append(door.post("/twilio/sms", "forged", From=SOMEBODY).status_code)  # noqa: E731 - as the others
    assert asked(forged) == []
    assert answers == [403]
