"""What the doors' tests stand on: a hotline in memory, and requests signed as Twilio signs them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from app import create_app
from hotline.adapters.flow_files import read_script_files
from hotline.adapters.kept_scripts import KeptScripts
from hotline.adapters.vault import new_key
from hotline.adapters.word_files import load_lexicon
from hotline.ports import Begin, Work
from hotline.settings import Settings
from tests.fake_carrier import FakeCarrier
from tests.fakes import FakeChance, FakeClock, Memory
from tests.scripts import kept

ROOT = Path(__file__).parents[2]
PUBLIC = "https://hotline.example.org"
TOKEN, OLD_TOKEN = "12345", "54321"
MONDAY_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
CALLER = "+46701740612"


def sign(url: str, form: dict[str, str], token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, form))


@dataclass
class Door:
    """The hotline seen from Twilio."""

    app: Flask
    memory: Memory
    clock: FakeClock

    def post(self, path: str, signature: str | None = None, public: str = PUBLIC, **form: str) -> TestResponse:
        """Signed with the right token unless another signature is given ("": none at all)."""
        signed = sign(f"{public}{path}", form) if signature is None else signature
        headers = {"X-Twilio-Signature": signed} if signed else {}
        return self.app.test_client().post(path, data=form, headers=headers)

    def text(self, body: str, sid: str = "SM1", **more: str) -> TestResponse:
        form = {"From": CALLER, "To": self.line, "Body": body, "MessageSid": sid, "NumMedia": "0"} | more
        return self.post("/twilio/sms", **form)

    def call(self, path: str = "/twilio/voice", sid: str = "CA1", **more: str) -> TestResponse:
        return self.post(path, **({"From": CALLER, "To": self.line, "CallSid": sid} | more))

    def fail_with(self, fault: Exception) -> None:
        """From now on every work ends before it begins."""

        def begin(**_: bool) -> AbstractContextManager[Work]:
            raise fault

        self.app.extensions["hotline"] = replace(self.app.extensions["hotline"], begin=begin)

    @property
    def line(self) -> str:
        return str(self.app.extensions["hotline"].first.lines[0])


@cache
def the_scripts() -> KeptScripts:
    """The shipped one, read once: it takes longer than most tests."""
    return kept(read_script_files(ROOT / "flows"), load_lexicon(ROOT / "flows" / "words"))


def make_door(
    municipalities: Path = ROOT / "tests" / "web" / "municipalities", begin: Begin | None = None, **more: object
) -> Door:
    """With twilio's rules (no simulator), in memory unless another place is given."""
    values: dict[str, object] = {
        "carrier": "twilio",
        "database_url": "",
        "public_url": PUBLIC,
        "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "auth_tokens": (TOKEN, OLD_TOKEN),
        "api_url": "",
        "municipalities": municipalities,
        "keys": new_key(),
    }
    memory, clock = Memory(), FakeClock(MONDAY_NOON)
    app = create_app(
        Settings(**(values | more)),  # type: ignore[arg-type]  # the names and kinds stand right above
        begin=begin or memory.begin,
        clock=clock,
        chance=FakeChance(),
        carrier=FakeCarrier(memory),
        scripts=the_scripts(),
    )
    return Door(app, memory, clock)


def messages_of(answer: TestResponse) -> list[str]:
    """The texts of a TwiML answer."""
    return [one.text or "" for one in ET.fromstring(answer.data)]  # noqa: S314 - our own answer


def verbs_of(answer: TestResponse) -> list[str]:
    """What a call is told to do, in order, without what is only said."""
    return [one.tag for one in ET.fromstring(answer.data) if one.tag not in {"Say", "Play"}]  # noqa: S314 - our own
