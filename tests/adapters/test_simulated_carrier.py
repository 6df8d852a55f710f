"""The simulated carrier behaves as Twilio documents it, towards doors that answer fixed TwiML."""

import pytest

from hotline.adapters.simulated_call import Call
from hotline.adapters.simulated_carrier import SimulatedCarrier
from tests.adapters.doors import DESK, LINE, MOBILE, NEIGHBOUR, Doors, carrier_and_doors

STATUS = "/twilio/receipt/t"


@pytest.fixture
def carried() -> tuple[SimulatedCarrier, Doors]:
    return carrier_and_doors()


def current(carrier: SimulatedCarrier, number: str) -> Call:
    call = carrier.phone(number).current
    assert call is not None
    return call


def words(carrier: SimulatedCarrier, number: str) -> list[str]:
    return [speak.text for _, speak in current(carrier, number).spoken]


def connected(carrier: SimulatedCarrier) -> None:
    """A caller for whom the telephone of social services rings."""
    carrier.phone(NEIGHBOUR).call(LINE)
    carrier.phone(NEIGHBOUR).press("1")


def test_a_text_is_answered_in_the_same_thread(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    assert carrier.phone(NEIGHBOUR).text(LINE, "hej") == ["Ring 112.", "Vad har hänt?"]
    form = doors.last("/twilio/sms")
    assert (form["From"], form["To"], form["Body"], form["NumMedia"]) == (NEIGHBOUR, LINE, "hej", "0")
    assert [one.text for one in carrier.phone(NEIGHBOUR).messages] == ["hej", "Ring 112.", "Vad har hänt?"]


def test_two_texts_have_two_ids(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    carrier.phone(NEIGHBOUR).text(LINE, "ja")
    carrier.phone(NEIGHBOUR).text(LINE, "ja")
    assert len(set(doors.said("/twilio/sms", "MessageSid"))) == 2


def test_a_picture_is_announced_with_its_kind(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    carrier.phone(NEIGHBOUR).text(LINE, "", pictures=1)
    assert doors.last("/twilio/sms")["MediaContentType0"] == "image/jpeg"


def test_a_broken_door_is_shown_in_the_thread(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    doors.broken = True
    assert carrier.phone(NEIGHBOUR).text(LINE, "hej") == []
    assert carrier.phone(NEIGHBOUR).messages[-1].fault == "/twilio/sms answered 500"


def test_a_call_speaks_and_waits_for_a_key(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, _ = carried
    carrier.phone(NEIGHBOUR).call(LINE)
    assert words(carrier, NEIGHBOUR) == ["Ring 112 nu."]
    assert current(carrier, NEIGHBOUR).listening


def test_a_hidden_number_stays_hidden_in_every_request(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    carrier.phone(NEIGHBOUR).call(LINE, hidden=True)
    carrier.phone(NEIGHBOUR).press("1")
    carrier.phone(NEIGHBOUR).hang_up()
    assert all(NEIGHBOUR not in form.values() for _, form in doors.came)


def test_silence_is_posted_without_digits(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    carrier.phone(NEIGHBOUR).call(LINE)
    carrier.phone(NEIGHBOUR).keep_silent()
    assert doors.last("/twilio/voice/2")["Digits"] == ""


def test_dialling_rings_social_services_under_our_own_number(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, _ = carried
    connected(carrier)
    assert current(carrier, DESK).outcome == "ringing"
    assert current(carrier, DESK).sender == LINE


def test_whoever_picks_up_hears_the_whisper_and_accepts(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    connected(carrier)
    carrier.phone(DESK).pick_up()
    assert words(carrier, DESK) == ["Tryck 1."]
    carrier.phone(DESK).press("1")
    assert current(carrier, NEIGHBOUR).bridged
    carrier.phone(DESK).hang_up()
    assert doors.last("/twilio/voice/3")["DialBridged"] == "true"


def test_an_answering_machine_presses_nothing_and_is_not_connected(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    connected(carrier)
    carrier.phone(DESK).pick_up()
    carrier.phone(DESK).keep_silent()
    result = doors.last("/twilio/voice/3")
    assert (result["DialCallStatus"], result["DialBridged"]) == ("completed", "false")


@pytest.mark.parametrize(("way", "status"), [("reject", "busy"), ("ignore", "no-answer")])
def test_who_is_not_answered_goes_on(carried: tuple[SimulatedCarrier, Doors], way: str, status: str) -> None:
    carrier, doors = carried
    connected(carrier)
    getattr(carrier.phone(DESK), way)()
    assert doors.last("/twilio/voice/3")["DialCallStatus"] == status
    assert words(carrier, NEIGHBOUR)[-1] == "Tack."
    assert current(carrier, NEIGHBOUR).outcome == "completed"


def test_a_telephone_that_has_rung_long_enough_is_not_answered(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    connected(carrier)
    doors.clock.move(seconds=31)
    carrier.phone(DESK).shown()
    assert doors.last("/twilio/voice/3")["DialCallStatus"] == "no-answer"


def test_a_second_caller_finds_the_telephone_busy(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    connected(carrier)
    carrier.phone(MOBILE).call(LINE)
    carrier.phone(MOBILE).press("1")
    assert doors.last("/twilio/voice/3")["DialCallStatus"] == "busy"


def test_a_caller_who_hangs_up_stops_the_ringing_and_is_reported(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    connected(carrier)
    carrier.phone(NEIGHBOUR).hang_up()
    assert current(carrier, DESK).outcome == "canceled"
    assert doors.said("/twilio/status", "CallStatus") == ["completed"]


def test_a_broken_door_ends_the_call_with_the_carriers_own_words(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    doors.broken = True
    carrier.phone(NEIGHBOUR).call(LINE)
    assert "application error" in words(carrier, NEIGHBOUR)[-1]


def test_a_text_by_rest_arrives_and_is_receipted(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    form = {"From": LINE, "To": MOBILE, "Body": "Larm", "StatusCallback": STATUS}
    status, resource = carrier.accept_message(form)
    assert (status, resource["status"]) == (201, "queued")
    assert carrier.phone(MOBILE).messages[-1].text == "Larm"
    assert doors.said(STATUS, "MessageStatus") == ["queued", "sent", "delivered"]


def test_a_landline_takes_no_texts(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, _ = carried
    status, error = carrier.accept_message({"From": LINE, "To": DESK, "Body": "Larm"})
    assert (status, error["code"]) == (400, 21614)


def test_a_call_by_rest_rings_speaks_and_takes_the_pin(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    form = {"From": LINE, "To": DESK, "Url": "https://hotline.example.org/twilio/alert/t/0", "StatusCallback": STATUS}
    carrier.accept_call(form, ["initiated", "ringing", "answered", "completed"])
    carrier.phone(DESK).pick_up()
    carrier.phone(DESK).press("1234")
    assert doors.last("/twilio/alert/t/1")["Digits"] == "1234"
    assert words(carrier, DESK) == ["PIN?", "Ett barn."]
    assert doors.said(STATUS, "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]


def test_what_stands_elsewhere_is_not_asked(carried: tuple[SimulatedCarrier, Doors]) -> None:
    carrier, doors = carried
    carrier.accept_call({"From": LINE, "To": DESK, "Url": "https://elsewhere.example.org/"})
    carrier.phone(DESK).pick_up()
    assert not doors.came
    assert "not one of our own doors" in current(carrier, DESK).fault
