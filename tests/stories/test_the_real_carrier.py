"""With HOTLINE_CARRIER=twilio: signed requests in, Twilio's documented REST addresses out, nothing simulated."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from tests.stories.running import Running, always_open, running
from tests.stories.standin import StandIn, stand_in

PUBLIC, TOKEN, LINE, NEIGHBOUR = "https://hotline.example.org", "a token", "+46846500400", "+46701740612"


@dataclass(frozen=True)
class Twilio:
    """Posts to the doors as Twilio does."""

    hotline: Running
    rest: StandIn

    def post(self, path: str, *, token: str = TOKEN, **form: str) -> tuple[int, str]:
        validator = RequestValidator(token)  # type: ignore[no-untyped-call]  # the library ships no types
        signature = validator.compute_signature(PUBLIC + path, form)  # type: ignore[no-untyped-call]  # as above
        request = urllib.request.Request(  # noqa: S310 - our own address
            self.hotline.address + path, urlencode(form).encode(), {"X-Twilio-Signature": signature}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, ""

    def text(self, number: int, body: str, **other: str) -> tuple[int, str]:
        form = {"MessageSid": f"SM{number:032x}", "From": NEIGHBOUR, "To": LINE, "Body": body, "NumMedia": "0"}
        return self.post("/twilio/sms", **form, **other)

    def called(self) -> dict[str, str]:
        """The call that our worker asks Twilio to make."""
        deadline = time.monotonic() + 25
        while not self.rest.of("Calls"):
            assert time.monotonic() < deadline, "no call was asked for"
            time.sleep(0.1)
        return self.rest.of("Calls")[0]


@pytest.fixture
def twilio(sqlite_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Twilio]:
    folder = always_open(tmp_path / "confirmed")
    file = folder / "smedjebacken.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("unconfirmed:")[0], encoding="utf-8")
    with stand_in() as rest:
        settings = {
            **clean_environment, "HOTLINE_CARRIER": "twilio", "HOTLINE_PUBLIC_URL": PUBLIC,
            "TWILIO_ACCOUNT_SID": "AC" + "a" * 32, "TWILIO_AUTH_TOKEN": TOKEN, "HOTLINE_TWILIO_API_URL": rest.address,
        }  # fmt: skip
        with running(sqlite_url, tmp_path, settings, folder) as hotline:
            yield Twilio(hotline, rest)


def test_a_report_is_called_out_read_behind_the_pin_and_acknowledged(twilio: Twilio) -> None:
    for number, body in enumerate(["Hej", "1", "1", "2", "1", "1", "1", "Ekgatan 12"]):
        assert twilio.text(number, body)[0] == 200
    call = twilio.called()
    assert (call["From"], call["To"]) == (LINE, "+46240660335")
    door, form = urlsplit(call["Url"]).path, {"CallSid": "CA" + "1" * 32, "CallStatus": "in-progress"}
    asked = twilio.post(door, **form)[1]
    read = twilio.post(action(asked), **form, Digits="246813")[1]
    assert "Ekgatan 12" in read
    assert "Ekgatan 12" not in asked
    assert "Hangup" in twilio.post(action(read), **form, Digits="1")[1]


def test_a_wrong_signature_gets_403_and_keeps_nothing(twilio: Twilio) -> None:
    assert twilio.text(1, "Hej", token="another") == (403, "")  # noqa: S106 - a wrong one, on purpose
    assert twilio.text(1, "Hej")[0] == 200


def test_a_repeated_text_gets_the_same_bytes(twilio: Twilio) -> None:
    assert twilio.text(1, "han slår henne nu") == twilio.text(1, "han slår henne nu")


def test_there_are_no_simulated_telephones(twilio: Twilio) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{twilio.hotline.address}/phone", timeout=5)  # noqa: S310 - our own address


def action(twiml: str) -> str:
    """Where the keys go."""
    found = re.search(r'action="([^"]+)"', twiml)
    assert found, twiml
    return urlsplit(found[1].replace("&amp;", "&")).path
