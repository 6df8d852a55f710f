"""Knocks on the hotline's doors as the carrier does: signed, tried again elsewhere, sometimes twice, or too late."""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from twilio.request_validator import RequestValidator

TOKEN, PUBLIC = "a token", "https://hotline.example.org"
TRIES = 40  # the carrier gives up after one more try and lets its fallback speak; a person would text again
PAUSE, LONGER, LONGEST = 0.25, 1.3, 1.0  # hundreds that knock without a pause would take the machine from the hotline
BESIDE, LATEST = 0.3, 8.0  # of the repeats: on their way at the same time; the others come up to so many seconds later
ECHOES = 100


@dataclass
class Knocker:
    """`ports`: gives where the web servers listen now. `waited`: seconds until a request that failed was answered."""

    ports: Callable[[], list[int]]
    chance: random.Random
    waited: list[float] = field(default_factory=list)
    refused: int = 0
    differing: int = 0
    local: threading.local = field(default_factory=threading.local)
    echoes: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(ECHOES))
    late: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    public: str = PUBLIC
    token: str = TOKEN

    def __post_init__(self) -> None:
        self.validator = RequestValidator(self.token)  # type: ignore[no-untyped-call]  # twilio ships no types

    def post(self, path: str, form: Mapping[str, str], *, repeats: float = 0.0) -> str | None:
        """The answer, or None when nobody answered in all that time.

        A repeat must get the same bytes: beside the first, or when the conversation has gone on for long.
        """
        first: Future[str | None] = Future()
        if self.chance.random() < repeats:
            beside = self.chance.random() < BESIDE
            seconds = 0.0 if beside else self.chance.uniform(0.0, LATEST)
            self.echoes.submit(self._repeat, path, form, seconds, first)
        answer = self._until(path, form)
        first.set_result(answer)
        return answer

    def post_late(self, path: str, form: Mapping[str, str], *, repeats: float = 0.0) -> None:
        """Some seconds later: after whatever is posted next."""
        self.echoes.submit(self._late, path, form, repeats)

    def end(self) -> None:
        """When the last late one has come."""
        self.echoes.shutdown()

    def stop(self) -> None:
        """Nobody is there any more to knock at."""
        self.over.set()

    def _late(self, path: str, form: Mapping[str, str], repeats: float) -> None:
        time.sleep(self.chance.uniform(0.0, LATEST))
        self.post_once_more(path, form)
        if self.chance.random() < repeats:
            self.post_once_more(path, form)

    def post_once_more(self, path: str, form: Mapping[str, str]) -> str | None:
        """Without the person or carrier waiting for it."""
        self.late += 1
        return self._until(path, form)

    def _repeat(self, path: str, form: Mapping[str, str], seconds: float, first: "Future[str | None]") -> None:
        time.sleep(seconds)
        again, answer = self.post_once_more(path, form), first.result()
        if path.startswith(("/twilio/sms", "/twilio/voice")) and None not in (again, answer) and again != answer:
            self.differing += 1

    def _until(self, path: str, form: Mapping[str, str]) -> str | None:
        began = time.monotonic()
        for number in range(TRIES):
            if self.over.is_set():
                break
            try:
                answer = self._once(path, form)
            except requests.RequestException:
                answer = None
            if answer is not None:
                if number:
                    self.waited.append(time.monotonic() - began)
                return answer
            self.refused += 1
            time.sleep(min(PAUSE * LONGER**number, LONGEST))
        return None

    def _once(self, path: str, form: Mapping[str, str]) -> str | None:
        if not hasattr(self.local, "http"):
            self.local.http = requests.Session()
        signature = self.validator.compute_signature(self.public + path, dict(form))  # type: ignore[no-untyped-call]  # as above
        answer = self.local.http.post(
            f"http://127.0.0.1:{self.chance.choice(self.ports())}{path}",
            data=dict(form),
            headers={"X-Twilio-Signature": signature},
            timeout=15,
        )
        return str(answer.text) if answer.ok else None


def action_of(twiml: str) -> str:
    """Where a call goes on, or "" when it does not."""
    found = re.search(r'action="([^"]+)"', twiml)
    return urlsplit(found[1]).path if found else ""
