"""After an outage: what the carrier took and we never heard of is told to social services, as counts alone."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from hotline.core.alert import AlertState
from hotline.core.case import Priority
from hotline.core.conversation import Conversation
from hotline.ports import CaseFile, Received
from hotline.usecases.reconciling import heard_until, mark_of, reconcile
from tests.usecases.town import Town
from tests.web.doors import the_scripts

SCRIPT = the_scripts().current
LINE, NEIGHBOUR = "+46846500400", "+46701740612"


@dataclass
class AfterAnOutage:
    """A town whose carrier took what we did not hear of."""

    town: Town = field(default_factory=Town)
    told: int = 0

    def __post_init__(self) -> None:
        self.look()

    def came_in(self, body: str = "", *, call: bool = False, ago: int = 60, lasted: int | None = None) -> str:
        """`ago`, `lasted`: seconds; a call without `lasted` goes on."""
        number = len(self.town.carrier.came_in)
        carrier_id = f"{'CA' if call else 'SM'}{number:032}"
        at = self.town.clock.at - timedelta(seconds=ago)
        ended = None if lasted is None else at + timedelta(seconds=lasted)
        self.town.carrier.came_in.append((LINE, Received(carrier_id, call, at, NEIGHBOUR, body, ended)))
        return carrier_id

    def was_answered(self, carrier_id: str, here: Conversation | None = None) -> None:
        """Up to this step: the conversation stands there, or there is none any more."""
        state = here.to_text() if here else None
        with self.town.store.begin() as work:
            key = f"voice|{carrier_id.partition('/')[0]}"
            work.keep_turn(key, carrier_id, self.town.clock.at, b"", state, municipality="smedjebacken")

    def look(self, **later: float) -> int:
        self.town.clock.move(**later)
        return reconcile(self.town.municipalities["smedjebacken"], self.town.outside, SCRIPT)

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
    after.was_answered(answered)
    assert after.look(minutes=2) == 0


def test_what_is_being_answered_at_this_moment_is_left_alone(after: AfterAnOutage) -> None:
    after.town.clock.move(minutes=2)
    after.came_in("hej", ago=10)
    assert after.look() == 0
    assert after.look(minutes=1) == 1


@pytest.mark.parametrize("taken", [False, True])
def test_words_after_consent_join_their_case(after: AfterAnOutage, *, taken: bool) -> None:
    """And whoever had taken it before the outage is told of them."""
    reference = after.town.report()
    if taken:
        alerts = after.town.store.rows.alerts
        alerts[reference] = replace(alerts[reference], state=AlertState.ACKNOWLEDGED, opened_at=after.town.clock.at)
    here = Conversation("v", "sv", "place", reference=reference)
    with after.town.store.begin() as work:
        key = f"sms|smedjebacken|{NEIGHBOUR}"
        work.keep_turn(key, "SMearlier", after.town.clock.at, b"", here.to_text(), municipality="smedjebacken")
    after.came_in("Ekgatan 12, nu skriker hon, han har kniv")
    assert after.look(minutes=2) == 0
    (case,) = after.cases()
    assert case.addenda[0].text.startswith("Ekgatan 12")
    assert case.alert.priority == Priority.URGENT
    assert (case.alert.state, case.alert.next_at) == (AlertState.TRIGGERED, after.town.clock.at)


def test_two_workers_do_not_tell_it_twice(after: AfterAnOutage) -> None:
    after.came_in("hej")
    assert [after.look(minutes=2), after.look()] == [1, 0]


def test_a_call_that_was_cut_off_before_consent_is_told(after: AfterAnOutage) -> None:
    call = after.came_in(call=True, lasted=30)
    after.was_answered(f"{call}/0", Conversation("v", "sv", "who", flags=frozenset({"going_on"})))
    assert [after.look(minutes=2), after.look(minutes=2)] == [1, 0]
    (case,) = after.cases()
    assert case.addenda[0].text == "samtal 09.59, avbrutet hos oss akut"
    assert case.report.priority is Priority.URGENT
    assert after.town.store.rows.states == {}


def test_a_call_that_was_cut_off_after_consent_hurries_its_case_on(after: AfterAnOutage) -> None:
    reference = after.town.report(wait=5)
    call = after.came_in(call=True, lasted=30)
    after.was_answered(f"{call}/0", Conversation("v", "sv", "place", reference=reference))
    assert after.look(minutes=2) == 0
    (case,) = after.cases()
    assert (case.broken_off, case.alert.next_at) == (True, after.town.clock.at)


@pytest.mark.parametrize(
    "here",
    [None, Conversation("v", "sv", "done", reference="AB23", complete=True), Conversation("v", "sv", "", over=True)],
)
def test_a_call_that_had_come_to_its_end_is_not_missed(after: AfterAnOutage, here: Conversation | None) -> None:
    call = after.came_in(call=True, lasted=30)
    after.was_answered(f"{call}/0", here)
    assert after.look(minutes=2) == 0
    assert after.cases() == []


def test_a_call_that_goes_on_or_has_just_ended_is_left_alone(after: AfterAnOutage) -> None:
    for lasted in (None, 120):
        call = after.came_in(call=True, lasted=lasted)
        after.was_answered(f"{call}/0", Conversation("v", "sv", "who"))
    assert [after.look(minutes=1, seconds=30), after.look(minutes=1)] == [0, 1]


def test_a_call_whose_end_we_heard_of_is_not_missed(after: AfterAnOutage) -> None:
    call = after.came_in(call=True, lasted=30)
    after.was_answered(f"{call}/0", Conversation("v", "sv", "who"))
    after.was_answered(f"{call}/end")
    assert after.look(minutes=2) == 0


def test_a_weekend_of_silence_is_told_whole_with_its_days(after: AfterAnOutage) -> None:
    after.town.clock.move(days=1)
    after.came_in(call=True)
    after.town.clock.move(days=2)
    after.came_in("hej")
    assert after.look(minutes=2) == 2
    (case,) = after.cases()
    assert case.addenda[0].text == "samtal 2027-03-10 09.59, sms 09.59"


def test_an_outage_that_was_too_long_to_look_back_says_so(after: AfterAnOutage) -> None:
    after.look(minutes=2)
    assert after.look(days=40) == 0
    (case,) = after.cases()
    assert case.addenda[0].text == "vad som kom mellan 2027-03-09 09.47 och 2027-03-19 10.02 går inte att få veta"


def test_while_the_carrier_cannot_be_asked_answers_are_remembered_and_words_are_not(after: AfterAnOutage) -> None:
    after.look(minutes=2)
    town = after.town
    town.clock.move(days=10)
    heard = heard_until(town.store.begin, [town.municipalities["smedjebacken"]], town.clock.at)
    assert town.clock.at - heard.conversations == timedelta(days=1)
    assert town.clock.at - heard.answers == timedelta(days=10, minutes=15)


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
    heard = heard_until(town.store.begin, town.municipalities.values(), now)
    assert heard.conversations == now - timedelta(minutes=known)
