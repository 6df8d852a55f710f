"""The database of the storm: durable as in earnest, and able to stall and to be begun again."""

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.databases import Databases, migrate

RESET = ("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")


@dataclass
class Server:
    """PostgreSQL with synchronous commits, or an SQLite file, which can do neither of the two harms."""

    folder: Path
    kind: str
    url: str = ""
    stalls: int = 0
    restarts: int = 0

    def begin(self) -> str:
        """A migrated, empty database; its address."""
        if self.kind == "sqlite":
            self.url = f"sqlite:///{self.folder / 'hotline.sqlite'}"
        else:
            address = postgres.start(self.folder)
            postgres.run(address, *RESET)
            self.url = Databases(address).create()
        migrate(self.url)
        return self.url

    def stall(self, chance: random.Random) -> None:
        """Every process of the server stands still for some seconds."""
        if self.kind == "sqlite":
            return
        self.stalls += 1
        pids = self.pids()
        for pid in pids:
            _signal(pid, signal.SIGSTOP)
        time.sleep(chance.uniform(0.5, 5.0))
        for pid in reversed(pids):
            _signal(pid, signal.SIGCONT)

    def restart(self) -> None:
        """Ended at once, as by a loss of power of the process, and begun again."""
        if self.kind == "sqlite":
            return
        self.restarts += 1
        _signal(self.postmaster(), signal.SIGQUIT)
        while (self.folder / "postgresql" / "postmaster.pid").exists() and _alive(self.postmaster()):
            time.sleep(0.05)
        postgres.again(self.folder)

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
