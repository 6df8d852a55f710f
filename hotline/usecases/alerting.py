"""An alert's way to a person: raised with the report, moved by the worker until somebody acknowledges.

What may enter: ports and values. What may not: a carrier while a transaction is open. The attempt is written down
before the carrier is spoken to, so that a crash between the two means a second text, never silence.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.core.alert import Alert, AlertState, Delivery, DeliveryState, Means, Plan, Purpose
from hotline.core.case import Report
from hotline.core.escalation import next_move, plan_for
from hotline.core.municipality import Municipality
from hotline.ports import Begin, Carrier, CarrierError, Chance, Clock, Mail, Work

from .delivering import Municipalities, fail, handed_over, hours_of, new_deliveries
from .officers import answer_call, answer_text, take_receipt
from .silence import look_after_one

__all__ = ["Outside", "answer_call", "answer_text", "first_alert", "run_once", "take_receipt"]

LEASE = timedelta(seconds=8)  # longer than the carrier may take, short enough to take over from the dead
CALM = timedelta(minutes=1)  # between two texts to one person
MOST_ALERTS = 20
MOST_DELIVERIES = 5  # a carrier that times out on each still leaves the heartbeat fresh
MOST_BESIDE = 3  # told in one text: more would not fit into two segments
MOST_ATTEMPTS = 5
FIRST_PAUSE = 2.0  # seconds; doubled with each attempt
STALE = timedelta(minutes=10)  # from then on the text says how long it has waited


def first_alert(
    report: Report,
    municipality: Municipality,
    *,
    now: datetime,
    wait_minutes: int,
    chance: Chance,
    plan: Plan | None = None,
) -> tuple[Alert, tuple[Delivery, ...]]:
    """The alert of a new report, its plan frozen, and its first deliveries where they are due now.

    A report that waits for its place has none yet: its alert is due in `wait_minutes`, or when it is brought forward.
    """
    alert = Alert(
        reference=report.reference,
        municipality=municipality.key,
        priority=report.priority,
        plan=plan or plan_for(municipality),
        next_at=now + timedelta(minutes=wait_minutes),
        raised_at=now,
    )
    if wait_minutes > 0:
        return alert, ()
    move = next_move(alert, municipality.hours, now)
    return move.alert, new_deliveries(move.alert, move.contacts, now, chance)


@dataclass(frozen=True)
class Outside:
    """What one step of the worker speaks to. `texts`: what officers read."""

    begin: Begin
    carrier: Carrier
    mail: Mail
    clock: Clock
    chance: Chance
    municipalities: Municipalities
    texts: Mapping[str, str]


def run_once(outside: Outside) -> int:
    """One step of the worker: alerts that are due move on, deliveries that are due go out. Number of both."""
    done = move_alerts(outside)
    for _ in range(MOST_DELIVERIES):
        if not deliver_one(outside):
            break
        done += 1
    while look_after_one(outside, LEASE):
        done += 1
    return done


def move_alerts(outside: Outside) -> int:
    """Every alert whose time has come takes its next step, in one transaction."""
    now = outside.clock.now()
    with outside.begin() as work:
        work.beat("worker", now)
        alerts = work.claim_alerts(now, LEASE, MOST_ALERTS)
        for alert in alerts:
            move = next_move(alert, hours_of(alert, outside.municipalities), now)
            work.move_alert(move.alert, new_deliveries(alert, move.contacts, now, outside.chance))
    return len(alerts)


def deliver_one(outside: Outside) -> bool:
    """One at a time, so that each has its whole lease. False: nothing is due. Any number of threads may do this."""
    now = outside.clock.now()
    with outside.begin() as work:
        work.beat("worker", now)
        taken = list(work.claim_deliveries(now, LEASE, 1))
        if not taken:
            return False
        delivery, alert = taken[0], work.find_alert(taken[0].reference)
        if reason := _pointless(delivery, alert):
            fail(work, delivery, reason, municipalities=outside.municipalities, at=now, chance=outside.chance)
            return True
        if (free_at := _free_at(work, delivery)) > now:
            # Whoever was texted a moment ago is told the next ones together, a little later.
            work.record_delivery(_put_back(delivery, free_at, delivery.detail))
            return True
        if alert is not None and delivery.contact.means is Means.TEXT and delivery.purpose is Purpose.ALERT:
            taken += work.claim_beside(delivery, now, LEASE, MOST_BESIDE)
        alerts = [work.find_alert(each.reference) for each in taken]
    _hand_over(outside, taken, [each for each in alerts if each])
    return True


def _free_at(work: Work, delivery: Delivery) -> datetime:
    """No person gets more than a text a minute."""
    last = work.last_told(delivery) if delivery.contact.means is Means.TEXT else None
    return delivery.due_at if last is None else last + CALM


def _pointless(delivery: Delivery, alert: Alert | None) -> str:
    """Why this delivery is not made any more, or ""."""
    if alert is None or alert.state == AlertState.CLOSED:
        return "no longer needed"
    mine = alert.state == AlertState.ACKNOWLEDGED and alert.acknowledged_by == delivery.contact.name
    needed = {
        Purpose.ALERT: alert.state == AlertState.TRIGGERED,
        Purpose.READING: alert.state == AlertState.TRIGGERED or (mine and alert.opened_at is None),
        Purpose.TAKEN: alert.state == AlertState.ACKNOWLEDGED,
    }
    if not needed[delivery.purpose]:
        return "no longer needed"
    # Somebody died at each attempt: this delivery must not keep the others waiting for ever.
    return "given up" if delivery.attempts > MOST_ATTEMPTS else ""


def _hand_over(outside: Outside, taken: Sequence[Delivery], alerts: Sequence[Alert]) -> None:
    """All that is taken in one message, or one call; what came of it is recorded for each."""
    try:
        carrier_id = _speak(outside, taken, alerts)
    except CarrierError as error:
        _record_refusal(outside, taken, error)
        return
    now = outside.clock.now()
    with outside.begin() as work:
        for delivery in taken:
            # A receipt, or the officer, may have been quicker than this line.
            current = work.find_delivery(delivery.token) or delivery
            work.record_delivery(handed_over(current, carrier_id, now))


def _speak(outside: Outside, taken: Sequence[Delivery], alerts: Sequence[Alert]) -> str:
    """Returns the carrier's id; raises CarrierError."""
    delivery, alert, began = taken[0], alerts[0], outside.clock.now()
    municipality = outside.municipalities.get(alert.municipality)
    if municipality is None:
        raise CarrierError(f"{alert.municipality}: the municipality's file is missing", hard=True)
    sender = (*municipality.desk_lines, *municipality.lines)[0]
    contact, token = delivery.contact, delivery.token
    body = _body(outside, taken, alerts) if contact.means is Means.TEXT else ""
    if delivery.unsure and contact.means is not Means.EMAIL:
        since = min(delivery.due_at, alert.raised_at) - timedelta(minutes=1)
        known = outside.carrier.took(sender=sender, to=contact.address, body=body, since=since)
        if known is not None:
            return known
        if outside.clock.now() - began > LEASE / 2:
            raise CarrierError("the carrier is slow", hard=False, unsure=True)  # our lease may end before it answers
    match contact.means:
        case Means.CALL:
            return outside.carrier.call(sender=sender, to=contact.address, token=token)
        case Means.TEXT:
            return outside.carrier.text(sender=sender, to=contact.address, body=body, token=token)
        case Means.EMAIL:
            subject, words = (_notice(outside, name, delivery, alert) for name in ("mail_subject", "mail_body"))
            return outside.mail.send(to=contact.address, subject=subject, body=words)


