"""Reads flows/municipalities/*.yaml into the core's values and refuses what would leave somebody untold.

What may enter: YAML and its traps, file names and line numbers. What may not: who is told when.
Every message is "file:line: what to do".
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from hotline.core.alert import Contact, Level, Means
from hotline.core.municipality import Hours, Municipality
from hotline.core.phone import can_be_texted, e164

from .municipality_schema import DAYS, MunicipalityFile, Person, Rung

Where = tuple[str | int, ...]
_SAID = {
    "extra_forbidden": "unknown key",
    "missing": "is missing",
    "string_type": "is no text: put it in quotes",
    "string_pattern_mismatch": "is not written as it must be",
}


class MunicipalityFileError(ValueError):
    """A municipality's file cannot be used; the message names file and line."""


def load_municipalities(folder: Path, *, reviewed: Collection[str] | None = None) -> dict[str, Municipality]:
    """All municipalities of a folder by key (the file's name); raises MunicipalityFileError.

    `reviewed`: languages that a native reader has read; others then stay off unless the file's `use_unreviewed` names
    them. None: all that the file names are on.
    """
    readers = [_Reader(path) for path in sorted(folder.glob("*.yaml"))]
    # The first one's telephone number is given where nobody knows which was meant: let that be a real one.
    readers.sort(key=lambda reader: reader.file.invented)
    found = {reader.path.stem: reader.municipality(reviewed) for reader in readers}
    if not found:
        raise MunicipalityFileError(f"{folder}: no municipality file (*.yaml) here")
    owners: dict[str, str] = {}
    for key, municipality in found.items():
        for line in (*municipality.lines, *municipality.desk_lines):
            if line in owners:
                raise MunicipalityFileError(f"{folder / key}.yaml:1: {line} belongs to {owners[line]} already")
            owners[line] = key
    return found


