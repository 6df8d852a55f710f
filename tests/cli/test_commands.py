"""Commands: exit status 0 only on success, and one line that says what to do."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

from tests.web.doors import Door, make_door


@pytest.fixture
def hotline() -> Door:
    return make_door()


def named(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, and every group of them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from named(command, (*before, name))


def test_every_command_explains_itself(hotline: Door) -> None:
    words = list(named(hotline.app.cli))
    assert len(words) > 20
    for each in words:
        result = hotline.app.test_cli_runner().invoke(args=[*each, "--help"])
        assert (result.exit_code, "Usage:" in result.output, "  " in result.output) == (0, True, True), each


def test_a_case_that_is_not_there_is_one_line(hotline: Door) -> None:
    result = hotline.app.test_cli_runner().invoke(args=["cases", "show", "zzzz"])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "ZZZZ" in result.output


def test_doctor_fails_without_a_worker(hotline: Door) -> None:
    result = hotline.app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "worker" in result.output


def test_one_round_of_the_worker_beats(hotline: Door) -> None:
    result = hotline.app.test_cli_runner().invoke(args=["worker", "--once"])
    assert (result.exit_code, list(hotline.memory.rows.beats)) == (0, ["worker"])


def test_a_missing_setting_stops_the_start_with_one_line(root: Path, clean_environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "doctor"]
    environment = {**clean_environment, "HOTLINE_CARRIER": "twilio"}
    ended = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert ended.stderr.startswith("hotline: TWILIO_ACCOUNT_SID is missing")
    assert ended.stderr.count("\n") == 1
