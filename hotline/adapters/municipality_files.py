"""Reads flows/municipalities/*.yaml into the core's values and refuses what would leave somebody untold.

What may enter: YAML and its traps, file names and line numbers. What may not: who is told when.
Every message is "file:line: what to do".
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline.core.alert import Contact, Level, Means, Shift
from hotline.core.keeping import Keeping
from hotline.core.municipality import Hours, Municipality, Probe
from hotline.core.phone import can_be_texted, e164
from hotline.core.roster import foreseen

from .municipality_schema import DAYS, Day, Duty, MunicipalityFile, Person, Rung
from .yaml_files import Document, FileFaultError

Where = tuple[str | int, ...]


def load_municipalities(folder: Path, *, reviewed: Collection[str] | None = None) -> dict[str, Municipality]:
    """All municipalities of a folder by key (the file's name); raises FileFaultError.

    `reviewed`: languages that a native reader has read; others then stay off unless the file's `use_unreviewed` names
    them. None: all that the file names are on.
    """
    readers = [_Reader(path) for path in sorted(folder.glob("*.yaml"))]
    # The first one's telephone number is given where nobody knows which was meant: let that be a real one.
    readers.sort(key=lambda reader: reader.file.invented)
    found = {reader.path.stem: reader.municipality(reviewed) for reader in readers}
    if not found:
        raise FileFaultError(f"{folder}: no municipality file (*.yaml) here")
    owners: dict[str, str] = {}
    for key, municipality in found.items():
        for line in (*municipality.lines, *municipality.desk_lines):
            if line in owners:
                raise FileFaultError(f"{folder / key}.yaml:1: {line} belongs to {owners[line]} already")
            owners[line] = key
    return found


def read_municipality(path: Path, *, reviewed: Collection[str] | None = None) -> Municipality:
    """One municipality; raises FileFaultError with file and line."""
    return _Reader(path).municipality(reviewed)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = Document(path)
        self.file = self.document.checked(MunicipalityFile)

    def wrong(self, where: Where, what: str) -> FileFaultError:
        return self.document.fault(f"{'.'.join(map(str, where))} {what}", *where)

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
            desk=self.contact(file.desk, Means.CALL, ("desk",)),
            desk_lines=desk_lines,
            languages=self.languages(reviewed),
            voices=tuple(file.voices.items()),
            recordings=file.recordings,
            speech=file.speech,
            facts=tuple(file.facts.items()),
            unconfirmed=tuple(file.unconfirmed),
            open_minutes=file.open_minutes,
            probe=self.probe(),
            keeping=self.keeping(),
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
            part: object = self.document.data
            for step in name.split("."):
                if not isinstance(part, Mapping) or step not in part:
                    raise self.wrong(("unconfirmed", place), f"{name!r} names nothing in this file")
                part = part[step]
        for place, language in enumerate(self.file.use_unreviewed):
            if language not in self.file.languages:
                raise self.wrong(("use_unreviewed", place), f"{language!r} is not among the languages")

    def probe(self) -> Probe | None:
        part = self.file.probe
        if part is None:
            return None
        rung = Rung(tell=part.tell, minutes=part.within)
        (level,) = self.levels([rung], "probe")
        return Probe(self.number(part.caller, ("probe", "caller")), level, part.every, part.within)

    def keeping(self) -> Keeping | None:
        part = self.file.keeping
        if part is None:
            return None
        given = [
            (count, unit) for count, unit in ((part.years, "year"), (part.months, "month"), (part.days, "day")) if count
        ]
        if len(given) != 1:
            raise self.wrong(("keeping",), "gives no time, or two: write years, months or days")
        ((count, unit),) = given
        return Keeping(part.decision, count, unit, part.number_hours)

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
        weekly = tuple(self.spans(file.weekly, ("hours", "weekly")))
        if not weekly:
            raise self.wrong(("hours", "weekly"), "never opens: an alert would wait for ever")
        return Hours(weekly=weekly, closed=frozenset(file.closed), zone=file.zone, days_off=foreseen())

    def spans(
        self, weekly: Mapping[Day, Sequence[str]], above: Where, *, nights: bool = False
    ) -> Iterator[tuple[int, time, time]]:
        """(weekday, begins, ends) of "08:00-16:30"; with `nights` a span may last into the next day."""
        for number, day in enumerate(DAYS):
            where = (*above, day)
            try:
                spans = [tuple(time.fromisoformat(part) for part in each.split("-")) for each in weekly.get(day, [])]
            except ValueError as error:
                raise self.wrong(where, f"holds no time of day: {error}") from error
            moments = [moment for span in spans for moment in span]
            if not nights and any(later <= earlier for earlier, later in pairwise(moments)):
                raise self.wrong(where, "closes before it opens, or spans overlap")
            yield from ((number, start, end) for start, end in spans)

    def levels(self, rungs: Sequence[Rung], name: str) -> Iterator[Level]:
        for place, rung in enumerate(rungs):
            contacts = tuple(
                contact for i, each in enumerate(rung.tell) for contact in self.contacts(each, (name, place, "tell", i))
            )
            if all(contact.means == Means.EMAIL for contact in contacts):
                raise self.wrong((name, place), "holds e-mail only, which wakes nobody: add a call or a text")
            yield Level(contacts, rung.minutes)

    def contacts(self, written: str, where: Where) -> tuple[Contact, ...]:
        """Of "call desk": the telephone of the desk; of "text duty": each person of that roster, with their shifts."""
        match = re.fullmatch(r"(call|text|email) (\w+)", written)
        if not match:
            raise self.wrong(where, f"{written!r}: write call, text or email and then a name from people or rosters")
        means, name = Means(match[1]), match[2]
        if name in self.file.rosters:
            duties: dict[str, list[Duty]] = {}
            for place, duty in enumerate(self.file.rosters[name]):
                if duty.person not in self.file.people:
                    raise self.wrong(("rosters", name, place, "person"), f"{duty.person!r} is not among people")
                duties.setdefault(duty.person, []).append(duty)
            return tuple(
                replace(self.contact(person, means, where), shifts=tuple(self.shift(name, duty) for duty in own))
                for person, own in duties.items()
            )
        return (self.contact(name, means, where),)

    def shift(self, roster: str, duty: Duty) -> Shift:
        if duty.first and duty.last and duty.last < duty.first:
            raise self.wrong(("rosters", roster), f"{duty.person} ends before beginning")
        return Shift(duty.first, duty.last, tuple(self.spans(duty.weekly, ("rosters", roster), nights=True)))

    def contact(self, name: str, means: Means, where: Where) -> Contact:
        person = self.file.people.get(name)
        if person is None:
            raise self.wrong(where, f"{name!r} is not among people")
        if means == Means.EMAIL:
            if not person.email:
                raise self.wrong(where, f"{name} has no e-mail address")
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
