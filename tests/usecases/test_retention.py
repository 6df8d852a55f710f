"""What is deleted, on whose decision, and what says so: in memory, with the municipality's own calendar."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.core.alert import AlertState
from hotline.core.keeping import Keeping
from hotline.core.municipality import Municipality
from hotline.usecases.retention import (
    ClockInDoubtError,
    Purge,
    is_in_doubt,
    refuse_a_jump,
    remember,
    unread,
)
from tests.fake_custody import FakeKeys
from tests.usecases.town import TUESDAY_TEN, Town, wall

DECISION = "Socialnämnden 2026-10-12 § 88"
# Tuesday 9 March at ten, and thirty whole days: the 8th of April is kept, and goes when it is over.
OVER = wall("2027-04-09 00:00")
SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)


@pytest.fixture
def town() -> Town:
    return Town()


def kept(town: Town, unit: str = "day", count: int = 30, hours: int | None = None) -> Municipality:
    return replace(town.municipalities["smedjebacken"], keeping=Keeping(DECISION, count, unit, hours))


def opened(town: Town, reference: str, at: str = TUESDAY_TEN) -> None:
    alert = town.store.rows.alerts[reference]
    town.store.rows.alerts[reference] = replace(alert, state=AlertState.ACKNOWLEDGED, opened_at=wall(at))


def purge(town: Town, now: datetime, keys: FakeKeys | None = None) -> Purge:
    return Purge(town.store.begin, keys or FakeKeys(), now, "worker:one 0.1.0")


def unread_at(town: Town, one: Municipality, now: datetime) -> list[str]:
    with town.store.begin() as work:
        return unread(work, one, now)


def test_a_case_goes_with_the_end_of_its_last_day_and_not_a_second_before(town: Town) -> None:
    reference = town.report("red")
    opened(town, reference)
    assert list(purge(town, OVER - SECOND).carry_out(kept(town))) == []
    (text,) = purge(town, OVER).carry_out(kept(town))
    assert {f"Referenser: {reference}", "Ärenden: 1", "Larm: 1"} <= set(text.splitlines())
    assert "Gallringsfrist: 30 dygn efter att ärendet senast lästes eller fick ett tillägg" in text
    assert town.store.rows.reports == {}


def test_looking_says_what_would_go_and_takes_nothing(town: Town) -> None:
    reference = town.report("red")
    opened(town, reference)
    assert purge(town, OVER - SECOND).look(kept(town)) is None
    assert f"Referenser: {reference}" in (purge(town, OVER).look(kept(town)) or "")
    assert list(town.store.rows.reports) == [reference]
    assert town.store.rows.certificates == {}


def test_what_nobody_has_read_stays_and_is_named_from_the_day_on_which_it_would_have_gone(town: Town) -> None:
    reference = town.report("red")
    assert list(purge(town, OVER).carry_out(kept(town))) == []
    assert unread_at(town, kept(town), OVER) == [reference]
    assert unread_at(town, kept(town), OVER - SECOND) == []
    assert unread_at(town, town.municipalities["smedjebacken"], OVER + 9 * WEEK) == []  # no decision, no time


def test_several_cases_are_counted_in_one_certificate_and_none_comes_after(town: Town) -> None:
    references = [town.report("red"), town.report("red")]
    for reference in references:
        opened(town, reference)
    (text,) = purge(town, OVER).carry_out(kept(town))
    assert {f"Referenser: {', '.join(references)}", "Ärenden: 2", "Larm: 2"} <= set(text.splitlines())
    assert town.store.rows.certificates == {1: ("smedjebacken", text)}


def test_keys_go_with_every_purge_and_what_went_is_written_down(town: Town) -> None:
    keys, one = FakeKeys(), kept(town)
    assert purge(town, OVER, keys).forget(one) == 1
    last = list(town.store.rows.trail.values())[-1]
    assert (last.who, last.act, last.reference) == ("worker:one 0.1.0 smedjebacken", "destroy", "1 keys")
    assert list(purge(town, OVER, keys).carry_out(one)) == []
    assert keys.needed == [set(), set()]
    assert purge(town, OVER, keys).forget(replace(one, keeping=None)) == 0


def test_a_number_goes_its_hours_after_the_reading_and_its_case_stays(town: Town) -> None:
    reference = town.report("red")
    opened(town, reference)
    read = wall(TUESDAY_TEN)
    one = kept(town, hours=72)
    assert list(purge(town, read + timedelta(hours=72)).carry_out(one)) == []
    town.store.rows.reports[reference] = replace(town.store.rows.reports[reference], caller="+46701740612")
    (text,) = purge(town, read + timedelta(hours=72) + SECOND).carry_out(one)
    assert "Telefonnummer borttagna ur ärenden som finns kvar: 1" in text
    assert town.store.rows.reports[reference].caller is None


@pytest.mark.parametrize(("gap", "doubt"), [(WEEK, False), (WEEK + SECOND, True)])
def test_a_clock_that_is_more_than_a_week_ahead_deletes_nothing(town: Town, *, gap: timedelta, doubt: bool) -> None:
    now = wall(TUESDAY_TEN)
    refuse_a_jump(town.store.begin, now)
    with town.store.begin() as work:
        assert is_in_doubt(work, now + gap) is doubt
    if doubt:
        with pytest.raises(ClockInDoubtError):
            refuse_a_jump(town.store.begin, now + gap)
    else:
        refuse_a_jump(town.store.begin, now + gap)
    with town.store.begin() as work:
        assert is_in_doubt(work, now + gap + WEEK) is doubt  # what was believed is remembered, what was not is not
        remember(work, now + gap)
        assert not is_in_doubt(work, now + gap)


@pytest.mark.parametrize(
    ("unit", "since", "over"),
    [
        ("day", "2027-03-09 23:59", "2027-03-11 00:00"),
        ("month", "2027-01-31 23:59", "2027-03-01 00:00"),
        ("year", "2028-02-29 23:59", "2029-03-01 00:00"),
    ],
)
def test_the_shortest_day_month_and_year_are_over_in_time(town: Town, unit: str, since: str, over: str) -> None:
    reference = town.report("red", at=since)
    opened(town, reference, since)
    assert unread_at(town, kept(town, unit, 1), wall(over)) == []
    assert purge(town, wall(over) - SECOND).look(kept(town, unit, 1)) is None
    assert reference in (purge(town, wall(over)).look(kept(town, unit, 1)) or "")


@pytest.mark.parametrize(
    ("unit", "count", "shown"), [("year", 5, "5 år"), ("month", 6, "6 mån"), ("day", 30, "30 dygn")]
)
def test_the_decisions_time_is_shown_as_it_was_made(unit: str, count: int, shown: str) -> None:
    assert Keeping(DECISION, count, unit).shown() == shown
