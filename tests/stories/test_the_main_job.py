"""A neighbour texts or calls; social services get it and somebody there says so. Real processes, both databases."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.stories.running import Running, running

PIN = "246813"


@pytest.fixture
def hotline(database_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Running]:
    with running(database_url, tmp_path, clean_environment) as started:
        yield started


def is_ringing(seen: str) -> bool:
    """A call that is over still stands there, with other words."""
    return '"outcome": "ringing"' in seen


def acknowledged_on_the_landline(hotline: Running) -> str:
    """Social services pick up, give the desk's PIN, hear the report and press 1. What was heard."""
    hotline.until("desk", is_ringing, "a ringing landline")
    hotline.act("desk/0/pick-up")
    hotline.act("desk/0/press", keys=PIN + "#")
    heard = hotline.until("desk", lambda seen: "ingen riskbedömning" in seen, "the report, read out")
    hotline.act("desk/0/press", keys="1")
    hotline.until("cases", lambda seen: '"acknowledged"' in seen, "an acknowledged alert")
    return heard


def test_a_text_conversation_ends_in_an_acknowledged_alert(hotline: Running) -> None:
    hotline.say("Hej, jag är orolig", "2", "2", "2", "1", "1", "Ekgatan 12, tre trappor")
    assert "Ekgatan 12" in acknowledged_on_the_landline(hotline)


def test_somebody_who_says_that_it_is_going_on_is_told_to_call_112_at_once(hotline: Running) -> None:
    hotline.say("han slår henne nu")
    assert "Ring 112 nu." in hotline.until("caller", lambda seen: "112" in seen, "an answer")


def test_a_call_is_connected_or_leaves_a_report_to_be_called_back_about(hotline: Running) -> None:
    hotline.act("call")
    for keys in ("2", "2"):
        hotline.act("press", keys=keys)
    if "kopplar" in hotline.until("caller", lambda seen: "kopplar" in seen or "Vapen" in seen, "the next step"):
        hotline.until("desk", is_ringing, "a ringing landline")
        hotline.act("desk/0/reject")
        hotline.until("caller", lambda seen: "Ingen kunde svara" in seen, "an honest text")
    for keys in ("1", "1", "1", "1#", "1", "1"):
        hotline.act("press", keys=keys)
    assert "0, 7, 0, 1, 7, 4" in acknowledged_on_the_landline(hotline)


def test_an_officer_reads_the_case_on_the_machine(hotline: Running) -> None:
    hotline.say("Hej", "1", "1", "1", "1", "1", "2", "Lindvägen 8")
    seen = hotline.until("cases", lambda seen: "reference" in seen, "a case")
    reference = seen.split('"reference": "')[1][:4]
    assert "Lindvägen 8" in hotline.command("cases", "show", reference)
