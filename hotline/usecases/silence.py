"""What happens when the carrier says nothing of what it took: it is asked, and then somebody else is told.

What may enter: ports and values. What may not: a carrier while a transaction is open.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from hotline.core.alert import Delivery, DeliveryState
from hotline.core.escalation import SILENT_AFTER
from hotline.ports import Begin, Carrier, CarrierError, Chance, Clock

from .delivering import Municipalities, go_on_without
from .receipts import take_word

AGAIN = timedelta(minutes=1)  # a call that goes on is looked at again
SILENT = "the carrier is silent"


class Outside(Protocol):
    """What the worker speaks to (see `alerting`)."""

    @property
    def begin(self) -> Begin: ...
    @property
    def carrier(self) -> Carrier: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def chance(self) -> Chance: ...
    @property
    def municipalities(self) -> Municipalities: ...


def look_after_one(outside: Outside, lease: timedelta) -> bool:
    """The next delivery that nothing has been heard of. False: there is none."""
    now = outside.clock.now()
    with outside.begin() as work:
        taken = work.claim_silent(now, lease, 1)
    if not taken:
        return False
    _look_after(outside, taken[0])
    return True


def _look_after(outside: Outside, delivery: Delivery) -> None:
    word = ""
    try:
        word = outside.carrier.state_of(delivery.carrier_id) if delivery.carrier_id else ""
    except CarrierError:
        word = ""  # it does not even answer: the same as silence
    now = outside.clock.now()
    with outside.begin() as work:
        current = work.find_delivery(delivery.token)
        if current is None or current.state is not DeliveryState.SENT:
            return  # a receipt came while we asked
        current = take_word(work, current, word, municipalities=outside.municipalities, at=now, chance=outside.chance)
        if current.state is not DeliveryState.SENT or current.sent_at is None:
            return
        silent_at = current.sent_at + SILENT_AFTER
        if now < silent_at:
            work.record_delivery(replace(current, look_at=silent_at))
            return
        if current.detail != SILENT:
            go_on_without(work, current, municipalities=outside.municipalities, at=now, chance=outside.chance)
        work.record_delivery(replace(current, detail=SILENT, look_at=now + AGAIN))
