"""Many texts at once from one number: nobody else waits for them, and each gets 112 and the telephone number."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hotline.core.wording import segments
from hotline.web.turnstile import FEW, Turnstile
from tests.web.doors import CALLER, Door, messages_of

KEY = f"sms|smedjebacken|{CALLER}"
SOON = 5  # seconds


def wait_at(turnstile: Turnstile, key: str, arrived: list[bool]) -> threading.Thread:
    """Somebody who goes through as soon as they may."""

    def go() -> None:
        with turnstile.through(key) as free:
            arrived.append(free)

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def is_full(turnstile: Turnstile, key: str) -> bool:
    """Whether one more would be turned away; asks without waiting."""
    gate = turnstile._gates.get(key)  # noqa: SLF001 - to ask by going through would be to wait
    return gate is not None and gate.came >= FEW


def wait_for_all(turnstile: Turnstile, key: str, arrived: list[bool]) -> list[threading.Thread]:
    """As many as may wait behind one who is being answered; all are there."""
    waiting = [wait_at(turnstile, key, arrived) for _ in range(FEW - 1)]
    while not is_full(turnstile, key):
        pass
    return waiting


@pytest.fixture
def crowded(door: Door) -> Iterator[Door]:
    """One text of the caller's is being answered, and as many wait as may."""
    turnstile: Turnstile = door.app.extensions["hotline"].turnstile
    with ExitStack() as stack:
        assert stack.enter_context(turnstile.through(KEY))
        waiting = wait_for_all(turnstile, KEY, [])
        yield door
        stack.close()
        for one in waiting:
            one.join(SOON)


def test_one_is_taken_a_few_wait_and_the_next_is_told_at_once() -> None:
    turnstile, arrived = Turnstile(), list[bool]()
    with turnstile.through("a") as first:
        waiting = wait_for_all(turnstile, "a", arrived)
        with turnstile.through("a") as another, turnstile.through("b") as elsewhere:
            assert (first, another, elsewhere, arrived) == (True, False, True, [])
    for one in waiting:
        one.join(SOON)
    assert arrived == [True] * (FEW - 1)
    assert turnstile._gates == {}  # noqa: SLF001 - nothing of a caller stays in memory


def test_a_turn_that_fails_leaves_the_gate_open() -> None:
    turnstile = Turnstile()
    with pytest.raises(ZeroDivisionError), turnstile.through("a"):
        raise ZeroDivisionError
    with turnstile.through("a") as free:
        assert free


@pytest.mark.parametrize("words", ["Hej", "han slår henne nu", "123456", ""])
def test_in_a_crowd_the_answer_is_one_short_text_with_112_and_the_number(crowded: Door, words: str) -> None:
    (said,) = messages_of(crowded.text(words))
    assert said.index("112") < said.index("0240-660 335")
    assert segments(said) == 1
    assert "sparades inte" in said


def test_in_a_crowd_a_repeated_text_gets_the_same_bytes(crowded: Door) -> None:
    first = crowded.text("Hej", "SM7").data
    assert crowded.text("Hej", "SM7").data == first


def test_what_was_answered_before_the_crowd_is_answered_so_again(door: Door) -> None:
    before = door.text("Hej", "SM1").data
    turnstile: Turnstile = door.app.extensions["hotline"].turnstile
    with turnstile.through(KEY):
        waiting = wait_for_all(turnstile, KEY, [])
        again, new = door.text("Hej", "SM1").data, door.text("Hej", "SM2").data
    for one in waiting:
        one.join(SOON)
    assert door.text("Hej", "SM2").data == new != before == again


def test_nobody_else_notices(crowded: Door) -> None:
    assert len(messages_of(crowded.text("Hej", From="+46701740655"))) == 2
    assert len(messages_of(crowded.text("Hej", "SM2", To="+46846500440"))) == 2


def test_what_a_telephone_sends_at_once_when_it_finds_a_network_is_all_taken(door: Door) -> None:
    said: list[str] = []

    def sends(number: int) -> None:
        said.append(door.text(f"ord nummer {number}", f"SM{number}").text)

    sending = [threading.Thread(target=sends, args=(number,)) for number in range(FEW)]
    for one in sending:
        one.start()
    for one in sending:
        one.join(SOON)
    assert len(said) == FEW
    assert not any("sparades inte" in one for one in said)
