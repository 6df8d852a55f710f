"""Whom the plan names next, whatever the hour: it never runs dry and never lets what is urgent wait."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.core.alert import Alert, AlertState, Contact, Delivery, Level, Means
from hotline.core.escalation import (
    Move,
    acknowledged,
    after_failure,
    latest_move,
    made_urgent,
    next_move,
    other_channel,
    plan_for,
    plan_of_probe,
)
from hotline.core.municipality import Hours, Municipality

OFFICE = Hours(tuple((day, time(8), time(16, 30)) for day in range(5)))
DESK, DUTY, NIGHT, DEEP = (Contact(name, Means.CALL, f"+4670174060{n}") for n, name in enumerate("ABCD"))
TOWN = Municipality(
    key="town",
    name="Town",
    telephone="+46846500450",
    telephone_shown="08-465 004 50",
    lines=("+46846500440",),
    hours=OFFICE,
    by_day=(Level((DESK,), 3), Level((DUTY,), 5)),
    by_night=(Level((NIGHT,), 4), Level((DEEP,), 6)),
)
DAY, LATE = datetime(2027, 3, 9, 9, tzinfo=UTC), datetime(2027, 3, 9, 21, tzinfo=UTC)
EVERY_MOMENT = st.integers(0, 60 * 24 * 400).map(lambda minutes: DAY + timedelta(minutes=minutes))


def alert(priority: int, at: datetime, town: Municipality = TOWN) -> Alert:
    return Alert("K7Q2", town.key, priority, plan_for(town), next_at=at, raised_at=at)


def names(contacts: tuple[Contact, ...]) -> str:
    return "".join(contact.name for contact in contacts)


def climb(start: Alert, at: datetime, moves: int) -> list[tuple[str, datetime]]:
    told, now = [], at
    for _ in range(moves):
        move = next_move(start, OFFICE, now)
        told.append((names(move.contacts), now))
        start, now = move.alert, move.alert.next_at
    return told


def test_by_day_the_day_climbs_and_its_last_level_repeats() -> None:
    assert [who for who, _ in climb(alert(3, DAY), DAY, 4)] == ["A", "B", "B", "B"]


def test_by_night_the_urgent_wakes_the_night() -> None:
    assert [who for who, _ in climb(alert(1, LATE), LATE, 4)] == ["C", "D", "D", "D"]


def test_by_night_the_others_wait_for_opening() -> None:
    (silent, _), (first, at) = climb(alert(2, LATE), LATE, 2)
    assert (silent, first) == ("", "A")
    assert at == datetime(2027, 3, 10, 7, tzinfo=UTC)


def test_urgent_waits_for_opening_only_where_nobody_is_named_for_nights() -> None:
    start = alert(1, LATE, replace(TOWN, by_night=()))
    assert [who for who, _ in climb(start, LATE, 2)] == ["", "A"]


def test_day_and_night_each_begin_with_their_own_first_level() -> None:
    before_closing = datetime(2027, 3, 9, 15, 23, tzinfo=UTC)
    assert [who for who, _ in climb(alert(1, before_closing), before_closing, 4)] == ["A", "B", "C", "D"]


def test_an_acknowledged_alert_whose_case_was_opened_moves_no_more() -> None:
    taken = replace(alert(1, DAY), state=AlertState.ACKNOWLEDGED, opened_at=DAY)
    assert next_move(taken, OFFICE, DAY) == Move((), taken)


def test_a_running_alert_keeps_the_plan_that_it_was_raised_with() -> None:
    frozen = alert(3, DAY)
    assert frozen.plan.levels[0].contacts[0].name == "A"
    assert plan_for(replace(TOWN, by_day=TOWN.by_night)) != frozen.plan


def test_a_failure_brings_the_next_level_now_but_never_hurries_the_last() -> None:
    first = next_move(alert(3, DAY), OFFICE, DAY).alert
    last = next_move(first, OFFICE, first.next_at).alert
    assert after_failure(first, OFFICE, DAY) == DAY
    assert after_failure(last, OFFICE, first.next_at) == last.next_at


@given(EVERY_MOMENT, st.integers(1, 3), st.integers(0, 50))
def test_whatever_the_moment_there_is_a_next_one(now: datetime, priority: int, level: int) -> None:
    move = next_move(replace(alert(priority, now), level=level), OFFICE, now)
    assert timedelta(minutes=1) <= move.alert.next_at - now <= timedelta(days=12)
    assert move.contacts or priority > 1
    assert move.alert.priority == priority


@given(EVERY_MOMENT)
def test_an_urgent_alert_is_never_silent_for_more_than_its_level_lasts(now: datetime) -> None:
    told = climb(alert(1, now), now, 5)
    assert all(who for who, _ in told)
    assert told[-1][1] - now <= timedelta(minutes=24)


def test_a_plan_without_a_day_is_told_by_day_too() -> None:
    start = alert(3, DAY, replace(TOWN, by_day=()))
    assert [who for who, _ in climb(start, DAY, 2)] == ["C", "D"]


def test_a_trial_report_is_told_to_its_telephones_at_every_hour() -> None:
    plan = plan_of_probe(Level((DESK,), 2))
    for at in (DAY, LATE):
        (first, _), (again, later) = climb(replace(alert(1, at), plan=plan), at, 2)
        assert (first, again, later - at) == ("A", "A", timedelta(minutes=2))


def test_a_level_of_no_minutes_lasts_one() -> None:
    hasty = alert(3, DAY, replace(TOWN, by_day=(Level((DESK,), 0), Level((DUTY,), 0))))
    assert [at - DAY for _, at in climb(hasty, DAY, 3)] == [timedelta(minutes=n) for n in range(3)]


def test_a_night_ends_with_the_opening_and_never_within_a_minute() -> None:
    opens = datetime(2027, 3, 10, 7, tzinfo=UTC)
    for seconds, pause in ((120, 120), (60, 60), (59, 60), (1, 60)):
        now = opens - timedelta(seconds=seconds)
        move = next_move(alert(1, now), OFFICE, now)
        assert (names(move.contacts), move.alert.next_at - now) == ("C", timedelta(seconds=pause))
        assert move.alert.level == 0


def test_the_others_wait_a_minute_though_it_opens_in_a_second() -> None:
    now = datetime(2027, 3, 10, 6, 59, 59, tzinfo=UTC)
    assert climb(replace(alert(3, now), level=2), now, 2) == [("", now), ("A", now + timedelta(minutes=1))]


def test_whoever_took_a_case_and_did_not_open_it_loses_it_and_the_climb_begins_anew() -> None:
    taken = acknowledged(replace(alert(3, DAY), level=2), "Eva", DAY, 15, opened=False)
    move = next_move(taken, OFFICE, taken.next_at)
    assert (taken.acknowledged_at, taken.next_at) == (DAY, DAY + timedelta(minutes=15))
    assert names(move.contacts) == "A"
    assert move.alert == replace(alert(3, DAY), level=1, next_at=taken.next_at + timedelta(minutes=3))


def test_who_has_heard_the_case_keeps_it() -> None:
    taken = acknowledged(alert(1, DAY), "Eva", DAY, 15, opened=True)
    assert (taken.state, taken.acknowledged_by, taken.opened_at) == (AlertState.ACKNOWLEDGED, "Eva", DAY)
    assert next_move(taken, OFFICE, taken.next_at) == Move((), taken)


def test_what_becomes_urgent_at_night_wakes_the_night_from_its_first_level() -> None:
    waiting = replace(alert(3, LATE), level=2, next_at=LATE + timedelta(hours=9))
    assert [who for who, _ in climb(made_urgent(waiting, LATE), LATE, 2)] == ["C", "D"]


def test_no_alert_waits_longer_than_its_longest_level_or_until_the_office_opens() -> None:
    opens = datetime(2027, 3, 10, 7, tzinfo=UTC)
    short = replace(TOWN, by_day=(Level((DESK,), 3),), by_night=())
    assert latest_move(alert(1, LATE), OFFICE, LATE) == LATE + timedelta(minutes=6)
    assert latest_move(alert(1, LATE, short), OFFICE, LATE) == LATE + timedelta(minutes=5)
    assert latest_move(alert(3, DAY), OFFICE, DAY) == DAY + timedelta(minutes=6)
    assert latest_move(alert(3, LATE), OFFICE, LATE) == opens + timedelta(minutes=1)


@pytest.mark.parametrize(("level", "now"), [(0, False), (1, True), (2, False), (3, False)])
def test_a_failure_hurries_only_while_there_is_a_next_level(level: int, *, now: bool) -> None:
    planned = DAY + timedelta(minutes=5)
    failed = after_failure(replace(alert(3, DAY), level=level, next_at=planned), OFFICE, DAY)
    assert failed == (DAY if now else planned)


@pytest.mark.parametrize(
    ("means", "address", "pin", "other"),
    [(Means.TEXT, "+46701740605", "1234", Means.CALL), (Means.TEXT, "+46701740605", "", None),
     (Means.CALL, "+46701740605", "1234", Means.TEXT), (Means.CALL, "+46240660335", "1234", None),
     (Means.EMAIL, "eva@example.org", "1234", None)],
)  # fmt: skip
def test_whose_text_or_call_failed_is_tried_the_other_way_once(
    means: Means, address: str, pin: str, other: Means | None
) -> None:
    eva = Contact("Eva", means, address, pin)
    failed = Delivery("token", "K7Q2", eva, DAY)
    assert other_channel(failed) == (other and replace(eva, means=other))
    assert other_channel(replace(failed, instead=True)) is None
