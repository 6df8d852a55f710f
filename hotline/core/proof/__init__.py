"""The proof: what must hold of a script, its words and its municipalities before it speaks to anyone.

What may enter: the core's values. What may not: files and lines (an adapter finds those), and anything that is not
shown by trying it out: safety is proved by walking through every conversation that there is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.core.exploring import Ways
from hotline.core.flow import Script
from hotline.core.municipality import Municipality

from .finding import Finding, Rules
from .known import known_rows
from .municipality import municipality_findings
from .safety import safety_findings
from .structure import standing_findings, structure_findings
from .texts import said_findings, text_findings
from .walking import all_ways
from .words import word_findings

__all__ = [
    "Finding",
    "Matter",
    "Rules",
    "all_ways",
    "known_rows",
    "prove",
    "spoken_findings",
    "written_findings",
]


@dataclass(frozen=True)
class Matter:
    """All that is proved together. `at`: today, for dates that go stale and rosters that run out."""

    script: Script
    municipalities: Mapping[str, Municipality]
    rules: Rules
    at: datetime


def prove(matter: Matter) -> Iterator[Finding]:
    """Everything that does not hold; nothing: the script may speak. What cannot stand is not walked."""
    broken = list(standing_findings(matter.script))
    yield from broken
    yield from written_findings(matter)
    if not broken:
        for municipality in matter.municipalities.values():
            yield from spoken_findings(matter.script, all_ways(matter.script, municipality))


def written_findings(matter: Matter) -> Iterator[Finding]:
    """What is to be seen in the files alone."""
    script, rules = matter.script, matter.rules
    yield from structure_findings(script)
    for key, municipality in matter.municipalities.items():
        yield from municipality_findings(key, municipality, script, rules, matter.at)
    yield from text_findings(script, matter.municipalities, rules)
    yield from word_findings(script)


def spoken_findings(script: Script, every: Iterable[Ways]) -> Iterator[Finding]:
    """What shows in conversations."""
    used: set[tuple[str, str, str]] = set()
    for ways in every:
        yield from safety_findings(ways, used)
    yield from said_findings(script, used)
