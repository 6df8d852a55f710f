"""An alert's way to a person: raised with the report, moved by the worker until somebody acknowledges.

What may enter: ports and values. What may not: a carrier while a transaction is open. The attempt is written down
before the carrier is spoken to, so that a crash between the two means a second text, never silence.
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.core.alert import Alert, AlertState, Contact, Delivery, DeliveryState, Means, Plan, Purpose
from hotline.core.case import Report
from hotline.core.escalation import next_move, plan_for
from hotline.core.municipality import Municipality
from hotline.ports import Begin, Carrier, CarrierError, Chance, Clock, Mail, Work

from .delivering import Municipalities, fail, handed_over, hours_of, new_deliveries
from .notices import notice, text_body
from .officers import answer_call, answer_text
from .outages import (
    is_away,
    look_whether_it_is_back,
    must_stand_back,
    note_that_it_is_away,
    note_that_it_is_back,
    stand_back,
)
from .receipts import take_receipt
from .silence import look_after_one

__all__ = ["Outside", "answer_call", "answer_text", "first_alert", "run_once", "take_receipt"]

LEASE = timedelta(seconds=6)  # longer than the carrier takes, short enough to take over from the dead
MAIL_LEASE = timedelta(seconds=90)  # a mail server is asked several things, and each may take a while
CALM = timedelta(minutes=1)  # between two texts to one person
# Of a call that may have been taken: an alert waits eight seconds at most, and a second ring is the smaller harm.
STEP_ASIDE, LOOKED_FOR = timedelta(seconds=2), timedelta(seconds=8)
SLACK = timedelta(minutes=1)  # the carrier's clock is not ours
MOST_ALERTS = 20
MOST_DELIVERIES = 5  # a carrier that times out on each still leaves the heartbeat fresh
MOST_BESIDE = 40  # told in one text: more would not fit into the 1,600 letters that the carrier takes
MOST_ATTEMPTS = 5
FIRST_PAUSE = 2.0  # seconds; doubled with each attempt


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
    look_whether_it_is_back(outside)
    done = move_alerts(outside)
    for _ in range(MOST_DELIVERIES):
        _beat(outside)
        if not deliver_one(outside):
            break
        done += 1
    while look_after_one(outside, LEASE):
        done += 1
    return done


def _beat(outside: Outside) -> None:
    """By itself: a heartbeat is one row for all, and whoever held it through a delivery would hold up all others."""
    with outside.begin() as work:
        work.beat("worker", outside.clock.now())


def move_alerts(outside: Outside) -> int:
    """Every alert whose time has come takes its next step, in one transaction."""
    now = outside.clock.now()
    with outside.begin() as work:
        alerts = work.claim_alerts(now, LEASE, MOST_ALERTS)
        for alert in alerts:
            move = next_move(alert, hours_of(alert, outside.municipalities), now)
            contacts = _not_waiting(work, alert, move.contacts)
            work.move_alert(move.alert, new_deliveries(move.alert, contacts, now, outside.chance))
    return len(alerts)


def _not_waiting(work: Work, alert: Alert, contacts: Sequence[Contact]) -> list[Contact]:
    """Those whom nobody is about to tell anyway: where more waits than can be made, asking twice makes it worse."""
    if alert.level == 0 or not contacts:
        return list(contacts)
    waiting = [one for one in work.deliveries_of(alert.reference) if one.state is DeliveryState.DUE]
    asked = {one.contact for one in waiting if one.purpose is Purpose.ALERT and not one.detail}
    return [one for one in contacts if one not in asked]


def deliver_one(outside: Outside) -> bool:
    """One at a time, so that each has its whole lease. False: nothing is due. Any number of threads may do this."""
    with outside.begin() as work:
        now = outside.clock.now()  # not before: to wait for the database would use up the lease
        taken = list(work.claim_deliveries(now, LEASE, 1))
        if not taken:
            return False
        delivery, alert = taken[0], work.find_alert(taken[0].reference)
        reason = _pointless(delivery, alert)
        if alert is None or reason:
            fail(work, delivery, reason, municipalities=outside.municipalities, at=now, chance=outside.chance)
            return True
        if must_stand_back(work, delivery, alert):
            stand_back(work, delivery, alert, now)
            return True
        if (free_at := _free_at(work, delivery, now)) > now:
            work.record_delivery(_put_back(delivery, free_at, delivery.detail))
            return True
        taken += _beside(work, delivery, now)
        alerts = [each for one in taken if (each := work.find_alert(one.reference))]
        known = work.told_before(delivery) if delivery.unsure_since else set[str]()
    _hand_over(outside, taken, alerts, known)
    return True


def _beside(work: Work, delivery: Delivery, now: datetime) -> list[Delivery]:
    """What is told in the same text. What may have been told already is asked about first, each by itself."""
    if delivery.contact.means is not Means.TEXT or not _may_be_told_together(delivery):
        return []
    found = work.claim_beside(delivery, now, LEASE, MOST_BESIDE)
    for one in found:
        if not _may_be_told_together(one):
            work.record_delivery(_put_back(one, one.due_at, one.detail))
    return [one for one in found if _may_be_told_together(one)]


def _may_be_told_together(delivery: Delivery) -> bool:
    return delivery.purpose is Purpose.ALERT and delivery.unsure_since is None


def _free_at(work: Work, delivery: Delivery, now: datetime) -> datetime:
    """When it may go. Whoever was texted a moment ago is told the next ones together, a minute after the last.

    A text from the future was sent before our clock went back: it holds up nobody. A call that may have been taken is
    looked for among the carrier's calls to that number, where another one that is just being made looks the same.
    """
    if delivery.unsure_since and delivery.contact.means is Means.CALL and now - delivery.unsure_since < LOOKED_FOR:
        return now + STEP_ASIDE if work.others_under_way(delivery, now) else delivery.due_at
    last = work.last_told(delivery) if delivery.contact.means is Means.TEXT else None
    return delivery.due_at if last is None or last > now else last + CALM


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


def _hand_over(outside: Outside, taken: Sequence[Delivery], alerts: Sequence[Alert], known: Collection[str]) -> None:
    """All that is taken in one message, or one call; what came of it is recorded for each.

    `known`: the carrier's ids of what else went to the same address.
    """
    try:
        carrier_id = _taken_before(outside, taken[0], alerts[0], known)
        if carrier_id is None:
            if not _goes_on_being_ours(outside, taken[0]):
                return  # looking for it took so long that somebody else has taken it over
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
        was_away = taken[0].contact.means is not Means.EMAIL and is_away(work)
    if was_away:
        note_that_it_is_back(outside.begin, now)


def _goes_on_being_ours(outside: Outside, delivery: Delivery) -> bool:
    """One lease is for one question to the carrier: what needs more is held anew before it is handed over."""
    mail = delivery.contact.means is Means.EMAIL
    if not mail and delivery.unsure_since is None:
        return True
    with outside.begin() as work:
        return work.hold(delivery, outside.clock.now() + (MAIL_LEASE if mail else LEASE))


def _sender(outside: Outside, alert: Alert) -> str:
    """The line that it comes from. Raises CarrierError."""
    municipality = outside.municipalities.get(alert.municipality)
    if municipality is None:
        raise CarrierError(f"{alert.municipality}: the municipality's file is missing", hard=True)
    return (*municipality.desk_lines, *municipality.lines)[0]


def _taken_before(outside: Outside, delivery: Delivery, alert: Alert, known: Collection[str]) -> str | None:
    """The carrier's id, where an attempt that ended without an answer was taken all the same.

    A text is known by its code, which stands in no other: its age changes, and it may have told of several cases. A
    call has nothing of its own, so that those which we know already are left out.
    """
    contact, since = delivery.contact, delivery.unsure_since
    if since is None or contact.means is Means.EMAIL:
        return None
    words = ""
    if contact.means is Means.TEXT:
        words, known = delivery.code or text_body(outside.texts, [delivery], [alert], outside.clock.now()), ()
    since -= SLACK
    sender = _sender(outside, alert)
    return outside.carrier.took(sender=sender, to=contact.address, words=words, since=since, apart_from=known)


def _speak(outside: Outside, taken: Sequence[Delivery], alerts: Sequence[Alert]) -> str:
    """Returns the carrier's id; raises CarrierError."""
    delivery, alert = taken[0], alerts[0]
    sender = _sender(outside, alert)
    contact, token = delivery.contact, delivery.token
    match contact.means:
        case Means.CALL:
            return outside.carrier.call(sender=sender, to=contact.address, token=token)
        case Means.TEXT:
            body = text_body(outside.texts, taken, alerts, outside.clock.now())
            return outside.carrier.text(sender=sender, to=contact.address, body=body, token=token)
        case Means.EMAIL:
            now, texts = outside.clock.now(), outside.texts
            subject, words = (notice(texts, name, delivery, alert, now) for name in ("mail_subject", "mail_body"))
            return outside.mail.send(to=contact.address, subject=subject, body=words)


