"""What the hotline tells social services of itself: contacts that it missed, and that it is not well.

Such a report is a case like any other, so that it reaches a person like any other. It holds no caller's words.
"""

from datetime import datetime

from hotline.core.case import OWN_CHANNEL, Addendum, Report
from hotline.core.municipality import Municipality
from hotline.ports import Chance, Work

from .alerting import first_alert


def file_own_report(
    work: Work, municipality: Municipality, kind: str, text: str, *flags: str, at: datetime, chance: Chance
) -> str:
    """`kind`: as the read-out names it (missed, fault). The new case's reference."""
    report = Report(
        reference=chance.reference(),
        municipality=municipality.key,
        channel=OWN_CHANNEL,
        language="sv",
        at=at,
        flags=frozenset({kind, *flags}),
    )
    alert, first = first_alert(report, municipality, now=at, wait_minutes=0, chance=chance)
    work.file_case(report, alert, first)
    work.add_to_case(report.reference, Addendum(at, kind, text))
    return report.reference