def _body(outside: Outside, taken: Sequence[Delivery], alerts: Sequence[Alert]) -> str:
    """What the text says: of one case, or of each of several."""
    if taken[0].purpose is Purpose.TAKEN:
        return _notice(outside, "text_taken", taken[0], alerts[0])
    if len(taken) == 1:
        age = outside.clock.now() - alerts[0].raised_at
        return _notice(outside, "text_waiting" if age >= STALE else "text_alert", taken[0], alerts[0])
    lines = [_notice(outside, "text_one_of_many", one, alert) for one, alert in zip(taken, alerts, strict=True)]
    return outside.texts["text_many"].format(count=len(lines), cases=" ".join(lines))


def _notice(outside: Outside, name: str, delivery: Delivery, alert: Alert) -> str:
    """Reference, priority, a code, an age: nothing that a person in whose hands the telephone lies could use."""
    return outside.texts[name].format(
        reference=alert.reference,
        priority=int(alert.priority),
        code=delivery.code,
        minutes=int((outside.clock.now() - alert.raised_at).total_seconds() // 60),
    )


def _record_refusal(outside: Outside, taken: Sequence[Delivery], error: CarrierError) -> None:
    now = outside.clock.now()
    with outside.begin() as work:
        for delivery in taken:
            current = work.find_delivery(delivery.token) or delivery
            if current.state != DeliveryState.SENDING:
                continue  # a receipt came although the answer did not: it knows better
            if error.hard or current.attempts >= MOST_ATTEMPTS:
                municipalities, chance = outside.municipalities, outside.chance
                fail(work, current, str(error), municipalities=municipalities, at=now, chance=chance)
            else:
                again = _put_back(current, now + pause(current), str(error), tried=True)
                work.record_delivery(replace(again, unsure=current.unsure or error.unsure))


def _put_back(delivery: Delivery, due_at: datetime, detail: str, *, tried: bool = False) -> Delivery:
    attempts = delivery.attempts if tried else delivery.attempts - 1
    return replace(delivery, state=DeliveryState.DUE, due_at=due_at, detail=detail, attempts=attempts)


def pause(delivery: Delivery) -> timedelta:
    """Doubles with each attempt; spread by up to half again by the token, so that not all come back together."""
    spread = zlib.crc32(delivery.token.encode()) / 2**33
    return timedelta(seconds=FIRST_PAUSE * 2 ** (delivery.attempts - 1) * (1 + spread))