def _record_refusal(outside: Outside, taken: Sequence[Delivery], error: CarrierError) -> None:
    now = outside.clock.now()
    with outside.begin() as work:
        for delivery in taken:
            current = work.find_delivery(delivery.token) or delivery
            if current.state != DeliveryState.SENDING:
                continue  # a receipt came although the answer did not: it knows better
            if not error.hard and current.attempts >= MOST_ATTEMPTS and current.contact.means is not Means.EMAIL:
                note_that_it_is_away(work, now)
            if error.hard or current.attempts >= MOST_ATTEMPTS:
                municipalities, chance = outside.municipalities, outside.chance
                fail(work, current, str(error), municipalities=municipalities, at=now, chance=chance)
            else:
                again = _put_back(current, now + pause(current), str(error), tried=True)
                since = delivery.unsure_since or current.unsure_since or (current.due_at if error.unsure else None)
                work.record_delivery(replace(again, unsure_since=since))


def _put_back(delivery: Delivery, due_at: datetime, detail: str, *, tried: bool = False) -> Delivery:
    attempts = delivery.attempts if tried else delivery.attempts - 1
    return replace(delivery, state=DeliveryState.DUE, due_at=due_at, detail=detail, attempts=attempts)


def pause(delivery: Delivery) -> timedelta:
    """Doubles with each attempt; spread by up to half again by the token, so that not all come back together."""
    spread = zlib.crc32(delivery.token.encode()) / 2**33
    return timedelta(seconds=FIRST_PAUSE * 2 ** (delivery.attempts - 1) * (1 + spread))
