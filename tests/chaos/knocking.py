"""Knocks on the hotline's doors as the carrier does: signed, tried again once elsewhere, sometimes twice."""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from twilio.request_validator import RequestValidator

TOKEN, PUBLIC = "a token", "https://hotline.example.org"
TRIES = 40  # the carrier gives up after one more try and lets its fallback speak; a person would text again
PAUSE = 0.25


@dataclass
class Knocker:
    """`ports`: gives where the web servers listen now. `waited`: seconds until a request that failed was answered."""

    ports: Callable[[], list[int]]
    chance: random.Random
    waited: list[float] = field(default_factory=list)
    refused: int = 0
    differing: int = 0
    local: threading.local = field(default_factory=threading.local)
    public: str = PUBLIC
    token: str = TOKEN

    def __post_init__(self) -> None:
        self.validator = RequestValidator(self.token)  # type: ignore[no-untyped-call]  # twilio ships no types

    def post(self, path: str, form: Mapping[str, str], *, repeats: float = 0.0) -> str | None:
        """The answer, or None when nobody answered in all that time. A repeat must get the same bytes."""
        answer = self._until(path, form)
        if answer is not None and self.chance.random() < repeats:
            again = self._until(path, form)
            if path.startswith(("/twilio/sms", "/twilio/voice")) and again is not None and again != answer:
                self.differing += 1
        return answer

    def _until(self, path: str, form: Mapping[str, str]) -> str | None:
        began = time.monotonic()
        for number in range(TRIES):
            try:
                answer = self._once(path, form)
            except requests.RequestException:
                answer = None
            if answer is not None:
                if number:
                    self.waited.append(time.monotonic() - began)
                return answer
            self.refused += 1
            time.sleep(PAUSE)
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
