"""A trial report travels the whole way, and its absence is noticed at the far end."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hotline.adapters.flow_files import read_script_files
from hotline.adapters.word_files import load_lexicon
from hotline.core.alert import AlertState
from hotline.core.turn import Act, Channel, Turn
from hotline.ports import DoorError
from hotline.usecases.intake import take_turn
from hotline.usecases.probing import Trial, probe_once
from hotline.usecases.watching import ailments
from tests.scripts import kept
from tests.usecases.town import Town

FLOWS = Path(__file__).parents[2] / "flows"
SCRIPTS = kept(read_script_files(FLOWS), load_lexicon(FLOWS / "words"))
WATCH = "+46701740607"


@dataclass
class Probing:
    """A town whose own public door can be open or shut."""

    town: Town = field(default_factory=Town)
    shut: bool = False

    def text(self, *, sender: str, line: str, body: str, carrier_id: str) -> None:
        if self.shut:
            raise DoorError("shut")
        town = self.town
        turn = Turn(Channel.SMS, Act.TEXT, town.clock.at, body, sender)
        take_turn(
            turn, key=f"sms|smedjebacken|{sender}", carrier_id=carrier_id, scripts=SCRIPTS, begin=town.store.begin,
            municipality=town.municipalities["smedjebacken"], chance=town.chance, render=lambda _: line.encode(),
        )  # fmt: skip

    def probe(self, *, now: bool = False, **later: float) -> Trial | None:
        self.town.clock.move(**later)
        town = self.town
        return probe_once(
            town.municipalities["smedjebacken"], SCRIPTS.current, begin=town.store.begin, door=self, clock=town.clock,
            chance=town.chance, now_due=now,
        )  # fmt: skip

    def ails(self) -> list[str]:
        self.town.work()
        return ailments(self.town.store.begin, self.town.clock.at, self.town.municipalities)


@pytest.fixture
def probing() -> Probing:
    return Probing()


def test_a_trial_reaches_its_own_telephone_and_nobody_else(probing: Probing) -> None:
    probing.probe(now=True)
    assert probing.town.told() == [("text", WATCH)]
    assert probing.town.told(minutes=1) == []


def test_it_has_arrived_when_the_carrier_says_so_and_then_it_is_over(probing: Probing) -> None:
    trial = probing.probe(now=True)
    assert trial
    (text,) = probing.town.work()
    probing.town.receipt(text, "delivered")
    assert probing.probe(minutes=1) == Trial(trial.begun, trial.reference, arrived=True)
    assert probing.town.alert(trial.reference).state is AlertState.CLOSED
    assert probing.town.told(hours=3) == []


def test_one_that_does_not_arrive_is_told_once_and_shown(probing: Probing) -> None:
    trial = probing.probe(now=True)
    assert trial
    (text,) = probing.town.work()
    probing.town.carrier.states[probing.town.delivery(text).carrier_id] = "sent"
    for _ in range(3):
        probing.probe(minutes=6)
    faults = [one for one in probing.town.store.rows.reports.values() if "fault" in one.flags]
    assert len(faults) == 1
    assert "probe smedjebacken" in probing.ails()


def test_a_door_that_is_shut_is_noticed_like_a_text_that_is_lost(probing: Probing) -> None:
    probing.shut = True
    probing.probe(now=True)
    probing.probe(minutes=6)
    assert "probe smedjebacken" in probing.ails()


def test_the_next_one_comes_after_the_interval_and_mends_what_was_shown(probing: Probing) -> None:
    probing.shut = True
    probing.probe(now=True)
    probing.shut = False
    probing.probe(hours=24)
    probing.town.receipt(next(each for each in probing.town.work() if each.to == WATCH), "delivered")
    probing.probe(minutes=1)
    assert probing.ails() == []


def test_the_first_of_a_new_hotline_comes_after_a_whole_interval(probing: Probing) -> None:
    probing.probe()
    assert probing.town.told(hours=23) == []
    probing.probe(hours=1)
    assert ("text", WATCH) in probing.town.told()
