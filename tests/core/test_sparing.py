"""What a flood is answered with: fewer words, one message at most, and never fewer deeds."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.adapters.municipality_files import load_municipalities
from hotline.core.conversation import LATER, Conversation
from hotline.core.effects import AddToCase, Effect, FileReport, HangUp, Say
from hotline.core.engine import resume
from hotline.core.opening import Moment
from hotline.core.sparing import ALLOWANCE, MOST_ANSWERS, left_over, spared
from hotline.core.turn import Act, Channel, Turn
from hotline.core.wording import segments
from tests.web.doors import the_scripts

SCRIPT = the_scripts().current
TOWN = load_municipalities(Path(__file__).parents[2] / "flows" / "municipalities")["smedjebacken"]
NOON = datetime(2026, 2, 3, 11, 0, tzinfo=UTC)
REPORT = ("Hej", "2", "1", "4", "2", "1", "Kvarngränd 9")


@dataclass
class Telephone:
    """What a conversation costs, turn by turn; a second between two."""

    channel: Channel = Channel.SMS
    kept: Conversation | None = None
    at: datetime = NOON
    effects: tuple[Effect, ...] = field(default=())

    def says(self, text: str) -> list[Say]:
        self.at += timedelta(seconds=1)
        act = Act.TEXT if self.channel is Channel.SMS else Act.KEYS
        moment = Moment(SCRIPT, TOWN, Turn(self.channel, act, self.at, text, "+46701740612", office_open=True), "K7M2")
        here = None if self.kept is None or self.kept.over else self.kept
        self.kept, self.effects = spared(moment, self.kept, here, resume(moment, here))
        return [effect for effect in self.effects if isinstance(effect, Say)]

    def cost(self, *texts: str) -> int:
        return sum(segments(said.text) for text in texts for said in self.says(text))


@pytest.fixture
def flooder() -> Telephone:
    """A telephone that has used up what it may cost."""
    telephone = Telephone()
    while left_over(telephone.kept, telephone.at) < ALLOWANCE:
        telephone.says("asdf")
    return telephone


def test_three_reports_one_after_the_other_are_answered_in_full() -> None:
    telephone = Telephone()
    assert telephone.cost(*REPORT, "1", *REPORT[1:], "1", *REPORT[1:]) < ALLOWANCE


@pytest.mark.parametrize("texts", [("asdf",), ("Hej", "0"), ("",), ("9", "7"), ("STOP",), ("?", "2", "0", "0")])
def test_a_flood_costs_one_segment_per_text_with_112_and_the_number(flooder: Telephone, texts: tuple[str, ...]) -> None:
    for text in texts * 40:
        said = flooder.says(text)
        assert len(said) == 1
        assert segments(said[0].text) <= 2
    short = flooder.says("asdf")[0].text
    assert "112" in short
    assert TOWN.telephone_shown in short
    assert segments(short) == 1


def test_a_cry_in_a_flood_gets_the_112_text(flooder: Telephone) -> None:
    assert [said.name for said in flooder.says("han slår henne nu")] == ["called"]


def test_a_report_in_a_flood_is_a_report(flooder: Telephone) -> None:
    """Whoever shares the number, or whose number is forged, is asked question after question."""
    flooder.kept = replace(flooder.kept or pytest.fail("nothing kept"), step="now", misses=0)
    names = [said.name for text in ("2", "1", "4", "2") for said in flooder.says(text)]
    assert names == ["who", "what", "pattern", "consent"]
    assert [said.name for said in flooder.says("1")] == ["place"]
    assert any(isinstance(effect, FileReport) for effect in flooder.effects)
    assert [said.name for said in flooder.says("Kvarngränd 9")] == ["saved"]
    assert any(isinstance(effect, AddToCase) for effect in flooder.effects)


def test_no_question_is_left_open_that_nobody_was_asked(flooder: Telephone) -> None:
    flooder.kept = replace(flooder.kept or pytest.fail("nothing kept"), over=True)
    flooder.says("Hej")
    assert flooder.kept.over
    assert flooder.says("1")[0].name == "give_up"


def test_an_hour_later_it_is_answered_as_anybody(flooder: Telephone) -> None:
    flooder.kept = replace(flooder.kept or pytest.fail("nothing kept"), over=True)
    flooder.at += timedelta(hours=1)
    assert [said.name for said in flooder.says("Hej")] == ["opening", "now"]


def test_a_clock_that_goes_back_forgives_nothing_and_adds_nothing(flooder: Telephone) -> None:
    before = left_over(flooder.kept, flooder.at)
    assert left_over(flooder.kept, flooder.at - timedelta(days=1)) == before


def test_a_call_that_goes_round_in_circles_ends_with_112_and_the_number() -> None:
    telephone = Telephone(Channel.VOICE)
    for _ in range(MOST_ANSWERS):
        telephone.says("9")
        assert not any(isinstance(effect, HangUp) for effect in telephone.effects)
    said = telephone.says("9")
    assert "112" in said[0].text
    assert TOWN.telephone_shown in said[0].text
    assert telephone.effects[-1] == HangUp()
    assert telephone.kept is None


def test_a_conversation_of_an_older_release_goes_on() -> None:
    here = Conversation("v", "sv", "who")
    older = {name: told for name, told in json.loads(here.to_text()).items() if name not in LATER}
    assert Conversation.from_text(json.dumps(older)) == here
