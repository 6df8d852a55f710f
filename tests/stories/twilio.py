"""The real servers with the real carrier's rules, and somebody who knocks at their doors as Twilio does."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

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


@contextmanager
def with_twilio(database_url: str, folder: Path, clean: Mapping[str, str]) -> Iterator[Twilio]:
    """`folder`: an empty one. With the shipped municipality, confirmed and always open."""
    towns = always_open(folder / "confirmed")
    file = towns / "smedjebacken.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("unconfirmed:")[0], encoding="utf-8")
    with stand_in() as rest:
        settings = {
            **clean, "HOTLINE_CARRIER": "twilio", "HOTLINE_PUBLIC_URL": PUBLIC,
            "TWILIO_ACCOUNT_SID": "AC" + "a" * 32, "TWILIO_AUTH_TOKEN": TOKEN, "HOTLINE_TWILIO_API_URL": rest.address,
        }  # fmt: skip
        with running(database_url, folder, settings, towns) as hotline:
            yield Twilio(hotline, rest)
