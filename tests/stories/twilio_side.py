"""The hotline with Twilio's rules, as processes; a test stands where Twilio does: signed requests in, REST out."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from tests.earnest import in_earnest
from tests.stories.running import Running, always_open, running
from tests.stories.standin import StandIn, stand_in

PUBLIC, TOKEN, LINE, NEIGHBOUR = "https://hotline.example.org", "a token", "+46846500400", "+46701740612"
DESK_PIN = "246813"


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
            return refused.code, refused.read().decode()

    def text(self, number: int, body: str, **other: str) -> tuple[int, str]:
        """`number`: of this text among all; the same again is Twilio repeating itself."""
        form = {"MessageSid": f"SM{number:032x}", "From": NEIGHBOUR, "To": LINE, "Body": body, "NumMedia": "0"}
        return self.post("/twilio/sms", **{**form, **other})

    def called(self) -> dict[str, str]:
        """The call that our worker asks Twilio to make."""
        deadline = time.monotonic() + 25
        while not self.rest.of("Calls"):
            assert time.monotonic() < deadline, "no call was asked for"
            time.sleep(0.1)
        return self.rest.of("Calls")[0]

    def read_out(self) -> tuple[str, str]:
        """What the desk hears when it picks up, and once it has given its PIN."""
        door, form = urlsplit(self.called()["Url"]).path, {"CallSid": "CA" + "1" * 32, "CallStatus": "in-progress"}
        asked = self.post(door, **form)[1]
        return asked, self.post(action(asked), **form, Digits=DESK_PIN)[1]


@contextmanager
def twilio_side(
    database_url: str,
    folder: Path,
    clean: Mapping[str, str],
    *,
    before: Callable[[StandIn], object] = lambda _: None,
    more: Mapping[str, str] | None = None,
) -> Iterator[Twilio]:
    """Everything in the municipality's file confirmed. `before`: what Twilio has when it starts; `more`: settings."""
    towns = always_open(folder / "confirmed")
    file = towns / "smedjebacken.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("unconfirmed:")[0], encoding="utf-8")
    with stand_in() as rest:
        before(rest)
        settings = {**clean, **in_earnest(rest.address, public=PUBLIC, token=TOKEN), **(more or {})}
        with running(database_url, folder, settings, towns) as hotline:
            yield Twilio(hotline, rest)


def action(twiml: str) -> str:
    """Where the keys go."""
    found = re.search(r'action="([^"]+)"', twiml)
    assert found, twiml
    return urlsplit(found[1].replace("&amp;", "&")).path
