"""What the hotline remembers of itself, and what should have happened by now. What may not enter: what follows."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from hotline.adapters.store import values
from hotline.adapters.store.alerts import is_due, is_left, to_be_moved
from hotline.adapters.store.cases import Cases
from hotline.adapters.store.kept import upsert
from hotline.adapters.store.rows import alert_row, key_of
from hotline.adapters.tables import (
    DUE,
    LOOKED_AFTER,
    SENDING,
    TRIGGERED,
    UNOPENED,
    alerts,
    cases,
    deliveries,
    heartbeats,
    meta,
    turns,
)
from hotline.core.alert import Alert
from hotline.core.case import Priority, Report
from hotline.ports import Figures, Overdue

ASKED_TOGETHER = 1000  # a database takes no more than some ten thousand values in one statement
# How long a case's alert is looked for, every minute: years of cases are not gone through again and again.
MISSED_FOR = timedelta(days=31)


class Upkeep(Cases):
    """The part of ports.Work that looks after the hotline itself."""

    def overdue(self, before: datetime, most: int) -> Overdue:
        alone = select(cases.c.reference).outerjoin(alerts, alerts.c.reference == cases.c.reference)
        lately = (cases.c.filed_at < before) & (cases.c.filed_at >= before - MISSED_FOR)
        orphans = alone.where(alerts.c.reference.is_(None), lately).limit(most)
        free = or_(alerts.c.leased_until.is_(None), alerts.c.leased_until < before)
        late = select(alerts.c.reference).where(to_be_moved(alerts.c.next_at < before), free).limit(most)
        # Each kind by itself: so each is counted in its own index.
        unsent = (self._count(kind & (deliveries.c.due_at < before)) for kind in (is_due(before), is_left(before)))
        return Overdue(tuple(self._connection.scalars(orphans)), tuple(self._connection.scalars(late)), sum(unsent))

    def figures(self, municipalities: Collection[str], since: datetime, now: datetime) -> Figures:
        of_priority = select(alerts.c.priority, func.count()).where(TRIGGERED)
        waiting = self._connection.execute(of_priority.group_by(alerts.c.priority)).all()
        left = SENDING & (deliveries.c.leased_until <= now)
        urgent = (cases.c.priority == Priority.URGENT) & (cases.c.filed_at >= since)
        first = select(alerts.c.raised_at, func.min(deliveries.c.sent_at)).group_by(
            cases.c.reference, alerts.c.raised_at
        )
        first = first.select_from(cases.join(alerts).outerjoin(deliveries, deliveries.c.reference == cases.c.reference))
        told = self._connection.execute(first.where(cases.c.municipality.in_(municipalities), urgent))
        return Figures(
            {row.priority: row[1] for row in waiting},
            due=self._count(DUE & (deliveries.c.attempts == 0)),
            tried_again=self._count(DUE & (deliveries.c.attempts > 0)),
            unsure=self._count(left),
            seconds=tuple(((sent or now) - raised).total_seconds() for raised, sent in told),
        )

    def pull_back(self, now: datetime, after: datetime) -> None:
        column = deliveries.c
        far = {column.due_at: DUE, column.leased_until: SENDING, column.look_at: LOOKED_AFTER}
        for moment, which in far.items():
            self._connection.execute(update(deliveries).where(which, moment > after).values({moment: now}))
        for which in (TRIGGERED, UNOPENED):
            held = update(alerts).where(which, alerts.c.leased_until > after)
            self._connection.execute(held.values(leased_until=None))

    def _count(self, which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(deliveries).where(which)) or 0

    def raise_again(self, reference: str, alert: Callable[[Report], Alert]) -> None:
        row = self._connection.execute(select(cases).where(cases.c.reference == reference)).one()
        key = key_of(row, self._vault)
        text = key.unseal(row.sealed_report, "report")
        report = values.read_report(text, reference=reference, municipality=row.municipality, at=row.filed_at)
        self._connection.execute(insert(alerts), alert_row(alert(report), key))

    def claim_chore(self, name: str, now: datetime, every: timedelta) -> bool:
        begun = upsert(self._dialect, heartbeats).values(name=f"chore:{name}", at=now)
        free = or_(heartbeats.c.at <= now - every, heartbeats.c.at > now)
        ours = begun.on_conflict_do_update(index_elements=["name"], set_={"at": now}, where=free)
        return self._connection.execute(ours.returning(heartbeats.c.name)).one_or_none() is not None

    def answered(self, carrier_ids: Sequence[str]) -> set[str]:
        hashes = {each: one for one in carrier_ids for each in self._vault.lookups("turn", one)}
        asked, found = list(hashes), set[str]()
        for begins in range(0, len(asked), ASKED_TOGETHER):
            some = turns.c.carrier_hash.in_(asked[begins : begins + ASKED_TOGETHER])
            found |= {hashes[bytes(one)] for one in self._connection.scalars(select(turns.c.carrier_hash).where(some))}
        return found

    def marked(self, name: str) -> str | None:
        value = self._connection.scalar(select(meta.c.value).where(meta.c.name == f"mark:{name}"))
        return None if value is None else str(value)

    def mark(self, name: str, value: str) -> None:
        marked = upsert(self._dialect, meta).values(name=f"mark:{name}", value=value)
        self._connection.execute(marked.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
