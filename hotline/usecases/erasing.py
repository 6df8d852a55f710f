"""The carrier keeps a copy of what callers write and hear: it is erased there once nobody needs it any more.

What may enter: ports and values. What may not: an erasure of what we have not heard of yet, since the carrier's copy is
then the only one. The mark of a municipality says: of what is older than this the carrier holds nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from hotline.core.conversation import IDLE
from hotline.core.municipality import Municipality
from hotline.ports import Begin, Carrier, CarrierError, Clock, Copy, Kind, Work

from .reconciling import heard_until

EVERY = timedelta(seconds=50)
OVERLAP = timedelta(minutes=15)  # the carrier's lists lag behind
KEPT_THERE = timedelta(days=400)  # the carrier's own limit: how far the first look goes back
MOST = 100  # in one round; the rest follows in the next
MANY = 5  # times as many are looked at: some may have to wait for their answer
LATE = timedelta(hours=12)  # longer than a text may be on its way
# A caller's text lives as long as the conversation; by the words of a text to an officer we may still look for it.
RESTS = {
    Kind.RECEIVED: IDLE,
    Kind.ANSWER: IDLE,
    Kind.SENT: timedelta(hours=6),
    Kind.RECORDING: timedelta(),
}


def erase_copies(municipality: Municipality, *, begin: Begin, carrier: Carrier, clock: Clock) -> int:
    """How many texts and recordings have gone. Raises CarrierError when the carrier cannot say what it holds."""
    now, mark = clock.now(), mark_of(municipality)
    with begin() as work:
        if not work.claim_chore(mark, now, EVERY):
            return 0
        since = _since(work, municipality, now)
    heard = heard_until(begin, [municipality], now).answers
    lines = (*municipality.lines, *municipality.desk_lines)
    held = sorted((one for line in lines for one in carrier.copies(line, since)), key=lambda one: one.at)
    rested = [one for one in held if now - one.at >= RESTS[one.kind]][: MOST * MANY]
    with begin(looking=True) as work:
        known = work.answered([one.carrier_id for one in rested if one.kind is Kind.RECEIVED])
    due = [one for one in rested if is_heard(one, known, heard)][:MOST]
    gone = {one for one in due if _erased(carrier, one)}
    left = [one.at for one in held if one not in gone]
    with begin() as work:
        work.mark(mark, min([now - OVERLAP, *left]).isoformat())
    return len(gone)


def is_heard(copy: Copy, known: Collection[str], heard: datetime) -> bool:
    """`known`: ids of texts that have had their answer. What came before `heard` is never asked for any more."""
    return copy.kind is not Kind.RECEIVED or copy.carrier_id in known or copy.at < heard


def held_since(work: Work, municipality: Municipality, now: datetime) -> datetime | None:
    """Since when the carrier may hold something that should have gone; None: nothing is late."""
    since = _since(work, municipality, now)
    return since if now - since > LATE else None


def mark_of(municipality: Municipality) -> str:
    """Under which name the moment is remembered before which nothing is held."""
    return f"erased:{municipality.key}"


def erased_until(work: Work, municipality: Municipality) -> datetime | None:
    """Of what is older than this the carrier holds nothing; None: it has never been looked through."""
    marked = work.marked(mark_of(municipality))
    return datetime.fromisoformat(marked) if marked else None


def _since(work: Work, municipality: Municipality, now: datetime) -> datetime:
    return min(erased_until(work, municipality) or now - KEPT_THERE, now)


def _erased(carrier: Carrier, copy: Copy) -> bool:
    """One that the carrier fails at must not keep the others from going."""
    try:
        return carrier.erase(copy)
    except CarrierError:
        return False
