"""Who knocks: floods of texts and silent calls, and neighbours with something to tell in the midst of them."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import requests
from twilio.request_validator import RequestValidator

from hotline.adapters.system_clock import SystemClock
from hotline.core.wording import segments
from tests.chaos.knocking import action_of
from tests.web.doors import PUBLIC, TOKEN

LINE = "+46846500400"
SAVED = re.compile(r"Ref ([A-Z2-9]{4})")
# What a flooder texts: noise, languages, all answers, cries, opt-out words, codes.
NOISE = (
    "asdf",
    "Hej",
    "1",
    "2",
    "3",
    "0",
    "9",
    "",
    "STOP",
    "han slår henne nu",
    "123456",
    "Storgatan 4",
    "inte han slår henne " * 80,
)
FALSE = ("1", "2", "2", "2", "1", "1", "Storgatan 4")
NUMBERS = {"one": 1, "thousand": 1000, "silent": 1000, "reports": 25, "forged": 1}
AT_ONCE = 16


@dataclass
class Line:
    """The doors as the carrier uses them. `mark`: a letter, so that no two lines give a text the same id.

    `answers`: how many of each status; `waited`: seconds for each answer.
    """

    port: int
    mark: str
    answers: Counter[int] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    local: threading.local = field(default_factory=threading.local)
    validator: RequestValidator = field(default_factory=lambda: RequestValidator(TOKEN))  # type: ignore[no-untyped-call]  # twilio ships no types

    def post(self, path: str, form: dict[str, str], *, forged: bool = False) -> str:
        """The answer's text, "" when there was none."""
        if not hasattr(self.local, "http"):
            self.local.http = requests.Session()
        signed = {**form, "From": "+46701740612"} if forged else form
        signature = self.validator.compute_signature(PUBLIC + path, signed)  # type: ignore[no-untyped-call]  # as above
        began = time.monotonic()
        try:
            answer = self.local.http.post(
                f"http://127.0.0.1:{self.port}{path}", form, headers={"X-Twilio-Signature": signature}, timeout=15
            )
        except requests.RequestException:
            self.answers[0] += 1
            return ""
        self.answers[answer.status_code] += 1
        self.waited.append(time.monotonic() - began)
        return str(answer.text)

    def text(self, sender: str, words: str) -> list[str]:
        """The texts that come back."""
        sid = f"SM{self.mark}{next(self.numbers):031x}"
        form = {"MessageSid": sid, "From": sender, "To": LINE, "Body": words, "NumMedia": "0"}
        answer = self.post("/twilio/sms", form)
        return [one.text or "" for one in ET.fromstring(answer)] if answer else []  # noqa: S314 - our own answer

    def call_in_silence(self, sender: str) -> int:
        """A call in which nobody says anything; how often it was spoken to until it ended."""
        form, path = {"CallSid": f"CA{self.mark}{next(self.numbers):031x}", "From": sender, "To": LINE}, "/twilio/voice"
        for steps in count():
            answer = self.post(path, form)
            if not (door := action_of(answer)):
                return steps
            path = urlsplit(door).path
        raise AssertionError("unreachable")


@dataclass
class Flood:
    """`cost`: segments sent to each number; `texts`: how many came from it; `mute`: answers without a word."""

    line: Line
    chance: random.Random
    cost: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    spoken: list[int] = field(default_factory=list)
    mute: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def words(self, kind: str, sender: str) -> str:
        """False reports are a child's, so that they are as urgent as the true ones; the next one begins with 1."""
        if kind != "reports":
            return self.chance.choice(NOISE)
        return FALSE[self.texts[sender] % len(FALSE)]

    def blow(self, kind: str, rate: float, seconds: float, show: Callable[[str], object]) -> None:
        """So many texts (or silent calls) a second, for so long."""
        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number in range(int(rate * seconds)):
                time.sleep(max(0.0, began + number / rate - time.monotonic()))
                pool.submit(self.once, kind, self.sender(kind))
                if number % 20 == 0:
                    show(f"{kind}: {number}/{int(rate * seconds)}")

    def sender(self, kind: str) -> str:
        return f"+46761{self.chance.randrange(NUMBERS[kind]):06}"

    def once(self, kind: str, sender: str) -> None:
        if kind == "silent":
            self.spoken.append(self.line.call_in_silence(sender if self.chance.random() < 0.5 else "ANONYMOUS"))
            return
        if kind == "forged":
            self.line.post("/twilio/sms", {"MessageSid": "SM1", "From": sender, "Body": "1" * 1600}, forged=True)
            return
        said = self.line.text(sender, self.words(kind, sender))
        with self.lock:
            self.texts[sender] += 1
            self.cost[sender] += sum(segments(one) for one in said)
            self.mute += not "".join(said)


@dataclass
class Neighbours:
    """People who report a child, one after the other. `told`: reference → when they said yes (seconds since 1970)."""

    line: Line
    told: dict[str, float] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def come(self, every: float) -> None:
        """Until it is over."""
        with ThreadPoolExecutor(8) as pool:
            for number in count():
                pool.submit(self.one, f"+46763{number:06}")
                if self.over.wait(every):
                    return

    def one(self, sender: str) -> None:
        for words in ("Hej", "2", "2", "2", "1"):
            self.line.text(sender, words)
            time.sleep(0.05)
        yes = SystemClock().now().timestamp()
        self.line.text(sender, "1")
        said = self.line.text(sender, f"Ekgatan {sender[-3:]}")
        found = SAVED.search(" ".join(said))
        if found:
            self.told[found[1]] = yes
        else:
            self.lost.append(sender)
