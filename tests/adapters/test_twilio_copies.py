"""What Twilio holds of a line is found and erased over HTTP; what it says afterwards is believed, not what it said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hotline.adapters.system_clock import SystemClock
from hotline.adapters.twilio_carrier import TwilioCarrier
from hotline.ports import CarrierError, Copy, Kind
from tests.stories.standin import StandIn, stand_in

LINE, OTHER, NEIGHBOUR = "+46846500400", "+46846500499", "+46701740612"
NOW = SystemClock().now().replace(microsecond=0)
SINCE = NOW - timedelta(hours=1)


@pytest.fixture
def rest() -> Iterator[StandIn]:
    with stand_in() as started:
        yield started


@pytest.fixture
def carrier(rest: StandIn) -> TwilioCarrier:
    here = "https://hotline.example.org"
    return TwilioCarrier(account_sid="AC" + "a" * 32, auth_token="1", public_url=here, api_url=rest.address)  # noqa: S106 - invented


def held(rest: StandIn, sid: str, body: str = "Hej", *, sender: str = NEIGHBOUR, **told: object) -> Copy:
    rest.hold("Messages", sid, NOW, **{"body": body, "from": sender, "to": LINE, "direction": "inbound", **told})
    return Copy(sid, Kind.RECEIVED, NOW)


def recorded(rest: StandIn, sid: str, call: str) -> Copy:
    rest.hold("Recordings", sid, NOW, call_sid=call)
    return Copy(sid, Kind.RECORDING, NOW)


def test_texts_of_either_way_with_words_or_pictures_are_found(rest: StandIn, carrier: TwilioCarrier) -> None:
    held(rest, "SM1")
    held(rest, "SM2", "", num_media="1")
    held(rest, "SM3", "")
    held(rest, "SM4", "", num_media=None)
    held(rest, "SM5", sender=LINE, to=NEIGHBOUR, direction="outbound-reply")
    held(rest, "SM6", sender=LINE, to=NEIGHBOUR, direction="outbound-api")
    held(rest, "SM7", to=OTHER)
    found = {one.carrier_id: (one.kind, one.at) for one in carrier.copies(LINE, SINCE)}
    received, answer, sent = ((kind, NOW) for kind in (Kind.RECEIVED, Kind.ANSWER, Kind.SENT))
    assert found == {"SM1": received, "SM2": received, "SM5": answer, "SM6": sent}


def test_what_has_no_date_yet_is_found_the_next_time(rest: StandIn, carrier: TwilioCarrier) -> None:
    held(rest, "SM1", date_sent=None)
    held(rest, "SM2", date_sent=None, date_created=None)
    assert [(one.carrier_id, one.at) for one in carrier.copies(LINE, SINCE)] == [("SM1", NOW)]


def test_recordings_of_our_calls_alone_are_found(rest: StandIn, carrier: TwilioCarrier) -> None:
    """Somebody may use the account for other numbers, too."""
    rest.hold("Calls", "CA1", NOW, **{"from": NEIGHBOUR, "to": LINE})
    rest.hold("Calls", "CA2", NOW, **{"from": LINE, "to": NEIGHBOUR})
    rest.hold("Calls", "CA3", NOW, **{"from": NEIGHBOUR, "to": OTHER})
    ours = [recorded(rest, "RE1", "CA1"), recorded(rest, "RE2", "CA2")]
    recorded(rest, "RE3", "CA3")
    assert carrier.copies(LINE, SINCE) == ours
    assert [carrier.erase(one) for one in ours] == [True, True]
    assert list(rest.held["Recordings"]) == ["RE3"]


def test_a_picture_goes_with_its_text(rest: StandIn, carrier: TwilioCarrier) -> None:
    one = held(rest, "SM1", num_media="1")
    rest.hold("Media", "ME1", NOW)
    assert carrier.erase(one)
    assert (rest.erased, rest.held["Media"]) == (["ME1", "SM1"], {})


@pytest.mark.parametrize("kind", ["a text", "a picture", "a recording"])
def test_what_is_still_there_afterwards_is_not_erased(rest: StandIn, carrier: TwilioCarrier, kind: str) -> None:
    rest.lies = True
    one = (
        recorded(rest, "RE1", "CA1")
        if kind == "a recording"
        else held(rest, "SM1", "" if kind == "a picture" else "Hej")
    )
    if kind == "a picture":
        rest.hold("Media", "ME1", NOW)
    assert not carrier.erase(one)


def test_what_is_refused_for_now_is_not_erased_and_no_fault(rest: StandIn, carrier: TwilioCarrier) -> None:
    rest.refused = {"SM1", "RE1"}
    assert not carrier.erase(held(rest, "SM1"))
    assert not carrier.erase(recorded(rest, "RE1", "CA1"))


def test_a_carrier_that_is_away_is_a_fault() -> None:
    away = TwilioCarrier(account_sid="AC" + "a" * 32, auth_token="1", public_url="x", api_url="http://127.0.0.1:9")  # noqa: S106 - invented
    with pytest.raises(CarrierError):
        away.copies(LINE, SINCE)
    with pytest.raises(CarrierError):
        away.erase(Copy("SM1", Kind.RECEIVED, NOW))
