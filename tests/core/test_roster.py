"""When the office is open: hours, holidays, eves and the two nights on which the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.core.municipality import Hours
from hotline.core.roster import is_open, next_opening

OFFICE = Hours(tuple((day, time(8), time(16, 30)) for day in range(5)))
NEVER_CLOSED = Hours(tuple((day, time.min, time.max) for day in range(7)))
LUNCH = Hours(((0, time(8), time(12)), (0, time(13), time(16))))


def wall(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize("moment", ["2027-03-09 08:00", "2027-03-09 16:29", "2027-12-23 12:00", "2028-02-29 12:00"])
def test_the_office_is_open_in_its_hours(moment: str) -> None:
    assert is_open(OFFICE, wall(moment))
    assert next_opening(OFFICE, wall(moment)) == wall(moment)


@pytest.mark.parametrize("moment", ["2027-03-09 07:59", "2027-03-09 16:30", "2027-03-13 12:00", "2027-03-14 12:00"])
def test_the_office_is_closed_before_after_and_at_weekends(moment: str) -> None:
    assert not is_open(OFFICE, wall(moment))


@pytest.mark.parametrize(
    "day",
    ["2027-01-01", "2027-01-06", "2027-03-26", "2027-03-29", "2027-05-06", "2028-06-06"],
)
def test_the_office_is_closed_on_public_holidays(day: str) -> None:
    assert not is_open(OFFICE, wall(f"{day} 10:00"))


@pytest.mark.parametrize("day", ["2026-06-19", "2027-06-25", "2026-12-24", "2026-12-31"])
def test_the_office_is_closed_on_the_eves_that_no_law_names(day: str) -> None:
    assert not is_open(OFFICE, wall(f"{day} 10:00"))


def test_a_day_that_the_municipality_closes_is_closed() -> None:
    squeezed = Hours(OFFICE.weekly, closed=frozenset({date(2027, 5, 7)}))
    assert next_opening(squeezed, wall("2027-05-05 17:00")) == wall("2027-05-10 08:00")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2027-03-09 17:00", "2027-03-10 08:00"),
        ("2027-03-09 03:00", "2027-03-09 08:00"),
        ("2027-03-12 20:00", "2027-03-15 08:00"),
        ("2027-03-25 17:00", "2027-03-30 08:00"),
        ("2026-12-23 17:00", "2026-12-28 08:00"),
        ("2026-12-30 17:00", "2027-01-04 08:00"),
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(now: str, opens: str) -> None:
    assert next_opening(OFFICE, wall(now)) == wall(opens)


def test_after_lunch_the_office_opens_again() -> None:
    assert not is_open(LUNCH, wall("2027-03-08 12:30"))
    assert next_opening(LUNCH, wall("2027-03-08 12:30")) == wall("2027-03-08 13:00")


@pytest.mark.parametrize(
    ("evening", "opens"),
    [("2027-03-27T22:00Z", "2027-03-30T06:00Z"), ("2026-10-24T21:00Z", "2026-10-26T07:00Z")],
)
def test_after_both_clock_changes_it_opens_at_eight_on_the_wall(evening: str, opens: str) -> None:
    at, expected = (datetime.fromisoformat(each) for each in (evening, opens))
    assert next_opening(OFFICE, at) == expected
    assert expected.astimezone(ZoneInfo("Europe/Stockholm")).hour == 8


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_no_moment_of_the_two_nights_is_lost(night: str, hour: int) -> None:
    at = datetime.fromisoformat(f"{night}T{hour:02}:30:00").replace(tzinfo=UTC)
    assert is_open(NEVER_CLOSED, at)


def test_an_office_that_never_opens_is_asked_again_tomorrow() -> None:
    assert next_opening(Hours(()), wall("2027-03-09 12:00")) == wall("2027-03-10 12:00")


@pytest.mark.parametrize(("days", "found"), [(366, True), (367, False)])
def test_an_opening_is_looked_for_through_a_whole_year(days: int, *, found: bool) -> None:
    now = wall("2027-07-01 12:00")
    closed = frozenset(now.date() + timedelta(days=ahead) for ahead in range(days))
    every_day = Hours(tuple((day, time(8), time(16)) for day in range(7)), closed)
    assert next_opening(every_day, now) == wall("2028-07-01 08:00" if found else "2027-07-02 12:00")
