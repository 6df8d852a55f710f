"""What a neighbour who texts and one who calls have in common."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.book import Book
from tests.chaos.knocking import Knocker

REPEATS = 0.15  # of what the carrier asks us


@dataclass
class Neighbour:
    """One contact. `think`: reads or listens, as a person does, before the next answer."""

    knocker: Knocker
    book: Book
    chance: random.Random
    think: Callable[[], None]
    number: int
    line: str
