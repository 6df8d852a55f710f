"""`simulate` as it is started: a database of its own, made and thrown away."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def simulated(said: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "app", "simulate", *options]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, input=said, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_message_of_danger_is_answered_with_112_in_the_terminal() -> None:
    ended = simulated("han slår henne nu\n", "--transcript")
    assert ended.returncode == 0, ended.stderr
    said, answered, *_ = ended.stdout.splitlines()
    assert said == "> han slår henne nu"
    assert answered.startswith("< Ring 112")


def test_a_language_without_a_script_is_named() -> None:
    ended = simulated("hej\n", "--language", "xx")
    assert ended.returncode != 0
    assert "There is no script in xx: there are en, fi, sv" in ended.stderr


def test_a_municipality_that_is_not_there_is_named() -> None:
    ended = simulated("hej\n", "--municipality", "atlantis")
    assert ended.returncode != 0
    assert "No municipality has the key atlantis" in ended.stderr
