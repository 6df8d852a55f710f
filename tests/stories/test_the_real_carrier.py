"""With HOTLINE_CARRIER=twilio: signed requests in, Twilio's documented REST addresses out, nothing simulated."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.stories.twilio_side import LINE, Twilio, action, twilio_side


@pytest.fixture
def twilio(sqlite_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Twilio]:
    with twilio_side(sqlite_url, tmp_path, clean_environment) as started:
        yield started


def test_a_report_is_called_out_read_behind_the_pin_and_acknowledged(twilio: Twilio) -> None:
    for number, body in enumerate(["Hej", "1", "1", "2", "1", "1", "1", "Ekgatan 12"]):
        assert twilio.text(number, body)[0] == 200
    call = twilio.called()
    assert (call["From"], call["To"]) == (LINE, "+46240660335")
    asked, read = twilio.read_out()
    assert "Ekgatan 12" in read
    assert "Ekgatan 12" not in asked
    form = {"CallSid": "CA" + "1" * 32, "CallStatus": "in-progress"}
    assert "Hangup" in twilio.post(action(read), **form, Digits="1")[1]


def test_a_wrong_signature_gets_403_and_keeps_nothing(twilio: Twilio) -> None:
    assert twilio.text(1, "Hej", token="another")[0] == 403  # noqa: S106 - a wrong one, on purpose
    assert twilio.text(1, "Hej")[0] == 200


def test_a_repeated_text_gets_the_same_bytes(twilio: Twilio) -> None:
    assert twilio.text(1, "han slår henne nu") == twilio.text(1, "han slår henne nu")


def test_there_are_no_simulated_telephones(twilio: Twilio) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{twilio.hotline.address}/phone", timeout=5)  # noqa: S310 - our own address
