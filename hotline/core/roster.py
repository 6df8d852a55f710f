"""When the office answers and who is on duty: hours, holidays, shifts, clock changes. What may not enter: the clock.

Spans are read on the wall clock of the office, as the people who work there do; moments go in and out aware.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .alert import Contact, Shift
from .municipality import Hours

FORESEEN = range(2026, 2047)  # years whose days off are worked out beforehand
LOOK_AHEAD_DAYS = 366  # an office that never opens within a year is asked for again, tomorrow


@lru_cache(maxsize=32)
def closed_days(year: int) -> frozenset[date]:
    """Swedish public holidays, and the three eves on which public offices close by agreement, not by law.

    Whoever asks loads the days of every country: a seventh of a second, and 16 MB.
    """
    from holidays import country_holidays  # noqa: PLC0415 - as said

    midsummer = next(date(year, 6, day) for day in range(19, 26) if date(year, 6, day).weekday() == 4)  # noqa: PLR2004 - Friday
    return frozenset(country_holidays("SE", years=year)) | {midsummer, date(year, 12, 24), date(year, 12, 31)}


def foreseen() -> dict[int, frozenset[date]]:
    """For `Hours.days_off`."""
    return {year: closed_days(year) for year in FORESEEN}


def _closed_on(hours: Hours, day: date) -> bool:
    off = hours.days_off.get(day.year)
    return day in hours.closed or day in (closed_days(day.year) if off is None else off)


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the office is open at this moment (aware). It is open when it opens and closed when it closes."""
    local = at.astimezone(ZoneInfo(hours.zone))
    if _closed_on(hours, local.date()):
        return False
    return any(day == local.weekday() and start <= local.time() < end for day, start, end in hours.weekly)


def next_opening(hours: Hours, at: datetime) -> datetime:
    """The first moment from `at` on when the office is open (aware, UTC); `at` itself when it is open now."""
    if is_open(hours, at):
        return at.astimezone(UTC)
    zone = ZoneInfo(hours.zone)
    today = at.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        if _closed_on(hours, day):
            continue
        starts = [
            datetime.combine(day, start, zone).astimezone(UTC) for on, start, _ in hours.weekly if on == day.weekday()
        ]
        later = [start for start in starts if start > at]
        if later:
            return min(later)
    return at.astimezone(UTC) + timedelta(days=1)


def on_duty(contact: Contact, zone: str, at: datetime) -> bool:
    """Whether this person is on duty at this moment (aware); who has no shifts always is."""
    local = at.astimezone(ZoneInfo(zone))
    return not contact.shifts or any(_covers(shift, local) for shift in contact.shifts)


def _covers(shift: Shift, local: datetime) -> bool:
    """A night that began on the evening before counts as that evening's."""
    today, now = local.date(), local.time()
    if not shift.weekly:
        return _within(shift, today)
    yesterday = today - timedelta(days=1)
    return any(
        (day == today.weekday() and start <= now and (now < end or end <= start) and _within(shift, today))
        or (day == yesterday.weekday() and end <= start and now < end and _within(shift, yesterday))
        for day, start, end in shift.weekly
    )


def _within(shift: Shift, day: date) -> bool:
    return (shift.first is None or shift.first <= day) and (shift.last is None or day <= shift.last)
