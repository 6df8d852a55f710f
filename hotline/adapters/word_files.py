"""Reads the word files (flows/words/*.yaml) into the core's values.

What may enter: YAML and its traps, file names and line numbers. What may not: what the words mean for a caller.
An unknown or repeated key, an empty entry or an unknown class stops the reading with "file:line: what to do".
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from hotline.core.reading.compiling import GAP, compile_lexicon, spell
from hotline.core.reading.lexicon import Lexicon
from hotline.core.reading.words import ANSWERS, CLASSES, GROUPS, ORDERED, Combination, WordFile

from .script_schema import Strict, Words
from .weight_files import read_scales
from .yaml_files import Document, FileFaultError

# Equals are preferred in this order; the languages with a whole script come first.
ORDER = (
    "sv", "fi", "en", "ar", "fa", "so", "ti", "pl", "uk", "ru", "tr", "es", "bs", "th",
    "de", "fr", "no", "da", "ku", "ro", "sq", "am",
)  # fmt: skip
_SLOT = re.compile(r"\{([^}]*)\}")
_CLASSES = re.compile(r"\{[^{}*]+\}")
_KEYS = {"language", "reviewed", "cries", "classes", "groups", "answers", "ordered", "combinations"}
_LANGUAGE_GROUP = re.compile(r"language:[a-z]{2,3}")


class _CombinationPart(Strict):
    """core.reading.Combination, as written."""

    name: Words
    all: Annotated[list[Words], Field(min_length=1)]
    none: Annotated[list[Words], Field(default_factory=list)]
    within: Literal["clause", "sentence", "message"] = "clause"
    sure: bool = False
    red: bool = False


class _WithCombinations(BaseModel):
    """That part of a word file whose shape is more than names and texts."""

    combinations: Annotated[list[_CombinationPart], Field(default_factory=list)]


def read_word_files(folder: Path) -> dict[str, WordFile]:
    """Read all word files of a folder, keyed by language, in the order of preference; raise FileFaultError."""
    files = [read_word_file(path) for path in sorted(folder.glob("*.yaml"))]
    if not files:
        raise FileFaultError(f"{folder}: no word file (*.yaml) here")
    rank = {language: number for number, language in enumerate(ORDER)}
    files.sort(key=lambda words: rank.get(words.language, len(rank)))
    return {words.language: words for words in files}


def load_lexicon(folder: Path, *, weighed: bool = True) -> Lexicon:
    """Read and compile the word files of a folder, and what their words weigh (../weights); raise FileFaultError."""
    return compile_lexicon(read_word_files(folder), read_scales(folder.parent / "weights") if weighed else {})


def read_word_file(path: Path) -> WordFile:
    """Read one word file; raise FileFaultError with file and line."""
    reader = _Reader(path)
    data = reader.data
    for key in data:
        if key not in _KEYS:
            raise reader.document.fault(f"unknown key {key!r}", key)
    language = data.get("language")
    if language != path.stem:
        raise reader.document.fault(f"the language must be {path.stem!r} as in the file's name", "language")
    ordered = reader.section("ordered", ORDERED)
    return WordFile(
        language=language,
        classes=reader.entries("classes", tuple(CLASSES)),
        groups=reader.entries("groups", GROUPS, _LANGUAGE_GROUP),
        answers=reader.entries("answers", ANSWERS),
        ordered={name: tuple(reader.rows(ordered, name)) for name in ordered},
        combinations=tuple(reader.combinations()),
        cries=tuple(reader.split(data.get("cries", ""), "cries")),
    )


def _misspelt(entry: str) -> str:
    """What is wrong with an entry's notation, or "". It costs nothing for the thousands that are plain words."""
    if entry.count("(") != entry.count(")"):
        return "a bracket is missing"
    plain = any(map(str.isalnum, entry)) and "{" not in entry and "}" not in entry
    for words in () if plain else map(str.split, spell(entry)):
        if any(("{" in word or "}" in word) and not _CLASSES.fullmatch(word) for word in words):
            return "a class stands alone between { and }, and nothing is left open:"
        if not any(word.strip("*") for word in words if word != GAP):
            return "there is no word"
    return ""


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = Document(path)
        self.data = self.document.data

    def section(self, name: str, allowed: tuple[str, ...], also: re.Pattern[str] | None = None) -> dict[str, Any]:
        section = self.data.get(name, {})
        if not isinstance(section, dict):
            raise self.document.fault(f"{name!r} holds names with entries", name)
        for key in section:
            if key not in allowed and not (also and also.fullmatch(key)):
                raise self.document.fault(f"unknown {name} name {key!r}", name, key)
        return section

    def entries(
        self, name: str, allowed: tuple[str, ...], also: re.Pattern[str] | None = None
    ) -> Mapping[str, tuple[str, ...]]:
        section = self.section(name, allowed, also)
        return {key: tuple(self.split(text, name, key)) for key, text in section.items()}

    def split(self, text: object, *steps: str) -> Iterator[str]:
        """The entries of one text."""
        if not isinstance(text, str):
            what = f"{steps[-1]!r} holds a text of entries with commas or line breaks between; quote it"
            raise self.document.fault(what, *steps)
        line = self.document.line(*steps)
        for number, row in enumerate(text.split("\n"), 1):
            for entry in (part.strip() for part in row.split("#")[0].split(",")):
                if entry:
                    self._check(entry, line + number)
                    yield entry

    def _check(self, entry: str, line: int) -> None:
        for slot in _SLOT.findall(entry):
            for name in slot.split("|"):
                if name not in CLASSES:
                    raise FileFaultError(f"{self.path}:{line}: unknown class {name!r} in {entry!r}")
        if wrong := _misspelt(entry):
            raise FileFaultError(f"{self.path}:{line}: {wrong} in {entry!r}")

    def rows(self, section: Mapping[str, Any], key: str) -> Iterator[tuple[str, ...]]:
        rows = section[key]
        if not isinstance(rows, list):
            raise self.document.fault(f"{key!r} is a list: the words for 1, for 2, and so on", "ordered", key)
        for row in rows:
            if not isinstance(row, str):
                raise self.document.fault(f"{row!r} in {key!r} is no text; quote it", "ordered", key)
            yield tuple(part.strip() for part in row.split(","))

    def combinations(self) -> Iterator[Combination]:
        for place, row in enumerate(self.document.checked(_WithCombinations).combinations):
            needs = tuple(tuple(part.strip() for part in need.split("|")) for need in row.all)
            for name in (*row.none, *(part for need in needs for part in need)):
                if name not in CLASSES:
                    raise self.document.fault(f"unknown class {name!r}", "combinations", place, "all")
            yield Combination(row.name, needs, tuple(row.none), row.within, row.sure, row.red)
