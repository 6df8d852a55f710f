"""Counts how well texts with known labels are understood.

What may enter: labelled rows as values. What may not: files and printing (a command does that), and any wish to look
good: a row counts as its label says, and only its own `also_ok` excuses it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .danger import read_danger
from .lexicon import Lexicon

ACUTE = frozenset(("acute", "victim_self_acute"))
EVERYDAY = frozenset(("other", "negated"))


@dataclass(frozen=True)
class Row:
    """One labelled text; `also_ok` holds labels that a careful reader could give as well."""

    language: str
    text: str
    label: str
    also_ok: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """One row read otherwise than labelled; `evidence` is what fired ("" for a miss)."""

    row: Row
    evidence: str


@dataclass
class Count:
    """The figures of one language."""

    acute: int = 0
    misses: int = 0
    everyday: int = 0
    false_alarms: int = 0
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """The figures per language."""

    by_language: Mapping[str, Count]

    def miss_share(self, languages: Sequence[str] = (), *, without: Sequence[str] = ()) -> float:
        """Give the share of acute rows missed, 0 to 1, in these languages (all if none is named)."""
        counts = self._counts(languages, without)
        return sum(count.misses for count in counts) / max(1, sum(count.acute for count in counts))

    def false_share(self, languages: Sequence[str] = (), *, without: Sequence[str] = ()) -> float:
        """Give the share of everyday rows that were taken for danger, 0 to 1."""
        counts = self._counts(languages, without)
        return sum(count.false_alarms for count in counts) / max(1, sum(count.everyday for count in counts))

    def _counts(self, languages: Sequence[str], without: Sequence[str]) -> list[Count]:
        return [
            count
            for language, count in self.by_language.items()
            if (not languages or language in languages) and language not in without
        ]


def row_of(data: Mapping[str, object]) -> Row:
    """Give a row from one line of a labelled file (keys lang, text, label, also_ok); raise KeyError if one lacks."""
    also = data.get("also_ok")
    return Row(
        str(data["lang"]), str(data["text"]), str(data["label"]), tuple(also) if isinstance(also, list | tuple) else ()
    )


def measure(lexicon: Lexicon, rows: Iterable[Row]) -> Figures:
    """Read every row and count; concern rows count for neither side, since a hint of 112 is no error there."""
    counts: dict[str, Count] = {}
    for row in rows:
        count = counts.setdefault(row.language, Count())
        danger = read_danger(lexicon, row.text)
        if row.label in ACUTE:
            count.acute += 1
            if danger is None and not set(row.also_ok) - ACUTE:
                count.misses += 1
                count.wrong.append(Wrong(row, ""))
        elif row.label in EVERYDAY:
            count.everyday += 1
            if danger is not None and not set(row.also_ok) - EVERYDAY:
                count.false_alarms += 1
                count.wrong.append(Wrong(row, danger.evidence))
    return Figures(counts)
