"""After an outage: what the carrier took and we never heard of is told to social services, as counts alone."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.adapters.word_files import load_lexicon
from hotline.core.alert import AlertState
from hotline.core.case import Priority
from hotline.core.conversation import Conversation
from hotline.ports import CaseFile, Received
from hotline.usecases.reconciling import heard_until, mark_of, reconcile
from tests.usecases.town import Town

LEXICON = load_lexicon(Path(__file__).parents[2] / "flows" / "words")
LINE, NEIGHBOUR = "+46846500400", "+46701740612"


@dataclass
class AfterAnOutage:
    """A town whose carrier took what we did not hear of."""

    town: Town = field(default_factory=Town)
    told: int = 0

    def __post_init__(self) -> None:
        self.look()

    def came_in(self, body: str = "", *, call: bool = False, ago: int = 60) -> str:
        number = len(self.town.carrier.came_in)
        carrier_id = f"{'CA' if call else 'SM'}{number:032}"
        at = self.town.clock.at - timedelta(seconds=ago)
        self.town.carrier.came_in.append((LINE, Received(carrier_id, call, at, NEIGHBOUR, body)))
        return carrier_id

    def look(self, **later: float) -> int:
        self.town.clock.move(**later)
        town = self.town
        return reconcile(
            town.municipalities["smedjebacken"], begin=town.store.begin, carrier=town.carrier, clock=town.clock,
            chance=town.chance, lexicon=LEXICON,
        )  # fmt: skip

    def cases(self) -> list[CaseFile]:
        with self.town.store.begin() as work:
            return [
                case
                for one in self.town.store.rows.reports
                if (case := work.read_case(one, "a test", self.town.clock.at))
            ]


@pytest.fixture
def after() -> AfterAnOutage:
    return AfterAnOutage()


def test_missed_contacts_are_one_case_without_numbers_or_words(after: AfterAnOutage) -> None:
    after.came_in("hej jag är orolig för grannens flicka")
    after.came_in(call=True)
    assert after.look(minutes=2) == 2
    (case,) = after.cases()
    assert case.report.flags == {"missed"}
    assert case.addenda[0].text.count("09.59") + case.addenda[0].text.count("10.") >= 2
    everything = repr(case.report) + "".join(one.text for one in case.addenda)
    assert "flicka" not in everything
    assert NEIGHBOUR not in everything


def test_what_read_as_acute_is_urgent(after: AfterAnOutage) -> None:
    after.came_in("han slår henne nu hjälp")
    after.look(minutes=2)
    (case,) = after.cases()
    assert case.report.priority is Priority.URGENT
    assert case.addenda[0].text.endswith("akut")


def test_it_is_told_once(after: AfterAnOutage) -> None:
    after.came_in("hej")
    assert after.look(minutes=2) == 1
    assert after.look(minutes=2) == 0
    assert len(after.cases()) == 1


def test_what_was_answered_is_not_missed(after: AfterAnOutage) -> None:
    answered = after.came_in("hej")
    with after.town.store.begin() as work:
        work.keep_turn(
            "sms|smedjebacken|x", answered, after.town.clock.at, b"an answer", None, municipality="smedjebacken"
        )
    assert after.look(minutes=2) == 0


def test_what_is_being_answered_at_this_moment_is_left_alone(after: AfterAnOutage) -> None:
    after.town.clock.move(minutes=2)
    after.came_in("hej", ago=10)
    assert after.look() == 0
    assert after.look(minutes=1) == 1


def test_words_after_consent_join_their_case(after: AfterAnOutage) -> None:
    reference = after.town.report()
    here = Conversation("v", "sv", "place", reference=reference)
    with after.town.store.begin() as work:
        key = f"sms|smedjebacken|{NEIGHBOUR}"
        work.keep_turn(key, "SMearlier", after.town.clock.at, b"", here.to_text(), municipality="smedjebacken")
    after.came_in("Ekgatan 12, nu skriker hon, han har kniv")
    assert after.look(minutes=2) == 0
    (case,) = after.cases()
    assert case.addenda[0].text.startswith("Ekgatan 12")
    assert case.alert.priority == Priority.URGENT
    assert case.alert.state is AlertState.TRIGGERED


def test_two_workers_do_not_tell_it_twice(after: AfterAnOutage) -> None:
    after.came_in("hej")
    assert [after.look(minutes=2), after.look()] == [1, 0]


@pytest.mark.parametrize(
    ("minutes_ago", "known"),
    [({}, 0), ({"smedjebacken": 0}, 15), ({"smedjebacken": 0, "exempelby": 60}, 75), ({"exempelby": 1424}, 1439),
     ({"smedjebacken": 0, "exempelby": 1426}, 1440), ({"somewhere else": 60}, 0)],
)  # fmt: skip
def test_what_was_said_is_known_up_to_the_oldest_look_but_waited_for_no_longer_than_a_day(
    minutes_ago: dict[str, int], known: int
) -> None:
    town = Town()
    now = town.clock.at
    with town.store.begin() as work:
        for key, minutes in minutes_ago.items():
            one = replace(town.municipalities["smedjebacken"], key=key)
            work.mark(mark_of(one), (now - timedelta(minutes=minutes)).isoformat())
    assert heard_until(town.store.begin, town.municipalities.values(), now) == now - timedelta(minutes=known)
