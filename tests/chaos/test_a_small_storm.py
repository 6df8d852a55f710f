"""A small storm on either database: real processes, killed at random, and every promise kept afterwards.

PostgreSQL stands still once, and is killed and begun again once.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whoever_was_told_that_it_is_saved_is_one_case_with_a_running_alert(
    root: Path, clean_environment: Mapping[str, str], database: str
) -> None:
    command = [sys.executable, "-m", "tests.chaos", "--database", database, "--contacts", "40", "--kills", "6"]
    command += ["--think", "0.4", "--settle", "25", "--recovery", "30", "--migrate"]
    folder = {name: value for name, value in os.environ.items() if name == "HOTLINE_TEST_FOLDER"}
    ended = subprocess.run(
        command, cwd=root, env={**clean_environment, **folder}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
