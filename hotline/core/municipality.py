"""A municipality as the hotline knows it: facts from its file, as values. What may not enter: files, clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from .alert import Contact, Level
from .keeping import Keeping


@dataclass(frozen=True)
class Hours:
    """Office hours on the wall clock of `zone`. `weekly`: weekday (0 = Monday) → (opens, closes) spans.

    `closed`: dates closed although the weekday is open. `days_off`: year → public holidays and eves, worked out when
    the file is read; those of any other year are when they are asked for (`roster.closed_days`).
    """

    weekly: tuple[tuple[int, time, time], ...]
    closed: frozenset[date] = frozenset()
    zone: str = "Europe/Stockholm"
    days_off: Mapping[int, frozenset[date]] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Probe:
    """A trial report that travels the whole way to telephones that only this is sent to.

    `caller`: the number it comes from, which nobody else can have. `every`, `within`: minutes between two, and until
    one has arrived.
    """

    caller: str
    level: Level
    every: int
    within: int


@dataclass(frozen=True)
class Municipality:
    """`lines`: the hotline's own numbers (E.164). `desk_lines`: numbers on which only officers answer, may be empty.

    `telephone`: social services, E.164; `telephone_shown`: as people know it.
    `languages`: switched on, the first is the default.
    `by_day`: levels of the escalation in office hours; `by_night`: whom urgent cases wake, may be empty.
    `open_minutes`: how long somebody who acknowledged may take to open the case. `probe`: the trial report, or None.
    `keeping`: the decision on deletion; None: nobody has decided, and no case is deleted.
    `voices`: language → the carrier's voice. `unconfirmed`: names of facts that nobody has confirmed.
    """

    key: str
    name: str
    telephone: str
    telephone_shown: str
    lines: tuple[str, ...]
    hours: Hours
    by_day: tuple[Level, ...]
    by_night: tuple[Level, ...] = ()
    desk: Contact | None = None
    desk_lines: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("sv",)
    voices: tuple[tuple[str, str], ...] = ()
    recordings: str = ""
    speech: bool = False
    facts: tuple[tuple[str, str], ...] = ()  # what texts may name: housing_company, …
    unconfirmed: tuple[str, ...] = field(default=())
    open_minutes: int = 15
    probe: Probe | None = None
    keeping: Keeping | None = None
