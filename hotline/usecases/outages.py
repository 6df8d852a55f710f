"""While the carrier is away only urgent cases keep trying; once it is back everything untold is told, red first.

Without this, whichever case happened to be tried first would be told first, and the others when their own time comes.
What may enter: ports and values. What may not: a carrier while a transaction is open.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.core.alert import Alert, Delivery, DeliveryState, Means, Purpose
from hotline.core.case import Priority
from hotline.ports import CarrierError, Work

from .silence import Outside

AWAY = "carrier away"  # marked with the moment since when
STANDS_BACK = "the carrier is away"
LOOK_EVERY = timedelta(seconds=5)
MOST = 200


def note_that_it_is_away(work: Work, now: datetime) -> None:
    """It has failed one telephone again and again, for reasons of its own."""
    if not work.marked(AWAY):
        work.mark(AWAY, now.isoformat())


def must_stand_back(work: Work, delivery: Delivery, alert: Alert) -> bool:
    """Whether this one is not even tried: what the carrier takes first after an outage must be what is urgent."""
    return alert.priority > Priority.URGENT and delivery.contact.means is not Means.EMAIL and bool(work.marked(AWAY))


def stand_back(work: Work, delivery: Delivery, alert: Alert, now: datetime) -> None:
    """It waits; once its alert has moved on, the next ones wait in its place."""
    if delivery.level == alert.level:
        again = replace(delivery, state=DeliveryState.DUE, attempts=delivery.attempts - 1)
        work.record_delivery(replace(again, due_at=now + LOOK_EVERY, detail=STANDS_BACK))
    else:
        _overtaken(work, delivery)


def _overtaken(work: Work, delivery: Delivery) -> None:
    work.record_delivery(replace(delivery, state=DeliveryState.FAILED, detail="overtaken"))


def note_that_it_took_something(work: Work, now: datetime) -> None:
    """If it was away, it is back."""
    if work.marked(AWAY):
        work.mark(AWAY, "")
        for alert in work.waiting_alerts(MOST):
            _hurry(work, alert, now)


def look_whether_it_is_back(outside: Outside) -> None:
    """Asks a carrier that is away, every few seconds."""
    now = outside.clock.now()
    with outside.begin() as work:
        if not work.marked(AWAY) or not work.claim_chore(AWAY, now, LOOK_EVERY):
            return
    try:
        outside.carrier.answers()
    except CarrierError:
        return
    with outside.begin() as work:
        note_that_it_took_something(work, now)


def _hurry(work: Work, alert: Alert, now: datetime) -> None:
    """Whoever was not told, for the carrier's sake, is told now. What waits for its place or for opening still does."""
    tried = [
        one
        for one in work.deliveries_of(alert.reference)
        if one.contact.means is not Means.EMAIL and one.purpose is not Purpose.TAKEN
    ]
    if not tried:
        return
    *older, newest = tried
    for one in older:
        if one.detail == STANDS_BACK and one.state is DeliveryState.DUE and one.level != alert.level:
            _overtaken(work, one)
    if newest.state is DeliveryState.DUE and newest.instead and alert.level > 0:
        _overtaken(work, newest)  # the level is told anew, on its own channel
    elif newest.state is DeliveryState.DUE:
        work.record_delivery(replace(newest, due_at=min(newest.due_at, now)))
        return
    if newest.state in {DeliveryState.DUE, DeliveryState.FAILED} and alert.level > 0:
        work.bring_forward(alert.reference, now, broken_off=False)
