"""What is proved after the storm, from outside: with the keyring and the database, by no word of the program's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from hotline.adapters.store import SqlStore
from hotline.adapters.tables import cases, deliveries
from hotline.core.alert import AlertState
from hotline.core.case import Priority
from hotline.ports import CaseFile

AFTERWARDS = datetime(2100, 1, 1, tzinfo=UTC)  # when the proof reads: any time will do


@dataclass
class Found:
    """`lost`: told that it is saved, and no case. `doubled`: two for one contact. `mute`: no alert that runs."""

    cases: int = 0
    told: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    mute: list[str] = field(default_factory=list)
    acknowledged: int = 0
    climbing: int = 0
    rung_twice: int = 0
    to_hand_over: list[float] = field(default_factory=list)

    def count(self, case: CaseFile) -> None:
        """How far its alert came, and how fast."""
        state = case.alert.state
        self.acknowledged += state is AlertState.ACKNOWLEDGED
        self.climbing += state is AlertState.TRIGGERED
        if state is AlertState.CLOSED:
            self.mute.append(case.report.reference)
        self.rung_twice += sum(one.attempts > 1 for one in case.deliveries)
        sent = [one.sent_at for one in case.deliveries if one.sent_at]
        if sent and case.alert.priority == Priority.URGENT:
            # Due from the moment of consent, whatever retries came after.
            self.to_hand_over.append((min(sent) - case.alert.raised_at).total_seconds())

    @property
    def quick(self) -> bool:
        """Urgent reports, from consent to the carrier: 95 of 100 within two seconds, 99 within five."""
        return share(self.to_hand_over, 0.95) <= 2.0 and share(self.to_hand_over, 0.99) <= 5.0

    @property
    def kept(self) -> bool:
        return not (self.lost or self.doubled or self.mute)


def look(url: str, keys: str, told: Mapping[str, str]) -> Found:
    """Every case opened, every promise compared."""
    store, found = SqlStore(url, keys), Found(told=len(told))
    places: Counter[str] = Counter()
    known: dict[str, str] = {}
    for reference in everything(store):
        found.cases += 1
        with store.begin() as work:
            case = work.read_case(reference, "the proof", AFTERWARDS)
        if case is None:
            found.mute.append(reference)
            continue
        for place in (one.text for one in case.addenda if one.kind == "place"):
            places[place] += 1
            known[place] = reference
        found.count(case)
    found.lost = [place for place, reference in told.items() if known.get(place) != reference]
    found.doubled = [place for place, count in places.items() if count > 1]
    store.close()
    return found


def everything(store: SqlStore) -> Sequence[str]:
    """The references of all cases."""
    with store.engine.connect() as connection:
        return list(connection.scalars(select(cases.c.reference)))


def waiting(url: str, keys: str) -> int:
    """How many deliveries are still on their way."""
    store = SqlStore(url, keys)
    with store.engine.connect() as connection:
        states = list(connection.scalars(select(deliveries.c.state)))
    store.close()
    return sum(state in {"due", "sending"} for state in states)


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else 0.0
