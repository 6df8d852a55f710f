"""What counts as a miss and what as a false alarm, on a handful of rows."""

import pytest

from hotline.core.reading import Row, WordFile, compile_lexicon, measure, row_of

LEXICON = compile_lexicon({"sv": WordFile("sv", {"acute": ("kniv",)})})
ROWS = [
    Row("sv", "kniv", "acute"), Row("sv", "kniv", "victim_self_acute"), Row("sv", "hund", "acute"),
    Row("sv", "hund", "victim_self_acute"), Row("sv", "hund", "acute", ("victim_self_acute",)),
    Row("sv", "hund", "acute", ("concern",)), Row("sv", "kniv", "concern"), Row("sv", "hund", "concern"),
    Row("sv", "hund", "other"), Row("sv", "hund", "negated"), Row("sv", "kniv", "other"),
    Row("sv", "kniv", "negated", ("other",)), Row("sv", "kniv", "other", ("acute", "negated")),
    Row("fi", "hund", "acute"), Row("fi", "kniv", "acute"), Row("en", "kniv", "other"),
]  # fmt: skip


def test_each_row_counts_as_its_label_says_unless_its_own_excuse_is_another() -> None:
    counts = measure(LEXICON, ROWS).by_language
    found = {name: (one.acute, one.misses, one.everyday, one.false_alarms) for name, one in counts.items()}
    assert found == {"sv": (6, 3, 5, 2), "fi": (2, 1, 0, 0), "en": (0, 0, 1, 1)}
    wrong = [(one.row, one.evidence) for one in counts["sv"].wrong]
    assert wrong == [(ROWS[2], ""), (ROWS[3], ""), (ROWS[4], ""), (ROWS[10], "kniv"), (ROWS[11], "kniv")]


def test_shares_are_of_the_languages_that_are_named_or_of_all_but_some() -> None:
    figures = measure(LEXICON, ROWS)
    assert figures.miss_share() == pytest.approx(4 / 8)
    assert figures.false_share() == pytest.approx(3 / 6)
    assert (figures.miss_share(("fi",)), figures.miss_share(("en",)), figures.false_share(("fi",))) == (0.5, 0, 0)
    assert figures.miss_share(without=("fi",)) == pytest.approx(3 / 6)
    assert figures.false_share(without=("en",)) == pytest.approx(2 / 5)
    assert figures.false_share(("sv", "en"), without=("en",)) == pytest.approx(2 / 5)
    assert figures.false_share(("en",)) == 1


def test_a_row_is_what_stands_in_a_line_of_a_file() -> None:
    line = {"lang": "sv", "text": "hej", "label": "other", "also_ok": ["negated", "concern"], "more": 1}
    assert row_of(line) == Row("sv", "hej", "other", ("negated", "concern"))
    assert row_of({**line, "also_ok": ("negated",)}).also_ok == ("negated",)
    assert row_of({**line, "also_ok": None}).also_ok == row_of({**line, "also_ok": "negated"}).also_ok == ()
    for key in ("lang", "text", "label"):
        with pytest.raises(KeyError):
            row_of({name: value for name, value in line.items() if name != key})
