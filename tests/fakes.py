"""Stand-ins written by hand: a store in memory and a clock that is moved. For tests only; decides nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from hotline.core.alert import Alert, AlertState, Delivery, DeliveryState, turn_of
from hotline.core.case import Addendum, Report
from hotline.ports import AuditLine, CaseFile, Opened, Overdue, RepeatedTurnError, Work
from tests.fake_custody import MemoryCustody, MemoryTries

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class FakeClock:
    """Time stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def move(self, **units: float) -> None:
        """As timedelta: seconds, minutes, hours, days."""
        self.at += timedelta(**units)


@dataclass
class FakeChance:
    """Counts, so that every value is known beforehand and none comes twice."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def reference(self) -> str:
        return f"K{next(self.numbers):03}".replace("0", "A").replace("1", "B")

    def token(self) -> str:
        return f"token-{next(self.numbers)}"

    def code(self) -> str:
        return f"{next(self.numbers):06}"


@dataclass
class Rows:
    """What a store keeps. All values are frozen, so that a copy of the mappings is a copy of everything."""

    states: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    addenda: dict[str, tuple[Addendum, ...]] = field(default_factory=dict)
    broken_off: dict[str, bool] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    leases: dict[str, datetime] = field(default_factory=dict)
    readings: dict[int, tuple[str, str, datetime]] = field(default_factory=dict)
    tallies: dict[tuple[str, str], int] = field(default_factory=dict)
    beats: dict[str, datetime] = field(default_factory=dict)
    scripts: dict[str, bytes] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    certificates: dict[int, tuple[str, str]] = field(default_factory=dict)
    trail: dict[int, AuditLine] = field(default_factory=dict)

    def copy(self) -> "Rows":
        return Rows(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class MemoryWork(MemoryCustody, MemoryTries, Work):
    """One transaction on rows in memory."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def open_turn(self, key: str, carrier_id: str, at: datetime, idle: timedelta) -> Opened:
        state, kept_at = self.rows.states.get(key, (None, LONG_AGO))
        fresh = at - kept_at <= idle
        return Opened(answer=self.rows.answers.get(carrier_id), state=state if fresh else None)

    def keep_turn(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, *, municipality: str
    ) -> None:
        if carrier_id in self.rows.answers:
            raise RepeatedTurnError(f"{municipality}: this turn is already answered")
        self.rows.answers[carrier_id] = answer
        self.rows.states.pop(key, None)
        if state is not None:
            self.rows.states[key] = (state, at)

    def keep_script(self, version: str, packed: bytes, at: datetime) -> None:  # noqa: ARG002 - when, is not asked here
        self.rows.scripts.setdefault(version, packed)

    def find_script(self, version: str) -> bytes | None:
        return self.rows.scripts.get(version)

    def file_case(self, report: Report, alert: Alert, first: Sequence[Delivery]) -> None:
        self.rows.reports[report.reference] = report
        self.move_alert(alert, first)

    def add_to_case(self, reference: str, addendum: Addendum) -> None:
        self.rows.addenda[reference] = (*self.rows.addenda.get(reference, ()), addendum)

    def said_since(self, reference: str) -> int:
        return len(self.rows.addenda.get(reference, ()))

    def bring_forward(self, reference: str, at: datetime, *, broken_off: bool) -> None:
        alert = self.rows.alerts[reference]
        self.rows.alerts[reference] = replace(alert, next_at=min(alert.next_at, at))
        self.rows.broken_off[reference] = broken_off or self.rows.broken_off.get(reference, False)

    def read_case(self, reference: str, reader: str, at: datetime) -> CaseFile | None:
        if reference not in self.rows.reports:
            return None
        self.rows.readings[len(self.rows.readings)] = (reference, reader, at)
        return CaseFile(
            report=self.rows.reports[reference],
            addenda=self.rows.addenda.get(reference, ()),
            alert=self.rows.alerts[reference],
            deliveries=tuple(each for each in self.rows.deliveries.values() if each.reference == reference),
            broken_off=self.rows.broken_off.get(reference, False),
        )

    def tally(self, municipality: str, outcome: str, at: datetime) -> None:  # noqa: ARG002 - counts need no day here
        self.rows.tallies[municipality, outcome] = self.rows.tallies.get((municipality, outcome), 0) + 1

    def claim_alerts(self, now: datetime, lease: timedelta, most: int) -> Sequence[Alert]:
        due = self.claimable(now)
        due.sort(key=lambda each: (each.priority, each.next_at))
        self.rows.leases.update({each.reference: now + lease for each in due[:most]})
        return due[:most]

    def claimable(self, now: datetime) -> list[Alert]:
        return [
            each
            for each in self.rows.alerts.values()
            if (each.state is AlertState.TRIGGERED or (each.state is AlertState.ACKNOWLEDGED and not each.opened_at))
            and each.next_at <= now
            and self._free(each.reference, now)
        ]

    def claim_deliveries(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        return self._claimed(self._due(now), now, lease, most)

    def _due(self, now: datetime) -> list[Delivery]:
        waiting = {DeliveryState.DUE, DeliveryState.SENDING}
        return [
            each
            for each in self.rows.deliveries.values()
            if each.state in waiting and each.due_at <= now and self._free(each.token, now)
        ]

    def _claimed(self, due: list[Delivery], now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        due.sort(key=lambda each: (turn_of(each.purpose, self.rows.alerts[each.reference].priority), each.due_at))
        taken = [
            replace(
                each,
                state=DeliveryState.SENDING,
                attempts=each.attempts + 1,
                unsure_since=each.unsure_since or (each.due_at if each.state is DeliveryState.SENDING else None),
            )
            for each in due[:most]
        ]
        for each in taken:
            # That it may have been taken before is no row's: whoever claims it sees it by its state.
            self.record_delivery(replace(each, unsure_since=self.rows.deliveries[each.token].unsure_since))
            self.rows.leases[each.token] = now + lease
        return taken

    def claim_beside(self, delivery: Delivery, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        alert = self.rows.alerts[delivery.reference]
        beside = [
            each.token
            for each in self.rows.deliveries.values()
            if each.contact.means is delivery.contact.means
            and each.contact.address == delivery.contact.address
            and each.state is DeliveryState.DUE
            and each.due_at <= now
            and self.rows.alerts[each.reference].state is AlertState.TRIGGERED
            and self.rows.alerts[each.reference].municipality == alert.municipality
        ]
        return self._claimed([self.rows.deliveries[token] for token in beside], now, lease, most)

    def last_told(self, delivery: Delivery) -> datetime | None:
        kind = delivery.contact.means, delivery.contact.address
        sent = [
            each.sent_at
            for each in self.rows.deliveries.values()
            if each.sent_at and (each.contact.means, each.contact.address) == kind
        ]
        return max(sent, default=None)

    def told_before(self, delivery: Delivery) -> set[str]:
        kind = delivery.contact.means, delivery.contact.address
        others = [each for each in self.rows.deliveries.values() if each.token != delivery.token and each.carrier_id]
        return {each.carrier_id for each in others if (each.contact.means, each.contact.address) == kind}

    def claim_silent(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        silent = [
            each
            for each in self.rows.deliveries.values()
            if each.state is DeliveryState.SENT
            and each.look_at is not None
            and each.look_at <= now
            and self.rows.alerts[each.reference].state is AlertState.TRIGGERED
        ]
        for each in silent[:most]:
            self.rows.deliveries[each.token] = replace(each, look_at=now + lease)
        return silent[:most]

    def waiting(self, now: datetime) -> bool:
        return bool(self._due(now))

    def waiting_alerts(self, most: int) -> Sequence[Alert]:
        found = [each for each in self.rows.alerts.values() if each.state is AlertState.TRIGGERED]
        return sorted(found, key=lambda each: (each.priority, each.raised_at))[:most]

    def deliveries_of(self, reference: str) -> Sequence[Delivery]:
        return [each for each in self.rows.deliveries.values() if each.reference == reference]

    def _free(self, name: str, now: datetime) -> bool:
        return self.rows.leases.get(name, LONG_AGO) <= now

    def move_alert(self, alert: Alert, deliveries: Sequence[Delivery]) -> None:
        self.rows.alerts[alert.reference] = alert
        self.rows.leases.pop(alert.reference, None)
        for each in deliveries:
            self.record_delivery(each)

    def record_delivery(self, delivery: Delivery) -> None:
        self.rows.deliveries[delivery.token] = delivery
        self.rows.leases.pop(delivery.token, None)

    def find_delivery(self, token: str) -> Delivery | None:
        return self.rows.deliveries.get(token)

    def find_delivery_by_code(self, municipality: str, code: str, address: str) -> Delivery | None:
        for each in reversed(self.rows.deliveries.values()):
            alert = self.rows.alerts[each.reference]
            if alert.municipality == municipality and each.code == code and each.contact.address == address:
                return each
        return None

    def find_alert(self, reference: str) -> Alert | None:
        return self.rows.alerts.get(reference)

    def look_up(self, key: str, at: datetime, idle: timedelta) -> str | None:
        state, kept_at = self.rows.states.get(key, (None, LONG_AGO))
        return state if at - kept_at <= idle else None

    def overdue(self, before: datetime, most: int) -> Overdue:
        late = [each.reference for each in self.claimable(before) if each.next_at < before]
        unsent = [each for each in self._due(before) if each.due_at < before]
        alone = [each for each in self.rows.reports if each not in self.rows.alerts]
        return Overdue(tuple(alone[:most]), tuple(late[:most]), len(unsent))

    def raise_again(self, reference: str, alert: Callable[[Report], Alert]) -> None:
        self.rows.alerts[reference] = alert(self.rows.reports[reference])

    def claim_chore(self, name: str, now: datetime, every: timedelta) -> bool:
        if now - every < self.rows.beats.get(f"chore:{name}", LONG_AGO) <= now:
            return False
        self.rows.beats[f"chore:{name}"] = now
        return True

    def answered(self, carrier_ids: Sequence[str]) -> set[str]:
        return self.rows.answers.keys() & set(carrier_ids)

    def marked(self, name: str) -> str | None:
        return self.rows.marks.get(name)

    def mark(self, name: str, value: str) -> None:
        self.rows.marks[name] = value

    def beat(self, name: str, at: datetime) -> None:
        self.rows.beats[name] = at

    def last_beat(self, name: str) -> datetime | None:
        return self.rows.beats.get(name)


@dataclass
class Memory:
    """A store: `with memory.begin() as work: ...` keeps everything or, on an exception, nothing."""

    rows: Rows = field(default_factory=Rows)
    open_works: int = 0

    @contextmanager
    def begin(self, *, turn: bool = False, looking: bool = False) -> Iterator[Work]:  # noqa: ARG002 - as in a store
        before, draft = self.rows, self.rows.copy()
        self.open_works += 1
        try:
            yield MemoryWork(draft)
            assert not looking or draft == before, "whoever only looks has changed something"
            self.rows = before if looking else draft
        finally:
            self.open_works -= 1
