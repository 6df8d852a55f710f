"""A new release beside the old one: its migration under load, its programs begun, then the old ones ended."""

import shutil
import subprocess
import sys
import tarfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.callers import Callers
from tests.chaos.database import ROOT, Server
from tests.chaos.hotline import Hotline, Program

NEXT = Path(__file__).parent / "next_release"
BEGINS, ENDS = 0.3, 0.7  # of all contacts: when the new release comes, and when the old one goes


@dataclass
class Release:
    """`old`: where the old release's program is; ours, unless a commit was named. `new`: ours, on a database after it.

    Without a commit the new release is this one, and its migration everything that a migration may do.
    """

    commit: str
    folder: Path
    seconds: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def __str__(self) -> str:
        before = f"the program of {self.commit}" if self.commit else "this program"
        return f"after {before}; migrated in {self.seconds:.1f} s" if self.seconds else f"after {before}; NOT MIGRATED"

    @property
    def old(self) -> Path:
        return self.folder / "before" if self.commit else ROOT

    def unpack(self) -> None:
        """The old program, out of the history."""
        if not self.commit:
            return
        packed = self.folder / "before.tar"
        git = shutil.which("git") or sys.exit("the history is read with git, which is not here")
        subprocess.run([git, "archive", "--output", packed, self.commit], cwd=ROOT, check=True)
        with tarfile.open(packed) as archive:
            archive.extractall(self.old, filter="data")

    def take_place(self, server: Server, hotline: Hotline, callers: Callers, contacts: int) -> None:
        """While people report and processes are killed."""
        before: list[Program] = list(hotline.programs)
        self.wait(callers, BEGINS * contacts)
        self.seconds = server.migrate(None if self.commit else NEXT)
        webs = sum(bool(one.port) for one in before)
        hotline.begin(webs=webs, workers=len(before) - webs)
        self.wait(callers, ENDS * contacts)
        hotline.stop(before)
        self.over.set()

    def wait(self, callers: Callers, contacts: float) -> None:
        """Until so many have been served."""
        while callers.done < contacts:
            time.sleep(0.1)
