"""One way in which a person could break what is shipped, and the bench on which the proof is tried with it.

The words people use take a second to read and a third to be proved: both are done only where a fault is in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path
from shutil import copytree

from hotline.adapters.flow_workshop import Workshop
from hotline.adapters.word_files import load_lexicon
from hotline.adapters.yaml_files import Document
from hotline.core.reading import Lexicon

FLOWS = Path(__file__).parents[2] / "flows"
TODAY = datetime(2026, 12, 1, 12, tzinfo=UTC)
TRIAGE, HELPLINES, FORBIDDEN, FOREIGN = "triage.yaml", "helplines.yaml", "forbidden.yaml", "texts/foreign.yaml"
SV, FI, EN = "texts/sv.yaml", "texts/fi.yaml", "texts/en.yaml"
TOWN, VILLAGE = "municipalities/smedjebacken.yaml", "municipalities/exempelby.yaml"


@dataclass(frozen=True)
class Place:
    """In a file below flows/; without steps, its first line."""

    file: str
    steps: tuple[str | int, ...] = ()


def at(file: str, *steps: str | int) -> Place:
    """A place, shortly."""
    return Place(file, steps)


@dataclass(frozen=True)
class Fault:
    """In `file` (below flows/), `old`, which stands there once, has become `new`; the proof then says `says`.

    `at`: where it says so: a file, and the steps to the place in it. Without it: in the line that was changed.
    """

    what: str
    file: str
    old: str
    new: str
    says: str
    at: Place | None = None

    def done(self, flows: Path) -> str:
        """Breaks the script in `flows`; "file:line:" of what the proof must say."""
        path = flows / self.file
        shipped = path.read_text(encoding="utf-8")
        assert shipped.count(self.old) == 1, f"stands {shipped.count(self.old)} times in {self.file}: {self.old}"
        path.write_text(shipped.replace(self.old, self.new), encoding="utf-8")
        if self.at:
            there = flows / self.at.file
            return f"{there}:{Document(there).line(*self.at.steps)}:"
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.old, self.new, strict=False)))
        begins = shipped.index(self.old) + same
        line = shipped[:begins].count("\n") + self.new[same:].startswith("\n") + 1
        return f"{path}:{line}:"


@cache
def lexicon() -> Lexicon:
    """The shipped words."""
    return load_lexicon(FLOWS / "words")


@cache
def few_words() -> Lexicon:
    """The shipped words without the lists of answers, in which no fault of another file shows."""
    few = (replace(one, answers={}, ordered={}, cries=()) for one in lexicon().tongues)
    return replace(lexicon(), tongues=tuple(few))


def copied(folder: Path) -> Path:
    """The shipped script, to be broken."""
    return Path(copytree(FLOWS, folder / "flows"))


def workshop(flows: Path, *, own_words: bool = False) -> Workshop:
    """`own_words`: those in the folder, instead of some of the shipped ones."""
    made = Workshop(flows, flows / "municipalities", flows.parent / "recordings", lambda _: None)
    if not own_words:
        made.lexicon = few_words()
    return made


def proved(flows: Path, *, own_words: bool = False) -> Iterator[str]:
    """What the proof says of a folder, one after the other."""
    return (text for text, _ in workshop(flows, own_words=own_words).prove(TODAY))
