"""Cases: filed with their alert and its first delivery, added to, read. What may not enter: who should be told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from hotline.adapters.store import audit, values
from hotline.adapters.store.alerts import Alerts
from hotline.adapters.store.rows import alert_row, key_of
from hotline.adapters.tables import addenda, alerts, cases
from hotline.core.alert import Alert, Delivery
from hotline.core.case import Addendum, Report
from hotline.ports import CaseFile, RepeatedTurnError


class Cases(Alerts):
    """The part of ports.Work that concerns one case."""

    def file_case(self, report: Report, alert: Alert, first: Sequence[Delivery]) -> None:
        """Raises RepeatedTurnError if the random reference is taken: the next try draws another."""
        key = self._vault.new_case(report.municipality, report.reference, report.at)
        row = {
            "reference": report.reference,
            "municipality": report.municipality,
            "filed_at": report.at,
            "priority": int(report.priority),
            "broken_off": False,
            "wrapped_key": key.wrapped,
            "key_name": key.name or None,
            "sealed_report": key.seal(values.report_text(report), "report"),
        }
        try:
            self._connection.execute(insert(cases), row)
        except IntegrityError as problem:
            raise RepeatedTurnError(f"the reference {report.reference} is taken") from problem
        self._connection.execute(insert(alerts), alert_row(alert, key))
        self._add_deliveries(first, alert, key)

    def add_to_case(self, reference: str, addendum: Addendum) -> None:
        """Raises LookupError if there is no such case: nothing that was said may vanish."""
        sealed = values.sealed_addendum(addendum, self._key(reference))
        self._connection.execute(insert(addenda).values(reference=reference, at=addendum.at, sealed_content=sealed))

    def said_since(self, reference: str) -> int:
        later = select(func.count()).select_from(addenda).where(addenda.c.reference == reference)
        return self._connection.scalar(later) or 0

    def bring_forward(self, reference: str, at: datetime, *, broken_off: bool) -> None:
        if broken_off:
            self._connection.execute(update(cases).where(cases.c.reference == reference).values(broken_off=True))
        later = (alerts.c.reference == reference) & (alerts.c.next_at > at)
        self._connection.execute(update(alerts).where(later).values(next_at=at))

    def read_case(self, reference: str, reader: str, at: datetime) -> CaseFile | None:
        row = self._connection.execute(select(cases).where(cases.c.reference == reference)).one_or_none()
        alert = self.find_alert(reference)
        if row is None or alert is None:
            return None
        key = key_of(row, self._vault)
        later = select(addenda).where(addenda.c.reference == reference).order_by(addenda.c.number)
        report = values.read_report(
            key.unseal(row.sealed_report, "report"), reference=reference, municipality=row.municipality, at=row.filed_at
        )
        audit.write(self._connection, self._vault, at, reader, "read", reference)
        return CaseFile(
            report=report,
            addenda=tuple(values.open_addendum(found, key) for found in self._connection.execute(later)),
            alert=alert,
            deliveries=self._deliveries_of(reference, key),
            broken_off=row.broken_off,
        )
