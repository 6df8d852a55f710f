"""A neighbour who calls: presses what is asked for, is connected where somebody answers, hangs up at any point."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.chaos.knocking import action_of
from tests.chaos.neighbour import REPEATS, Neighbour

SAVED = re.compile(r"sparat.*?Referens: ([A-Z2-9]{4})", re.DOTALL)
WHISPER = re.compile(r"<Number[^>]* url=\"([^\"]+)\"")
HANGS_UP = 0.03  # at each question
NOBODY, MACHINE = 0.4, 0.6  # of the telephones that ring: below the first nobody answers, below the second a machine
# What each question is known by, and which keys answer it.
KEYS = {
    "Pågår det just nu": "222213",
    "Har du redan ringt": "1",
    "Vill du fortsätta här": "1",
    "Vem är du orolig för": "123",
    "Vad har du sett": "1234",
    "Har det hänt flera": "123",
    "lämna ett ärende, så": "1",
    "Vilket nummer": "1",
    "När får de ringa": "123",
    "får de säga att": "12",
}
CONSENT, NUMBER = "lämna ett ärende, så", "Vilket nummer"


@dataclass
class Calling(Neighbour):
    """One call."""

    filed: bool = False
    named: bool = False
    connected: bool = False
    hung_up: bool = False

    @property
    def name(self) -> str:
        return f"+4672{self.number:07}"

    @property
    def form(self) -> dict[str, str]:
        """What the carrier says with each request."""
        told = {"CallSid": f"CAc{self.number:029}", "From": self.name, "To": self.line, "Direction": "inbound"}
        return {**told, "CallStatus": "in-progress"}

    def talk(self) -> None:
        """Until it is over, and written into the book."""
        answer = self.knocker.post("/twilio/voice", self.form, repeats=REPEATS)
        saved = None
        while answer and not (saved := SAVED.search(answer)) and (door := urlsplit(action_of(answer)).path):
            pressed = self.connect(answer) if "<Dial" in answer else self.press(answer)
            if pressed is None:
                break
            answer = self.knocker.post(door, {**self.form, **pressed}, repeats=REPEATS)
        ended = self.knocker.post("/twilio/status", {**self.form, "CallStatus": "completed"}, repeats=REPEATS)
        with self.book.lock:
            self.book.calls += 1
            self.write_down(answer if ended is not None else None, saved[1] if saved else "")

    def write_down(self, answer: str | None, reference: str) -> None:
        """What is true of this contact; `answer`: the last one, None where there was none."""
        if reference:
            self.book.told[self.name] = reference
        elif answer is None:
            self.book.given_up.add(self.name)
        elif self.hung_up and self.filed and not self.named:
            self.book.unnamed += 1
        else:
            done = self.book.gone if self.connected and "<Gather" not in answer else self.book.unserved
            hung_up = self.book.left if self.filed else self.book.gone
            (hung_up if self.hung_up else done).add(self.name)

    def press(self, answer: str) -> dict[str, str] | None:
        """The key for the question that was put last; None: hangs up, or is asked what nobody should be asked."""
        self.think()
        asked = max(KEYS, key=answer.rfind)
        if self.connected or asked not in answer:
            return None
        if self.chance.random() < HANGS_UP:
            self.hung_up = True
            return None
        self.filed, self.named = self.filed or asked == CONSENT, self.named or asked == NUMBER
        return {"Digits": self.chance.choice(KEYS[asked])}

    def connect(self, answer: str) -> dict[str, str]:
        """Social services' telephone rings: nobody, a machine, or somebody who takes the call by a key."""
        luck, leg = self.chance.random(), f"CAl{self.number:029}"
        if luck < NOBODY:
            return {"DialCallStatus": self.chance.choice(["no-answer", "busy", "failed"]), "DialCallSid": leg}
        whisper = WHISPER.search(answer)
        address = urlsplit(whisper[1]).path if whisper else ""
        told = {"CallSid": leg, "From": self.line, "To": "+46240660335", "Direction": "outbound-dial"}
        heard = self.knocker.post(address, told)
        taken = None
        if luck >= MACHINE and heard is not None:
            taken = self.knocker.post(f"{address}?again=1", {**told, "Digits": "1"}, repeats=REPEATS)
        self.connected = taken is not None and "<Hangup" not in taken
        return {"DialCallStatus": "completed", "DialCallSid": leg}
