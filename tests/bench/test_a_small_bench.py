"""The measurement itself works: small, and of nothing that this machine would have to be quick for."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hotline.adapters.word_files import load_lexicon
from hotline.core.reading import read_danger
from tests.bench.figures import at_least, at_most, spread
from tests.bench.load import Measured
from tests.bench.people import all_first_words
from tests.bench.sections import Round, compared

ROOT = Path(__file__).parents[2]
SMALL = ("--rounds", "1", "--contacts", "50", "--seconds", "1", "--kept", "10", "100")


def rows(environment: Mapping[str, str], *arguments: str) -> list[str]:
    """What is measured, row by row."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench", *SMALL, *arguments], cwd=ROOT, env=dict(environment),
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-2000:]
    _, ruler, *found = [line for line in ended.stdout.splitlines() if line.startswith("| ")]
    assert set(ruler) == set("| -")
    return found


def value_of(row: str) -> float:
    """The median of a row."""
    return float(row.split("|")[2].split(maxsplit=1)[0])


def test_steps_texts_and_a_start_give_their_rows(clean_environment: Mapping[str, str]) -> None:
    found = rows(clean_environment, "--database", "sqlite", "--only", "steps", "texts", "starting")
    assert len(found) == 5 + 5 + 9
    assert any("sqlite, text: turns a second, 16 at once, against the bare view" in row for row in found)
    # Twice what is promised, on whatever machine this runs: what is measured in earnest stands in the README.
    step, dearest, *understanding = map(value_of, found[:5])
    assert max(step, dearest) < 60
    assert max(understanding) < 3
    assert all(value_of(row) < 120 for row in found if " MB" in row and "together" not in row)


def test_hand_over_growth_and_all_of_sweden_give_their_rows_on_both_databases(
    clean_environment: Mapping[str, str],
) -> None:
    found = rows(clean_environment, "--only", "handing", "growth", "sweden")
    assert len(found) == 2 * (3 + 2 + 4)
    assert all("100 conversations kept against 10, p99" in found[start + 4] for start in (0, 9))
    assert all("reports against the 12.1 that come in a second" in found[start + 5] for start in (0, 9))


def test_a_ratio_is_ours_over_the_bare_views() -> None:
    mine = Round(Measured([0.1] * 300, took=1), 2.0, Measured([0.02] * 297 + [0.06] * 3))
    theirs = Round(Measured([0.1] * 200, took=1), 4.0, Measured([0.04] * 300))
    faster, cheaper, slower, first, tail = compared("x", [(mine, theirs)])
    assert faster.value.startswith("1.50 ×")
    assert cheaper.value.startswith("0.50 ×")
    assert slower.value.startswith("0.50 ×")
    assert first.value.startswith("0.50 ×")
    assert tail.value.startswith("3.00 ×")
    assert [one.met for one in (faster, slower, tail)] == [True, True, True]


def test_nobody_in_the_bench_cries_for_help() -> None:
    """Their conversations would be shorter than the promise says."""
    lexicon = load_lexicon(ROOT / "flows" / "words")
    assert [words for words in all_first_words() if read_danger(lexicon, words)] == []


@pytest.mark.parametrize(("values", "met"), [([1.5, 1.4, 1.3], True), ([1.5, 1.3, 1.2], False)])
def test_a_goal_is_met_by_the_median(values: list[float], *, met: bool) -> None:
    assert at_least("x", values, 1.4).met is met
    assert at_most("x", values, 1.39).met is not met


def test_a_figure_tells_its_spread() -> None:
    assert spread([3.0, 1.0, 2.0], " s", 1) == "2.0 s (1.0–3.0)"
    assert at_most("x", [1.0], 2, " s").row() == "| x | 1.00 s (1.00–1.00) | ≤ 2 s | yes |\n"
