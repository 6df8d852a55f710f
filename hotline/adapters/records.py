"""What the hotline can show of itself: audit trail, certificates, what it holds. What may not enter: content."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from hotline.adapters.audit_heads import AuditHeads
from hotline.adapters.keyring_file import KeyringFile, Keys
from hotline.adapters.store import SqlStore
from hotline.adapters.store.holdings import markdown
from hotline.core.conversation import IDLE


class Records:
    """Of one store; without one there is nothing to show. `used_with`: the real carrier that the database serves."""

    def __init__(self, store: SqlStore | None, keys: Keys, root: Path, used_with: str = "") -> None:
        self._store = store
        self._used_with = used_with
        self._heads = AuditHeads(
            keys.path.with_name(f"{keys.path.name}.heads") if isinstance(keys, KeyringFile) else None
        )
        self.version = str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])

    def faults(self, noted: Sequence[tuple[int, str]] = ()) -> list[str]:
        """What does not fit in the audit trail; `noted`: more ends of it, written down by somebody."""
        return self._store.audit_faults([*self._heads.noted(), *noted]) if self._store else []

    def head(self) -> tuple[int, str] | None:
        """The trail's newest line, to be written down elsewhere."""
        return self._store.audit_head() if self._store else None

    def note_head(self, at: datetime) -> tuple[int, str] | None:
        """Notes the end of the trail outside the database; what was new."""
        head = self.head()
        return head if self._heads.note(head, at) else None

    def certificates(self) -> Sequence[tuple[int, str]]:
        return self._store.certificates() if self._store else []

    def holdings(self) -> str:
        """A Markdown table of every column."""
        return markdown()

    def tallies(self) -> Sequence[tuple[str, int, str, int]]:
        """(municipality, year, how conversations ended, how many), of all that was ever counted."""
        return self._store.tallies() if self._store else []

    def put_down(self) -> None:
        """Give back every connection: a process that begins others holds none."""
        if self._store:
            self._store.close()

    def tidy(self) -> None:
        """What the database would else do while a caller waits. Raises StoreAwayError."""
        if self._store:
            self._store.tidy()

    def forget_idle(self, spoken: datetime, answered: datetime) -> int:
        """Removes conversations idle for too long at `spoken`, and answers that were a day old at `answered`."""
        if self._store is None:
            return 0
        if self._used_with:
            self._store.mark("carrier", self._used_with)
        return self._store.purge_idle(spoken - IDLE, answered)
