"""The table, read and checked for its shape, and written as a page. What may not enter: whether anything is secure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.adapters.yaml_files import Document

ROOT = Path(__file__).parents[2]
TABLE, PAGE = Path(__file__).parent / "table.yaml", Path(__file__).parent / "README.md"
CHAPTERS = (
    "Encoding and sanitization", "Validation and business logic", "Web frontend", "API and web service", "Files",
    "Authentication", "Session management", "Authorization", "Self-contained tokens", "OAuth and OIDC", "Cryptography",
    "Secure communication", "Configuration", "Data protection", "Secure coding and architecture",
    "Logging and errors", "WebRTC",
)  # fmt: skip
HEAD = """# OWASP ASVS 5.0, level 2

Made of `table.yaml` by `python -m tests.asvs`. The numbers are the standard's, the words are ours. Nobody from outside
has checked it.
"""
State = Literal["met", "not met", "does not apply"]


class Requirement(BaseModel):
    """`shown_by`: files, or tests as path::name. `why`: why it is not met or does not apply, or what is left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    level: Literal[1, 2]
    asks: Annotated[str, Field(min_length=8)]
    state: State
    shown_by: Annotated[list[str], Field(default_factory=list)]
    why: str = ""


def requirements() -> Mapping[str, Requirement]:
    """Number → requirement, in the order of the standard. Raises FileFaultError or ValidationError."""
    return {number: Requirement.model_validate(row) for number, row in Document(TABLE).data.items()}


def counted(rows: Sequence[Requirement]) -> str:
    """ "124 met, 32 not met, …"."""
    found = Counter(row.state for row in rows)
    return ", ".join(f"{found[state]} {state}" for state in ("met", "not met", "does not apply"))


def page() -> str:
    """As it stands in README.md."""
    rows = requirements()
    parts = [HEAD, f"\n{counted(list(rows.values()))}.\n"]
    for place, name in enumerate(CHAPTERS, start=1):
        own = {number: row for number, row in rows.items() if number.split(".")[0] == str(place)}
        parts.append(
            f"\n## {place} {name}\n\n| | level | requirement | state | shown by, or why not |\n|---|---|---|---|---|\n"
        )
        parts += [_row(number, row) for number, row in own.items()]
    return "".join(parts)


def _row(number: str, row: Requirement) -> str:
    shown = ", ".join(f"`{one}`" for one in row.shown_by)
    return f"| {number} | {row.level} | {row.asks} | {row.state} | {'; '.join(filter(None, (shown, row.why)))} |\n"
