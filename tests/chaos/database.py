"""The database of the storm: durable as in earnest, and able to stall and to be begun again."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import make_url

from hotline.adapters.system_clock import SystemClock
from tests import postgres
from tests.chaos.recovery import Harm
from tests.databases import Databases, migrate

ROOT = Path(__file__).parents[2]
FULL_DISK = """
CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""
RESET = ("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")


@dataclass
class Server:
    """PostgreSQL with synchronous commits, or an SQLite file, which can do neither of the two harms."""

    folder: Path
    kind: str
    url: str = ""
    harms: list[Harm] = field(default_factory=list)
    migrating: threading.Lock = field(default_factory=threading.Lock)  # whom it is taken from begins again by hand

    def begin(self, release: Path = ROOT) -> str:
        """An empty database, migrated by this release; its address."""
        if self.kind == "sqlite":
            self.url = f"sqlite:///{self.folder / 'hotline.sqlite'}"
        else:
            address = postgres.start(self.folder)
            postgres.run(address, *RESET)
            self.url = Databases(address).create()
        command = [sys.executable, "-m", "alembic", "upgrade", "head"]
        environment = {**os.environ, "HOTLINE_DATABASE_URL": self.url}
        subprocess.run(command, cwd=release, env=environment, check=True, capture_output=True)
        return self.url

    def migrate(self, more: Path | None) -> float:
        """While everybody works; how many seconds it took, with all waiting for a moment."""
        with self.migrating:
            began = time.monotonic()
            migrate(self.url, more=more)
            return time.monotonic() - began

    def stall(self, chance: random.Random) -> None:
        """Every process of the server stands still for some seconds."""
        if self.kind == "sqlite":
            return
        with self.migrating:
            began = SystemClock().now()
            with self.stands_still():
                time.sleep(chance.uniform(0.5, 5.0))
            self.harms.append(Harm("stall", began, SystemClock().now()))

    def restart(self) -> None:
        """Ended at once, as by a loss of power of the process, and begun again."""
        if self.kind == "sqlite":
            return
        with self.migrating:
            began = SystemClock().now()
            with self.is_gone():
                pass
            self.harms.append(Harm("restart", began, SystemClock().now()))

    def count(self, kind: str) -> int:
        """How often it was harmed in this way."""
        return sum(one.kind == kind for one in self.harms)

    @contextmanager
    def stands_still(self) -> Iterator[None]:
        """As when its disk hangs: it takes whatever is asked, and says nothing."""
        pids = self.pids()
        for pid in pids:
            _signal(pid, signal.SIGSTOP)
        yield
        for pid in reversed(pids):
            _signal(pid, signal.SIGCONT)

    @contextmanager
    def is_gone(self) -> Iterator[None]:
        """As after a kill."""
        _signal(self.postmaster(), signal.SIGQUIT)
        while (self.folder / "postgresql" / "postmaster.pid").exists() and _alive(self.postmaster()):
            time.sleep(0.05)
        yield
        postgres.again(self.folder)

    @contextmanager
    def is_read_only(self) -> Iterator[None]:
        """As a standby that has not been promoted yet."""
        name = make_url(self.url).database
        setting = f"ALTER DATABASE {name} SET default_transaction_read_only"
        postgres.run(self.url, f"{setting} = on", postgres.EVERYBODY_OUT)
        yield
        postgres.run(self.url, "SET default_transaction_read_only = off", f"{setting} = off", postgres.EVERYBODY_OUT)

    @contextmanager
    def is_full(self) -> Iterator[None]:
        """What it says when no table can grow any more."""
        tables = ("turns", "conversations", "cases", "heartbeats")
        put = "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {} EXECUTE FUNCTION full_disk()"
        postgres.run(self.url, FULL_DISK, *(put.format(table) for table in tables))
        yield
        postgres.run(self.url, *(f"DROP TRIGGER full_disk ON {table}" for table in tables))

    def postmaster(self) -> int:
        mark = self.folder / "postgresql" / "postmaster.pid"
        try:
            return int(mark.read_text().split()[0])
        except (OSError, IndexError):
            return 0

    def pids(self) -> list[int]:
        parent = self.postmaster()
        listed = Path(f"/proc/{parent}/task/{parent}/children")
        return [parent, *map(int, listed.read_text().split())] if parent else []

    def end(self) -> None:
        if self.kind != "sqlite":
            postgres.stop(self.folder)


def _signal(pid: int, sign: signal.Signals) -> None:
    if pid > 1:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return


def _alive(pid: int) -> bool:
    return pid > 1 and Path(f"/proc/{pid}").exists()
