"""Neighbours in the storm: each texts a whole conversation, and remembers whether it was said that it is saved."""

import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.chaos.knocking import Knocker

LINE = "+46846500400"
SAVED = re.compile(r"Sparat \d\d\.\d\d.*?Ref ([A-Z2-9]{4})", re.DOTALL)
REPEATS = 0.15


@dataclass
class Callers:
    """`told`: place → reference, for everyone who was told that it is saved. `given_up`: who never got an answer."""

    knocker: Knocker
    chance: random.Random
    told: dict[str, str] = field(default_factory=dict)
    given_up: list[int] = field(default_factory=list)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self, count: int, at_once: int) -> None:
        """Every contact, so many at a time."""
        with ThreadPoolExecutor(at_once) as pool:
            for result in [pool.submit(self.one, number) for number in range(count)]:
                result.result()

    def one(self, number: int) -> None:
        """From "Hej" to the place, urgent or not."""
        sender, place = f"+4670{number:07}", f"Provgatan {number}"
        who, what = self.chance.choice("123"), self.chance.choice("1234")
        answer: str | None = ""
        for turn, words in enumerate(["Hej", "2", who, what, self.chance.choice("123"), "1", place]):
            form = {
                "MessageSid": f"SMc{number:08}{turn:02}",
                "From": sender,
                "To": LINE,
                "Body": words,
                "NumMedia": "0",
            }
            answer = self.knocker.post("/twilio/sms", form, repeats=REPEATS)
            if answer is None:
                break
        with self.lock:
            self.done += 1
            found = SAVED.search(answer or "")
            if found:
                self.told[place] = found[1]
            else:
                self.given_up.append(number)
