"""The core's values as text to be sealed, and back. What may not enter: statements."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Row

from hotline.adapters.vault import CaseKey
from hotline.core.alert import Contact, Delivery, Level, Means, Plan, Shift
from hotline.core.case import Addendum, Report

AnyRow = Row[*tuple[Any, ...]]


def report_text(report: Report) -> str:
    """What a caller told; reference, municipality and time are columns."""
    return json.dumps(
        {
            "channel": report.channel,
            "language": report.language,
            "flags": sorted(report.flags),
            "answers": report.answers,
            "own_words": report.own_words,
            "caller": report.caller,
            "call_back": report.call_back,
            "flow": report.flow,
        },
        ensure_ascii=False,
    )


def read_report(text: str, *, reference: str, municipality: str, at: datetime) -> Report:
    """The report of `report_text`."""
    found = json.loads(text)
    return Report(
        reference=reference,
        municipality=municipality,
        at=at,
        channel=found["channel"],
        language=found["language"],
        flags=frozenset(found["flags"]),
        answers=tuple((step, choice) for step, choice in found["answers"]),
        own_words=tuple(found["own_words"]),
        caller=found["caller"],
        call_back=found["call_back"],
        flow=found["flow"],
    )


def addendum_text(addendum: Addendum) -> str:
    """The kind, too, is sealed: that somebody withdrew is told to the desk alone."""
    return json.dumps([addendum.kind, addendum.text], ensure_ascii=False)


def read_addendum(text: str, at: datetime) -> Addendum:
    """The addendum that was said at `at`."""
    kind, words = json.loads(text)
    return Addendum(at=at, kind=kind, text=words)


def sealed_addendum(addendum: Addendum, key: CaseKey) -> bytes:
    """Bound to its case and to when it was said."""
    return key.seal(addendum_text(addendum), "addendum", moment_of(addendum.at))


def open_addendum(row: AnyRow, key: CaseKey) -> Addendum:
    """Raises UnreadableError."""
    return read_addendum(key.unseal(row.sealed_content, "addendum", moment_of(row.at)), row.at)


def moment_of(at: datetime) -> bytes:
    """What tells rows of one case apart."""
    return at.astimezone(UTC).isoformat().encode()


def contact_values(contact: Contact) -> dict[str, object]:
    """Holds a PIN and a number: only ever a part of something sealed."""
    return {
        "name": contact.name,
        "means": contact.means.value,
        "address": contact.address,
        "pin": contact.pin,
        "always": contact.always,
        "shifts": [shift_values(shift) for shift in contact.shifts],
    }


def read_contact(found: dict[str, Any]) -> Contact:
    """The contact of `contact_values`."""
    return Contact(
        name=found["name"],
        means=Means(found["means"]),
        address=found["address"],
        pin=found["pin"],
        always=found["always"],
        shifts=tuple(map(read_shift, found.get("shifts", ()))),
    )


def shift_values(shift: Shift) -> dict[str, object]:
    """Dates and times of day in ISO form."""
    return {
        "first": shift.first.isoformat() if shift.first else None,
        "last": shift.last.isoformat() if shift.last else None,
        "weekly": [(day, start.isoformat(), end.isoformat()) for day, start, end in shift.weekly],
    }


def read_shift(found: dict[str, Any]) -> Shift:
    """The shift of `shift_values`."""
    return Shift(
        first=date.fromisoformat(found["first"]) if found["first"] else None,
        last=date.fromisoformat(found["last"]) if found["last"] else None,
        weekly=tuple((day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in found["weekly"]),
    )


def plan_text(plan: Plan) -> str:
    """Levels as [[contact, ...], minutes]."""
    levels = [[[contact_values(contact) for contact in level.contacts], level.minutes] for level in plan.levels]
    return json.dumps(levels, ensure_ascii=False)


def read_plan(text: str) -> Plan:
    """The plan of `plan_text`."""
    return Plan(
        tuple(Level(tuple(map(read_contact, contacts)), int(minutes)) for contacts, minutes in json.loads(text))
    )


def delivery_text(delivery: Delivery) -> str:
    """What only the keyring may read of a delivery; its times, state and counts are columns."""
    return json.dumps(
        {
            "token": delivery.token,
            "contact": contact_values(delivery.contact),
            "code": delivery.code,
            "carrier_id": delivery.carrier_id,
            "detail": delivery.detail,
            "purpose": delivery.purpose.value,
            "unsure_since": delivery.unsure_since.isoformat() if delivery.unsure_since else None,
            "instead": delivery.instead,
            "level": delivery.level,
        },
        ensure_ascii=False,
    )


def read_delivery_content(text: str) -> dict[str, Any]:
    """The parts of `delivery_text`, by name."""
    found: dict[str, Any] = json.loads(text)
    since = found.get("unsure_since")
    return {**found, "unsure_since": datetime.fromisoformat(since) if since else None}
