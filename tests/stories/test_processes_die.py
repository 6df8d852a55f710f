"""Processes of the web server are killed while people wait: others take over, and nothing holds the port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLASK = [sys.executable, "-m", "flask", "--app", "app"]


def answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def until(port: int, *, answering: bool = True, seconds: float = 20) -> bool:
    """Whether it comes to that in time."""
    deadline = time.monotonic() + seconds
    while answers(port) is not answering and time.monotonic() < deadline:
        time.sleep(0.05)
    return answers(port) is answering


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@contextmanager
def web(port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """A web server on its own; gives its process."""
    process = subprocess.Popen([*FLASK, "web", "--port", str(port)], cwd=ROOT, env=dict(environment))
    try:
        assert until(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def environment(sqlite_url: str, clean_environment: Mapping[str, str]) -> Mapping[str, str]:
    return {
        **clean_environment,
        "HOTLINE_DATABASE_URL": sqlite_url,
        "HOTLINE_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_process_that_serves_is_begun_again(port: int, environment: Mapping[str, str]) -> None:
    with web(port, environment) as pid:
        (serving,) = children(pid)
        os.kill(serving, signal.SIGKILL)
        assert until(port)
        assert children(pid) != [serving]


def test_one_that_dies_again_and_again_is_begun_again_each_time(port: int, environment: Mapping[str, str]) -> None:
    with web(port, environment) as pid:
        for _ in range(3):
            (serving,) = children(pid)
            os.kill(serving, signal.SIGKILL)
            assert until(port, answering=False)
            assert until(port)
        assert children(pid) not in ([], [serving])


def test_a_web_server_that_is_killed_can_be_begun_again_at_once(port: int, environment: Mapping[str, str]) -> None:
    with web(port, environment) as pid:
        os.kill(pid, signal.SIGKILL)
        assert until(port, answering=False)
    with web(port, environment):
        assert answers(port)
