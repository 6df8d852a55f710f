"""Every conversation that there is: each place that can be reached, once, and from it everything that can be heard."""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from hotline.core.conversation import Conversation
from hotline.core.effects import Effect, Say
from hotline.core.exploring import CALLER, Move, Path, Ways, whole_place
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.turn import Channel
from hotline.core.wording import UnsayableError


@dataclass(frozen=True)
class Turning:
    """One move from one place: `before` and `after` are the ways to and from it."""

    ways: Ways
    before: Path
    after: Path

    @property
    def move(self) -> Move:
        return self.after.moves[-1][0]

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self.after.moves[-1][1]

    @cached_property
    def said(self) -> list[Say]:
        return [effect for effect in self.effects if isinstance(effect, Say)]

    @property
    def step(self) -> str:
        return self.before.last.step if self.before.last else self.ways.script.start

    @property
    def ends(self) -> bool:
        """Whether the answer is the last one."""
        here, there = self.before.last, self.after.last
        return there is None or (there.complete and not (here and here.complete))


@dataclass(frozen=True)
class Gap:
    """A move that cannot be answered: its text is missing, or cannot be filled in. `path`: up to that move."""

    path: Path
    text: str
    language: str


def all_ways(script: Script, municipality: Municipality) -> Iterator[Ways]:
    """Each language that the municipality speaks, on each channel, by day and by night, with a number and withheld."""
    for language in (one for one in municipality.languages if one in script.texts):
        for channel in Channel:
            # A text always has a number to answer to; the door lets no other in.
            callers = (CALLER, None) if channel is Channel.VOICE else (CALLER,)
            for office_open, caller in product((True, False), callers):
                yield Ways(script, municipality, language, channel, office_open, caller)


def walked(ways: Ways) -> Iterator[Turning | Gap]:
    """Every place once, nearest first, and from it everything; on each step, once, all that can be heard of a cry."""
    waiting = deque([Path()])
    seen: set[tuple[str, Hashable]] = set()
    cried: set[Hashable] = set()
    while waiting:
        here = waiting.popleft()
        for move in _moves(ways, here.last, cried):
            try:
                after = ways.go_on(here, move)
            except UnsayableError as gap:
                yield Gap(Path((*here.moves, (move, ()))), gap.name, gap.language)
                continue
            yield Turning(ways, here, after)
            there = after.last
            # In another language the same conversation goes on as from its beginning; only a call begins in one.
            if there is None or (there.language != ways.language and (here.moves or not ways.voice)):
                continue
            if (place := (there.language, whole_place(there))) not in seen:
                seen.add(place)
                waiting.append(after)


def _moves(ways: Ways, here: Conversation | None, cried: set[Hashable]) -> Iterator[Move]:
    """`cried`: the steps on which every cry has been tried; this one is added."""
    if here is None:
        yield from ways.beginnings()
        return
    yield from ways.everything(here)
    # Whether the first question has been answered tells what language is only guessed; a report, what is added to it.
    place = here.step, not here.before, bool(here.reference), here.complete
    if place not in cried:
        cried.add(place)
        yield from ways.every_danger(here)
