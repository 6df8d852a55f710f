"""What is kept goes by itself: conversations within the hour, numbers after days, cases after the decided time."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hotline.adapters.simulated_faults import Fault
from hotline.usecases.erasing import erase_copies
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

MONDAY = "2027-03-08"
DECIDED = '\nkeeping: {decision: "Socialnämnden 2026-10-12 § 88", days: 12, number_hours: 72}\n'


@pytest.fixture
def confirmed(confirmed: Path, tmp_path: Path) -> Path:
    """With a decision, and without trial reports."""
    folder = tmp_path / "decided"
    folder.mkdir()
    said = (confirmed / "smedjebacken.yaml").read_text(encoding="utf-8").partition("# A trial report")[0]
    (folder / "smedjebacken.yaml").write_text(said + DECIDED, encoding="utf-8")
    return folder


def rows(town: Town, table: str) -> int:
    engine = create_engine(town.database.url)
    with engine.connect() as connection:
        count = int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - the name stands in the test
    engine.dispose()
    return count


def erase(town: Town) -> int:
    """As the worker's own thread for it does."""
    outside = town.tools.outside()
    (one,) = outside.municipalities.values()
    return erase_copies(one, begin=outside.begin, carrier=outside.carrier, clock=outside.clock)


def test_a_conversation_is_dead_after_half_an_hour_and_gone_within_the_hour(
    town: Town, time: Time, neighbour: Neighbour
) -> None:
    time.is_now(f"{MONDAY} 10:00")
    neighbour.texts("Hej, jag är orolig för Anna på Ekgatan 4")
    time.is_now(f"{MONDAY} 10:40")
    assert rows(town, "conversations") == 1  # somebody may have answered, and the carrier not told us yet
    assert erase(town) > 0
    assert [one.body for one in town.carrier.book.texts.values() if one.body] == []
    time.is_now(f"{MONDAY} 10:47")
    assert rows(town, "conversations") == 0
    assert town.cases() == []


def test_a_number_goes_after_days_and_the_case_after_the_decided_time(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    time.is_now(f"{MONDAY} 10:00")
    neighbour.texts("Hej", "2", "1", "1", "2", "2")  # to be sent with the number
    neighbour.texts("Ekgatan 4")
    desk.rings_within(seconds=10)
    desk.takes_the_call("Ekgatan 4")
    seen = []
    for days in (2, 4, 9, 14):
        time.is_now(f"2027-03-{8 + days} 10:01")
        seen.append([case.report.caller for case in town.cases()])
    assert seen == [[neighbour.number], [None], [None], []]
    assert rows(town, "certificates") == 2


def test_a_conversation_goes_after_a_day_even_if_the_carrier_never_says_what_it_took(
    town: Town, time: Time, neighbour: Neighbour
) -> None:
    time.is_now(f"{MONDAY} 10:00")
    neighbour.texts("Hej, jag är orolig för Anna på Ekgatan 4")
    time.passes(seconds=1)
    town.carrier.suffer(Fault.BROKEN)
    time.is_now("2027-03-09 10:20")
    assert rows(town, "conversations") == 1  # what came just before the silence may yet be heard of
    time.is_now("2027-03-09 10:40")
    assert rows(town, "conversations") == 0
