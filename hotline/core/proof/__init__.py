"""The proof: what must hold of a script, its words and its municipalities before it speaks to anyone.

What may enter: the core's values. What may not: files and lines (an adapter finds those), and anything that is not
shown by trying it out: safety is proved by walking through every conversation that there is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.core.flow import Script
from hotline.core.municipality import Municipality

from .finding import Finding, Rules
from .known import known_rows
from .municipality import municipality_findings
from .safety import explored, safety_findings
from .structure import structure_findings
from .texts import text_findings
from .words import word_findings

__all__ = ["Finding", "Matter", "Rules", "known_rows", "prove"]


@dataclass(frozen=True)
class Matter:
    """All that is proved together. `at`: today, for dates that go stale and rosters that run out."""

    script: Script
    municipalities: Mapping[str, Municipality]
    rules: Rules
    at: datetime


def prove(matter: Matter) -> Iterator[Finding]:
    """Everything that does not hold; nothing: the script may speak. What is broken in its structure is not walked."""
    script = matter.script
    broken = list(structure_findings(script))
    yield from broken
    yield from word_findings(script)
    for key, municipality in matter.municipalities.items():
        yield from municipality_findings(key, municipality, script, matter.rules, matter.at)
    if broken:
        return
    used: set[tuple[str, str, str]] = set()
    for municipality in matter.municipalities.values():
        for walk in explored(script, municipality):
            yield from safety_findings(walk, used)
        yield from text_findings(script, municipality, matter.rules, used)
