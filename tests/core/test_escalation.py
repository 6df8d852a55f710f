"""Whom the plan names next, whatever the hour: it never runs dry and never lets what is urgent wait."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.core.alert import Alert, AlertState, Contact, Level, Means
from hotline.core.escalation import Move, after_failure, next_move, plan_for
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
