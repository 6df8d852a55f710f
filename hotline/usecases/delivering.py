"""What all verbs about alerts share: new deliveries, states that only move forward, and what a failure leads to.

What may enter: one open Work and values. What may not: carriers, doors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from hotline.core.alert import Alert, Contact, Delivery, DeliveryState, Means
from hotline.core.escalation import after_failure
from hotline.core.municipality import Hours, Municipality
from hotline.ports import Chance, Work

Municipalities = Mapping[str, Municipality]
# A municipality whose file was removed while its alert climbs: nobody may be silenced by that.
ALWAYS = Hours(tuple((day, time.min, time.max) for day in range(7)))
_ORDER = list(DeliveryState)


def hours_of(alert: Alert, municipalities: Municipalities) -> Hours:
    """The office hours that count for this alert."""
    municipality = municipalities.get(alert.municipality)
    return municipality.hours if municipality else ALWAYS


def new_deliveries(alert: Alert, contacts: Sequence[Contact], at: datetime, chance: Chance) -> tuple[Delivery, ...]:
    """One delivery per contact, due now; a text has a code to answer with."""
    return tuple(
        Delivery(
            token=chance.token(),
            reference=alert.reference,
            contact=contact,
            due_at=at,
            code=chance.code() if contact.means == Means.TEXT else "",
        )
        for contact in contacts
    )


def forward(delivery: Delivery, state: DeliveryState) -> Delivery:
    """The delivery in this state, or as it was: an old word about it never overwrites a newer one."""
    return delivery if _ORDER.index(state) <= _ORDER.index(delivery.state) else replace(delivery, state=state)


def fail(work: Work, delivery: Delivery, detail: str, *, municipalities: Municipalities, at: datetime) -> None:
    """Write down that this contact was not reached, and have the next one told. Does nothing a second time."""
    if _ORDER.index(delivery.state) >= _ORDER.index(DeliveryState.FAILED):
        return
    work.record_delivery(replace(delivery, state=DeliveryState.FAILED, detail=detail))
    alert = work.find_alert(delivery.reference)
    # E-mail only goes along with a telephone: it wakes nobody, so its failure moves nobody.
    if alert and delivery.contact.means != Means.EMAIL:
        next_at = after_failure(alert, hours_of(alert, municipalities), at)
        work.bring_forward(alert.reference, next_at, broken_off=False)
