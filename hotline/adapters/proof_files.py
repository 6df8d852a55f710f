"""What the proof is held against (flows/forbidden.yaml, helplines' dates, recordings), and where findings stand.

What may enter: files and lines. What may not: what holds and what does not; the core's proof says that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from hotline.core.municipality import Municipality
from hotline.core.proof import Finding, Rules
from hotline.core.proof.finding import HELPLINES, Forbidden

from .script_schema import HelplineFile, Language, Name, Strict, Words
from .yaml_files import Document, FileFaultError

FORBIDDEN = "forbidden.yaml"
RECORDED = ("mp3", "wav")
ESCAPED = re.compile(r"\\.|\(\?P<\w+>")  # of a regular expression: in these, a capital letter is no letter
NEVER = re.compile(r"[A-ZÀ-ÖØ-öø-ÿ]")


class ForbiddenFile(Strict):
    """forbidden.yaml."""

    spec_version: Literal[1]
    why: dict[Name, Words]
    patterns: dict[Language, dict[Name, Words]] = Field(min_length=1)


def load_rules(flows: Path, recordings: Path, municipalities: Iterable[Municipality]) -> Rules:
    """Raises FileFaultError."""
    document = Document(flows / HELPLINES)
    helplines = document.checked(HelplineFile)
    return Rules(
        forbidden=_forbidden(Document(flows / FORBIDDEN)),
        checked={name: line.checked_on for name, line in helplines.lines.items()},
        stale_after_days=helplines.stale_after_days,
        recorded=frozenset(recorded(recordings, municipalities)),
    )


def never_rung(flows: Path) -> list[str]:
    """Names of the helplines whose number has only been read somewhere. Raises FileFaultError."""
    lines = Document(flows / HELPLINES).checked(HelplineFile).lines
    return [line.name for line in lines.values() if line.how != "rung"]


def _forbidden(document: Document) -> Mapping[str, tuple[Forbidden, ...]]:
    file = document.checked(ForbiddenFile)
    for language, patterns in file.patterns.items():
        for name, pattern in patterns.items():
            if name not in file.why:
                raise document.fault(f"{name} has no `why`", "patterns", language, name)
            if strange := NEVER.search(ESCAPED.sub("", pattern)):
                what = f"{strange[0]!r} never occurs in what it is tried on: small letters without accents"
                raise document.fault(what, "patterns", language, name)
            try:
                re.compile(pattern)
            except re.error as problem:
                raise document.fault(f"no regular expression: {problem}", "patterns", language, name) from problem
        if missing := set(file.why) - set(patterns):
            raise document.fault(f"{language} has no pattern for {', '.join(sorted(missing))}", "patterns", language)
    return {
        language: tuple(Forbidden(pattern, file.why[name]) for name, pattern in patterns.items())
        for language, patterns in file.patterns.items()
    }


def recorded(folder: Path, municipalities: Iterable[Municipality]) -> Iterator[tuple[str, str, str]]:
    """(municipality's key, language, text) for each text that somebody has read aloud."""
    for one in municipalities:
        for kind in RECORDED if one.recordings else ():
            for path in (folder / one.recordings).glob(f"*/*.{kind}"):
                yield one.key, path.parent.name, path.stem


def placed(flows: Path, municipalities: Path, finding: Finding) -> str:
    """The finding as an editor jumps to it: file:line: what."""
    inside = finding.file.startswith("municipalities/")
    path = municipalities / finding.file.removeprefix("municipalities/") if inside else flows / finding.file
    try:
        line = _document(path).line(*finding.steps)
    except FileFaultError:
        line = 1
    return f"{path}:{line}: {_below(finding)}{finding.text}"


def _below(finding: Finding) -> str:
    return f"{'.'.join(map(str, finding.steps))}: " if finding.steps else ""


@cache
def _document(path: Path) -> Document:
    return Document(path)
