"""Reads the word files (flows/words/*.yaml) into the core's values.

What may enter: YAML and its traps, file names and line numbers. What may not: what the words mean for a caller.
An unknown or repeated key, an empty entry or an unknown class stops the reading with "file:line: what to do".
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from hotline.core.reading.lexicon import Lexicon, compile_lexicon
from hotline.core.reading.words import ANSWERS, CLASSES, GROUPS, ORDERED, Combination, WordFile

# Equals are preferred in this order; the languages with a whole script come first.
ORDER = (
    "sv", "fi", "en", "ar", "fa", "so", "ti", "pl", "uk", "ru", "tr", "es", "bs", "th",
    "de", "fr", "no", "da", "ku", "ro", "sq", "am",
)  # fmt: skip
_SLOT = re.compile(r"\{([^}]*)\}")
_COMBINATION = ("name", "all", "none", "within", "sure", "red")
_LANGUAGE_GROUP = re.compile(r"language:[a-z]{2,3}")


class WordFileError(ValueError):
    """A word file cannot be used; the message names file and line."""


def read_word_files(folder: Path) -> dict[str, WordFile]:
    """Read all word files of a folder, keyed by language, in the order of preference; raise WordFileError."""
    files = [read_word_file(path) for path in sorted(folder.glob("*.yaml"))]
    if not files:
        raise WordFileError(f"{folder}: no word file (*.yaml) here")
    rank = {language: number for number, language in enumerate(ORDER)}
    files.sort(key=lambda words: rank.get(words.language, len(rank)))
    return {words.language: words for words in files}


def load_lexicon(folder: Path) -> Lexicon:
    """Read and compile the word files of a folder; raise WordFileError."""
    return compile_lexicon(read_word_files(folder))


def read_word_file(path: Path) -> WordFile:
    """Read one word file; raise WordFileError with file and line."""
    reader = _Reader(path)
    data = reader.data
    for key in data:
        if key not in ("language", "reviewed", "classes", "groups", "answers", "ordered", "combinations"):
            raise reader.error(data, key, f"unknown key {key!r}")
    language = data.get("language")
    if language != path.stem:
        raise reader.error(data, "language", f"the language must be {path.stem!r} as in the file's name")
    ordered = reader.section("ordered", ORDERED)
    return WordFile(
        language=language,
        classes=reader.entries("classes", tuple(CLASSES)),
        groups=reader.entries("groups", GROUPS, _LANGUAGE_GROUP),
        answers=reader.entries("answers", ANSWERS),
        ordered={name: tuple(reader.rows(ordered, name)) for name in ordered},
        combinations=tuple(reader.combinations()),
    )


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
        except DuplicateKeyError as error:
            raise WordFileError(f"{path}:{_line(error)}: a key stands twice; join the two") from error
        except MarkedYAMLError as error:
            raise WordFileError(f"{path}:{_line(error)}: no valid YAML: {error.problem}") from error
        if not isinstance(data, CommentedMap):
            raise WordFileError(f"{path}:1: a word file begins with 'language: ...'")
        self.data = data

    def error(self, section: CommentedMap, key: str, what: str) -> WordFileError:
        line = section.lc.data[key][0] + 1 if key in section.lc.data else 1
        return WordFileError(f"{self.path}:{line}: {what}")

    def section(self, name: str, allowed: tuple[str, ...], also: re.Pattern[str] | None = None) -> CommentedMap:
        section = self.data.get(name, CommentedMap())
        if not isinstance(section, CommentedMap):
            raise self.error(self.data, name, f"{name!r} holds names with entries")
        for key in section:
            if key not in allowed and not (also and also.fullmatch(str(key))):
                raise self.error(section, key, f"unknown {name} name {key!r}")
        return section

    def entries(
        self, name: str, allowed: tuple[str, ...], also: re.Pattern[str] | None = None
    ) -> Mapping[str, tuple[str, ...]]:
        section = self.section(name, allowed, also)
        return {str(key): tuple(self._split(section, key)) for key in section}

    def _split(self, section: CommentedMap, key: str) -> Iterator[str]:
        text = section[key]
        if not isinstance(text, str):
            raise self.error(
                section, key, f"{key!r} holds a text of entries with commas or line breaks between; quote it"
            )
        line = section.lc.data[key][0] + 1
        for number, row in enumerate(text.split("\n"), 1):
            for entry in (part.strip() for part in row.split("#")[0].split(",")):
                if entry:
                    self._check(entry, line + number)
                    yield entry

    def _check(self, entry: str, line: int) -> None:
        for slot in _SLOT.findall(entry):
            for name in slot.split("|"):
                if name not in CLASSES:
                    raise WordFileError(f"{self.path}:{line}: unknown class {name!r} in {entry!r}")
        if entry.count("(") != entry.count(")"):
            raise WordFileError(f"{self.path}:{line}: a bracket is missing in {entry!r}")

    def rows(self, section: CommentedMap, key: str) -> Iterator[tuple[str, ...]]:
        rows = section[key]
        if not isinstance(rows, list):
            raise self.error(section, key, f"{key!r} is a list: the words for 1, for 2, and so on")
        for row in rows:
            if not isinstance(row, str):
                raise self.error(section, key, f"{row!r} in {key!r} is no text; quote it")
            yield tuple(part.strip() for part in row.split(","))

    def combinations(self) -> Iterator[Combination]:
        for row in self.data.get("combinations", ()):
            for key in row:
                if key not in _COMBINATION:
                    raise self.error(row, key, f"unknown key {key!r} in a combination")
            needs = tuple(tuple(part.strip() for part in need.split("|")) for need in row["all"])
            without = tuple(part.strip() for part in row.get("none", ()))
            for name in (*without, *(part for need in needs for part in need)):
                if name not in CLASSES:
                    raise self.error(row, "all", f"unknown class {name!r}")
            yield Combination(
                row["name"], needs, without, row.get("within", "clause"), bool(row.get("sure")), bool(row.get("red"))
            )


def _line(error: MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark else 1
