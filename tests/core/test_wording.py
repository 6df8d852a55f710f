"""What a text costs, which words are chosen, and what a text may name."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.adapters.municipality_files import read_municipality
from hotline.core.flow import Helpline, Texts
from hotline.core.turn import Act, Channel, Turn
from hotline.core.wording import UnsayableError, facts, not_gsm, segments, worded

TOWN = read_municipality(Path(__file__).parents[2] / "flows" / "municipalities" / "smedjebacken.yaml")
SUMMER = Turn(Channel.SMS, Act.TEXT, datetime(2027, 7, 1, 12, 5, tzinfo=UTC), office_open=True)
ALL = ("sms", "sms_closed", "sms_urgent_closed", "voice", "voice_closed", "voice_urgent_closed")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("å" * 160, 1),
        ("€" * 80, 1), ("€" * 81, 2), ("a" * 158 + "€", 1), ("a" * 159 + "€", 2), ("{" * 76 + "a", 1), ("\n" * 160, 1),
        ("ż" * 70, 1), ("ż" * 71, 2), ("ż" * 134, 2), ("ż" * 135, 3), ("a" * 69 + "–", 1), ("a" * 70 + "–", 2),
        ("😀" * 35, 1), ("😀" * 36, 2),
    ],
)  # fmt: skip
def test_a_text_costs_what_the_carrier_counts(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "letter"), [("Ring 112 – nu…", "–"), ("{[€]}", ""), ("Örebro å Ä ü ß", ""), ("ą", "ą")]
)
def test_the_letter_that_makes_a_text_dear_is_named(text: str, letter: str) -> None:
    assert not_gsm(text) == letter


@pytest.mark.parametrize(
    ("channel", "office_open", "urgent", "there", "chosen"),
    [
        (Channel.SMS, True, True, ALL, "sms"),
        (Channel.SMS, False, False, ALL, "sms_closed"),
        (Channel.SMS, False, True, ALL, "sms_urgent_closed"),
        (Channel.SMS, False, True, ("sms", "sms_closed"), "sms_closed"),
        (Channel.VOICE, False, True, ALL, "voice_urgent_closed"),
        (Channel.VOICE, False, True, ("sms", "voice"), "voice"),
        (Channel.VOICE, True, False, ("sms", "sms_closed"), "sms"),
    ],
)
def test_the_most_particular_words_are_chosen(
    channel: Channel, there: tuple[str, ...], chosen: str, *, office_open: bool, urgent: bool
) -> None:
    texts = Texts("sv", "sv-SE", reviewed=True, wordings={"end": {name: name for name in there}}, labels={})
    turn = replace(SUMMER, channel=channel, office_open=office_open)
    assert worded(texts, "end", turn, urgent=urgent) == chosen
    assert urgent or worded(texts, "end", turn) == chosen  # nothing is urgent unless somebody says so


def test_a_text_may_name_the_municipality_its_time_and_helplines_as_they_are_said_or_written() -> None:
    lines = {"kvinnofrid": Helpline("020-50 50 50", "noll tjugo, femtio, femtio, femtio")}
    told, said = (facts(TOWN, lines, replace(SUMMER, channel=channel)) for channel in (Channel.SMS, Channel.VOICE))
    assert told["time"] == "14.05"  # the clock on the wall, in summer
    assert (told["municipality"], told["telephone"]) == (TOWN.name, TOWN.telephone_shown)
    assert (told["kvinnofrid"], said["kvinnofrid"]) == ("020-50 50 50", "noll tjugo, femtio, femtio, femtio")
    assert dict(TOWN.facts).items() <= told.items()


def test_what_cannot_be_said_says_what_it_was() -> None:
    fault = UnsayableError("end", "fi")
    assert (fault.name, fault.language) == ("end", "fi")
    assert "end" in str(fault)
