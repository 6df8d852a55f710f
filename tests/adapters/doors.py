"""Doors that answer fixed TwiML, so that telephones and carrier are tried without the hotline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from twilio.request_validator import RequestValidator

from hotline.adapters.simulated_carrier import SimulatedCarrier
from tests.fakes import FakeClock

SID, TOKEN, PUBLIC = "AC" + "0" * 32, "a token", "https://hotline.example.org"
LINE, NEIGHBOUR, DESK, MOBILE = "+46846500400", "+46701740612", "+46240660335", "+46701740650"
ASK = '<Gather input="dtmf" action="/twilio/voice/2" numDigits="1" finishOnKey="" actionOnEmptyResult="true">'
ANSWERS = {
    "/twilio/sms": "<Message>Ring 112.</Message><Message>Vad har hänt?</Message>",
    "/twilio/voice": f'{ASK}<Say language="sv-SE">Ring 112 nu.</Say></Gather><Redirect>/twilio/voice/2</Redirect>',
    "/twilio/voice/2": (
        f'<Dial action="/twilio/voice/3" callerId="{LINE}"><Number url="/twilio/whisper/0">{DESK}</Number></Dial>'
    ),
    "/twilio/voice/3": '<Say language="sv-SE">Tack.</Say><Hangup/>',
    "/twilio/whisper/0": '<Gather action="1" numDigits="1"><Say>Tryck 1.</Say></Gather><Hangup/>',
    "/twilio/whisper/1": "",
    "/twilio/alert/t/0": '<Gather action="/twilio/alert/t/1" numDigits="4"><Say>PIN?</Say></Gather>',
    "/twilio/alert/t/1": "<Say>Ett barn.</Say>",
}


@dataclass
class Doors:
    """Remembers what came in; `broken` answers 500."""

    came: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    broken: bool = False
    clock: FakeClock = field(default_factory=lambda: FakeClock(datetime(2027, 3, 9, 9, 0, tzinfo=UTC)))

    def post(self, path_and_query: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        signed = RequestValidator(TOKEN).validate(  # type: ignore[no-untyped-call]  # twilio ships no types
            f"{PUBLIC}{path_and_query}", dict(form), headers["X-Twilio-Signature"]
        )
        assert signed
        self.came.append((path_and_query, dict(form)))
        if self.broken:
            return 500, b""
        return 200, f"<Response>{ANSWERS.get(path_and_query, '')}</Response>".encode()

    def last(self, path: str) -> dict[str, str]:
        """What came to this door last."""
        return next(form for door, form in reversed(self.came) if door == path)

    def said(self, path: str, name: str) -> list[str]:
        """The values of one parameter at one door, in order."""
        return [form.get(name, "") for door, form in self.came if door == path]


def carrier_and_doors() -> tuple[SimulatedCarrier, Doors]:
    """A carrier whose doors are these, and whose clock stands still until it is moved."""
    doors = Doors()
    return SimulatedCarrier(SID, TOKEN, PUBLIC, doors.post, now=doors.clock.now), doors