def read_municipality(path: Path, *, reviewed: Collection[str] | None = None) -> Municipality:
    """One municipality; raises MunicipalityFileError with file and line."""
    return _Reader(path).municipality(reviewed)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
        except DuplicateKeyError as error:
            raise MunicipalityFileError(f"{path}:{_line(error)}: a key stands twice; keep one") from error
        except MarkedYAMLError as error:
            raise MunicipalityFileError(f"{path}:{_line(error)}: no valid YAML: {error.problem}") from error
        try:
            self.file = MunicipalityFile.model_validate(_plain(self.data))
        except ValidationError as error:
            rows = [self._said(tuple(each["loc"]), _SAID.get(each["type"], each["msg"])) for each in error.errors()]
            raise MunicipalityFileError("\n".join(rows)) from error

    def _said(self, where: Where, what: str) -> str:
        return f"{self.path}:{_line_of(self.data, where)}: {'.'.join(map(str, where))} {what}"

    def wrong(self, where: Where, what: str) -> MunicipalityFileError:
        return MunicipalityFileError(self._said(where, what))

    def municipality(self, reviewed: Collection[str] | None) -> Municipality:
        file = self.file
        telephone = self.number(file.telephone, ("telephone",))
        lines = self.numbers(file.lines, "lines")
        desk_lines = self.numbers(file.desk_lines, "desk_lines")
        self.check_people({*lines, *desk_lines})
        self.check_names()
        return Municipality(
            key=self.path.stem,
            name=file.name,
            telephone=telephone,
            telephone_shown=file.telephone,
            lines=lines,
            hours=self.hours(),
            by_day=tuple(self.levels(file.by_day, "by_day")),
            by_night=tuple(self.levels(file.by_night, "by_night")),
            desk=self.contact(f"call {file.desk}", ("desk",)),
            desk_lines=desk_lines,
            languages=self.languages(reviewed),
            voices=tuple(file.voices.items()),
            recordings=file.recordings,
            speech=file.speech,
            facts=tuple(file.facts.items()),
            unconfirmed=tuple(file.unconfirmed),
        )

    def number(self, written: str, where: Where) -> str:
        number = e164(written)
        if number is None:
            raise self.wrong(where, f"{written!r} is no telephone number")
        return number

    def numbers(self, written: Sequence[str], name: str) -> tuple[str, ...]:
        return tuple(self.number(each, (name, place)) for place, each in enumerate(written))

    def check_people(self, own: Collection[str]) -> None:
        for key, person in self.file.people.items():
            where: Where = ("people", key)
            if person.telephone and self.number(person.telephone, (*where, "telephone")) in own:
                raise self.wrong((*where, "telephone"), "is the hotline's own line: it would call itself")
            if person.email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", person.email):
                raise self.wrong((*where, "email"), f"{person.email!r} is no e-mail address")

    def check_names(self) -> None:
        for place, name in enumerate(self.file.unconfirmed):
            part: object = self.data
            for step in name.split("."):
                if not isinstance(part, Mapping) or step not in part:
                    raise self.wrong(("unconfirmed", place), f"{name!r} names nothing in this file")
                part = part[step]
        for place, language in enumerate(self.file.use_unreviewed):
            if language not in self.file.languages:
                raise self.wrong(("use_unreviewed", place), f"{language!r} is not among the languages")

    def languages(self, reviewed: Collection[str] | None) -> tuple[str, ...]:
        first, *others = dict.fromkeys(self.file.languages)
        on = others if reviewed is None else [one for one in others if one in {*reviewed, *self.file.use_unreviewed}]
        return (first, *on)

    def hours(self) -> Hours:
        file = self.file.hours
        try:
            ZoneInfo(file.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise self.wrong(("hours", "zone"), f"{file.zone!r} is no time zone") from error
        weekly = tuple(span for number, day in enumerate(DAYS) for span in self.spans(number, file.weekly.get(day, [])))
        if not weekly:
            raise self.wrong(("hours", "weekly"), "never opens: an alert would wait for ever")
        return Hours(weekly=weekly, closed=frozenset(file.closed), zone=file.zone)

    def spans(self, number: int, written: Sequence[str]) -> Iterator[tuple[int, time, time]]:
        where: Where = ("hours", "weekly", DAYS[number])
        try:
            spans = [tuple(time.fromisoformat(part) for part in each.split("-")) for each in written]
        except ValueError as error:
            raise self.wrong(where, f"holds no time of day: {error}") from error
        moments = [moment for span in spans for moment in span]
        if any(later <= earlier for earlier, later in pairwise(moments)):
            raise self.wrong(where, "closes before it opens, or spans overlap")
        yield from ((number, start, end) for start, end in spans)

    def levels(self, rungs: Sequence[Rung], name: str) -> Iterator[Level]:
        for place, rung in enumerate(rungs):
            contacts = tuple(self.contact(each, (name, place, "tell", i)) for i, each in enumerate(rung.tell))
            if all(contact.means == Means.EMAIL for contact in contacts):
                raise self.wrong((name, place), "holds e-mail only, which wakes nobody: add a call or a text")
            yield Level(contacts, rung.minutes)

    def contact(self, written: str, where: Where) -> Contact:
        """Of "call desk": the telephone of the desk."""
        match = re.fullmatch(r"(call|text|email) (\w+)", written)
        if not match:
            raise self.wrong(where, f"{written!r}: write call, text or email and then a name from people")
        means, person = Means(match[1]), self.file.people.get(match[2])
        if person is None:
            raise self.wrong(where, f"{match[2]!r} is not among people")
        if means == Means.EMAIL:
            if not person.email:
                raise self.wrong(where, f"{match[2]} has no e-mail address")
            return Contact(person.name, means, person.email)
        return Contact(person.name, means, self.telephone(person, means, where), pin=person.pin)

    def telephone(self, person: Person, means: Means, where: Where) -> str:
        if not person.telephone:
            raise self.wrong(where, f"{person.name} has no telephone")
        if not person.pin:
            # A text leads to a call, and there the PIN is asked for.
            raise self.wrong(where, f"{person.name} has no pin and could never acknowledge")
        number = self.number(person.telephone, where)
        if means == Means.TEXT and not can_be_texted(number):
            raise self.wrong(where, f"{person.telephone} cannot take texts: call it instead")
        return number


def _plain(data: object) -> object:
    match data:
        case CommentedMap():
            return {key: _plain(value) for key, value in data.items()}
        case CommentedSeq():
            return [_plain(value) for value in data]
        case _:
            return data


def _line_of(data: object, where: Where) -> int:
    """The line (1-based) of the deepest part of `where` that is in the file."""
    line = 1
    for step in where:
        if not isinstance(data, CommentedMap | CommentedSeq) or step not in data.lc.data:
            break
        line = data.lc.data[step][0] + 1
        data = data[step]
    return line


def _line(error: MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark else 1
