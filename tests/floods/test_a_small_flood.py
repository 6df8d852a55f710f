"""A small flood on either database: who has something to tell is heard, and the flood costs what it may."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.mark.parametrize(("database", "kind"), [("sqlite", "reports"), ("postgresql", "one")])
def test_whoever_reports_in_a_flood_is_heard(
    root: Path, clean_environment: Mapping[str, str], database: str, kind: str
) -> None:
    command = [sys.executable, "-m", "tests.floods", "--database", database, "--kinds", kind]
    command += ["--times", "200", "--seconds", "4", "--every", "1", "--settle", "1"]
    folder = {name: value for name, value in os.environ.items() if name == "HOTLINE_TEST_FOLDER"}
    ended = subprocess.run(
        command, cwd=root, env={**clean_environment, **folder}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
