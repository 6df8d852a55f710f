"""Where the ring is kept: in a file that only its owner reads, changed whole or not at all, read anew when it changes.

What may not enter: what is locked with it. Each change is made under a lock beside the file; a kill leaves
the old file.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from .keyring import (
    KeyringError,
    Ring,
    destroyed,
    fixed_ring,
    forgotten,
    new_generation,
    read_ring,
    ring_text,
    with_chains,
)

NO_FILE = "HOTLINE_KEYS holds the keys themselves: make a file of them with `keys new --file`, and name that"
LOG = logging.getLogger(__name__)
Mark = tuple[int, int, int]


def kept_keys(path: Path, fresh: Callable[[], str]) -> str:
    """What is kept at `path`; made from `fresh` the first time, whole or not at all, whoever comes first."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        write_private(draft, f"{fresh()}\n")
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """For our eyes only, and on the disk before anything else happens."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


class FixedKeys:
    """Keys that stand in a variable: they cannot change while the program runs, and none can be destroyed."""

    def __init__(self, text: str) -> None:
        """Raises KeyringError."""
        self._ring = fixed_ring(text)

    can_forget = False

    def ring(self) -> Ring:
        return self._ring

    def forget(self, municipality: str, needed: Collection[tuple[str, date]], today: date) -> int:  # noqa: ARG002 - ports.Keys
        """None can be."""
        return 0

    def generations(self) -> Sequence[tuple[str, datetime]]:
        return [(one.name, one.begins) for one in self._ring.generations]

    def rotate(self, municipalities: Collection[str], first: date, begins: datetime) -> str:  # noqa: ARG002 - ports.Keys
        """Raises KeyringError."""
        raise KeyringError(NO_FILE)

    def retire(self, names: Collection[str]) -> None:  # noqa: ARG002 - ports.Keys
        """Raises KeyringError."""
        raise KeyringError(NO_FILE)


class KeyringFile:
    """One file. Raises KeyringError when it cannot be read at first; later the last ring that could be read stays."""

    can_forget = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark: Mark | None = None
        self._ring = self._read()

    def ring(self) -> Ring:
        """As the file is now: a look at its date costs less than a microsecond."""
        try:
            if self._now() != self._mark:
                self._ring = self._read()
        except (OSError, KeyringError):
            LOG.critical("the keyring cannot be read: going on with what is known")
        return self._ring

    def change(self, how: Callable[[Ring], Ring]) -> tuple[Ring, Ring]:
        """The ring before and after. Others wait; whoever reads meanwhile sees one or the other."""
        with self.path.with_name(f"{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self._read()
            after = how(before)
            if after != before:
                self._replace(ring_text(after))
            return before, self.ring()

    def forget(self, municipality: str, needed: Collection[tuple[str, date]], today: date) -> int:
        before, after = self.change(lambda ring: forgotten(ring, municipality, needed, today))
        return destroyed(before, after, municipality)

    def generations(self) -> Sequence[tuple[str, datetime]]:
        return [(one.name, one.begins) for one in self.ring().generations]

    def rotate(self, municipalities: Collection[str], first: date, begins: datetime) -> str:
        """Every municipality that has keys now, or is named, has fresh ones."""
        known = {chain.municipality for one in self.ring().generations for chain in one.chains}
        fresh = new_generation(begins, known | set(municipalities), first)
        self.change(lambda ring: Ring((fresh, *ring.generations)))
        return fresh.name

    def retire(self, names: Collection[str]) -> None:
        self.change(lambda ring: Ring(tuple(one for one in ring.generations if one.name not in names)))

    def add(self, municipalities: Collection[str], today: date) -> None:
        """Keys for municipalities that have none, from `today` on."""
        self.change(lambda ring: with_chains(ring, municipalities, today))

    def _replace(self, text: str) -> None:
        draft = self.path.with_name(f"{self.path.name}.new")
        write_private(draft, text)
        draft.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _read(self) -> Ring:
        try:
            mark = self._now()
            text = self.path.read_text(encoding="ascii")
        except OSError as problem:
            raise KeyringError(f"HOTLINE_KEYS names a file that cannot be read: {problem.strerror}") from None
        except UnicodeDecodeError:
            raise KeyringError("HOTLINE_KEYS names a file that is no keyring") from None
        ring = read_ring(text)
        self._mark = mark
        return ring

    def _now(self) -> Mark:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_ino, found.st_size


Keys = FixedKeys | KeyringFile
