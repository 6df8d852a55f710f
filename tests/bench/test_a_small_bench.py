"""The measurement itself works: small, and of nothing that this machine would have to be quick for."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bench.figures import at_least, at_most, spread

ROOT = Path(__file__).parents[2]
SMALL = ("--rounds", "1", "--contacts", "50", "--seconds", "1", "--database", "sqlite")


def test_every_small_part_gives_its_rows(clean_environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "tests.bench", *SMALL, "--only", "steps", "texts", "handing"]
    ended = subprocess.run(
        command, cwd=ROOT, env=dict(clean_environment), capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    rows = [line for line in ended.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 3 + 5 + 2
    assert "sqlite, text: turns a second, 16 at once, against the bare view" in ended.stdout


@pytest.mark.parametrize(("values", "met"), [([1.5, 1.4, 1.3], True), ([1.5, 1.3, 1.2], False)])
def test_a_goal_is_met_by_the_median(values: list[float], *, met: bool) -> None:
    assert at_least("x", values, 1.4).met is met
    assert at_most("x", values, 1.39).met is not met


def test_a_figure_tells_its_spread() -> None:
    assert spread([3.0, 1.0, 2.0], " s", 1) == "2.0 s (1.0–3.0)"
    assert at_most("x", [1.0], 2, " s").row() == "| x | 1.00 s (1.00–1.00) | ≤ 2 s | yes |\n"
