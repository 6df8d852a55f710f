"""What officers do with a case beside answering alerts: read it. Every reading is written down where it is made."""

from dataclasses import replace
from datetime import datetime

from hotline.core.alert import Alert, AlertState
from hotline.ports import Begin, CaseFile


def open_case(reference: str, reader: str, *, begin: Begin, at: datetime) -> CaseFile | None:
    """The case, read by somebody of social services; whoever acknowledged it keeps it from now on."""
    with begin() as work:
        case = work.read_case(reference, reader, at)
        if case is not None and (now_open := opened(case.alert, at)) != case.alert:
            work.move_alert(now_open, ())
        return case


def opened(alert: Alert, at: datetime) -> Alert:
    """The alert once its case has been read: an acknowledgement holds. Who reads does not matter: somebody acts."""
    if alert.state is AlertState.ACKNOWLEDGED and alert.opened_at is None:
        return replace(alert, opened_at=at)
    return alert
