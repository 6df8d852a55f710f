"""`stats`: counts without people in them, and the costs of the script."""

import re
from csv import DictReader
from dataclasses import replace
from functools import cache
from io import StringIO
from itertools import product

import pytest
from click.testing import Result

from hotline.cli.costs import between, cost_lines
from hotline.cli.stats import counted
from hotline.core.costing import Cost
from tests.proof.commands import invoked
from tests.proof.fault import FLOWS, workshop
from tests.web.doors import make_door

TOWN = "Smedjebackens kommun"


@cache
def costs() -> list[Cost]:
    return workshop(FLOWS, own_words=True).costs()


def stats(*words: str) -> Result:
    return make_door().app.test_cli_runner().invoke(args=["stats", *words])


def test_a_handful_in_a_small_town_is_not_told_apart() -> None:
    told = list(counted([("smedjebacken", 2026, "reported", 4), ("smedjebacken", 2026, "bye", 5)]))
    assert told == ["smedjebacken 2026: reported fewer than 5", "smedjebacken 2026: bye 5"]


def test_costs_are_told_for_every_language_and_say_that_prices_are_assumed() -> None:
    said = stats("--costs-only")
    assert said.exit_code == 0
    assert "ASSUMED" in said.output
    towns = {"sv": ("Smedjebackens", "Exempelby"), "fi": ("Smedjebackens",), "en": ("Smedjebackens", "Exempelby")}
    for language, way in product(towns, ("text", "call")):
        assert all(f"{language}, by {way} ({town} kommun):\n" in said.output for town in towns[language])
    assert re.search(r"  connected, office hours: 112 after 4 s, a person is rung after \d+–\d+ s; ", said.output)


def test_flows_check_ends_with_what_every_outcome_costs_by_day_and_by_night() -> None:
    said = invoked(workshop(FLOWS, own_words=True), "check").output
    assert "\n".join(cost_lines(costs())) in said
    village = said.partition("sv, by text (Exempelby kommun):\n")[2]
    assert re.search(r"^  reported, office hours: 8–10 segments; \d\.\d\d–", village, re.MULTILINE)
    assert re.search(r"^  reported, closed: 8–10 segments; \d\.\d\d–", village, re.MULTILINE)


def test_every_single_way_is_a_row_for_a_spreadsheet() -> None:
    rows = list(DictReader(StringIO(stats("--every-way").output), delimiter="\t"))
    assert len(rows) == sum(one.ways for one in costs())
    (bye,) = [
        one for one in rows
        if (one["municipality"], one["language"], one["by"], one["hours"]) == (TOWN, "sv", "text", "closed")
        and one["outcome"] == "bye"
    ]  # fmt: skip
    assert bye["segments"] == "5"
    assert bye["answers"].startswith("Hej ")
    assert {one["segments"] for one in rows if one["by"] == "call"} == {""}
    assert {one["until_112"] for one in rows if one["by"] == "text"} == {""}
    assert float(bye["money_without_officers"]) == pytest.approx(5 * 0.06 + len(bye["answers"].split()) * 0.0075)


def test_what_a_cry_gets_is_told_in_every_language_that_has_it() -> None:
    cries = stats("--costs-only").output.partition("a cry for help, by text")[2]
    assert re.search(r"(?m)^  1 segment: en, fi, sv$", cries)
    assert all(re.search(rf" {language}[,\n]", cries) for language in ("ar", "so", "ti", "no language that is known"))


def test_what_is_alike_everywhere_is_said_once() -> None:
    twins = [replace(one, municipality=town) for town in ("A", "B") for one in costs() if one.municipality == TOWN]
    lines = list(cost_lines(twins))
    assert "sv, by text (A, B):" in lines
    assert sum(line.startswith("sv, by text") for line in lines) == 1


@pytest.mark.parametrize(("pair", "shown"), [((7, 7), "7"), ((7, 9), "7–9"), ((0.1, 0.1), "0")])
def test_a_span_without_width_is_one_figure(pair: tuple[float, float], shown: str) -> None:
    assert between(*pair) == shown


def test_doctor_notes_what_stands_there_on_somebodys_word_alone() -> None:
    said = make_door().app.test_cli_runner().invoke(args=["doctor"]).output
    assert "note  Nobody has rung Kvinnofridslinjen: its number has only been read." in said
    assert "note  The carrier's prices are assumed" in said
