"""What the carrier says of what it was handed: late, doubled, in any order. What may not enter: what officers do.

What may enter: ports and values.
"""

from dataclasses import replace
from datetime import datetime

from hotline.core.alert import Delivery, DeliveryState
from hotline.ports import Begin, Chance, Work

from .delivering import Municipalities, fail, forward

REACHED = {
    "accepted": DeliveryState.SENT,
    "queued": DeliveryState.SENT,
    "sending": DeliveryState.SENT,
    "sent": DeliveryState.SENT,
    "initiated": DeliveryState.SENT,
    "ringing": DeliveryState.SENT,
    "in-progress": DeliveryState.DELIVERED,
    "answered": DeliveryState.DELIVERED,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.DELIVERED,
}
# A call that is over without an acknowledgement reached nobody who takes the case.
LOST = frozenset({"failed", "undelivered", "busy", "no-answer", "canceled", "completed"})


def take_receipt(
    token: str,
    status: str,
    *,
    begin: Begin,
    at: datetime,
    chance: Chance,
    carrier_id: str = "",
    municipalities: Municipalities | None = None,
) -> None:
    """The carrier's word on a delivery; late, doubled, in any order. Unknown words and tokens change nothing.

    `municipalities`: whose hours tell whether a next level waits; without them the day's levels are counted.
    """
    with begin() as work:
        delivery = work.find_delivery(token)
        if delivery is None:
            return
        # After a retry the word may be about the first of two calls; only the one that we know of counts.
        if carrier_id and delivery.carrier_id and carrier_id != delivery.carrier_id:
            return
        known = replace(delivery, carrier_id=delivery.carrier_id or carrier_id)
        take_word(work, known, status, municipalities=municipalities or {}, at=at, chance=chance)


def take_word(
    work: Work, delivery: Delivery, status: str, *, municipalities: Municipalities, at: datetime, chance: Chance
) -> Delivery:
    """What the carrier says of a delivery, by itself or when asked. The delivery as it is now known."""
    if status in LOST:
        fail(work, delivery, status, municipalities=municipalities, at=at, chance=chance)
        return work.find_delivery(delivery.token) or delivery
    if status in REACHED and (moved := forward(delivery, REACHED[status])) != delivery:
        work.record_delivery(moved)
        return moved
    return delivery
