"""After an outage: what the carrier took for us and we never heard of becomes something that social services are told.

Before consent nothing but counts is kept: how many, when, over which channel, and whether a text read as acute. Where
consent had been given, the words join the case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.core.case import Addendum, Priority
from hotline.core.conversation import IDLE, Conversation
from hotline.core.escalation import made_urgent
from hotline.core.municipality import Municipality
from hotline.core.phone import caller_of
from hotline.core.reading import Lexicon, read_danger
from hotline.ports import Begin, Carrier, Chance, Clock, Received, Work

from .own_reports import file_own_report

EVERY = timedelta(seconds=50)
OVERLAP = timedelta(minutes=15)  # the carrier's lists lag behind, and our clock may be wrong
IN_FLIGHT = timedelta(seconds=45)  # longer than the carrier waits for an answer
LONGEST = timedelta(days=1)  # answers are remembered as long
MOST_TOLD = 10  # one after the other in a report; the rest is counted
ANSWERED_LATE = b"missed"


@dataclass(frozen=True)
class Missed:
    """One contact that nobody answered."""

    at: datetime
    call: bool
    acute: bool


def reconcile(
    municipality: Municipality, *, begin: Begin, carrier: Carrier, clock: Clock, chance: Chance, lexicon: Lexicon
) -> int:
    """How many contacts had been missed. Raises CarrierError when the carrier cannot tell; then nothing is marked."""
    now, mark = clock.now(), mark_of(municipality)
    with begin() as work:
        if not work.claim_chore(mark, now, EVERY):
            return 0
        marked = work.marked(mark)
    if marked is None:
        with begin() as work:
            work.mark(mark, now.isoformat())
        return 0
    since = max(min(datetime.fromisoformat(marked), now) - OVERLAP, now - LONGEST)
    received = [one for line in municipality.lines for one in carrier.received(line, since)]
    settled = [one for one in received if one.at <= now - IN_FLIGHT]
    with begin() as work:
        missed = _missed(work, settled, municipality, lexicon, now)
        if missed:
            _tell(work, municipality, missed, now, chance)
        work.mark(mark, now.isoformat())
    return len(missed)


def heard_until(begin: Begin, municipalities: Iterable[Municipality], now: datetime) -> datetime:
    """Up to when we know what the carrier took for us.

    What somebody says after that may belong to a conversation that must still be there when we hear of it.
    """
    with begin() as work:
        marks = [work.marked(mark_of(one)) for one in municipalities]
    heard = [datetime.fromisoformat(mark) - OVERLAP for mark in marks if mark]
    return max(min(heard, default=now), now - LONGEST)


def mark_of(municipality: Municipality) -> str:
    """Under which name the last look is remembered."""
    return f"reconciled:{municipality.key}"


def _missed(
    work: Work, received: Sequence[Received], municipality: Municipality, lexicon: Lexicon, now: datetime
) -> list[Missed]:
    """Those without an answer; each is remembered, so that it is told once."""
    known = work.answered([carrier_key(one) for one in received])
    found = []
    for one in received:
        if carrier_key(one) in known:
            continue
        acute = not one.call and read_danger(lexicon, one.body) is not None
        if not _joins_a_case(work, one, municipality, now, acute=acute):
            found.append(Missed(one.at, one.call, acute))
        work.open_turn(f"missed|{one.carrier_id}", carrier_key(one), now, IDLE)
        work.keep_turn(
            f"missed|{one.carrier_id}", carrier_key(one), now, ANSWERED_LATE, None, municipality=municipality.key
        )
    return found


def carrier_key(one: Received) -> str:
    """What a turn is remembered by: a text's own id, a call's first step."""
    return f"{one.carrier_id}/0" if one.call else one.carrier_id


def _joins_a_case(work: Work, one: Received, municipality: Municipality, now: datetime, *, acute: bool) -> bool:
    """Words of somebody who had given consent: they were meant for the case."""
    caller = caller_of(one.sender)
    if one.call or caller is None or not one.body.strip():
        return False
    # As it was when this was said: by now, half an hour later, the conversation would count as over.
    state = work.look_up(f"sms|{municipality.key}|{caller}", one.at, IDLE)
    try:
        reference = Conversation.from_text(state).reference if state else ""
    except (ValueError, TypeError):
        reference = ""
    if not reference:
        return False
    work.add_to_case(reference, Addendum(one.at, "words", one.body.strip()))
    work.bring_forward(reference, now, broken_off=False)
    alert = work.find_alert(reference)
    if acute and alert and alert.priority > Priority.URGENT:
        work.move_alert(made_urgent(alert, now), ())
    return True


def _tell(work: Work, municipality: Municipality, missed: Sequence[Missed], now: datetime, chance: Chance) -> None:
    zone = ZoneInfo(municipality.hours.zone)
    told = [
        f"{'samtal' if one.call else 'sms'} {one.at.astimezone(zone):%H.%M}{' akut' if one.acute else ''}"
        for one in sorted(missed, key=lambda one: (not one.acute, one.at))
    ]
    more = f" och {len(told) - MOST_TOLD} till" if len(told) > MOST_TOLD else ""
    flags = ["going_on"] if any(one.acute for one in missed) else []
    text = ", ".join(told[:MOST_TOLD]) + more
    file_own_report(work, municipality, "missed", text, *flags, at=now, chance=chance)
