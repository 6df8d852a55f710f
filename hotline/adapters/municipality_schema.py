"""The shape of a municipality's file: which keys there are and what kind of value each holds.

What may enter: fields and kinds. What may not: what values mean together; municipality_files checks that.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.core.alert import PIN_DIGITS

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Text = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class _Strict(BaseModel):
    """Nothing is guessed: an unquoted number is no text, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Person(_Strict):
    """Somebody who can be told. A telephone as people write it; the PIN is typed on its keypad."""

    name: Text
    telephone: str = ""
    email: str = ""
    pin: Annotated[str, Field(pattern=f"^([0-9]{{{PIN_DIGITS[0]},{PIN_DIGITS[-1]}}})?$")] = ""


class Duty(_Strict):
    """One line of a roster: who, from when to when (dates, both included), and within which hours of which days.

    A span that ends no later than it begins ("16:30-08:00") lasts into the next day.
    """

    person: Text
    first: Annotated[date, Field(strict=False)] | None = None
    last: Annotated[date, Field(strict=False)] | None = None
    weekly: dict[Day, list[Annotated[str, Field(pattern=r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")]]] = {}


class Rung(_Strict):
    """Who is told together ("call desk", "text duty", "email duty"), and minutes until the next level.

    The name is a person's or a roster's; of a roster, whoever is on duty is told.
    """

    tell: Annotated[list[Text], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=240)]


class ProbePart(_Strict):
    """The trial report: the number it comes from, the telephones it goes to, and how often and how fast (minutes)."""

    caller: Text
    tell: Annotated[list[Text], Field(min_length=1)]
    every: Annotated[int, Field(ge=2, le=10080)]
    within: Annotated[int, Field(ge=1, le=120)]


class KeepingPart(_Strict):
    """The decision on deletion, named so that anybody can find it, and the time that it gives: one of three units.

    `number_hours`: the caller's number goes so long after the case was opened; without it, with the case.
    """

    decision: Annotated[str, Field(min_length=8)]
    years: Annotated[int, Field(ge=1, le=30)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    number_hours: Annotated[int, Field(ge=1, le=8760)] | None = None


class OfficeHours(_Strict):
    """`weekly`: day → spans such as "08:00-16:30". Public holidays and eves need not be written down."""

    zone: Text = "Europe/Stockholm"
    weekly: dict[Day, list[Annotated[str, Field(pattern=r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")]]]
    closed: list[Annotated[date, Field(strict=False)]] = []


class MunicipalityFile(_Strict):
    """One file, as written. `invented`: no real place; stands after the real ones."""

    spec_version: Literal[1]
    invented: bool = False
    name: Text
    telephone: Text
    lines: Annotated[list[Text], Field(min_length=1)]
    desk_lines: list[Text] = []
    languages: Annotated[list[Language], Field(min_length=1)]
    use_unreviewed: list[Language] = []
    voices: dict[Language, Text] = {}
    recordings: str = ""
    speech: bool = False
    facts: dict[str, Text] = {}
    hours: OfficeHours
    people: dict[str, Person]
    rosters: dict[str, Annotated[list[Duty], Field(min_length=1)]] = {}
    desk: Text
    by_day: Annotated[list[Rung], Field(min_length=1)]
    by_night: list[Rung] = []
    open_minutes: Annotated[int, Field(ge=2, le=240)] = 15
    probe: ProbePart | None = None
    keeping: KeepingPart | None = None
    unconfirmed: list[Text] = []
