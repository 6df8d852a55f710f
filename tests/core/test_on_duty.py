"""Who of a roster is on duty: in weeks, in nights that last into the next day, and between two dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hotline.core.alert import Alert, Contact, Level, Means, Plan, Shift
from hotline.core.escalation import next_move
from hotline.core.municipality import Hours
from hotline.core.roster import on_duty

ZONE = "Europe/Stockholm"
EVA = Contact("Eva", Means.TEXT, "+46701740605")
TUESDAY_NOON = datetime(2027, 3, 9, 11, tzinfo=UTC)
OFFICE = Hours(tuple((day, time(8), time(16, 30)) for day in range(5)))


def is_eva_on(shift: Shift, written: str) -> bool:
    """`written`: as the clock on the office wall shows it."""
    return on_duty(replace(EVA, shifts=(shift,)), ZONE, datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(ZONE)))


def weekly(day: int, begins: int, ends: int) -> Shift:
    return Shift(weekly=((day, time(begins), time(ends)),))


def test_who_has_no_shifts_is_always_on_duty() -> None:
    assert on_duty(EVA, ZONE, TUESDAY_NOON)


@pytest.mark.parametrize(
    ("moment", "on"),
    [("2027-03-09 07:59", False), ("2027-03-09 08:00", True), ("2027-03-09 15:59", True), ("2027-03-09 16:00", False),
     ("2027-03-10 12:00", False), ("2027-03-08 12:00", False)],
)  # fmt: skip
def test_a_day_begins_and_ends_on_its_hour_and_is_that_weekday_alone(moment: str, *, on: bool) -> None:
    assert is_eva_on(weekly(1, 8, 16), moment) is on


@pytest.mark.parametrize(
    ("moment", "on"),
    [("2027-03-12 21:59", False), ("2027-03-12 22:00", True), ("2027-03-13 00:00", True), ("2027-03-13 05:59", True),
     ("2027-03-13 06:00", False), ("2027-03-12 05:00", False), ("2027-03-11 23:00", False)],
)  # fmt: skip
def test_a_friday_night_lasts_into_saturday_morning(moment: str, *, on: bool) -> None:
    assert is_eva_on(weekly(4, 22, 6), moment) is on


@pytest.mark.parametrize(
    ("moment", "on"), [("2027-03-08 07:59", False), ("2027-03-08 09:00", True), ("2027-03-09 07:59", True),
                       ("2027-03-09 08:00", False)],
)  # fmt: skip
def test_from_eight_to_eight_is_a_day_and_a_night(moment: str, *, on: bool) -> None:
    assert is_eva_on(weekly(0, 8, 8), moment) is on


@pytest.mark.parametrize(
    ("moment", "on"), [("2027-03-07 23:59", False), ("2027-03-08 00:00", True), ("2027-03-14 23:59", True),
                       ("2027-03-15 00:00", False)],
)  # fmt: skip
def test_a_week_on_duty_holds_its_first_and_its_last_day(moment: str, *, on: bool) -> None:
    assert is_eva_on(Shift(date(2027, 3, 8), date(2027, 3, 14)), moment) is on


@pytest.mark.parametrize(("moment", "on"), [("2027-03-15 05:00", True), ("2027-03-08 05:00", False)])
def test_a_night_belongs_to_the_date_of_its_evening(moment: str, *, on: bool) -> None:
    nights = tuple((day, time(22), time(6)) for day in range(7))
    assert is_eva_on(Shift(date(2027, 3, 8), date(2027, 3, 14), nights), moment) is on


def test_a_day_shift_counts_only_between_its_dates() -> None:
    june = Shift(date(2027, 6, 1), date(2027, 6, 30), ((1, time(8), time(16)),))
    assert is_eva_on(june, "2027-06-08 12:00")
    assert not is_eva_on(june, "2027-05-25 12:00")


def told_at_noon(*shifts: Shift) -> list[str]:
    level = Level(tuple(replace(EVA, name=f"{n}", shifts=(one,)) for n, one in enumerate(shifts)), 5)
    alert = Alert("K7Q2", "town", 3, Plan((level,)), next_at=TUESDAY_NOON, raised_at=TUESDAY_NOON)
    return [contact.name for contact in next_move(alert, OFFICE, TUESDAY_NOON).contacts]


def test_of_a_level_those_on_duty_are_told_and_where_nobody_is_all_of_them() -> None:
    on, off = weekly(1, 8, 16), weekly(2, 8, 16)
    assert told_at_noon(off, on) == ["1"]
    assert told_at_noon(off, off) == ["0", "1"]
