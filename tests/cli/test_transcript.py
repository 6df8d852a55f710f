"""A conversation in the terminal reads like one: who said what, and what happened besides."""

from hotline.cli.transcript import of_call, of_texts
from tests.adapters.doors import DESK, LINE, NEIGHBOUR, carrier_and_doors

ASKED = ["> (calls)", "< Ring 112 nu."]
RINGS = "* The telephone of social services rings."


def called(*said: str) -> list[str]:
    carrier, _ = carrier_and_doors()
    return list(of_call(carrier.phone(NEIGHBOUR), carrier.phone(DESK), LINE, said, hidden=False))


def test_each_text_is_followed_by_its_answers() -> None:
    carrier, _ = carrier_and_doors()
    told = list(of_texts(carrier.phone(NEIGHBOUR), LINE, ["hej", "ja"]))
    assert told == ["> hej", "< Ring 112.", "< Vad har hänt?", "> ja", "< Ring 112.", "< Vad har hänt?"]


def test_a_door_that_does_not_answer_is_told() -> None:
    carrier, doors = carrier_and_doors()
    doors.broken = True
    told = list(of_texts(carrier.phone(NEIGHBOUR), LINE, ["hej"]))
    assert told == ["> hej", "* No answer: /twilio/sms answered 500"]


def test_a_call_is_connected_when_social_services_accept() -> None:
    told = called("1", "/answer", "/accept")
    assert told[:4] == [*ASKED, "> 1", RINGS]
    assert told[4:] == [
        "> /answer",
        "* Whoever picks up hears:",
        "* Tryck 1.",
        "> /accept",
        "* Connected: caller and social services hear each other.",
    ]


def test_silence_is_an_act_and_a_busy_telephone_leads_on() -> None:
    told = called("", "/busy", "never said")
    assert told == [*ASKED, "> (silence)", RINGS, "> /busy", "< Tack.", "* The call is over."]


def test_hanging_up_ends_the_call() -> None:
    assert called("/hang-up") == [*ASKED, "> /hang-up", "* The call is over."]
