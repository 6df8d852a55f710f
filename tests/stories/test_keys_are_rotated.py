"""Keys are changed while web servers and a worker run and people report; a kill in the middle loses nothing."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hotline.adapters.keyring_file import KeyringFile
from tests.stories.running import ROOT, Running, running

WAYS = ("2", "2", "2", "1", "1", "Ekgatan 12")
ROTATE = [sys.executable, "-m", "flask", "--app", "app", "keys", "rotate", "--notice", "5"]


@dataclass
class Reporting:
    """People who report one after another, until they are asked to stop."""

    hotline: Running
    over: threading.Event = field(default_factory=threading.Event)
    reports: int = 0
    faults: list[str] = field(default_factory=list)

    def run(self, number: int) -> None:
        turn = 0
        while not self.over.is_set():
            caller = f"+4670174{number:02}{turn:02}"
            turn += 1
            try:
                for body in ("Hej, jag är orolig", *WAYS):
                    self.hotline.act("text", caller=caller, body=body)
                self.reports += 1
            except OSError as problem:
                self.faults.append(repr(problem))


@pytest.fixture
def hotline(database_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Running]:
    ring = tmp_path / "ring"
    make = [sys.executable, "-m", "flask", "--app", "app", "keys", "new", "--file", str(ring)]
    subprocess.run(make, cwd=ROOT, env=dict(clean_environment), check=True, capture_output=True)
    with running(database_url, tmp_path, clean_environment, keys=str(ring)) as started:
        yield started


@pytest.fixture
def ring(hotline: Running, tmp_path: Path) -> KeyringFile:
    del hotline
    return KeyringFile(tmp_path / "ring")


def names(database_url: str) -> list[tuple[str, str]]:
    """(reference, name of the key that wraps it) of every case."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT reference, key_name FROM cases")).all()
    engine.dispose()
    return [(row.reference, row.key_name) for row in rows]


def killed_while_it_rotates(hotline: Running, ring: KeyringFile) -> None:
    """As soon as the new key stands in the file."""
    process = subprocess.Popen(ROTATE, cwd=ROOT, env=dict(hotline.environment), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while len(ring.generations()) == 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_reports_come_in_while_the_key_changes_and_after_a_kill_it_goes_on(
    hotline: Running, ring: KeyringFile, database_url: str
) -> None:
    people = Reporting(hotline)
    threads = [threading.Thread(target=people.run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    killed_while_it_rotates(hotline, ring)
    (new, _), (old, _) = ring.generations()
    said = hotline.command(*ROTATE[5:])
    before = people.reports
    time.sleep(1)
    people.over.set()
    for thread in threads:
        thread.join()
    assert "going on" in said
    assert (people.faults, len(ring.generations()), people.reports > before > 0) == ([], 2, True)
    kept = names(database_url)
    assert len(kept) >= people.reports
    assert {name.partition("/")[0] for _, name in kept} == {new} != {old}
    for reference, _ in kept[:3]:
        assert re.search("Ekgatan 12", hotline.command("cases", "show", reference))
    hotline.command("audit", "verify")
