"""An alert's way to a person: raised with the report, moved by the worker until somebody acknowledges.

What may enter: ports and values. What may not: a carrier while a transaction is open. The attempt is written down
before the carrier is spoken to, so that a crash between the two means a second text, never silence.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.core.alert import Alert, AlertState, Delivery, DeliveryState, Means
from hotline.core.case import Report
from hotline.core.escalation import next_move, plan_for
from hotline.core.municipality import Municipality
from hotline.ports import Begin, Carrier, CarrierError, Chance, Clock, Mail

from .delivering import Municipalities, fail, forward, hours_of, new_deliveries
from .officers import answer_call, answer_text, take_receipt

__all__ = ["WORKER", "answer_call", "answer_text", "first_alert", "run_once", "take_receipt"]

WORKER = "worker"  # whose heartbeat it is
LEASE = timedelta(seconds=10)  # longer than the carrier's time-out, short enough to take over from the dead
MOST_ALERTS = 20
MOST_DELIVERIES = 5  # a carrier that times out on each still leaves the heartbeat fresh
MOST_ATTEMPTS = 5
FIRST_PAUSE = 2.0  # seconds; doubled with each attempt
STALE = timedelta(minutes=10)  # from then on the text says how long it has waited


def first_alert(
    report: Report, municipality: Municipality, *, now: datetime, wait_minutes: int, chance: Chance
) -> tuple[Alert, tuple[Delivery, ...]]:
    """The alert of a new report, its plan frozen, and its first deliveries where they are due now.

    A report that waits for its place has none yet: its alert is due in `wait_minutes`, or when it is brought forward.
    """
    alert = Alert(
        reference=report.reference,
        municipality=municipality.key,
        priority=report.priority,
        plan=plan_for(municipality),
        next_at=now + timedelta(minutes=wait_minutes),
        raised_at=now,
    )
    if wait_minutes > 0:
        return alert, ()
    move = next_move(alert, municipality.hours, now)
    return move.alert, new_deliveries(alert, move.contacts, now, chance)


@dataclass(frozen=True)
class _Outside:
    """What one step of the worker speaks to."""

    begin: Begin
    carrier: Carrier
    mail: Mail
    clock: Clock
    municipalities: Municipalities
    texts: Mapping[str, str]


def run_once(
    *,
    begin: Begin,
    carrier: Carrier,
    mail: Mail,
    clock: Clock,
    chance: Chance,
    municipalities: Municipalities,
    texts: Mapping[str, str],
) -> int:
    """One step of the worker: alerts that are due move on, deliveries that are due go out. Number of both."""
    outside = _Outside(begin, carrier, mail, clock, municipalities, texts)
    done = _move_alerts(outside, chance)
    for _ in range(MOST_DELIVERIES):
        if not _deliver_one(outside):
            break
        done += 1
    return done


def _move_alerts(outside: _Outside, chance: Chance) -> int:
    now = outside.clock.now()
    with outside.begin() as work:
        work.beat(WORKER, now)
        alerts = work.claim_alerts(now, LEASE, MOST_ALERTS)
        for alert in alerts:
            move = next_move(alert, hours_of(alert, outside.municipalities), now)
            work.move_alert(move.alert, new_deliveries(alert, move.contacts, now, chance))
    return len(alerts)


def _deliver_one(outside: _Outside) -> bool:
    """One at a time, so that each has its whole lease. False: nothing is due."""
    now = outside.clock.now()
    with outside.begin() as work:
        work.beat(WORKER, now)
        taken = work.claim_deliveries(now, LEASE, 1)
        alert = work.find_alert(taken[0].reference) if taken else None
        if taken and (reason := _pointless(taken[0], alert)):
            fail(work, taken[0], reason, municipalities=outside.municipalities, at=now)
            return True
    if not taken or alert is None:
        return False
    _hand_over(outside, taken[0], alert)
    return True


def _pointless(delivery: Delivery, alert: Alert | None) -> str:
    """Why this delivery is not made any more, or ""."""
    if alert is None or alert.state != AlertState.TRIGGERED:
        return "no longer needed"
    # Somebody died at each attempt: this delivery must not keep the others waiting for ever.
    return "given up" if delivery.attempts > MOST_ATTEMPTS else ""


def _hand_over(outside: _Outside, delivery: Delivery, alert: Alert) -> None:
    try:
        carrier_id = _speak(outside, delivery, alert)
    except CarrierError as error:
        _record_refusal(outside, delivery, error)
        return
    now = outside.clock.now()
    with outside.begin() as work:
        # A receipt, or the officer, may have been quicker than this line.
        current = work.find_delivery(delivery.token) or delivery
        work.record_delivery(replace(forward(current, DeliveryState.SENT), carrier_id=carrier_id, sent_at=now))


def _speak(outside: _Outside, delivery: Delivery, alert: Alert) -> str:
    """Returns the carrier's id; raises CarrierError."""
    municipality = outside.municipalities.get(alert.municipality)
    if municipality is None:
        raise CarrierError(f"{alert.municipality}: the municipality's file is missing", hard=True)
    sender = (*municipality.desk_lines, *municipality.lines)[0]
    contact, token = delivery.contact, delivery.token
    match contact.means:
        case Means.CALL:
            return outside.carrier.call(sender=sender, to=contact.address, token=token)
        case Means.TEXT:
            body = _notice(outside, "text", delivery, alert)
            return outside.carrier.text(sender=sender, to=contact.address, body=body, token=token)
        case Means.EMAIL:
            subject, body = (_notice(outside, name, delivery, alert) for name in ("mail_subject", "mail_body"))
            return outside.mail.send(to=contact.address, subject=subject, body=body)


def _notice(outside: _Outside, name: str, delivery: Delivery, alert: Alert) -> str:
    """Reference, priority, a code, an age: nothing that a person in whose hands the telephone lies could use."""
    age = outside.clock.now() - alert.raised_at
    if name == "text":
        name = "text_waiting" if age >= STALE else "text_alert"
    return outside.texts[name].format(
        reference=alert.reference,
        priority=int(alert.priority),
        code=delivery.code,
        minutes=int(age.total_seconds() // 60),
    )


def _record_refusal(outside: _Outside, delivery: Delivery, error: CarrierError) -> None:
    now = outside.clock.now()
    with outside.begin() as work:
        current = work.find_delivery(delivery.token) or delivery
        if current.state != DeliveryState.SENDING:
            return  # a receipt came although the answer did not: it knows better
        if error.hard or current.attempts >= MOST_ATTEMPTS:
            fail(work, current, str(error), municipalities=outside.municipalities, at=now)
        else:
            later = now + pause(current)
            work.record_delivery(replace(current, state=DeliveryState.DUE, due_at=later, detail=str(error)))


def pause(delivery: Delivery) -> timedelta:
    """Doubles with each attempt; spread by up to half again by the token, so that not all come back together."""
    spread = zlib.crc32(delivery.token.encode()) / 2**33
    return timedelta(seconds=FIRST_PAUSE * 2 ** (delivery.attempts - 1) * (1 + spread))
