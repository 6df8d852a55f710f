"""What a conversation costs is counted from what is really said in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from hotline.adapters.flow_files import load_script
from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.officer_texts import load_officer_texts
from hotline.core.costing import Trip, costs, cries, money, trips
from hotline.core.exploring import Ways
from hotline.core.telling import Prices, Telling
from hotline.core.turn import Channel

FLOWS = Path(__file__).parents[2] / "flows"
SCRIPT = load_script(FLOWS)
TOWN = load_municipalities(FLOWS / "municipalities")["smedjebacken"]
OFFICERS = load_officer_texts(FLOWS / "officers")
PRICES = Prices("SEK", text_out=1, text_in=0.1, call_in=0.5, call_out=10, assumed=False)


def by(language: str, channel: Channel, *, office_open: bool = True) -> list[Trip]:
    return list(trips(Ways(SCRIPT, TOWN, language, channel, office_open)))


@pytest.mark.parametrize("language", TOWN.languages)
def test_every_text_to_an_end_is_counted(language: str) -> None:
    reports = [one for one in by(language, Channel.SMS) if one.outcome == "reported"]
    assert len(reports) > 100
    assert all(one.files and one.turns <= one.segments <= 2 * one.turns for one in reports)


@pytest.mark.parametrize("language", TOWN.languages)
def test_a_call_says_112_at_once_and_rings_a_person_within_the_scripts_bound(language: str) -> None:
    connected = [one for one in by(language, Channel.VOICE) if one.outcome == "connected"]
    assert connected
    assert all((one.to_112 or 99) <= SCRIPT.bounds.seconds_to_112 for one in connected)
    assert all(10 < (one.to_person or 999) <= SCRIPT.bounds.seconds_to_person for one in connected)
    assert all(one.bridged for one in connected)


def test_a_call_that_nobody_takes_ends_as_a_report_in_office_hours_too() -> None:
    reported = [one for one in by("sv", Channel.VOICE) if one.outcome == "reported"]
    assert reported
    assert all(one.files and one.to_person and not one.bridged for one in reported)


def test_nobody_is_rung_while_the_office_is_closed() -> None:
    closed = by("sv", Channel.VOICE, office_open=False)
    assert {one.to_person for one in closed} == {None}
    assert any(one.files for one in closed)


def a_trip(outcome: str = "bye", turns: int = 3, segments: int = 5, seconds: float = 60.0) -> Trip:
    return Trip((), outcome, turns, segments, seconds, to_112=4, to_person=None, files=False)


def test_a_text_costs_its_segments_and_what_was_received() -> None:
    assert money(a_trip(turns=3, segments=5), Channel.SMS, PRICES) == pytest.approx(3 * 0.1 + 5 * 1)


@pytest.mark.parametrize(("seconds", "turns", "minutes"), [(50, 3, 1), (60, 3, 2), (10, 1, 1)])
def test_a_call_costs_every_minute_that_has_begun(seconds: float, turns: int, minutes: int) -> None:
    assert money(a_trip(turns=turns, seconds=seconds), Channel.VOICE, PRICES) == minutes * 0.5


def test_a_call_that_is_put_through_costs_a_minute_of_that_as_well() -> None:
    assert money(replace(a_trip(seconds=50), bridged=True), Channel.VOICE, PRICES) == 0.5 + 0.5 + 10


def test_a_cry_gets_an_answer_in_every_language_and_it_is_counted() -> None:
    found = cries(SCRIPT, TOWN)
    assert set(found) == {"", *SCRIPT.texts, *SCRIPT.foreign}
    assert found["sv"] == 1
    assert found["ar"] > 1  # its own letters, and two languages beside


def test_every_language_channel_and_hour_has_its_costs() -> None:
    found = list(costs(SCRIPT, TOWN, Telling(OFFICERS, PRICES)))
    assert len({(one.language, one.channel, one.office_open) for one in found}) == len(TOWN.languages) * 4
    assert all(one.money[0] <= one.money[1] and one.ways > 0 for one in found)


def test_a_report_costs_what_telling_officers_takes_as_well() -> None:
    telling = Telling(OFFICERS, PRICES)
    reported, *_ = [one for one in costs(SCRIPT, TOWN, telling) if one.outcome == "reported"]
    own = [money(one, Channel.SMS, PRICES) for one in by("sv", Channel.SMS) if one.outcome == "reported"]
    least, most = telling.of(TOWN, office_open=True)
    assert reported.money == pytest.approx((min(own) + least, max(own) + most))
