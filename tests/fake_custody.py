"""The part of the store in memory that keeps, locks and deletes. For tests only; decides nothing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hotline.core.alert import AlertState, Delivery, DeliveryState, Means
from hotline.core.case import NUMBER_GONE, Addendum, Priority, Report
from hotline.ports import AuditLine, Batch, Custody, Figures, Settled

if TYPE_CHECKING:
    from tests.fakes import Rows


class MemoryCustody(Custody):
    """Cases in memory are not locked: what concerns keys has nothing to do. What is counted is counted here, too."""

    rows: "Rows"

    def figures(self, municipalities: Collection[str], since: datetime, now: datetime) -> Figures:
        waiting = Counter(one.priority for one in self.rows.alerts.values() if one.state is AlertState.TRIGGERED)
        due = [one for one in self.rows.deliveries.values() if one.state is DeliveryState.DUE]
        sending = [one for one in self.rows.deliveries.values() if one.state is DeliveryState.SENDING]
        urgent = [one for one in self.rows.reports.values() if one.priority is Priority.URGENT and one.at >= since]
        return Figures(
            waiting,
            due=sum(one.attempts == 0 for one in due),
            tried_again=sum(one.attempts > 0 for one in due),
            unsure=sum(self.rows.leases[one.token] <= now for one in sending),
            seconds=tuple(self._seconds(one, now) for one in urgent if one.municipality in municipalities),
        )

    def others_under_way(self, delivery: Delivery, now: datetime) -> bool:
        kind = delivery.contact.means, delivery.contact.address
        others = [one for one in self.rows.deliveries.values() if one.token != delivery.token]
        held = [one for one in others if one.state is DeliveryState.SENDING and self.rows.leases[one.token] > now]
        return any((one.contact.means, one.contact.address) == kind for one in held)

    def hold(self, delivery: Delivery, until: datetime) -> bool:
        kept = self.rows.deliveries[delivery.token]
        if (kept.state, kept.attempts) != (DeliveryState.SENDING, delivery.attempts):
            return False
        self.rows.leases[delivery.token] = until
        return True

    def pull_back(self, now: datetime, after: datetime) -> None:
        self.rows.leases.update({name: now for name, until in self.rows.leases.items() if until > after})
        for token, one in list(self.rows.deliveries.items()):
            if one.state is DeliveryState.DUE and one.due_at > after:
                self.rows.deliveries[token] = replace(one, due_at=now)
            if one.look_at and one.look_at > after:
                self.rows.deliveries[token] = replace(one, look_at=now)

    def _seconds(self, report: Report, now: datetime) -> float:
        sent = [one.sent_at for one in self.rows.deliveries.values() if one.reference == report.reference]
        first = min((at for at in sent if at), default=now)
        return (first - self.rows.alerts[report.reference].raised_at).total_seconds()

    def settled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        return [one for one in self._aged(municipality, before) if self._is_settled(one.reference)][:most]

    def unsettled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        return [one for one in self._aged(municipality, before) if not self._is_settled(one.reference)][:most]

    def _aged(self, municipality: str, before: datetime) -> list[Settled]:
        found = []
        for reference, report in self.rows.reports.items():
            opened = self.rows.alerts[reference].opened_at
            added = [one.at for one in self.rows.addenda.get(reference, ())]
            since = max([report.at, *([opened] if opened else []), *added])
            if report.municipality == municipality and since < before:
                found.append(Settled(reference, since))
        return sorted(found, key=lambda one: self.rows.reports[one.reference].at)

    def _is_settled(self, reference: str) -> bool:
        alert = self.rows.alerts[reference]
        return alert.state is AlertState.CLOSED or (alert.state is AlertState.ACKNOWLEDGED and bool(alert.opened_at))

    def numbers_of(self, municipality: str, before: datetime, most: int) -> Sequence[str]:
        return [
            reference
            for reference, report in self.rows.reports.items()
            if report.municipality == municipality
            and self._is_settled(reference)
            and (self.rows.alerts[reference].opened_at or before) < before
            and f"dropped:{reference}" not in self.rows.marks
        ][:most]

    def drop_number(self, reference: str, at: datetime) -> bool:
        self.rows.marks[f"dropped:{reference}"] = at.isoformat()
        report = self.rows.reports[reference]
        self.rows.reports[reference] = replace(report, caller=None)
        if report.caller:
            gone = Addendum(report.at, NUMBER_GONE, "")
            self.rows.addenda[reference] = (*self.rows.addenda.get(reference, ()), gone)
        return bool(report.caller)

    def delete_case(self, reference: str) -> Mapping[str, int]:
        deliveries = [one.token for one in self.rows.deliveries.values() if one.reference == reference]
        for token in deliveries:
            del self.rows.deliveries[token]
        addenda = len(self.rows.addenda.pop(reference, ()))
        del self.rows.alerts[reference], self.rows.reports[reference]
        return {"cases": 1, "addenda": addenda, "alerts": 1, "deliveries": len(deliveries)}

    def certify(self, municipality: str, content: str, by: str, at: datetime) -> None:
        number = len(self.rows.certificates) + 1
        self.rows.certificates[number] = (municipality, content)
        self.write_down(at, by, "purge", f"certificate {number}")

    def write_down(self, at: datetime, who: str, act: str, reference: str) -> None:
        number = len(self.rows.trail) + 1
        self.rows.trail[number] = AuditLine(number, at, who, act, reference)

    def audit_lines(self, reference: str, most: int) -> Sequence[AuditLine]:
        return [one for one in self.rows.trail.values() if reference in {"", one.reference}][-most:]

    def keys_needed(self, municipality: str) -> set[tuple[str, date]]:
        return {("now", one.at.date()) for one in self.rows.reports.values() if one.municipality == municipality}

    def generations_needed(self) -> set[str]:
        return {"now"} if self.rows.reports else set()

    def oldest_case(self) -> datetime | None:
        return min((one.at for one in self.rows.reports.values()), default=None)

    def rewrap(self, after: str, most: int) -> Batch:  # noqa: ARG002 - nothing is wrapped
        return Batch("", 0)

    def left_to_rewrap(self) -> int:
        return 0


class MemoryTries:
    """Wrong codes and PINs."""

    rows: "Rows"

    def count_wrong_try(self, means: Means, address: str) -> None:
        for one in self._to(means, address)[-1:]:
            self.rows.deliveries[one.token] = replace(one, wrong_pins=one.wrong_pins + 1)

    def wrong_tries(self, means: Means, address: str, since: datetime) -> int:
        return sum(one.wrong_pins for one in self._to(means, address) if one.due_at >= since)

    def _to(self, means: Means, address: str) -> list[Delivery]:
        every = self.rows.deliveries.values()
        return [one for one in every if (one.contact.means, one.contact.address) == (means, address)]


@dataclass
class FakeKeys:
    """A ring that remembers what it was asked."""

    can_forget: bool = True
    needed: list[set[tuple[str, date]]] = field(default_factory=list)

    def forget(self, municipality: str, needed: Collection[tuple[str, date]], today: date) -> int:
        del municipality, today
        self.needed.append(set(needed))
        return 1

    def generations(self) -> Sequence[tuple[str, datetime]]:
        return [("now", datetime(2020, 1, 1, tzinfo=UTC))]

    def rotate(self, municipalities: Collection[str], first: date, begins: datetime) -> str:
        raise NotImplementedError

    def retire(self, names: Collection[str]) -> None:
        raise NotImplementedError
