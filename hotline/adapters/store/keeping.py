"""What has been kept long enough, and what shows that it has gone. What may not enter: how long that is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update

from hotline.adapters.store import audit, values
from hotline.adapters.store.rows import delivery_hashes, key_of, read_delivery
from hotline.adapters.store.upkeep import Upkeep
from hotline.adapters.store.values import AnyRow
from hotline.adapters.tables import WITH_A_NUMBER, addenda, alerts, cases, certificates, deliveries
from hotline.adapters.vault import CaseKey, UnreadableError
from hotline.core.alert import AlertState
from hotline.core.case import NUMBER_GONE, Addendum
from hotline.ports import AuditLine, Batch, Settled

CALL_BACK = "call_back"


def is_settled() -> ColumnElement[bool]:
    """Somebody has heard or read it, or it needs nobody (a trial report that arrived)."""
    opened = (alerts.c.state == AlertState.ACKNOWLEDGED.value) & alerts.c.opened_at.is_not(None)
    return or_(opened, alerts.c.state == AlertState.CLOSED.value)


def aged(municipality: str, before: datetime, most: int) -> Select[Any]:
    """Cases filed before then, with all that makes them younger."""
    last = select(func.max(addenda.c.at)).where(addenda.c.reference == cases.c.reference).scalar_subquery()
    joined = select(cases.c.reference, cases.c.filed_at, alerts.c.opened_at, last.label("added_at"))
    old = (cases.c.municipality == municipality) & (cases.c.filed_at < before)
    # Whatever has made it younger, it is not looked at again and again.
    old &= or_(alerts.c.opened_at.is_(None), alerts.c.opened_at < before) & or_(last.is_(None), last < before)
    oldest = joined.join(alerts, alerts.c.reference == cases.c.reference).where(old).order_by(cases.c.filed_at)
    return oldest.limit(most)


def key_names(municipality: str) -> Select[Any]:
    """Every key that wraps a case of theirs: from one name to the next, however many cases each has."""
    named = (cases.c.municipality == municipality) & cases.c.key_name.is_not(None)
    first = select(func.min(cases.c.key_name).label("name")).where(named)
    names = first.cte("names", recursive=True)
    next_one = first.where(cases.c.key_name > names.c.name).scalar_subquery()
    names = names.union_all(select(next_one).where(names.c.name.is_not(None)))
    return select(names.c.name).where(names.c.name.is_not(None))


class Keeping(Upkeep):
    """The part of ports.Work that deletes."""

    def settled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        return self._aged(aged(municipality, before, most).where(is_settled()))

    def unsettled(self, municipality: str, before: datetime, most: int) -> Sequence[Settled]:
        return self._aged(aged(municipality, before, most).where(~is_settled()))

    def _aged(self, query: Select[Any]) -> Sequence[Settled]:
        rows = self._connection.execute(query).all()
        return [Settled(row.reference, max(filter(None, (row.filed_at, row.opened_at, row.added_at)))) for row in rows]

    def delete_case(self, reference: str) -> Mapping[str, int]:
        counts = {"cases": 0, "addenda": 0, "alerts": 0, "deliveries": 0}
        # Each by itself, though the case would take them along: what goes is counted by whoever removes it.
        for kind, rows in (("addenda", addenda), ("deliveries", deliveries), ("alerts", alerts), ("cases", cases)):
            gone = self._connection.execute(delete(rows).where(rows.c.reference == reference))
            counts[kind] = gone.rowcount
        return counts

    def numbers_of(self, municipality: str, before: datetime, most: int) -> Sequence[str]:
        query = select(cases.c.reference).join(alerts, alerts.c.reference == cases.c.reference)
        old = (cases.c.municipality == municipality) & WITH_A_NUMBER & (cases.c.filed_at < before)
        opened = query.where(old, is_settled(), alerts.c.opened_at < before).order_by(cases.c.filed_at)
        return self._connection.scalars(opened.limit(most)).all()

    def drop_number(self, reference: str, at: datetime) -> bool:
        row = self._connection.execute(select(cases).where(cases.c.reference == reference)).one()
        key = key_of(row, self._vault)
        report = values.read_report(
            key.unseal(row.sealed_report, "report"), reference=reference, municipality=row.municipality, at=row.filed_at
        )
        changed: dict[str, object] = {"number_dropped_at": at}
        if report.caller:
            changed["sealed_report"] = key.seal(values.report_text(replace(report, caller=None)), "report")
            # Said as of when it was filed: a deletion must not make the case younger.
            self.add_to_case(reference, Addendum(row.filed_at, NUMBER_GONE, ""))
        self._connection.execute(update(cases).where(cases.c.reference == reference).values(changed))
        return self._drop_added(reference, key) or bool(report.caller)

    def _drop_added(self, reference: str, key: CaseKey) -> bool:
        """A number to call back that was said later."""
        found = False
        for row in self._connection.execute(select(addenda).where(addenda.c.reference == reference)).all():
            said = values.open_addendum(row, key)
            if said.kind == CALL_BACK and said.text.startswith("+"):
                sealed = values.sealed_addendum(Addendum(said.at, NUMBER_GONE, ""), key)
                self._connection.execute(
                    update(addenda).where(addenda.c.number == row.number).values(sealed_content=sealed)
                )
                found = True
        return found

    def generations_needed(self) -> set[str]:
        names = self._connection.scalars(select(cases.c.key_name).distinct())
        return {(name or "").partition("/")[0] for name in names}

    def oldest_case(self) -> datetime | None:
        oldest: datetime | None = self._connection.scalar(select(func.min(cases.c.filed_at)))
        return oldest

    def left_to_rewrap(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(cases).where(self._otherwise_wrapped())) or 0

    def rewrap(self, after: str, most: int) -> Batch:
        query = select(cases.c.reference, cases.c.municipality, cases.c.filed_at, cases.c.wrapped_key, cases.c.key_name)
        query = query.where(self._otherwise_wrapped(), cases.c.reference > after).order_by(cases.c.reference)
        rows = self._connection.execute(query.limit(most).with_for_update()).all()
        lost = tuple(row.reference for row in rows if not self._rewrapped(row))
        return Batch(rows[-1].reference if rows else "", len(rows) - len(lost), lost)

    def _otherwise_wrapped(self) -> ColumnElement[bool]:
        mine = cases.c.key_name.startswith(f"{self._vault.current.name}/")
        return cases.c.key_name.is_(None) | ~mine

    def _rewrapped(self, row: AnyRow) -> bool:
        """The case's own key stays: only what wraps it changes, and what its deliveries are found by."""
        try:
            key = key_of(row, self._vault)
        except UnreadableError:
            return False
        new = self._vault.rewrapped(key, row.municipality, row.filed_at)
        changed = update(cases).where(cases.c.reference == row.reference)
        self._connection.execute(changed.values(wrapped_key=new.wrapped, key_name=new.name))
        for each in self._connection.execute(select(deliveries).where(deliveries.c.reference == row.reference)).all():
            found = read_delivery(each, key, self._vault)
            hashes = delivery_hashes(self._vault, found, row.municipality)
            self._connection.execute(update(deliveries).where(deliveries.c.number == each.number).values(hashes))
        return True

    def audit_lines(self, reference: str, most: int) -> Sequence[AuditLine]:
        return audit.lines(self._connection, reference, most)

    def keys_needed(self, municipality: str) -> set[tuple[str, date]]:
        names = (name.partition("/") for name in self._connection.scalars(key_names(municipality)))
        return {(generation, date.fromisoformat(day)) for generation, _, day in names}

    def certify(self, municipality: str, content: str, by: str, at: datetime) -> None:
        digest = hashlib.sha256(content.encode()).digest()
        row = insert(certificates).values(municipality=municipality, at=at, content=content, digest=digest)
        number = self._connection.execute(row.returning(certificates.c.number)).scalar_one()
        self.write_down(at, f"{by} sha256:{digest.hex()}", "purge", f"certificate {number}")

    def write_down(self, at: datetime, who: str, act: str, reference: str) -> None:
        audit.write(self._connection, self._vault, at, who, act, reference)
