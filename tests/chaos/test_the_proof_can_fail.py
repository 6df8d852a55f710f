"""What the storm proves with: each kind of wrong is found where it is, and nothing where all is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.system_clock import SystemClock
from hotline.core.alert import Alert, AlertState, Contact, Level, Means, Plan
from hotline.core.case import Addendum, Report
from hotline.core.roster import is_open
from hotline.ports import CaseFile
from tests.chaos.book import Book, name_of
from tests.chaos.climbing import is_bounded
from tests.chaos.proof import Found
from tests.chaos.recovery import Harm, Wait, recovered
from tests.chaos.towns import LINES, two_towns

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLAN = Plan((Level((Contact("Mottagningen", Means.CALL, "+46240660335"),), 3),))
ALERT = Alert("K7Q2", "smedjebacken", 1, PLAN, next_at=NOW, raised_at=NOW)


def filed(reference: str, *places: str) -> CaseFile:
    """The case of the first neighbour, who has named these places."""
    report = Report(reference, "smedjebacken", "sms", "sv", NOW, own_words=("Hej, prov 1",))
    told = tuple(Addendum(NOW, "place", one) for one in places)
    return CaseFile(report, told, replace(ALERT, reference=reference), ())


def compared(*cases: CaseFile, book: Book) -> dict[str, list[str]]:
    """What is found wrong."""
    found = Found(cases=len(cases))
    known = {name_of(one): [each for each in cases if name_of(each) == name_of(one)] for one in cases}
    found.compare(known, book)
    wrong = {name: getattr(found, name) for name in ("lost", "doubled", "unasked", "unsaid")}
    return {name: ones for name, ones in wrong.items() if ones}


TOLD = {"prov 1": "K7Q2"}


@pytest.mark.parametrize(
    ("cases", "book", "wrong"),
    [
        ([filed("K7Q2", "A 1")], Book(told=TOLD, said={"prov 1": ["A 1"]}), {}),
        ([], Book(told=TOLD), {"lost": ["prov 1"]}),
        ([filed("AAAA")], Book(told=TOLD), {"lost": ["prov 1"]}),
        ([filed("K7Q2"), filed("AAAA")], Book(told=TOLD), {"doubled": ["prov 1"]}),
        ([filed("K7Q2")], Book(told=TOLD, said={"prov 1": ["A 1"]}), {"unsaid": ["prov 1: A 1"]}),
        ([filed("K7Q2", "A 1", "A 1")], Book(told=TOLD, said={"prov 1": ["A 1"]}), {"doubled": ["prov 1: A 1"]}),
        ([filed("K7Q2")], Book(gone={"prov 1"}), {"unasked": ["prov 1"]}),
        ([filed("K7Q2")], Book(given_up={"prov 1"}), {}),
        ([], Book(left={"prov 1"}), {"lost": ["prov 1"]}),
    ],
)
def test_each_promise_that_was_not_kept_is_found(
    cases: list[CaseFile], book: Book, wrong: dict[str, list[str]]
) -> None:
    assert compared(*cases, book=book) == wrong


@pytest.mark.parametrize(("cases", "nameless", "agrees"), [(3, 1, True), (4, 2, True), (2, 0, False), (5, 2, False)])
def test_there_are_as_many_cases_as_were_promised(cases: int, nameless: int, *, agrees: bool) -> None:
    book = Book(told=TOLD, left={"+46720000001"}, unnamed=1, given_up={"prov 9"})
    assert Found(cases=cases, nameless=nameless).agrees(book) is agrees


@pytest.mark.parametrize(
    ("changes", "bounded"),
    [
        ({"next_at": NOW + timedelta(minutes=3)}, True),
        ({"next_at": NOW + timedelta(hours=3)}, False),
        ({"state": AlertState.CLOSED}, False),
        ({"state": AlertState.ACKNOWLEDGED, "acknowledged_at": NOW, "opened_at": NOW}, True),
        ({"state": AlertState.ACKNOWLEDGED, "acknowledged_at": NOW, "next_at": NOW + timedelta(minutes=9)}, True),
        ({"state": AlertState.ACKNOWLEDGED, "acknowledged_at": NOW, "next_at": NOW + timedelta(hours=9)}, False),
    ],
)
def test_an_alert_climbs_only_if_its_next_step_is_near(
    tmp_path: Path,
    changes: dict[str, object],
    *,
    bounded: bool,
) -> None:
    towns = load_municipalities(two_towns(tmp_path / "towns"))
    assert is_bounded(replace(ALERT, **changes), towns, NOW) is bounded  # type: ignore[arg-type]  # the row's


def test_one_town_is_open_and_the_other_closed_whenever_a_storm_is_run(tmp_path: Path) -> None:
    towns, now = load_municipalities(two_towns(tmp_path / "towns")), SystemClock().now()
    assert {line for one in towns.values() for line in one.lines} == set(LINES)
    assert not is_open(towns["grannkommunen"].hours, now)
    assert len(towns["smedjebacken"].hours.weekly) == 7


@pytest.mark.parametrize(
    ("due", "handed", "kind", "seconds"),
    [
        (-60, -30, "worker", []),  # over before the harm
        (-5, 3, "worker", [8.0]),  # a kill ends no wait that had begun
        (2, 5, "worker", [3.0]),
        (30, 90, "worker", []),  # too long after it
        (-5, 12, "restart", [8.0]),  # the database was away until 4
        (6, 7, "stall", [1.0]),
    ],
)
def test_recovery_counts_from_what_came_later(due: int, handed: int, kind: str, seconds: list[float]) -> None:
    harm = Harm(kind, NOW, NOW if kind == "worker" else NOW + timedelta(seconds=4))
    wait = Wait(NOW + timedelta(seconds=due), NOW + timedelta(seconds=handed))
    assert recovered([wait], [harm]) == seconds
