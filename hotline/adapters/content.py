"""What is said and understood, read from flows/ once and kept compiled: the next start takes it as it was.

What may enter: files. What may not: what they mean. The kept copy is a pickle that can hold values of the core and
nothing else; its name is the hash of all that it was made from, so that it is never older than the files or the code.
"""

import hashlib
import io
import logging
import os
import pickle  # read by OnlyValues alone, which makes nothing that could run  # nosec B403
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.reading import Lexicon

LOG = logging.getLogger(__name__)
CODE = Path(__file__).parents[1]
ROOMS = ("core", "adapters")  # whose code decides how the files are read
CONTENT, WORDS = "content", "words"  # names of what is kept
MOST_KEPT = 8  # of different folders of municipalities, say
PLAIN = {("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta")}


@dataclass(frozen=True)
class Content:
    """`packed`: the script's files, as they are kept for those who talk to it. Texts: language → name → text."""

    script: Script
    packed: bytes
    municipalities: Mapping[str, Municipality]
    officer_texts: Mapping[str, str]
    door_texts: Mapping[str, Mapping[str, str]]


def load_content(flows: Path, municipalities: Path, kept: Path, *, unreviewed: bool) -> Content:
    """Raises FileFaultError. `kept`: the folder of compiled copies. `unreviewed`: languages that no native has read.

    The words people use are large, and most programs are spoken to by nobody: they are read when they are asked for.
    """
    path = kept / f"{CONTENT}-{fingerprint(flows, municipalities, unreviewed=unreviewed)}.pickle"
    known = read(path, flows)
    if known is None:
        known = compiled(flows, municipalities, unreviewed=unreviewed)
        with suppress(OSError):  # a folder that cannot be written to costs two seconds at each start, and no more
            write(path, known)
            known = read(path, flows) or known
    return known


def compiled(flows: Path, municipalities: Path, *, unreviewed: bool) -> Content:
    """Read anew. The readers are imported only now: they bring what reads and checks YAML."""
    from . import door_texts, flow_files, municipality_files, officer_texts  # noqa: PLC0415 - see above

    files = flow_files.read_script_files(flows)
    script = flow_files.script_of(files, read_anew(flows))
    reviewed = None if unreviewed else {language for language, texts in script.texts.items() if texts.reviewed}
    return Content(
        script,
        files.packed(),
        municipality_files.load_municipalities(municipalities, reviewed=reviewed),
        officer_texts.load_officer_texts(flows / "officers"),
        door_texts.load_door_texts(flows / "doors.yaml"),
    )


def read_anew(flows: Path) -> Lexicon:
    """The words from their own files. Raises FileFaultError."""
    from . import word_files  # noqa: PLC0415 - as above

    return word_files.load_lexicon(flows / "words")


class Later:
    """What is read once, when it is first asked for; any number of threads may ask."""

    def __init__(self, load: Callable[[], Lexicon]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._found: Lexicon | None = None

    def __call__(self) -> Lexicon:
        with self._lock:
            if self._found is None:
                self._found = self._load()
            return self._found


def fingerprint(flows: Path, municipalities: Path, *, unreviewed: bool) -> str:
    """Of everything that decides what would be read."""
    found = hashlib.sha256(f"{sys.version} {unreviewed}".encode())
    for path in made_from(flows, municipalities):
        found.update(f"\0{path.name}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:32]


def made_from(flows: Path, municipalities: Path) -> Iterator[Path]:
    """Files and code, always in the same order."""
    own = flows / "municipalities"
    yield from sorted(path for path in flows.rglob("*.*") if path.is_file() and not path.is_relative_to(own))
    yield from sorted(municipalities.glob("*.yaml"))
    for room in ROOMS:
        yield from sorted((CODE / room).rglob("*.py"))


def read(path: Path, flows: Path) -> Content | None:
    """What was kept, its words to be read when they are needed; None when there is nothing, or nothing usable."""
    parts, words = values_in(path), path.with_name(path.name.replace(CONTENT, WORDS))
    if parts is None or not words.exists():
        return None
    later = Later(lambda: lexicon_in(words) or read_anew(flows))
    try:
        return Content(**{**parts, "script": Script(**parts["script"], read_lexicon=later)})
    except (KeyError, TypeError) as problem:
        say_unusable(path, problem)
        return None


def lexicon_in(path: Path) -> Lexicon | None:
    """The words that were kept; None as above."""
    found = values_in(path)
    return found if isinstance(found, Lexicon) else None


def values_in(path: Path) -> Any:  # noqa: ANN401 - whoever asks looks at what it is
    """What a kept file holds; None when there is none, or it cannot be used."""
    try:
        return OnlyValues(io.BytesIO(path.read_bytes())).load()
    except FileNotFoundError:
        return None
    except Exception as problem:  # noqa: BLE001 - a damaged copy may fail in any way, and is made anew
        say_unusable(path, problem)
        return None


def say_unusable(path: Path, problem: Exception) -> None:
    """It is made anew."""
    LOG.warning("%s cannot be used and is made anew: %s", path, type(problem).__name__)


def write(path: Path, content: Content) -> None:
    """Whole or not at all; only we may read it. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    script = {name: value for name, value in vars(content.script).items() if name != "read_lexicon"}
    write_one(path.with_name(path.name.replace(CONTENT, WORDS)), content.script.lexicon)
    write_one(path, {**vars(content), "script": script})
    for kind in (CONTENT, WORDS):
        older = sorted(path.parent.glob(f"{kind}-*.pickle"), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in older[MOST_KEPT:]:
            one.unlink(missing_ok=True)


def write_one(path: Path, values: object) -> None:
    """One file of the two. Raises OSError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(0o600)
    draft.write_bytes(pickle.dumps(values, protocol=5))
    draft.replace(path)


class OnlyValues(pickle.Unpickler):
    """Makes the core's own classes, dates and time zones, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        if (module, name) == ("zoneinfo", "ZoneInfo._unpickle"):
            return super().find_class(module, name)
        ours = module.startswith("hotline.core.") and "." not in name
        if ours or (module, name) in PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return cast("Any", found)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in what is kept")
