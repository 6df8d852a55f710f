"""What the proof says: one thing that does not hold, where it is written, and the conversation that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hotline.core.exploring import Path, transcript

Steps = tuple[str | int, ...]
STRUCTURE, HELPLINES, FORBIDDEN, FOREIGN = "triage.yaml", "helplines.yaml", "forbidden.yaml", "texts/foreign.yaml"


@dataclass(frozen=True)
class Finding:
    """`file`: below flows/. `steps`: the place in it. `shown`: the shortest conversation, as people see it, or ""."""

    file: str
    steps: Steps
    text: str
    shown: str = ""

    @classmethod
    def at_step(cls, name: str, text: str, *below: str | int, path: Path | None = None) -> "Finding":
        """Something about a step of the script."""
        return cls(STRUCTURE, ("steps", name, *below), text, transcript(path) if path else "")

    @classmethod
    def at_text(cls, language: str, name: str, variant: str, text: str) -> "Finding":
        """Something about a text."""
        if variant == FOREIGN:
            return cls(FOREIGN, (language, name), text)
        return cls(f"texts/{language}.yaml", ("texts", name, variant), text)


@dataclass(frozen=True)
class Forbidden:
    """Words that no text may hold. `why`: what is wrong with them, for whoever wrote the text."""

    pattern: str
    why: str


@dataclass(frozen=True)
class Rules:
    """What is agreed outside the script. `forbidden`: language → words. `checked`: helpline → when it was last checked.

    `recorded`: (municipality's key, language, text) for each text that has been read aloud.
    """

    forbidden: Mapping[str, tuple[Forbidden, ...]] = field(default_factory=dict)
    checked: Mapping[str, date] = field(default_factory=dict)
    stale_after_days: int = 365
    recorded: frozenset[tuple[str, str, str]] = frozenset()
