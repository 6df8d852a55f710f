"""Twilio's own library asks the simulated carrier for what it remembers: filters, dates and pages as on the wire."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.twilio_carrier import LONG_TIMEOUT, TIMEOUT, TwilioCarrier
from hotline.adapters.twilio_copies import PAGE
from hotline.ports import CarrierError, Copy, Kind
from tests.adapters.doors import DESK, LINE, MOBILE, NEIGHBOUR, PUBLIC, SID, TOKEN, Doors
from tests.hostile_ground import InProcess, Time, rest_of


class World:
    """A carrier without a network; what waits there waits until time passes."""

    def __init__(self) -> None:
        self.time, self.doors = Time(), Doors()
        self.carrier = SimulatedCarrier(SID, TOKEN, PUBLIC, self.doors.post, now=self.time.now, later=self.time.later)
        self.http = InProcess(rest_of(self.carrier, self.time.hangs), self.time.now)
        self.twilio = TwilioCarrier(account_sid=SID, auth_token=TOKEN, public_url=PUBLIC, http=self.http)

    @property
    def now(self) -> datetime:
        return self.time.at

    def ask(self, resource: str, **query: str) -> Mapping[str, object]:
        """A list as it comes over the wire."""
        address = f"/simulator/2010-04-01/Accounts/{SID}/{resource}.json"
        answer = self.http.rest.test_client().get(address, query_string=query, auth=(SID, TOKEN))
        return dict(answer.get_json())


@pytest.fixture
def world() -> World:
    return World()


def test_what_came_in_is_found_with_its_time_and_words_and_what_went_out_is_not(world: World) -> None:
    at = world.now
    world.carrier.phone(NEIGHBOUR).text(LINE, "hej")
    world.carrier.phone(NEIGHBOUR).call(LINE, hidden=True)
    world.twilio.text(sender=LINE, to=MOBILE, body="Larm", token="t")  # noqa: S106 - names a delivery
    text, call = world.twilio.received(LINE, at - timedelta(minutes=1))
    assert (text.call, text.at, text.sender, text.body) == (False, at, NEIGHBOUR, "hej")
    assert (call.call, call.at, call.sender) == (True, at, "anonymous")


def test_what_came_before_is_left_out(world: World) -> None:
    world.carrier.phone(NEIGHBOUR).text(LINE, "hej")
    world.carrier.phone(NEIGHBOUR).call(LINE)
    world.time.passes(minutes=1)
    assert world.twilio.received(LINE, world.now) == []
    assert world.twilio.received(MOBILE, world.now - timedelta(days=1)) == []


def test_dates_are_written_as_twilio_writes_them(world: World) -> None:
    world.carrier.phone(NEIGHBOUR).text(LINE, "hej")
    (one, *_) = reversed(world.ask("Messages")["messages"])  # type: ignore[call-overload]  # it is a list
    assert one["date_sent"] == one["date_created"] == "Tue, 09 Mar 2027 09:00:00 +0000"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1),
        ({"DateSent>": "2027-03-09T09:00:00Z"}, 1),
        ({"DateSent>": "2027-03-09T09:00:01Z"}, 0),
        ({"DateSent<": "2027-03-09T09:00:00Z"}, 1),
        ({"DateSent<": "2027-03-08"}, 0),
        ({"DateSent": "2027-03-09"}, 1),
        ({"DateSent": "2027-03-10"}, 0),
        ({"From": NEIGHBOUR, "To": LINE}, 1),
        ({"From": LINE, "To": NEIGHBOUR, "DateSent": "2027-03-09"}, 2),
        ({"From": MOBILE}, 0),
    ],
)
def test_each_filter_counts(world: World, query: dict[str, str], found: int) -> None:
    world.carrier.phone(NEIGHBOUR).text(LINE, "hej")  # answered with two texts
    only = {"To": LINE} if "To" not in query else {}
    assert len(world.ask("Messages", **{**only, **query})["messages"]) == found  # type: ignore[arg-type]  # it is a list


def test_more_than_a_page_is_found_page_by_page(world: World) -> None:
    for number in range(5):
        world.carrier.phone(NEIGHBOUR).call(LINE)
        world.carrier.phone(NEIGHBOUR).hang_up()
        assert len(world.ask("Calls")["calls"]) == number + 1  # type: ignore[arg-type]  # it is a list
    page = world.ask("Calls", PageSize="2", Page="1")
    assert (page["start"], page["end"], page["page"], page["page_size"]) == (2, 3, 1, 2)
    assert "Page=2" in str(page["next_page_uri"])
    assert "Page=0" in str(page["previous_page_uri"])
    assert world.ask("Calls", PageSize="2", Page="2")["next_page_uri"] is None
    assert len(world.twilio._twilio.calls.list(to=LINE, page_size=2)) == 5  # noqa: SLF001 - the library turns the pages


def test_what_still_waits_at_the_carrier_counts_as_taken(world: World) -> None:
    sid = world.twilio.text(sender=LINE, to=MOBILE, body="Svara med 123456", token="t")  # noqa: S106 - as above
    ask = {"sender": LINE, "to": MOBILE, "since": world.now, "apart_from": ()}
    assert world.twilio.took(words="123456", **ask) == sid  # type: ignore[arg-type]  # by name
    assert world.twilio.took(words="654321", **ask) is None  # type: ignore[arg-type]  # by name
    assert world.twilio.took(words="123456", **{**ask, "since": world.now + timedelta(seconds=2)}) is None  # type: ignore[arg-type]  # by name


def test_a_call_that_is_known_already_is_not_found_again(world: World) -> None:
    sid = world.twilio.call(sender=LINE, to=DESK, token="t")  # noqa: S106 - as above
    ask = {"sender": LINE, "to": DESK, "since": world.now, "words": ""}
    assert world.ask("Calls")["calls"][0]["date_created"] is None  # type: ignore[index]  # it is a list
    assert world.twilio.took(apart_from=set(), **ask) == sid  # type: ignore[arg-type]  # by name
    assert world.twilio.took(apart_from={sid}, **ask) is None  # type: ignore[arg-type]  # by name


def test_a_text_is_refused_while_it_is_on_its_way_then_erased_and_its_state_is_still_known(world: World) -> None:
    sid = world.twilio.text(sender=LINE, to=MOBILE, body="Larm", token="t")  # noqa: S106 - as above
    copy = Copy(sid, Kind.SENT, world.now)
    assert not world.twilio.erase(copy)
    world.time.passes(seconds=5)
    assert world.twilio.copies(LINE, world.now - timedelta(minutes=1))
    assert world.twilio.erase(copy)
    assert world.twilio.copies(LINE, world.now - timedelta(minutes=1)) == []
    assert (world.twilio.state_of(sid), world.carrier.message(sid)[1]["body"]) == ("delivered", "")


def test_what_a_caller_wrote_and_what_we_answered_is_found_and_erased_with_its_pictures(world: World) -> None:
    world.carrier.phone(NEIGHBOUR).text(LINE, "hej", pictures=2)
    found = world.twilio.copies(LINE, world.now - timedelta(minutes=1))
    assert sorted(copy.kind for copy in found) == [Kind.ANSWER, Kind.ANSWER, Kind.RECEIVED]
    assert [world.twilio.erase(copy) for copy in found] == [True, True, True]
    assert world.twilio.copies(LINE, world.now - timedelta(minutes=1)) == []


def test_what_the_carrier_knows_no_more_counts_as_erased(world: World) -> None:
    assert world.twilio.erase(Copy("SM" + "0" * 32, Kind.RECEIVED, world.now))
    assert world.twilio.erase(Copy("RE" + "0" * 32, Kind.RECORDING, world.now))


def test_a_carrier_that_is_away_cannot_be_asked(world: World) -> None:
    world.twilio.answers()
    world.carrier.suffer("no_answer")
    with pytest.raises(CarrierError, match="ReadTimeout"):
        world.twilio.answers()
    assert world.now == Time().at + timedelta(seconds=TIMEOUT)


def two_pages_of_texts(waits: list[object]) -> Callable[..., Response]:
    """Answers as Twilio does, with nothing on any page; `waits`: how long each was waited for at most."""

    def answer(_client: object, *asked: object) -> Response:
        address, timeout = str(asked[1]), asked[6]
        waits.append(timeout)
        kind = "calls" if "Calls" in address else "messages"
        more = kind == "messages" and "Page=1" not in address
        further = f"/2010-04-01/Messages.json?PageSize={PAGE}&Page=1" if more else None
        return Response(200, json.dumps({kind: [], "next_page_uri": further}))

    return answer


def test_only_long_lists_that_no_alert_waits_for_have_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[object] = []
    monkeypatch.setattr(TwilioHttpClient, "request", two_pages_of_texts(waits))
    twilio = TwilioCarrier(account_sid=SID, auth_token=TOKEN, public_url=PUBLIC)
    assert twilio.received(LINE, Time().at) == []
    assert waits == [LONG_TIMEOUT] * 3  # two pages of texts, one of calls
    assert twilio.took(sender=LINE, to=DESK, words="", since=Time().at, apart_from=()) is None
    assert waits[3:] == [None]  # as for everything else
