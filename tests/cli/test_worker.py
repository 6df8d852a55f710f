"""The worker's chores: beside the alerts, and not once more for each municipality while the carrier is silent."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from hotline.cli.tools import Tools
from hotline.cli.worker import Beside, do_chores, look_for_what_was_missed
from hotline.ports import CarrierError, Received
from tests.fake_carrier import FakeCarrier
from tests.web.doors import MONDAY_NOON, Door, make_door


@pytest.fixture
def door() -> Door:
    return make_door()


def tools_of(door: Door) -> Tools:
    tools = door.app.extensions["hotline.tools"]
    assert isinstance(tools, Tools)
    return tools


def test_chores_that_take_long_hold_up_nobody_and_go_on_one_round_at_a_time(door: Door) -> None:
    rounds, may_end = [], threading.Event()

    def slow(_tools: Tools, now: datetime) -> None:
        rounds.append(now)
        may_end.wait(5)

    chores = Beside(slow)
    for _ in range(3):
        chores.begin(tools_of(door), MONDAY_NOON)
    assert len(rounds) == 1
    may_end.set()
    while len(rounds) == 1:
        chores.begin(tools_of(door), MONDAY_NOON)


class Silent(FakeCarrier):
    """Counts how often it was asked in vain."""

    asked = 0

    def received(self, line: str, since: datetime) -> Sequence[Received]:
        self.asked += 1
        raise CarrierError(f"no answer about {line} since {since}", hard=False)


def test_a_silent_carrier_is_asked_for_one_municipality_and_not_for_all(
    door: Door,
) -> None:
    tools = tools_of(door)
    outside, carrier = tools.outside(), Silent(door.memory)
    assert len(tools.municipalities) > 1
    do_chores(tools, MONDAY_NOON)  # the first look remembers only when it was
    door.clock.move(minutes=5)
    look_for_what_was_missed(tools, replace(outside, carrier=carrier))
    assert carrier.asked == 1
