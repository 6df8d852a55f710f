"""How long an alert waits when something was harmed: from when it was due, or the harm was over, to its hand-over."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, Select, create_engine, or_, select
from sqlalchemy.exc import SQLAlchemyError

from hotline.adapters.system_clock import SystemClock
from hotline.adapters.tables import alerts, deliveries
from hotline.core.alert import AlertState, Delivery, DeliveryState, Means
from hotline.core.case import Priority
from hotline.ports import CaseFile

LOOKS = 0.5  # seconds between two looks at what is due
AFTER = timedelta(seconds=10)  # what is due so soon after a harm is counted as touched by it


class Harm(NamedTuple):
    """`kind`: worker (killed: over at once), stall or restart (over when the database works again). Aware, UTC."""

    kind: str
    begin: datetime
    end: datetime


class Wait(NamedTuple):
    """One delivery: when it was due, and when the carrier took it, alone or together with others."""

    due: datetime
    handed: datetime


@dataclass
class Watch:
    """Looks all the time at what is due, since a row tells only of its newest moment, not of the first.

    `moves`: reference → when its alert was due to move. `calls`: delivery's number → when it was first due.
    `numbers`: reference → its deliveries' numbers, in order, known at the end.
    """

    url: str
    moves: dict[str, set[datetime]] = field(default_factory=lambda: defaultdict(set))
    calls: dict[int, datetime] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        # Without a transaction: whoever only looks must hold up nobody.
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        while not self.over.wait(LOOKS):
            try:
                self._look(engine)
            except SQLAlchemyError:
                continue  # it has been harmed: the next look will tell

    def _look(self, engine: Engine) -> None:
        now = SystemClock().now()
        with engine.connect() as connection:
            for move in connection.execute(moves_due(now)):
                self.moves[move.reference].add(move.next_at)
            for delivery in connection.execute(deliveries_due(now)):
                self.calls.setdefault(delivery.number, delivery.due_at)

    def end(self) -> None:
        """After all cases have been read: whatever stands in them has its number here."""
        self.over.set()
        engine = create_engine(self.url)
        with engine.connect() as connection:
            by_number = select(deliveries.c.reference, deliveries.c.number).order_by(deliveries.c.number)
            for reference, number in connection.execute(by_number):
                self.numbers[reference].append(number)
        engine.dispose()

    def waits_of(self, case: CaseFile, handed: Mapping[str, datetime]) -> Iterator[Wait]:
        """Of all that was handed over. A text that waits for its minute is due when that has passed.

        `handed`: token → when the carrier was given it first, by a worker that may have died over it.
        """
        last, numbers = case.alert.raised_at, self.numbers[case.report.reference]
        for place, (number, delivery) in enumerate(zip(numbers, case.deliveries, strict=False)):
            due = delivery.due_at
            if delivery.contact.means is Means.CALL:
                moves = [one for one in self.moves.get(case.report.reference, ()) if last < one]
                due = min([due, *moves, self.calls.get(number, due)])
            if place == 0 and case.alert.priority == Priority.URGENT:
                due = min(due, case.alert.raised_at)
            last = max(last, delivery.due_at)
            if taken := taken_at(delivery, handed):
                yield Wait(due, taken)


def taken_at(delivery: Delivery, handed: Mapping[str, datetime]) -> datetime | None:
    """When the carrier had it: by its own word, or, of what went along in another's text, by ours."""
    return min((one for one in (delivery.sent_at, handed.get(delivery.token)) if one), default=None)


def first_words(case: CaseFile, handed: Mapping[str, datetime]) -> float | None:
    """Seconds from consent until somebody was told of this case."""
    taken = [one for one in (taken_at(each, handed) for each in case.deliveries) if one]
    return (min(taken) - case.alert.raised_at).total_seconds() if taken else None


def moves_due(now: datetime) -> Select[tuple[str, datetime]]:
    """Alerts that should move."""
    unopened = (alerts.c.state == AlertState.ACKNOWLEDGED.value) & alerts.c.opened_at.is_(None)
    waiting = or_(alerts.c.state == AlertState.TRIGGERED.value, unopened)
    return select(alerts.c.reference, alerts.c.next_at).where(waiting, alerts.c.next_at <= now)


def deliveries_due(now: datetime) -> Select[tuple[int, datetime]]:
    """Deliveries that should go out, or whose hand-over has not been written down."""
    under_way = deliveries.c.state.in_([DeliveryState.DUE.value, DeliveryState.SENDING.value])
    return select(deliveries.c.number, deliveries.c.due_at).where(under_way, deliveries.c.due_at <= now)


def recovered(waits: Iterable[Wait], harms: Sequence[Harm]) -> list[float]:
    """Seconds of each delivery that a harm touched: from the later of due and end of the outage to its hand-over.

    A kill ends no wait that had begun before it: such a delivery's whole wait counts.
    """
    seconds = []
    for due, handed in waits:
        touching = [one for one in harms if one.begin <= handed and one.end >= due - AFTER]
        if touching:
            outages = [one.end for one in touching if one.kind != "worker" and one.end >= due]
            seconds.append(max(0.0, (handed - max([due, *outages[:1]])).total_seconds()))
    return seconds
