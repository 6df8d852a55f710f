"""What the neighbours of the storm remember of their own contacts; what is proved afterwards is measured by it."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.ports import CaseFile

MARK = re.compile(r"prov \d+")


@dataclass
class Book:
    """Each contact stands in one place of it, by its name ("prov 17", or the number that it calls from).

    `told`: name → reference, for who was told that it is saved. `left`: hung up after giving a number, before that was
    said. `unnamed`: how many hung up after consent before anything tells them apart. `gone`: whoever wants no case,
    having left before consent or been connected to a person. `given_up`: never got an answer. `unserved`: always got
    one, but never that it is saved, or was asked on although a person had the call. `said`: name → what was said after
    consent, and answered.
    """

    told: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    unnamed: int = 0
    gone: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    unserved: set[str] = field(default_factory=set)
    said: dict[str, list[str]] = field(default_factory=dict)
    calls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def done(self) -> int:
        """How many contacts are over."""
        sets: Sequence[set[str]] = (self.left, self.gone, self.given_up, self.unserved)
        return len(self.told) + self.unnamed + sum(map(len, sets))


def name_of(case: CaseFile) -> str:
    """Whose case it is, by what the neighbours say of themselves; "" when they had not said it yet."""
    found = MARK.search(" ".join(case.report.own_words))
    numbers = [one.text for one in case.addenda if one.kind == "call_back" and one.text.startswith("+")]
    return found[0] if found else "".join(numbers[:1])
