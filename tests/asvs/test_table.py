"""The table names tests and places that exist, gives a reason wherever it says no, and the page says the same."""

import pytest

from tests.asvs.table import PAGE, ROOT, Requirement, page, requirements

ROWS = requirements()
# How many requirements of levels 1 and 2 each chapter has; OAuth and WebRTC are one row each.
CHAPTERS = {
    "1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 33, "7": 18, "8": 7, "9": 7, "10": 1, "11": 14, "12": 9, "13": 13,
    "14": 9, "15": 13, "16": 16, "17": 1,
}  # fmt: skip


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_requirement_is_left_out(chapter: str) -> None:
    assert sum(number.split(".")[0] == chapter for number in ROWS) == CHAPTERS[chapter]


def test_they_stand_in_the_order_of_the_standard() -> None:
    places = [[int(part) for part in number.split(".")] for number in ROWS]
    assert places == sorted(places)


@pytest.mark.parametrize(("number", "row"), ROWS.items(), ids=ROWS)
def test_what_shows_it_exists(number: str, row: Requirement) -> None:
    for shown in row.shown_by:
        path, _, name = shown.partition("::")
        assert (ROOT / path).is_file(), number
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), number
    assert row.shown_by or row.state != "met", number
    assert row.why or row.state == "met", number


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.asvs"
