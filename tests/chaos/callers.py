"""Neighbours in the storm: three of four text, one of four calls, each to one of two municipalities."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.chaos.book import Book
from tests.chaos.calling import Calling
from tests.chaos.knocking import Knocker
from tests.chaos.texting import Texting
from tests.chaos.towns import LINES

CALLS = 0.25  # of all contacts
TURNS = 7  # of most conversations


@dataclass
class Callers:
    """`think`: seconds before a person answers, on average."""

    knocker: Knocker
    chance: random.Random
    think: float
    book: Book = field(default_factory=Book)
    at_once: int = 0

    @property
    def done(self) -> int:
        return self.book.done

    def all(self, count: int, at_once: int) -> None:
        """Every contact, so many at a time."""
        self.at_once = at_once
        with ThreadPoolExecutor(at_once) as pool:
            for result in [pool.submit(self.one, number) for number in range(count)]:
                result.result()

    def one(self, number: int) -> None:
        """The first ones come one after the other: hundreds in step would knock all at once, and then be silent."""
        if number < self.at_once:
            time.sleep(self.chance.uniform(0.0, TURNS * self.think))
        kind = Calling if self.chance.random() < CALLS else Texting
        line = self.chance.choice(LINES)
        kind(self.knocker, self.book, self.chance, self.wait, number, line).talk()

    def wait(self) -> None:
        """As long as somebody needs to read and to answer."""
        time.sleep(self.chance.uniform(0.5, 1.5) * self.think)
