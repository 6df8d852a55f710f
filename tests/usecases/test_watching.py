"""No case without an alert, no alert without an outcome or a next step: looked at, repaired, told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.core.alert import AlertState
from hotline.ports import Overdue
from hotline.usecases.watching import ailments, keep_promises
from tests.usecases.town import DESK, Town


@pytest.fixture
def town() -> Town:
    return Town()


def promises(town: Town, **later: float) -> Overdue:
    town.clock.move(**later)
    return keep_promises(town.store.begin, town.clock, town.chance, town.municipalities)


def ails(town: Town) -> list[str]:
    return ailments(town.store.begin, town.clock.at, town.municipalities)


def test_a_running_hotline_has_nothing_to_mend(town: Town) -> None:
    town.report()
    town.work()
    assert promises(town, minutes=1) == Overdue()
    town.work()
    assert ails(town) == []


def test_a_case_that_lost_its_alert_gets_one_and_is_told(town: Town) -> None:
    reference = town.report()
    del town.store.rows.alerts[reference]
    town.store.rows.deliveries.clear()
    assert promises(town, minutes=1).cases_without_alert == (reference,)
    assert town.alert(reference).state is AlertState.TRIGGERED
    assert ("call", DESK) in town.told()
    assert any(report.flags == {"fault"} for report in town.store.rows.reports.values())


def test_an_alert_that_nobody_moves_is_told_and_shown(town: Town) -> None:
    reference = town.report(wait=5)
    assert promises(town, minutes=7).alerts == (reference,)
    assert "alerts" in ails(town)


def test_the_same_is_not_told_again_and_again(town: Town) -> None:
    town.report(wait=5)
    for _ in range(5):
        promises(town, minutes=7)
    assert sum("fault" in report.flags for report in town.store.rows.reports.values()) == 1


def test_another_one_is_told_although_the_same_kind_has_been(town: Town) -> None:
    town.report(wait=5)
    promises(town, minutes=7)
    town.report(wait=5, at="2027-03-09 10:30")
    for _ in range(3):
        promises(town, minutes=7)
    assert sum("fault" in report.flags for report in town.store.rows.reports.values()) == 2


def test_however_many_are_late_they_are_told_and_remembered(town: Town) -> None:
    for _ in range(60):
        town.report(wait=5)
    promises(town, minutes=7)
    assert sum("fault" in report.flags for report in town.store.rows.reports.values()) == 1
    assert len(town.store.rows.marks["told:late"]) <= 200


def test_a_dead_worker_shows_within_a_minute(town: Town) -> None:
    town.work()
    assert ails(town) == []
    town.clock.move(seconds=46)
    assert ails(town) == ["worker"]


def test_an_acknowledgement_past_its_time_is_a_broken_promise_too(town: Town) -> None:
    reference = town.report()
    town.work()
    held = replace(town.alert(reference), state=AlertState.ACKNOWLEDGED, next_at=town.clock.at - timedelta(minutes=2))
    town.store.rows.alerts[reference] = held
    assert promises(town).alerts == (reference,)
