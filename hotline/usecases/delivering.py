"""What all verbs about alerts share: new deliveries, states that only move forward, and what a failure leads to.

What may enter: one open Work and values. What may not: carriers, doors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time

from hotline.core.alert import Alert, AlertState, Contact, Delivery, DeliveryState, Means, Purpose
from hotline.core.escalation import ASK_AFTER, after_failure, other_channel, stand_in
from hotline.core.municipality import Hours, Municipality
from hotline.ports import Chance, Work

Municipalities = Mapping[str, Municipality]
# A municipality whose file was removed while its alert climbs: nobody may be silenced by that.
ALWAYS = Hours(tuple((day, time.min, time.max) for day in range(7)))
_ORDER = list(DeliveryState)
NO_KEY = "no key pressed"
RANG = frozenset({"busy", "no-answer", "completed", NO_KEY})  # details of calls that a telephone took


def hours_of(alert: Alert, municipalities: Municipalities) -> Hours:
    """The office hours that count for this alert."""
    municipality = municipalities.get(alert.municipality)
    return municipality.hours if municipality else ALWAYS


def new_deliveries(
    alert: Alert, contacts: Iterable[Contact], at: datetime, chance: Chance, purpose: Purpose = Purpose.ALERT
) -> tuple[Delivery, ...]:
    """One delivery per contact, due now; a text about a waiting case has a code to answer with."""
    return tuple(
        Delivery(
            token=chance.token(),
            reference=alert.reference,
            contact=contact,
            due_at=at,
            code=chance.code() if contact.means == Means.TEXT and purpose is Purpose.ALERT else "",
            purpose=purpose,
            level=alert.level,
        )
        for contact in contacts
    )


def forward(delivery: Delivery, state: DeliveryState) -> Delivery:
    """The delivery in this state, or as it was: an old word about it never overwrites a newer one."""
    return delivery if _ORDER.index(state) <= _ORDER.index(delivery.state) else replace(delivery, state=state)


def handed_over(delivery: Delivery, carrier_id: str, at: datetime) -> Delivery:
    """The carrier has it. What it says of it is waited for, then asked for; e-mail says nothing."""
    look_at = None if delivery.contact.means is Means.EMAIL else at + ASK_AFTER
    told = replace(forward(delivery, DeliveryState.SENT), carrier_id=carrier_id, sent_at=at, unsure_since=None)
    return replace(told, look_at=look_at) if told.state is DeliveryState.SENT else told


def fail(
    work: Work, delivery: Delivery, detail: str, *, municipalities: Municipalities, at: datetime, chance: Chance
) -> None:
    """Write down that this contact was not reached, and have somebody else told. Does nothing a second time."""
    if _ORDER.index(delivery.state) >= _ORDER.index(DeliveryState.FAILED):
        return
    work.record_delivery(replace(delivery, state=DeliveryState.FAILED, detail=detail, look_at=None))
    go_on_without(work, delivery, municipalities=municipalities, at=at, chance=chance)


def go_on_without(
    work: Work, delivery: Delivery, *, municipalities: Municipalities, at: datetime, chance: Chance
) -> None:
    """Nobody will act on this one in time: the next level now, or the same person on the other channel, or another."""
    alert = work.find_alert(delivery.reference)
    if alert is None or alert.state is not AlertState.TRIGGERED:
        return
    # E-mail only goes along with a telephone, and that somebody else has it calls nobody: their failure moves nobody.
    if delivery.contact.means is Means.EMAIL or delivery.purpose is Purpose.TAKEN:
        return
    if delivery.level != alert.level or alert.next_at <= at:
        return  # others have been told since, or are about to be
    next_at = after_failure(alert, hours_of(alert, municipalities), at)
    if next_at < alert.next_at:
        work.bring_forward(alert.reference, next_at, broken_off=False)
        return
    contact = other_channel(delivery) or _somebody_else(work, alert, delivery, hours_of(alert, municipalities), at)
    if contact is not None:
        (new,) = new_deliveries(alert, [contact], at, chance)
        work.move_alert(alert, [replace(new, instead=True)])


def _somebody_else(work: Work, alert: Alert, delivery: Delivery, hours: Hours, at: datetime) -> Contact | None:
    """Where this telephone does not work at all. One that rang gets the time that the municipality gives a person."""
    tried = work.deliveries_of(alert.reference)
    if any(one.contact.address == delivery.contact.address and one.detail in RANG for one in tried):
        return None
    failed = {one.contact.address for one in tried if one.state is DeliveryState.FAILED}
    return stand_in(alert, failed | {delivery.contact.address}, hours, at)


def tell_others(work: Work, alert: Alert, holder: Contact, at: datetime, chance: Chance) -> None:
    """Whoever was texted about this case learns that somebody has it, and need not act."""
    told = {
        delivery.contact.address: delivery.contact
        for delivery in work.deliveries_of(alert.reference)
        if delivery.contact.means is Means.TEXT and delivery.purpose is Purpose.ALERT and delivery.sent_at is not None
    }
    told.pop(holder.address, None)
    work.move_alert(alert, new_deliveries(alert, told.values(), at, chance, Purpose.TAKEN))
