"""What is heard in the words of one turn: a danger, an answer, a wish, a language; digits alone are answers alone."""

from datetime import UTC, datetime

import pytest

from hotline.core.hearing import NOTHING, answer_of, hear
from hotline.core.reading import Chosen, Unclear
from hotline.core.turn import Act, Channel, Turn
from tests.web.doors import the_scripts

AT = datetime(2027, 3, 9, 9, tzinfo=UTC)
LANGUAGES = ("sv", "fi", "en")


def turn(text: str, channel: Channel = Channel.SMS, act: Act = Act.TEXT) -> Turn:
    return Turn(channel, act, AT, text=text, office_open=True)


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
