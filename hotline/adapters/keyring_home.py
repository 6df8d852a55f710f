"""Where a process finds its ring: a file that HOTLINE_KEYS names, keys that stand there, or the simulator's own file.

What may not enter: what the keys lock.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from .keyring import KeyringError, Ring, fixed_ring, new_generation, new_key, ring_text
from .keyring_file import NO_FILE, FixedKeys, KeyringFile, Keys, kept_keys, write_private


def open_keys(text: str, root: Path) -> Keys:
    """Of HOTLINE_KEYS: keys, or the path of a keyring file (a key has no slash). Raises KeyringError."""
    return KeyringFile(root / text) if "/" in text else FixedKeys(text)


def make_file(path: Path, now: datetime, municipalities: Iterable[str], handed_down: str = "") -> None:
    """A fresh keyring file; `handed_down`: keys that stood in the variable until now. Raises KeyringError."""
    older = fixed_ring(handed_down).generations if handed_down else ()
    ring = Ring((new_generation(now, municipalities, now.date()), *older))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    write_private(draft, ring_text(ring))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise KeyringError(f"HOTLINE_KEYS: {path} is there already, and nothing is written over it") from None
    finally:
        draft.unlink()


def own_file(folder: Path, now: datetime) -> Path:
    """The simulator's, made at its first start; what an older release kept in `keys` still opens."""
    path, older = folder / "keyring", folder / "keys"
    if not path.exists():
        with suppress(KeyringError, FileNotFoundError):  # somebody else was quicker
            make_file(path, now, (), older.read_text(encoding="ascii").strip() if older.exists() else "")
    return path


def secret_of(text: str, root: Path) -> str:
    """Something that every process with this ring knows, and that a rotation does not change."""
    return kept_keys(root / f"{text}.account", new_key) if "/" in text else text


def fill_gaps(keys: Keys, municipalities: Iterable[str], now: datetime, *, alone: bool) -> None:
    """A municipality without a key could be told nothing. `alone`: on one machine the simulator helps itself.

    Raises KeyringError.
    """
    ring = keys.ring()
    missing = [one for one in municipalities if not ring.fixed and ring.generations[0].chain_of(one) is None]
    if not missing:
        return
    if not alone or not isinstance(keys, KeyringFile):
        raise KeyringError(
            f"HOTLINE_KEYS: the keyring has no key for {', '.join(missing)}: flask --app app keys add, "
            "then copy the file to every machine"
        )
    keys.add(missing, now.date())


class KeyringMaker:
    """For commands that work before anything else does. `given`: HOTLINE_KEYS now. `folder`: of municipality files."""

    def __init__(self, given: str, root: Path, folder: Path, now: Callable[[], datetime]) -> None:
        self._given, self._root, self._folder, self._now = given, root, folder, now

    def make(self, path: Path) -> None:
        """A new file, with keys for every municipality; keys that stand in HOTLINE_KEYS stay in it. KeyringError."""
        make_file(self._root / path, self._now(), self._names(), "" if "/" in self._given else self._given)

    def add(self) -> list[str]:
        """Keys for every municipality that has none; which had none. Raises KeyringError."""
        keys = open_keys(self._given, self._root)
        if not isinstance(keys, KeyringFile):
            raise KeyringError(NO_FILE)
        before = keys.ring().generations[0]
        keys.add(self._names(), self._now().date())
        return [one for one in self._names() if before.chain_of(one) is None]

    def _names(self) -> list[str]:
        return sorted(one.stem for one in self._folder.glob("*.yaml"))
