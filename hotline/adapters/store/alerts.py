"""Alerts and deliveries: claimed by one worker at a time, moved, found. What may not enter: what the next move is.

A claim is a lease: whoever dies leaves rows that anybody may take when it has run out. What this process cannot read
is left to others with a loud line in the log, since one spoilt row must not hold up all the rest.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, func, insert, or_, select, update

from hotline.adapters.store.kept import Kept
from hotline.adapters.store.rows import (
    address_hashes,
    alert_row,
    delivery_hashes,
    delivery_row,
    key_of,
    read_alert,
    read_delivery,
)
from hotline.adapters.store.values import AnyRow
from hotline.adapters.tables import (
    DUE,
    LOOKED_AFTER,
    SENDING,
    TRIGGERED,
    UNOPENED,
    WRONG,
    alerts,
    cases,
    deliveries,
)
from hotline.adapters.vault import CaseKey, UnreadableError
from hotline.core.alert import Alert, AlertState, Delivery, DeliveryState, Means, turn_of

LOG = logging.getLogger(__name__)
ORDER = list(DeliveryState)
MOST_TOLD = 50
Told = TypeVar("Told", Alert, Delivery)


class Alerts(Kept):
    """The part of ports.Work that the worker needs."""

    def claim_alerts(self, now: datetime, lease: timedelta, most: int) -> Sequence[Alert]:
        free = or_(alerts.c.leased_until.is_(None), alerts.c.leased_until <= now)
        due = to_be_moved(alerts.c.next_at <= now) & free
        chosen = alert_query().where(due).order_by(alerts.c.priority, alerts.c.next_at).limit(most)
        rows = self._connection.execute(chosen.with_for_update(of=alerts, skip_locked=True, key_share=True)).all()
        taken = update(alerts).where(alerts.c.reference.in_([row.reference for row in rows]))
        if rows:
            self._connection.execute(taken.values(leased_until=now + lease))
        return list(self._readable(rows, read_alert))

    def waiting(self, now: datetime) -> bool:
        kinds = (select(deliveries.c.number).where(kind).limit(1) for kind in (is_due(now), is_left(now)))
        return any(self._connection.scalar(kind) is not None for kind in kinds)

    def claim_deliveries(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        # One after the other: together they could not be read along an index, and all that waits would be sorted.
        chosen = select(deliveries.c.number, deliveries.c.priority, deliveries.c.due_at)
        order = (deliveries.c.priority, deliveries.c.due_at)
        found = [self._locked(chosen.where(kind(now)).order_by(*order).limit(most)) for kind in (is_due, is_left)]
        first = sorted(chain(*found), key=lambda row: (row.priority, row.due_at))
        return self._claimed([row.number for row in first[:most]], now + lease)

    def claim_beside(self, delivery: Delivery, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        kind = address_hashes(self._vault, delivery)
        alert = self.find_alert(delivery.reference)
        theirs = cases.c.municipality == (alert.municipality if alert else "")
        same = deliveries.c.address_hash.in_(kind) & is_due(now) & theirs
        chosen = select(deliveries.c.number).join(cases, cases.c.reference == deliveries.c.reference)
        beside = chosen.join(alerts, alerts.c.reference == deliveries.c.reference).where(same & TRIGGERED)
        rows = self._locked(beside.order_by(alerts.c.priority, deliveries.c.due_at).limit(most))
        return self._claimed([row.number for row in rows], now + lease)

    def hold(self, delivery: Delivery, until: datetime) -> bool:
        mine = deliveries.c.token_hash.in_(self._vault.lookups("token", delivery.token))
        still = SENDING & (deliveries.c.attempts == delivery.attempts)
        held = update(deliveries).where(mine & still).values(leased_until=until)
        return self._connection.execute(held).rowcount > 0

    def last_told(self, delivery: Delivery) -> datetime | None:
        kind = deliveries.c.address_hash.in_(address_hashes(self._vault, delivery))
        last: datetime | None = self._connection.scalar(select(func.max(deliveries.c.sent_at)).where(kind))
        return last

    def told_before(self, delivery: Delivery) -> set[str]:
        kind = deliveries.c.address_hash.in_(address_hashes(self._vault, delivery))
        newest = delivery_query().where(kind).order_by(deliveries.c.number.desc()).limit(MOST_TOLD)
        found = list(self._readable(self._connection.execute(newest).all(), self._delivery))
        return {one.carrier_id for one in found if one.carrier_id and one.token != delivery.token}

    def others_under_way(self, delivery: Delivery, now: datetime) -> bool:
        kind = deliveries.c.address_hash.in_(address_hashes(self._vault, delivery))
        held = SENDING & (deliveries.c.leased_until > now)
        mine = deliveries.c.token_hash.in_(self._vault.lookups("token", delivery.token))
        other = select(deliveries.c.number).where(kind, held, ~mine).limit(1)
        return self._connection.execute(other).one_or_none() is not None

    def claim_silent(self, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        silent = LOOKED_AFTER & (deliveries.c.look_at <= now)
        query = delivery_query().join(alerts, alerts.c.reference == deliveries.c.reference)
        waiting = query.where(silent & TRIGGERED).order_by(deliveries.c.look_at)
        rows = self._locked(waiting.limit(most))
        if rows:
            # The lease is the next look: whoever dies leaves it to whoever looks then.
            taken = update(deliveries).where(deliveries.c.number.in_([row.number for row in rows]))
            self._connection.execute(taken.values(look_at=now + lease))
        return list(self._readable(rows, self._delivery))

    def waiting_alerts(self, most: int) -> Sequence[Alert]:
        waiting = alert_query().where(TRIGGERED)
        rows = self._connection.execute(waiting.order_by(alerts.c.priority, alerts.c.raised_at).limit(most)).all()
        return list(self._readable(rows, read_alert))

    def deliveries_of(self, reference: str) -> Sequence[Delivery]:
        return self._deliveries_of(reference, self._key(reference))

    def _claimed(self, numbers: Sequence[int], until: datetime) -> Sequence[Delivery]:
        """Now being sent by us; what somebody else was sending is unsure: it may have been handed over."""
        if not numbers:
            return []
        mine = deliveries.c.number.in_(numbers)
        rows = self._connection.execute(delivery_query().where(mine)).all()
        taken = (
            update(deliveries)
            .where(mine)
            .values(state=DeliveryState.SENDING.value, attempts=deliveries.c.attempts + 1, leased_until=until)
        )
        self._connection.execute(taken)
        return list(self._readable(sorted(rows, key=lambda row: numbers.index(row.number)), self._taken))

    def _taken(self, row: AnyRow, key: CaseKey) -> Delivery:
        found = self._delivery(row, key)
        unsure_since = found.unsure_since or (row.due_at if found.state is DeliveryState.SENDING else None)
        return replace(found, state=DeliveryState.SENDING, attempts=row.attempts + 1, unsure_since=unsure_since)

    def _delivery(self, row: AnyRow, key: CaseKey) -> Delivery:
        return read_delivery(row, key, self._vault)

    def _locked(self, query: Select[Any]) -> Sequence[AnyRow]:
        return self._connection.execute(query.with_for_update(of=deliveries, skip_locked=True, key_share=True)).all()

    def move_alert(self, alert: Alert, deliveries: Sequence[Delivery]) -> None:
        """Raises LookupError if there is no such alert."""
        key = self._key(alert.reference)
        moved = update(alerts).where(alerts.c.reference == alert.reference)
        self._connection.execute(moved.values(alert_row(alert, key)))
        self._raise_those_of(alert)
        self._add_deliveries(deliveries, alert, key)

    def record_delivery(self, delivery: Delivery) -> None:
        """States only move forward, except that what could not be sent may become due again.

        Something older than what is kept still tells the carrier's id, if a receipt came before it was known.
        """
        kept = self.find_delivery(delivery.token)
        if kept is None:
            raise LookupError("a delivery that was never made cannot be recorded")
        newest = merged(kept, delivery)
        token = deliveries.c.token_hash.in_(self._vault.lookups("token", delivery.token))
        row = delivery_row(newest, self._key(delivery.reference))
        self._connection.execute(update(deliveries).where(token).values(row))

    def find_delivery(self, token: str) -> Delivery | None:
        return self._one_delivery(
            delivery_query().where(deliveries.c.token_hash.in_(self._vault.lookups("token", token)))
        )

    def find_delivery_by_code(self, municipality: str, code: str, address: str) -> Delivery | None:
        hashes = self._vault.lookups("code", municipality, code, address, owner=municipality)
        query = delivery_query().where(deliveries.c.code_hash.in_(hashes))
        return self._one_delivery(query.order_by(deliveries.c.number.desc()).limit(1)) if code else None

    def count_wrong_try(self, means: Means, address: str) -> None:
        here = deliveries.c.address_hash.in_(self._vault.lookups("address", means, address))
        newest = select(func.max(deliveries.c.number)).where(here).scalar_subquery()
        counted = update(deliveries).where(deliveries.c.number == newest)
        self._connection.execute(counted.values(wrong_pins=deliveries.c.wrong_pins + 1))

    def wrong_tries(self, means: Means, address: str, since: datetime) -> int:
        here = deliveries.c.address_hash.in_(self._vault.lookups("address", means, address))
        query = select(func.sum(deliveries.c.wrong_pins)).where(here & WRONG & (deliveries.c.due_at >= since))
        return self._connection.scalar(query) or 0

    def find_alert(self, reference: str) -> Alert | None:
        """Locked until the work ends, so that an acknowledgement and the next level never overwrite each other."""
        row = self._one(alert_query().where(alerts.c.reference == reference), alerts)
        return None if row is None else read_alert(row, key_of(row, self._vault))

    def _one_delivery(self, query: Select[Any]) -> Delivery | None:
        row = self._one(query, deliveries)
        return None if row is None else self._delivery(row, key_of(row, self._vault))

    def _one(self, query: Select[Any], held: Table) -> AnyRow | None:
        locked = query if self._looking else query.with_for_update(of=held, key_share=True)
        return self._connection.execute(locked).one_or_none()

    def _deliveries_of(self, reference: str, key: CaseKey) -> tuple[Delivery, ...]:
        query = select(deliveries).where(deliveries.c.reference == reference).order_by(deliveries.c.number)
        return tuple(self._delivery(row, key) for row in self._connection.execute(query))

    def _raise_those_of(self, alert: Alert) -> None:
        """What waits already is as urgent as its alert has become; once somebody has it, nothing is."""
        if alert.state is not AlertState.TRIGGERED:
            return
        later = (deliveries.c.reference == alert.reference) & (deliveries.c.priority > alert.priority)
        raised = update(deliveries).where(later & (DUE | SENDING))
        self._connection.execute(raised.values(priority=alert.priority))

    def _add_deliveries(self, new: Sequence[Delivery], alert: Alert, key: CaseKey) -> None:
        rows = [
            {
                **delivery_row(delivery, key),
                "reference": delivery.reference,
                "leased_until": None,
                "priority": turn_of(delivery.purpose, alert.priority),
                **delivery_hashes(self._vault, delivery, alert.municipality),
            }
            for delivery in new
        ]
        if rows:
            self._connection.execute(insert(deliveries), rows)

    def _key(self, reference: str) -> CaseKey:
        query = select(cases.c.wrapped_key, cases.c.key_name, cases.c.municipality, cases.c.reference)
        row = self._connection.execute(query.where(cases.c.reference == reference)).one_or_none()
        if row is None:
            raise LookupError(f"there is no case {reference}")
        return key_of(row, self._vault)

    def _readable(self, rows: Iterable[AnyRow], read: Callable[[AnyRow, CaseKey], Told]) -> Iterator[Told]:
        for row in rows:
            try:
                yield read(row, key_of(row, self._vault))
            except UnreadableError:
                LOG.critical("case %s cannot be read: its key is not in HOTLINE_KEYS", row.reference)


def to_be_moved(due: ColumnElement[bool]) -> ColumnElement[bool]:
    """Alerts that nobody has, or whose case nobody has opened. `due` stands beside each state: so the index is used."""
    return (TRIGGERED & due) | (UNOPENED & due)


def is_due(now: datetime) -> ColumnElement[bool]:
    """What may be claimed: its time has come."""
    return DUE & (deliveries.c.due_at <= now)


def is_left(now: datetime) -> ColumnElement[bool]:
    """What may be claimed, too: left by somebody whose lease has run out."""
    return SENDING & or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until <= now)


def alert_query() -> Select[Any]:
    """Alerts with what opens them."""
    return select(alerts, cases.c.wrapped_key, cases.c.key_name).join(cases, cases.c.reference == alerts.c.reference)


def delivery_query() -> Select[Any]:
    """Deliveries with what opens them."""
    joined = select(deliveries, cases.c.wrapped_key, cases.c.key_name, cases.c.municipality)
    return joined.join(cases, cases.c.reference == deliveries.c.reference)


def merged(kept: Delivery, told: Delivery) -> Delivery:
    """What is true of a delivery when `told` arrives while `kept` is known; pure."""
    again = kept.state is DeliveryState.SENDING and told.state is DeliveryState.DUE
    if again or ORDER.index(told.state) >= ORDER.index(kept.state):
        return told
    return replace(kept, carrier_id=kept.carrier_id or told.carrier_id, sent_at=kept.sent_at or told.sent_at)
