"""How social services are told of what was missed: when, over which channel, whether acute. No number and no word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hotline.core.municipality import Municipality
from hotline.ports import Work

from .alerting import Outside
from .own_reports import file_own_report

MOST_TOLD = 10  # one after the other in a report; the rest is counted


@dataclass(frozen=True)
class Missed:
    """One contact that nobody answered, or a call that was answered and then `cut_off`, by us."""

    at: datetime
    call: bool
    acute: bool
    cut_off: bool = False


@dataclass(frozen=True)
class Look:
    """One look at the carrier's lists: `since` when (all aware, UTC), and since when it would have been `wanted`."""

    now: datetime
    since: datetime
    wanted: datetime

    @property
    def too_short(self) -> bool:
        """What came in between `wanted` and `since` is not known, and somebody must be told so."""
        return self.wanted < self.since


def file_missed(work: Work, municipality: Municipality, missed: Sequence[Missed], look: Look, outside: Outside) -> None:
    """One case for all that one look has found, the acute ones first."""
    texts, zone = outside.texts, ZoneInfo(municipality.hours.zone)
    today = look.now.astimezone(zone).date()
    told = []
    for one in sorted(missed, key=lambda one: (not one.acute, one.at)):
        there = one.at.astimezone(zone)
        kind = "cut_off" if one.cut_off else "call" if one.call else "text"
        when = f"{there:%H.%M}" if there.date() == today else f"{there:%Y-%m-%d %H.%M}"
        told.append(texts[f"missed.{kind}"].format(when=when) + (texts["missed.acute"] if one.acute else ""))
    listed = ", ".join(told[:MOST_TOLD])
    if len(told) > MOST_TOLD:
        listed += texts["missed.more"].format(count=len(told) - MOST_TOLD)
    unknown = texts["missed.unknown"].format(
        since=f"{look.wanted.astimezone(zone):%Y-%m-%d %H.%M}", until=f"{look.since.astimezone(zone):%Y-%m-%d %H.%M}"
    )
    text = ". ".join(filter(None, (listed, unknown if look.too_short else "")))
    flags = ["going_on"] if any(one.acute for one in missed) else []
    file_own_report(work, municipality, "missed", text, *flags, at=look.now, chance=outside.chance)
