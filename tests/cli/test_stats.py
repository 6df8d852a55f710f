"""`stats`: counts without people in them, and the costs of the script."""

import re

import pytest
from click.testing import Result

from hotline.cli.stats import between, counted
from tests.proof.commands import invoked
from tests.proof.fault import FLOWS, workshop
from tests.web.doors import make_door


def stats(*words: str) -> Result:
    return make_door().app.test_cli_runner().invoke(args=["stats", *words])


def test_a_handful_in_a_small_town_is_not_told_apart() -> None:
    told = list(counted([("smedjebacken", 2026, "reported", 4), ("smedjebacken", 2026, "bye", 5)]))
    assert told == ["smedjebacken 2026: reported fewer than 5", "smedjebacken 2026: bye 5"]


def test_costs_are_told_for_every_language_and_say_that_prices_are_assumed() -> None:
    said = stats("--costs-only")
    assert said.exit_code == 0
    assert "ASSUMED" in said.output
    _, first, second = re.split("(?m)^(?:Exempelby|Smedjebackens) kommun$", said.output)
    line = "  {}, text, office hours, reported: "
    assert all(line.format(one) in first for one in ("sv", "fi", "en"))
    assert [line.format(one) in second for one in ("sv", "fi", "en")] == [True, False, True]
    assert "112 after 4 s, a person is rung within" in said.output


def test_flows_check_ends_with_what_a_report_costs() -> None:
    said = invoked(workshop(FLOWS, own_words=True), "check").output
    assert "sv: a report by text 8–10 segments, " in said
    assert all(f"{town} kommun" in said for town in ("Smedjebackens", "Exempelby"))
    assert "by call 112 after 4 s, a person is rung within " in said


@pytest.mark.parametrize(("pair", "shown"), [((7, 7), "7"), ((7, 9), "7–9"), ((0.1, 0.1), "0")])
def test_a_span_without_width_is_one_figure(pair: tuple[float, float], shown: str) -> None:
    assert between(*pair) == shown


def test_doctor_notes_what_stands_there_on_somebodys_word_alone() -> None:
    said = make_door().app.test_cli_runner().invoke(args=["doctor"]).output
    assert "note  Nobody has rung Kvinnofridslinjen: its number has only been read." in said
    assert "note  The carrier's prices are assumed" in said
