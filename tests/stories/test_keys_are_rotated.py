"""Keys are changed while a web server and a worker run and people report; a kill half way loses nothing."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.store import SqlStore
from hotline.adapters.system_clock import SystemClock
from hotline.core.alert import AlertState
from tests.adapters.store.told import alert, delivery, report
from tests.stories.running import ROOT, Running, running

WAYS = ("Hej, jag är orolig", "2", "2", "2", "1", "1", "Ekgatan 12")
ROTATE = ("keys", "rotate", "--notice", "5")
BEFORE = 400  # four transactions of the rotation


@dataclass
class People:
    """Report one after another, while they are let."""

    hotline: Running
    over: threading.Event = field(default_factory=threading.Event)
    reports: int = 0

    def report(self) -> None:
        while not self.over.is_set():
            caller = f"+467017406{10 + self.reports % 90}"
            for body in WAYS:
                self.hotline.act("text", caller=caller, body=body)
            self.reports += 1
            time.sleep(0.1)

    def one_more(self) -> None:
        """Until one report has begun and ended from now on."""
        enough, deadline = self.reports + 2, time.monotonic() + 20
        while self.reports < enough and time.monotonic() < deadline:
            time.sleep(0.05)


@contextmanager
def reporting(hotline: Running) -> Iterator[People]:
    people = People(hotline)
    thread = threading.Thread(target=people.report)
    thread.start()
    yield people
    people.over.set()
    thread.join()


@pytest.fixture
def keys(tmp_path: Path) -> KeyringFile:
    make_file(tmp_path / "ring", SystemClock().now() - timedelta(days=2), ["smedjebacken"])
    return KeyringFile(tmp_path / "ring")


@pytest.fixture
def store(database_url: str, keys: KeyringFile) -> Iterator[SqlStore]:
    """With cases of yesterday, which somebody has opened."""
    store, at = SqlStore(database_url, keys), SystemClock().now() - timedelta(days=1)
    with store.begin() as work:
        for number in range(BEFORE):
            name = f"OLD{number:03}"
            opened = replace(alert(name), state=AlertState.ACKNOWLEDGED, acknowledged_at=at, opened_at=at)
            work.file_case(report(name, at=at), opened, [delivery(f"token-{name}", reference=name, due_at=at)])
    yield store
    store.close()


@pytest.fixture
def hotline(
    store: SqlStore, keys: KeyringFile, tmp_path: Path, clean_environment: Mapping[str, str]
) -> Iterator[Running]:
    with running(address(store), tmp_path, clean_environment, keys=str(keys.path)) as started:
        yield started


def address(store: SqlStore) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def wrapped(store: SqlStore) -> dict[str, str]:
    """Reference → the name of the generation that wraps its key, of every case."""
    engine = create_engine(address(store))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT reference, key_name FROM cases")).all()
    engine.dispose()
    return {row.reference: row.key_name.partition("/")[0] for row in rows}


def killed_half_way(hotline: Running, store: SqlStore) -> None:
    """With -9, as soon as some cases have been moved and others have not."""
    command = [sys.executable, "-m", "flask", "--app", "app", *ROTATE]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(hotline.environment), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while kinds_of_old(store) == 1:
        assert time.monotonic() < deadline, "nothing was moved"
    process.kill()
    process.wait()
    assert kinds_of_old(store) == 2, "all was moved before the kill"


def kinds_of_old(store: SqlStore) -> int:
    """By how many keys the cases of yesterday are wrapped."""
    return len({key for reference, key in wrapped(store).items() if reference.startswith("OLD")})


def places(store: SqlStore) -> list[str]:
    """What was said later in every case; fails when one of them cannot be opened."""
    with store.begin() as work:
        cases = [work.read_case(reference, "desk", SystemClock().now()) for reference in wrapped(store)]
    return [one.text for case in cases if case for one in case.addenda]


def test_people_report_while_the_key_changes_and_a_kill_half_way_loses_nothing(
    hotline: Running, store: SqlStore, keys: KeyringFile
) -> None:
    with reporting(hotline) as people:
        killed_half_way(hotline, store)
        before = people.reports
        said = hotline.command(*ROTATE)
        meanwhile = people.reports
        people.one_more()
    assert "going on" in said
    assert people.reports > meanwhile > before > 0
    assert set(wrapped(store).values()) == {keys.generations()[0][0]}
    assert len(wrapped(store)) >= BEFORE + people.reports  # and a trial report, if it was time for one
    assert places(store).count("Ekgatan 12") == people.reports
    assert store.audit_faults() == []
