"""What must hold of the way from a place to an end: it is short, and on a call a person comes soon."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from hotline.core.costing import trips
from hotline.core.effects import Connect
from hotline.core.exploring import Path, Ways, whole_place
from hotline.core.flow import Kind
from hotline.core.turn import Act

from .finding import Finding
from .walking import Turning


@dataclass
class Ends:
    """Every place that was met, with the way to it, and the places from which it is reached in one act."""

    ways_to: dict[Hashable, Path] = field(default_factory=dict)
    back: dict[Hashable, set[Hashable]] = field(default_factory=dict)
    connected: Path | None = None

    def add(self, turning: Turning) -> None:
        """Answers count as ways to an end; hanging up, and words that lead elsewhere from everywhere, do not."""
        if self.connected is None and any(isinstance(each, Connect) for each in turning.effects):
            self.connected = turning.after
        here, there = turning.before.last, turning.after.last
        if here is None or turning.move.act is Act.HANG_UP or turning.move.heard.wish:
            return
        place = whole_place(here)
        self.ways_to.setdefault(place, turning.before)
        goal = None if turning.ends or there is None else whole_place(there)
        self.back.setdefault(goal, set()).add(place)

    def findings(self, ways: Ways) -> Iterator[Finding]:
        """Everything that does not hold."""
        yield from self._turns(ways)
        if ways.voice and ways.office_open and ways.caller:
            yield from self._person(ways)

    def _turns(self, ways: Ways) -> Iterator[Finding]:
        """From every place there is a way to an end in a bounded number of acts."""
        bound = ways.script.bounds.turns
        near: set[Hashable] = {None}
        edge: set[Hashable] = {None}
        for _ in range(bound):
            edge = {here for there in edge for here in self.back.get(there, ())} - near
            near |= edge
        for place, path in self.ways_to.items():
            if place not in near and path.last and not path.last.complete:
                yield Finding.at_step(path.last.step, f"no end can be reached from here in {bound} turns", path=path)
                return

    def _person(self, ways: Ways) -> Iterator[Finding]:
        """By call, in office hours: how long it takes until a person is called, every question answered at once."""
        start, bound = ways.script.start, ways.script.bounds.seconds_to_person
        if self.connected:
            # The longest way: whoever answers every question must not be the one who waits beyond what is stated.
            took = max((one.to_person or 0.0 for one in trips(ways)), default=0.0)
            if took > bound:
                text = f"a call is connected after {took:.0f} s of speech; {bound:g} s are allowed"
                yield Finding.at_step(start, text, path=self.connected)
        elif any(step.kind is Kind.CONNECT for step in ways.script.steps.values()):
            yield Finding.at_step(start, "no call is ever connected to a person")
