"""The measurement itself works: small, and of nothing that this machine would have to be quick for."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bench.figures import at_least, at_most, spread

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


def test_what_is_compared_with_the_bare_view_gives_its_rows(clean_environment: Mapping[str, str]) -> None:
    found = rows(clean_environment, "--database", "sqlite", "--only", "steps", "texts", "calls", "handing")
    assert len(found) == 3 + 5 + 5 + 2
    assert any("sqlite, text: turns a second, 16 at once, against the bare view" in row for row in found)


def test_what_grows_and_all_of_sweden_give_their_rows_on_both_databases(clean_environment: Mapping[str, str]) -> None:
    found = rows(clean_environment, "--only", "growth", "sweden")
    assert [row.split(":")[0] for row in found] == [f"| {kind}" for kind in ("postgresql", "sqlite") for _ in range(3)]
    assert all("100 conversations kept against 10, p99" in row for row in found[1::3])
    assert all(" contacts a second of 12.1; answer p95 0." in row for row in found[2::3])


@pytest.mark.parametrize(("values", "met"), [([1.5, 1.4, 1.3], True), ([1.5, 1.3, 1.2], False)])
def test_a_goal_is_met_by_the_median(values: list[float], *, met: bool) -> None:
    assert at_least("x", values, 1.4).met is met
    assert at_most("x", values, 1.39).met is not met


def test_a_figure_tells_its_spread() -> None:
    assert spread([3.0, 1.0, 2.0], " s", 1) == "2.0 s (1.0–3.0)"
    assert at_most("x", [1.0], 2, " s").row() == "| x | 1.00 s (1.00–1.00) | ≤ 2 s | yes |\n"
