"""Whoever holds the telephone next learns nothing from it, measured on the running hotline.

The same bytes and the same time, whether a place or a number has been heard of before; and no text that is no answer.
"""

import math
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.web.conftest import started
from tests.web.forged.requests import TEXT, TOWNS, Genuine
from tests.web.real import Hotline

REPORT = ("Hej", "2", "1", "4", "2")
OFFICERS = {"+46240660335", "+46701740605", "+46701740606"}
PAIRS = 60
CHANGING = re.compile(r"Ref \w{4}|\d\d\.\d\d")  # what is drawn, and the time of day
NUMBERS = count(10_000)


@dataclass
class Thread:
    """One telephone's thread with the hotline."""

    hotline: Hotline
    number: str = field(default_factory=lambda: f"+4676{next(NUMBERS):07}")
    seconds: float = 0.0

    def writes(self, *texts: str) -> str:
        """The last answer, without what is drawn; how long it took stands in `seconds`."""
        answer = ""
        for words in texts:
            form = {**TEXT, "From": self.number, "To": TOWNS["smedjebacken"], "Body": words}
            sent = Genuine("/twilio/sms", "smedjebacken", form | {"MessageSid": f"SM{next(NUMBERS):032x}"}).signed()
            began = time.perf_counter()
            status, answer = self.hotline.knock(sent)
            self.seconds = time.perf_counter() - began
            assert status == 200
        return CHANGING.sub("…", answer.partition("\r\n\r\n")[2])

    def rests(self) -> None:
        """Half an hour goes by: its conversation dies."""
        engine = create_engine(self.hotline.database_url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM conversations"))
        engine.dispose()


def share_slower(pairs: Sequence[tuple[float, float]]) -> float:
    """Of how many pairs the first took longer. Both are measured in turn, so that a busy machine slows both alike."""
    return sum(first > second for first, second in pairs) / len(pairs)


def alike(pairs: Sequence[tuple[float, float]]) -> bool:
    """A sign test: of two that take equally long, so few or so many are slower once in 200,000 times."""
    return abs(share_slower(pairs) - 0.5) <= 4.5 * 0.5 / math.sqrt(len(pairs))


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Hotline]:
    """A hotline of its own: its worker rings for what is reported here, and others' tests watch for any trace."""
    yield from started(tmp_path_factory, migrated_sqlite, "twilio")


@pytest.fixture
def someone(lived_in: Hotline) -> Callable[[], Thread]:
    return lambda: Thread(lived_in)


def pairs(first: Callable[[], Thread], second: Callable[[], Thread]) -> Iterator[tuple[float, float]]:
    """Each pair in chance order: whoever comes second finds everything warm."""
    chance = random.Random(7)  # noqa: S311 - an order that can be had again
    for _ in range(PAIRS):
        if chance.random() < 0.5:
            yield first().seconds, second().seconds
        else:
            later = second().seconds
            yield first().seconds, later


def test_the_sign_test_sees_a_difference_and_no_more_than_that() -> None:
    chance = random.Random(1)  # noqa: S311 - numbers that can be had again
    noise = [(chance.gauss(10, 2), chance.gauss(10, 2)) for _ in range(PAIRS)]
    assert alike(noise)
    assert not alike([(first + 3, second) for first, second in noise])
    assert not alike([(first, second + 3) for first, second in noise])


def test_a_number_that_has_reported_is_answered_as_one_that_never_wrote(someone: Callable[[], Thread]) -> None:
    known = someone()
    known.writes(*REPORT, "2", "Storgatan 4")
    said: set[str] = set()

    def greets(thread: Thread) -> Thread:
        thread.rests()
        said.add(thread.writes("Hej"))
        return thread

    assert alike(list(pairs(lambda: greets(known), lambda: greets(someone()))))
    assert len(said) == 1


def test_a_place_that_has_been_reported_is_answered_as_one_that_never_was(someone: Callable[[], Thread]) -> None:
    someone().writes(*REPORT, "1", "Storgatan 4, Smedjebacken")
    said: set[str] = set()

    def tells(place: str) -> Thread:
        thread = someone()
        thread.writes(*REPORT, "1")
        said.add(thread.writes(place))
        return thread

    known, unknown = (lambda: tells("Storgatan 4, Smedjebacken")), (lambda: tells("Kvarngränd 9, Haparanda"))
    assert alike(list(pairs(known, unknown)))
    assert len(said) == 1


def test_nobody_is_written_to_but_who_wrote_and_officers(lived_in: Hotline, someone: Callable[[], Thread]) -> None:
    """What the carrier was asked to send or to ring, by all tests that have run on this hotline."""
    someone().writes("Hej", "2", "2", "1", "1", "2", "Storgatan 4", "nu slår han henne", "0")
    deadline = time.monotonic() + 20
    while not lived_in.rest.taken and time.monotonic() < deadline:
        time.sleep(0.1)
    assert lived_in.rest.taken
    assert {form["To"] for _, form in lived_in.rest.taken} <= OFFICERS


def test_an_answer_goes_to_whoever_wrote_and_to_nobody_else(someone: Callable[[], Thread]) -> None:
    answers = [someone().writes(words) for words in ("Hej", "", "STOP", "123456", "nu slår han henne")]
    assert not re.search(r"<(Sms|Redirect|Media)|<Message [^>]*(to|from|action)=", "".join(answers))
