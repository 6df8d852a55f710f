"""Two promises, looked at all the time: no case without an alert, and no alert without an outcome or a next step.

What is found is repaired or told to a person; it is never only logged.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.core.alert import Alert
from hotline.core.case import Priority, Report
from hotline.core.escalation import latest_move, plan_for
from hotline.ports import Begin, Chance, Clock, Figures, Overdue, Work

from .delivering import Municipalities, hours_of
from .own_reports import file_own_report
from .probing import is_missing, last_trial

WORKER = "worker"  # whose heartbeat it is
FRESH = timedelta(seconds=45)  # a worker that has been silent for longer is dead
PATIENCE = timedelta(seconds=45)  # a busy worker may be a little late
FAR = timedelta(minutes=5)  # no delivery waits as long
MOST = 50
A_DAY = timedelta(days=1)  # of urgent reports that count in the figures
AGAIN = timedelta(hours=6)  # between two reports of ours about the same
MOST_MARKED = 200  # letters, as much as the store takes
DELIVERIES = "deliveries"  # they have no name of their own
SOON = timedelta(minutes=15)  # between two about different ones of the same kind


def look_at_promises(begin: Begin, now: datetime) -> Overdue:
    """What should have happened by now."""
    with begin(looking=True) as work:
        return work.overdue(now - PATIENCE, MOST)


def keep_promises(begin: Begin, clock: Clock, chance: Chance, municipalities: Municipalities) -> Overdue:
    """Repairs what can be repaired, and tells a person of the rest. What was found."""
    now = clock.now()
    pull_back(begin, now, municipalities)
    found = look_at_promises(begin, now)
    if found.cases_without_alert:
        with begin() as work:
            for reference in found.cases_without_alert:
                work.raise_again(reference, lambda report: _alert_of(report, now, municipalities))
            _tell(work, municipalities, "alert", found.cases_without_alert, now, chance)
    if found.alerts or found.deliveries:
        with begin() as work:
            # They are due already: any worker takes them. That none has for so long is what a person must know.
            late = (*found.alerts, *([DELIVERIES] if found.deliveries else []))
            _tell(work, municipalities, "late", late, now, chance)
    return found


def pull_back(begin: Begin, now: datetime, municipalities: Municipalities) -> None:
    """A clock that was wrong for a while, or is, puts nobody off by more than one level's time."""
    with begin() as work:
        work.pull_back(now, now + FAR)
        for alert in work.waiting_alerts(MOST):
            latest = latest_move(alert, hours_of(alert, municipalities), now)
            if alert.next_at > latest:
                work.bring_forward(alert.reference, latest, broken_off=False)


def ailments(begin: Begin, now: datetime, municipalities: Municipalities) -> list[str]:
    """What does not work although the database does: worker, alerts, probe; for /readyz. Raises StoreAwayError."""
    with begin(looking=True) as work:
        beat = work.last_beat(WORKER)
        late = work.overdue(now - PATIENCE, MOST)
        lost = [
            one.key
            for one in municipalities.values()
            if one.probe and is_missing(last_trial(work, one), one.probe, now)
        ]
    found = [] if beat and abs(now - beat) <= FRESH else ["worker"]
    if late.cases_without_alert or late.alerts or late.deliveries:
        found.append("alerts")
    return [*found, *(f"probe {key}" for key in lost)]


def figures(begin: Begin, now: datetime, municipalities: Municipalities) -> Figures:
    """How the promises are kept, for whoever draws curves. Raises StoreAwayError."""
    with begin(looking=True) as work:
        return work.figures(list(municipalities), now - A_DAY, now)


def _alert_of(report: Report, now: datetime, municipalities: Municipalities) -> Alert:
    municipality = municipalities.get(report.municipality) or next(iter(municipalities.values()))
    return Alert(
        reference=report.reference,
        municipality=report.municipality,
        priority=Priority.URGENT,  # it may have risen since it was filed, and has waited
        plan=plan_for(municipality),
        next_at=now,
        raised_at=report.at,
    )


def _tell(
    work: Work, municipalities: Municipalities, what: str, which: Sequence[str], now: datetime, chance: Chance
) -> None:
    """To the first municipality, whoever runs the hotline is its own: what is new soon, the same once in a while.

    That such a report is late itself is no news, nor are its deliveries.
    """
    name = f"told:{what}"
    new = set(which) - set((work.marked(name) or "").split())
    if not (new and work.claim_chore(f"{name}:new", now, SOON)) and not work.claim_chore(name, now, AGAIN):
        return
    work.claim_chore(name, now, timedelta())
    report = file_own_report(work, next(iter(municipalities.values())), "fault", what, at=now, chance=chance)
    work.mark(name, " ".join([report, DELIVERIES, *which])[:MOST_MARKED])
