"""How long what was told is kept, on whose decision, and the certificate of what was deleted. What may not enter: rows.

Times are the municipality's own calendar: a period ends with its last day, so that nothing goes a day too early on
account of a leap year, a short month or the night on which the clock is changed.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

YEAR_MONTHS = 12
UNITS = {"year": "år", "month": "mån", "day": "dygn"}
KINDS = {
    "cases": "Ärenden",
    "addenda": "Tillägg",
    "alerts": "Larm",
    "deliveries": "Försök att nå handläggare",
    "numbers": "Telefonnummer borttagna ur ärenden som finns kvar",
}


@dataclass(frozen=True)
class Keeping:
    """A municipality's decision on deletion. `unit`: year, month or day; from when a case was last read or added to.

    `number_hours`: the caller's number goes so long after the case was opened; None: it goes with the case.
    """

    decision: str
    count: int
    unit: str
    number_hours: int | None = None

    @property
    def shortest(self) -> timedelta:
        """No case goes before it is as old as this."""
        return timedelta(days=self.count * {"year": 365, "month": 28, "day": 1}[self.unit])

    def ends(self, since: datetime, zone: str) -> datetime:
        """The first moment (UTC) after the last day of the period that begins with `since`, `shortest` being over."""
        there = ZoneInfo(zone)
        last = self._later(since.astimezone(there).date())
        after = datetime.combine(last + timedelta(days=1), time.min, there)
        # From late in the evening over the night on which the clock goes forward, the days are up to an hour short.
        return max(after.astimezone(UTC), since.astimezone(UTC) + self.shortest)

    def shown(self) -> str:
        return f"{self.count} {UNITS[self.unit]}"

    def _later(self, day: date) -> date:
        if self.unit == "day":
            return day + timedelta(days=self.count)
        months = day.month - 1 + self.count * (YEAR_MONTHS if self.unit == "year" else 1)
        year, month = day.year + months // YEAR_MONTHS, months % YEAR_MONTHS + 1
        # 29 February and the 31st: the month's last day, and that day is still kept.
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Purged:
    """What one purge deleted. `counts`: kind (as in KINDS) → how many.

    `erased_until`: what went through the carrier before then has been erased there and looked for; None: nothing has.
    """

    references: Sequence[str]
    counts: Mapping[str, int]
    erased_until: datetime | None = None

    @property
    def nothing(self) -> bool:
        return not any(self.counts.values())


def certificate(name: str, keeping: Keeping, purged: Purged, *, at: datetime, by: str, can_forget: bool) -> str:
    """In the authority's language: what was deleted, on what decision, when and by whom. Nothing personal."""
    keys = "förstörs när inget ärende från samma dygn behöver dem; då kan inte heller säkerhetskopior läsas"
    if not can_forget:
        keys = "kan inte förstöras (HOTLINE_KEYS är ingen fil): äldre säkerhetskopior kan fortfarande läsas"
    carrier = "inte raderat än"
    if purged.erased_until:
        until = purged.erased_until.astimezone(UTC).isoformat(timespec="minutes")
        carrier = f"raderat och kontrollerat för tiden före {until}; nummer och tider står kvar i operatörens logg"
    return "\n".join(
        [
            f"Gallringsbevis för {name}",
            f"Beslut: {keeping.decision}",
            f"Gallringsfrist: {keeping.shown()} efter att ärendet senast lästes eller fick ett tillägg",
            f"Gallrat: {at.astimezone(UTC).isoformat(timespec='seconds')}",
            f"Av: {by}",
            *(f"{shown}: {purged.counts.get(kind, 0)}" for kind, shown in KINDS.items()),
            f"Referenser: {', '.join(purged.references) or 'inga'}",
            f"Nycklar: {keys}",
            f"Texter och inspelningar hos operatören: {carrier}",
        ]
    )
