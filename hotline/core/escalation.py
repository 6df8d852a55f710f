"""Who is told next, and when to look again, until somebody acknowledges. What may not enter: how anybody is told.

By day the levels of the day climb; by night urgent alerts wake those of the night, and the others wait for opening.
The last level repeats, so that an alert never runs dry. What was urgent never becomes less. Whoever acknowledges and
then does not open the case in time has it no longer: it climbs again from the first level.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .alert import Alert, AlertState, Contact, Delivery, Level, Means, Plan
from .case import Priority
from .municipality import Hours, Municipality
from .phone import can_be_texted
from .roster import is_open, next_opening, on_duty

CALM = timedelta(minutes=1)  # a level lasts at least this long, whatever its file says
LONGEST_WAIT = timedelta(minutes=5)  # of a report for its place
ASK_AFTER = timedelta(seconds=40)  # without a word from the carrier, it is asked
SILENT_AFTER = timedelta(seconds=85)  # and then somebody else is told


@dataclass(frozen=True)
class Move:
    """`contacts`: whom to tell now, maybe nobody. `alert`: as it is afterwards."""

    contacts: tuple[Contact, ...]
    alert: Alert


def plan_for(municipality: Municipality) -> Plan:
    """The municipality's levels as one plan; `always` tells those of the night from those of the day."""
    return Plan((*_marked(municipality.by_day, always=False), *_marked(municipality.by_night, always=True)))


def plan_of_probe(level: Level) -> Plan:
    """A trial report is told to its own telephones, at every hour: by day too, since it has no others."""
    return Plan((*_marked((level,), always=True),))


def _marked(levels: Iterable[Level], *, always: bool) -> Iterable[Level]:
    for level in levels:
        yield replace(level, contacts=tuple(replace(contact, always=always) for contact in level.contacts))


def _levels(plan: Plan, *, by_night: bool) -> tuple[Level, ...]:
    return tuple(level for level in plan.levels if level.contacts and level.contacts[0].always == by_night)


def levels_at(plan: Plan, priority: int, hours: Hours, now: datetime) -> tuple[Level, ...]:
    """The levels that count at this moment; none: the alert waits for opening."""
    if is_open(hours, now):
        # A plan without a day would be silent for ever: then those of the night are told by day, too.
        return _levels(plan, by_night=False) or _levels(plan, by_night=True)
    return _levels(plan, by_night=True) if priority == Priority.URGENT else ()


def _levels_now(alert: Alert, hours: Hours, now: datetime) -> tuple[Level, ...]:
    return levels_at(alert.plan, alert.priority, hours, now)


def _told(level: Level, hours: Hours, now: datetime) -> tuple[Contact, ...]:
    """Who of a level is on duty; if nobody is, all of them: a hole in the roster must not silence an alert."""
    return tuple(contact for contact in level.contacts if on_duty(contact, hours.zone, now)) or level.contacts


def next_move(alert: Alert, hours: Hours, now: datetime) -> Move:
    """Whom to tell now; the alert with its next level and the moment (aware, UTC) to look again."""
    if alert.state == AlertState.ACKNOWLEDGED and alert.opened_at is None:
        return next_move(taken_back(alert, now), hours, now)
    if alert.state != AlertState.TRIGGERED:
        return Move((), alert)
    levels = _levels_now(alert, hours, now)
    if not levels:
        return Move((), replace(alert, level=0, next_at=max(next_opening(hours, now), now + CALM)))
    level = levels[min(alert.level, len(levels) - 1)]
    open_now = is_open(hours, now)
    next_at = now + max(timedelta(minutes=level.minutes), CALM)
    if not open_now:
        next_at = min(next_at, max(next_opening(hours, now), now + CALM))
    # Day and night each begin with their own first level, however far the other had climbed.
    step = alert.level + 1 if is_open(hours, next_at) == open_now else 0
    return Move(_told(level, hours, now), replace(alert, level=step, next_at=next_at))


def latest_move(alert: Alert, hours: Hours, now: datetime) -> datetime:
    """No alert waits longer than until then (aware, UTC), unless a clock was wrong when that was decided, or is."""
    longest = max((timedelta(minutes=level.minutes) for level in alert.plan.levels), default=CALM)
    latest = now + max(longest, LONGEST_WAIT)
    return latest if alert.priority == Priority.URGENT else max(latest, next_opening(hours, now) + CALM)


def acknowledged(alert: Alert, name: str, at: datetime, minutes: int, *, opened: bool) -> Alert:
    """Somebody has it; without opening the case they have it for `minutes`."""
    return replace(
        alert,
        state=AlertState.ACKNOWLEDGED,
        acknowledged_by=name,
        acknowledged_at=at,
        opened_at=at if opened else None,
        next_at=at + timedelta(minutes=minutes),
    )


def taken_back(alert: Alert, now: datetime) -> Alert:
    """Nobody has it any more: it climbs again from the first level, at once."""
    return replace(
        alert,
        state=AlertState.TRIGGERED,
        level=0,
        next_at=now,
        acknowledged_by="",
        acknowledged_at=None,
        opened_at=None,
    )


def made_urgent(alert: Alert, now: datetime) -> Alert:
    """It rises: whoever was told of an ordinary case is told again, and nobody waits for the office to open."""
    return replace(alert, priority=Priority.URGENT, level=0, next_at=now)


def after_failure(alert: Alert, hours: Hours, now: datetime) -> datetime:
    """When to move on after somebody could not be told: at once while there is a next level, else as planned.

    A last level with a wrong number would otherwise be dialled without a pause. Level 0 means that it just turned.
    """
    return now if 0 < alert.level < len(_levels_now(alert, hours, now)) else alert.next_at


def stand_in(alert: Alert, failed: Collection[str], hours: Hours, now: datetime) -> Contact | None:
    """Somebody else of the plan, where the last level failed; `failed`: addresses that cannot be reached.

    Whoever counts at this moment comes first. Then those of the other hours: by day the duty officer, by night whoever
    has a mobile telephone, since a landline rings in an empty office.
    """
    counting = _levels_now(alert, hours, now)
    others = [level for level in alert.plan.levels if level not in counting] if counting else []
    found = [contact for level in counting for contact in _told(level, hours, now)]
    later = [contact for level in others for contact in _told(level, hours, now)]
    found += [one for one in later if is_open(hours, now) or can_be_texted(one.address)]
    able = (one for one in found if one.means is not Means.EMAIL and one.address not in failed)
    return next(able, None)


def other_channel(delivery: Delivery) -> Contact | None:
    """The same person's other channel, where one failed that nobody else waits behind; never twice in a row."""
    contact = delivery.contact
    if delivery.instead:
        return None
    if contact.means is Means.TEXT and contact.pin:
        return replace(contact, means=Means.CALL)
    if contact.means is Means.CALL and can_be_texted(contact.address):
        return replace(contact, means=Means.TEXT)
    return None
