"""What is heard in the words of one turn: a danger, an answer, a wish, a language; digits alone are answers alone."""

from datetime import UTC, datetime

import pytest

from hotline.core.conversation import Conversation
from hotline.core.hearing import NOTHING, NoNumber, Number, Place, answer_of, hear, number_of, place_of
from hotline.core.reading import Chosen, Danger, DontKnow, Unclear
from hotline.core.turn import Act, Channel, Turn
from tests.web.doors import the_scripts

AT = datetime(2027, 3, 9, 9, tzinfo=UTC)
LANGUAGES = ("sv", "fi", "en")


def turn(text: str, channel: Channel = Channel.SMS, act: Act = Act.TEXT, caller: str | None = None) -> Turn:
    return Turn(channel, act, AT, text=text, caller=caller, office_open=True)


def standing_on(step: str, **more: object) -> Conversation:
    return Conversation("v", "sv", step, **more)  # type: ignore[arg-type]  # as each test names them


@pytest.mark.parametrize(
    ("text", "answer"),
    [("1", Chosen("1")), (" 2 ", Chosen("2")), ("7", Unclear()), ("ja", Chosen("1")), ("nej", Chosen("2")),
     ("hund", Unclear())],
)  # fmt: skip
def test_a_digit_alone_is_taken_as_it_is_and_words_for_what_they_mean(text: str, answer: object) -> None:
    script = the_scripts().current
    assert answer_of(script, script.steps["now"], "sv", turn(text), None) == answer


def test_the_language_of_the_first_text_is_noted_and_of_a_call_it_is_not() -> None:
    script, words = the_scripts().current, "hello, my neighbour is shouting"
    assert hear(script, LANGUAGES, turn(words), None).language == "en"
    assert hear(script, LANGUAGES, turn(words, Channel.VOICE, Act.SPEECH), None).language is None


@pytest.mark.parametrize("said", [turn(""), turn("  \n"), turn("", act=Act.SILENCE), turn("ja", act=Act.PICTURE)])
def test_where_nothing_is_said_nothing_is_heard(said: Turn) -> None:
    assert hear(the_scripts().current, LANGUAGES, said, None) is NOTHING


def test_a_cry_is_heard_in_the_first_words_and_wishes_nothing() -> None:
    heard = hear(the_scripts().current, LANGUAGES, turn("han slår henne nu med en kniv"), None)
    assert heard.danger
    assert heard.red
    assert heard.wish == ""


@pytest.mark.parametrize(
    ("keys", "caller", "answer"),
    [("0", "+46701740612", NoNumber()), ("0#", None, NoNumber()), ("1", "+46701740612", Number("+46701740612")),
     (" 1# ", "+46701740612", Number("+46701740612")), ("1", None, Unclear()), ("0701740699#", None,
     Number("+46701740699")), ("2", "+46701740612", Unclear()), ("112", None, Unclear())],
)  # fmt: skip
def test_a_number_is_typed_the_callers_own_or_none(keys: str, caller: str | None, answer: object) -> None:
    assert number_of(turn(keys, Channel.VOICE, Act.KEYS, caller)) == answer


@pytest.mark.parametrize(
    ("text", "cry", "answer"),
    [("Ekgatan 4", False, Place()), ("hos grannen", False, Place()), ("vet inte", False, Unclear()),
     ("hon skriker, Ekgatan 4", True, Place()), ("hon skriker hos grannen", True, Unclear())],
)  # fmt: skip
def test_a_cry_is_a_place_only_with_the_number_of_a_house(text: str, *, cry: bool, answer: object) -> None:
    assert place_of(the_scripts().current.lexicon, text, Danger(("sv",), "") if cry else None) == answer


@pytest.mark.parametrize(
    ("step", "text", "answer"),
    [("who", "2", Chosen("2")), ("who", "vet inte", DontKnow()), ("who", "7", Unclear()), ("called", "ja", Chosen("1")),
     ("place", "Ekgatan 4", Place()), ("saved", "1", Unclear()), ("reach", "1", Unclear())],
)  # fmt: skip
def test_what_is_heard_is_an_answer_to_the_question_that_was_asked(step: str, text: str, answer: object) -> None:
    assert hear(the_scripts().current, LANGUAGES, turn(text), standing_on(step)).answer == answer


def test_after_the_end_nothing_is_an_answer() -> None:
    heard = hear(the_scripts().current, LANGUAGES, turn("1"), standing_on("who", complete=True))
    assert (heard.answer, heard.sign) == (Unclear(), "1")


@pytest.mark.parametrize(
    ("text", "act", "wish"),
    [("8", Act.TEXT, "language:fi"), ("8", Act.KEYS, "language:fi"), ("suomeksi", Act.TEXT, "language:fi"),
     ("svenska", Act.TEXT, ""), ("1", Act.TEXT, ""), ("STOP", Act.TEXT, "carrier_optout"), ("STOP", Act.KEYS, ""),
     ("vem är det här?", Act.TEXT, "help_question"), ("jag jobbar på Bärkehus", Act.SPEECH, "staff"),
     ("min cykel är stulen", Act.TEXT, ""), ("han slår henne nu", Act.TEXT, "")],
)  # fmt: skip
def test_some_words_mean_the_same_at_every_step(text: str, act: Act, wish: str) -> None:
    channel = Channel.SMS if act is Act.TEXT else Channel.VOICE
    assert hear(the_scripts().current, LANGUAGES, turn(text, channel, act), standing_on("who")).wish == wish


def test_a_language_that_is_switched_off_cannot_be_wished_for() -> None:
    for text in ("8", "suomeksi"):
        assert hear(the_scripts().current, ("sv", "en"), turn(text), standing_on("who")).wish == ""


@pytest.mark.parametrize(
    ("text", "wish"),
    [("min cykel är stulen", "out_of_scope"), ("vem är det här?", ""), ("svenska", ""),
     ("STOP", "carrier_optout"), ("jag jobbar på Bärkehus", "staff")],
)  # fmt: skip
def test_as_the_first_words_some_mean_more_and_some_less(text: str, wish: str) -> None:
    assert hear(the_scripts().current, LANGUAGES, turn(text), None).wish == wish


def test_keys_hold_no_words_and_no_danger() -> None:
    for here in (None, standing_on("who")):
        heard = hear(the_scripts().current, LANGUAGES, turn("112", Channel.VOICE, Act.KEYS), here)
        assert (heard.danger, heard.red, heard.wish) == (None, False, "")
