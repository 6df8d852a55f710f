"""After an outage: what the carrier took for us and we never heard of becomes something that social services are told.

Before consent nothing but counts is kept: how many, when, over which channel, and whether it was acute. Where consent
had been given, the words join the case, and a call that was cut off hurries it on.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.core.case import Addendum, Priority
from hotline.core.conversation import IDLE, Conversation, kept_as
from hotline.core.escalation import made_urgent
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.phone import caller_of
from hotline.core.reading import read_danger, read_red
from hotline.ports import Begin, Received, Work

from .adding import add
from .alerting import Outside
from .missed import Look, Missed, file_missed

EVERY = timedelta(seconds=50)
OVERLAP = timedelta(minutes=15)  # the carrier's lists lag behind, and our clock may be wrong
IN_FLIGHT = timedelta(seconds=45)  # longer than the carrier waits for an answer
LONGEST = timedelta(days=30)  # an outage that nobody has ended by then; answers are remembered as long
ANSWERED_LATE = b"missed"


def reconcile(municipality: Municipality, outside: Outside, script: Script) -> int:
    """How many contacts had been missed. Raises CarrierError when the carrier cannot tell; then nothing is marked."""
    now, mark = outside.clock.now(), mark_of(municipality)
    with outside.begin() as work:
        if not work.claim_chore(mark, now, EVERY):
            return 0
        marked = work.marked(mark)
    if marked is None:
        with outside.begin() as work:
            work.mark(mark, now.isoformat())
        return 0
    wanted = min(datetime.fromisoformat(marked), now) - OVERLAP
    look = Look(now, since=max(wanted, now - LONGEST), wanted=wanted)
    received = [one for line in municipality.lines for one in outside.carrier.received(line, look.since)]
    settled = [one for one in received if one.at <= now - IN_FLIGHT]
    with outside.begin() as work:
        missed = list(_missed(work, settled, municipality, script, now))
        if missed or look.too_short:
            file_missed(work, municipality, missed, look, outside)
        work.mark(mark, now.isoformat())
    return len(missed)


@dataclass(frozen=True)
class Heard:
    """Up to when conversations and answers need not be kept any more for the carrier's sake (aware, UTC)."""

    conversations: datetime
    answers: datetime


def heard_until(begin: Begin, municipalities: Iterable[Municipality], now: datetime) -> Heard:
    """Up to when we know what the carrier took for us.

    What somebody says after that may belong to a conversation that must still be there when we hear of it; but what
    was said before consent goes after a day, whether the carrier can be asked or not. That something was answered is
    remembered until the carrier has been asked: an answer that was forgotten would look like a contact that we missed.
    """
    with begin(looking=True) as work:
        marks = [work.marked(mark_of(one)) for one in municipalities]
    heard = min((datetime.fromisoformat(mark) - OVERLAP for mark in marks if mark), default=now)
    return Heard(max(heard, now - timedelta(days=1)), max(heard, now - LONGEST))


def mark_of(municipality: Municipality) -> str:
    """Under which name the last look is remembered."""
    return f"reconciled:{municipality.key}"


def _missed(
    work: Work, received: Sequence[Received], municipality: Municipality, script: Script, now: datetime
) -> Iterator[Missed]:
    """Those without an answer, and calls that ended without our hearing it; each is remembered, to be told once."""
    known = work.answered([key for one in received for key in (carrier_key(one), end_of(one))])
    for one in received:
        if carrier_key(one) not in known:
            acute = not one.call and read_danger(script.lexicon, one.body) is not None
            if not _joins_a_case(work, one, municipality, script, now, acute=acute):
                yield Missed(one.at, one.call, acute)
            _remember(work, carrier_key(one), f"missed|{one.carrier_id}", municipality, now)
        elif is_cut_off(one, known, now):
            yield from _cut_off(work, one, now)
            _remember(work, end_of(one), conversation_of(one), municipality, now)


def _remember(work: Work, carrier_id: str, key: str, municipality: Municipality, now: datetime) -> None:
    work.open_turn(key, carrier_id, now, IDLE)
    work.keep_turn(key, carrier_id, now, ANSWERED_LATE, None, municipality=municipality.key)


def carrier_key(one: Received) -> str:
    """What a turn is remembered by: a text's own id, a call's first step."""
    return f"{one.carrier_id}/0" if one.call else one.carrier_id


def end_of(one: Received) -> str:
    """What the end of a call is remembered by."""
    return f"{one.carrier_id}/end"


def conversation_of(call: Received) -> str:
    """Under which name a call's conversation is kept."""
    return f"voice|{call.carrier_id}"


def is_cut_off(one: Received, known: Collection[str], now: datetime) -> bool:
    """A call that we began to answer and that is over, though nobody told us: the carrier did not reach us then."""
    return one.ended is not None and one.ended <= now - IN_FLIGHT and end_of(one) not in known


def _cut_off(work: Work, call: Received, now: datetime) -> Iterator[Missed]:
    """A conversation that was under way when we fell silent: its case is hurried on; without one it is told."""
    here = _conversation(work, conversation_of(call), call.at)
    if here is None or here.over or here.complete:
        return
    if here.reference:
        work.bring_forward(here.reference, now, broken_off=True)
    else:
        yield Missed(call.at, call=True, acute="going_on" in here.flags, cut_off=True)


def _conversation(work: Work, key: str, at: datetime) -> Conversation | None:
    """As it was then: by now, half an hour later, it would count as over."""
    return kept_as(work.look_up(key, at, IDLE))


def _joins_a_case(
    work: Work, one: Received, municipality: Municipality, script: Script, now: datetime, *, acute: bool
) -> bool:
    """Words of somebody who had given consent: they were meant for the case."""
    caller = caller_of(one.sender)
    if one.call or caller is None or not one.body.strip():
        return False
    here = _conversation(work, f"sms|{municipality.key}|{caller}", one.at)
    if here is None or not here.reference:
        return False
    add(work, script.lexicon, here.reference, Addendum(one.at, "words", one.body.strip()), now)
    work.bring_forward(here.reference, now, broken_off=False)
    alert = work.find_alert(here.reference)
    urgent = acute or read_red(script.lexicon, one.body)
    if urgent and alert and alert.priority > Priority.URGENT:
        work.move_alert(made_urgent(alert, now), ())
    return True
