"""The table of what is held: made from the tables themselves, without a gap, and the same in HOLDINGS.md.

`python -m tests.adapters.store.test_holdings` writes that file anew.
"""

from pathlib import Path

import pytest
from sqlalchemy import Integer, MetaData, Table

from hotline.adapters.columns import column, holding
from hotline.adapters.store import holdings
from hotline.adapters.tables import metadata

FILE = Path(__file__).parents[3] / "hotline" / "adapters" / "HOLDINGS.md"
ABOUT = """# What the database holds

Made from the program itself (`flask --app app holdings` prints it); a column that says nothing of itself fails the
tests. *Locked* says what opens a column: whoever has the database and not the keyring reads only what is not locked.
Whoever has both reads everything. What each broken part gives away stands in SECURITY.md.

"""


def test_the_file_says_what_the_program_says() -> None:
    assert FILE.read_text(encoding="utf-8") == ABOUT + holdings.markdown()


def test_every_column_has_its_line_with_every_answer() -> None:
    rows = list(holdings.holdings())
    assert len(rows) == sum(len(table.columns) for table in metadata.tables.values())
    assert all(len(row) == len(holdings.HEADINGS) and all(row) for row in rows)


@pytest.mark.parametrize(
    ("of_table", "what", "missing"),
    [
        ({}, "a number", "why, until, who"),
        (holding(why="because", until="never"), "", "what"),
        (holding(why="", until="never"), "a number", "why"),
    ],
)
def test_a_column_without_an_entry_is_named(
    monkeypatch: pytest.MonkeyPatch, of_table: dict[str, str], what: str, missing: str
) -> None:
    new = MetaData()
    Table("shelf", new, column("book", Integer, what), info=of_table)
    monkeypatch.setattr(holdings, "metadata", new)
    with pytest.raises(LookupError, match=f"shelf.book does not say {missing}:"):
        holdings.markdown()


if __name__ == "__main__":
    FILE.write_text(ABOUT + holdings.markdown(), encoding="utf-8")
