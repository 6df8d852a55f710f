"""Ends of the audit trail noted outside the database: a file beside the keyring. What may not enter: who read what.

Whoever can write everything in the database, or puts back an older one, cannot change what stands here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

MOST_KEPT = 500


class AuditHeads:
    """One file, a line each: when, number, digest. Without a path nothing is noted."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def noted(self) -> Sequence[tuple[int, str]]:
        return [(int(number), digest) for _, number, digest in (line.split() for line in self._lines())]

    def note(self, head: tuple[int, str] | None, at: datetime) -> bool:
        """Whether it was new."""
        kept = self.noted()
        if self._path is None or head is None or (kept and kept[-1] == head):
            return False
        number, digest = head
        lines = [*self._lines()[-MOST_KEPT + 1 :], f"{at.astimezone(UTC).isoformat()} {number} {digest}"]
        draft = self._path.with_name(f"{self._path.name}.new")
        draft.write_text("\n".join([*lines, ""]), encoding="ascii")
        draft.replace(self._path)
        return True

    def _lines(self) -> list[str]:
        if self._path is None or not self._path.exists():
            return []
        return self._path.read_text(encoding="ascii").splitlines()
