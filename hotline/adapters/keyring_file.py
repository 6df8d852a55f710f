"""The simulator's own keyring, kept in a file that only its owner reads. A real system names HOTLINE_KEYS instead."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_keys(path: Path, fresh: Callable[[], str]) -> str:
    """What is kept at `path`; made from `fresh` the first time, whole or not at all, whoever comes first."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(f"{fresh()}\n")
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
