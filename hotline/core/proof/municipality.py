"""What must hold of a municipality: at every hour somebody is told, nothing texts a landline, no number is stale."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.core.alert import Contact, Means
from hotline.core.case import Priority
from hotline.core.escalation import levels_at, plan_for
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.phone import can_be_texted, e164
from hotline.core.roster import on_duty

from .finding import HELPLINES, Finding, Rules

DAYS_AHEAD = 60
STEP = timedelta(minutes=30)
# What cannot wait is told at every hour; the rest waits for the office to open, over a long holiday, but not for weeks.
PATIENCE = {Priority.URGENT: timedelta(), Priority.RAISED: timedelta(days=7), Priority.ORDINARY: timedelta(days=7)}
VOWELS = "aeiou"
Span = tuple[datetime, datetime]
Spans = tuple[Span, ...]


def municipality_findings(key: str, one: Municipality, script: Script, rules: Rules, at: datetime) -> Iterator[Finding]:
    """Everything that does not hold of one municipality."""
    file = f"municipalities/{key}.yaml"
    yield from _languages(file, one, script, rules)
    yield from _numbers(file, one)
    yield from _gaps(file, one, at)
    yield from _stale(rules, at)


def _languages(file: str, one: Municipality, script: Script, rules: Rules) -> Iterator[Finding]:
    voices = dict(one.voices)
    for place, language in enumerate(one.languages):
        if language not in script.texts:
            yield Finding(file, ("languages", place), f"there is no script in {language}")
        elif language not in voices:
            missing = [
                name
                for name, variants in script.texts[language].wordings.items()
                if any(variant.startswith("voice") for variant in variants)
                and (one.key, language, name) not in rules.recorded
            ]
            if missing:
                text = f"{language} has no voice, and nobody has read aloud {', '.join(sorted(missing)[:3])}"
                yield Finding(file, ("voices",), f"{text}{' …' if len(missing) > 3 else ''}")  # noqa: PLR2004 - enough to begin with


def _numbers(file: str, one: Municipality) -> Iterator[Finding]:
    if e164(one.telephone) != one.telephone:
        yield Finding(file, ("telephone",), f"{one.telephone} is no telephone number")
    own = {*one.lines, *one.desk_lines}
    if one.telephone in own:
        yield Finding(file, ("telephone",), "is the hotline's own line: a caller would be put through to the hotline")
    for name, levels in (("by_day", one.by_day), ("by_night", one.by_night)):
        for place, level in enumerate(levels):
            for contact in level.contacts:
                yield from _contact(file, (name, place), contact, own)


def _contact(file: str, where: tuple[str, int], contact: Contact, own: set[str]) -> Iterator[Finding]:
    if contact.means is Means.TEXT and not can_be_texted(contact.address):
        yield Finding(
            file, where, f"{contact.name} is to be texted, but {contact.address} takes no texts: call it instead"
        )
    if contact.address in own:
        yield Finding(file, where, f"{contact.name} has the hotline's own number: it would call itself")
    if contact.means is not Means.EMAIL and not contact.pin:
        yield Finding(file, where, f"{contact.name} has no pin and could never acknowledge")


def _gaps(file: str, one: Municipality, at: datetime) -> Iterator[Finding]:
    """Spans of the coming weeks in which an alert of some urgency would reach nobody for longer than it may wait."""
    found: dict[Spans, list[str]] = {}
    for priority in Priority:
        spans = tuple(span for span in _untold(one, priority, at) if span[1] - span[0] > PATIENCE[priority])
        found.setdefault(spans, []).append(priority.name.lower())
    for spans, names in found.items():
        if spans:
            shown = ", ".join(f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC" for first, last in spans[:3])
            what = f"{'an' if names[0][0] in VOWELS else 'a'} {' or '.join(names)} alert"
            text = f"{what} would reach nobody {len(spans)} times in the next {DAYS_AHEAD} days: {shown}"
            yield Finding(file, ("by_night",) if Priority.URGENT.name.lower() in names else ("hours",), text)


def _untold(one: Municipality, priority: Priority, at: datetime) -> Iterator[Span]:
    """Half hours in which nobody would be told, as spans; e-mail tells nobody."""
    plan = plan_for(one)
    start: datetime | None = None
    for number in range(DAYS_AHEAD * 24 * 2):
        moment = at + number * STEP
        told = any(
            contact.means is not Means.EMAIL and on_duty(contact, one.hours.zone, moment)
            for level in levels_at(plan, priority, one.hours, moment)
            for contact in level.contacts
        )
        if not told and start is None:
            start = moment
        elif told and start is not None:
            yield start, moment
            start = None
    if start is not None:
        yield start, at + timedelta(days=DAYS_AHEAD)


def _stale(rules: Rules, at: datetime) -> Iterator[Finding]:
    for name, checked in rules.checked.items():
        age = (at.date() - checked).days
        if age > rules.stale_after_days:
            text = f"was last checked {age} days ago: ring it, then change the date"
            yield Finding(HELPLINES, ("lines", name, "checked_on"), text)
        elif age < 0:
            yield Finding(HELPLINES, ("lines", name, "checked_on"), "lies in the future")
