"""What one telephone may cost: a flood gets fewer words, never fewer deeds. What may not enter: other telephones.

Only replies become shorter. A report, its alert and everything added to it are kept as ever, a cry still gets the 112
text, and whoever shares the number with a flooder, or has it forged, can still answer one question after the other. No
answer is ever empty. Beyond that the carrier itself stops at some thirty replies in thirty seconds (its error 14107).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from .conversation import Conversation, changed
from .effects import Ask, Connect, Effect, HangUp, Say
from .engine import give_up
from .opening import Moment, Outcome
from .wording import segments

ALLOWANCE = 60.0  # SMS segments at once: three of the longest reports, or a family that asks the same evening
REFILL = timedelta(minutes=1)  # for one segment; without pause a number costs no more than one message per text
MOST_ANSWERS = 60  # in one call, which goes round in circles by then
REPLIES = (Say, Ask, Connect, HangUp)


def spared(moment: Moment, kept: Conversation | None, here: Conversation | None, outcome: Outcome) -> Outcome:
    """The outcome of this turn as it may be answered, and kept with what it cost.

    `kept`: as it was kept, over or not. `here`: the conversation that the turn met, None if it began one.
    """
    if moment.voice:
        return _call(moment, here, outcome)
    spent = left_over(kept, moment.turn.at)
    there, effects = _shorter(moment, here, outcome) if spent >= ALLOWANCE else outcome
    spent += sum(segments(effect.text) for effect in effects if isinstance(effect, Say))
    if there is None:
        there = Conversation(moment.script.version, moment.say.languages[0], moment.script.start, over=True)
    return changed(there, spent=spent, spent_at=moment.turn.at.timestamp()), effects


def left_over(kept: Conversation | None, at: datetime) -> float:
    """Segments that were spent lately and still count."""
    if kept is None or not kept.spent:
        return 0.0
    rested = at - datetime.fromtimestamp(kept.spent_at, UTC)
    return max(0.0, kept.spent - max(rested / REFILL, 0.0))


def deeds(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """What becomes rows, whatever is answered."""
    return tuple(effect for effect in effects if not isinstance(effect, REPLIES))


def _shorter(moment: Moment, here: Conversation | None, outcome: Outcome) -> Outcome:
    """One message: the 112 text for a cry, the next question for an answer, else 112 and the telephone number."""
    there, effects = outcome
    rows = deeds(effects)
    said = [effect for effect in effects if isinstance(effect, Say)]
    if said and said[0].name == moment.script.anywhere.danger:
        return there, (*rows, said[0])
    if here is not None and said and (there is None or there.step != here.step):
        return there, (*rows, said[-1])
    asker = here or there or Conversation(moment.script.version, moment.say.languages[0], moment.script.start)
    # A question that was not put must not be answered: a conversation does not begin with this.
    return there if here else None, (*rows, moment.say.text(moment.script.missed[-1], asker))


def _call(moment: Moment, here: Conversation | None, outcome: Outcome) -> Outcome:
    """A call that has had so many answers ends as one that is not understood: with 112, the number, and its report."""
    there, effects = outcome
    if there is None:
        return outcome
    given = here.spent + 1 if here else 1.0
    if given <= MOST_ANSWERS or any(isinstance(effect, Connect | HangUp) for effect in effects):
        return changed(there, spent=given), effects
    ended, words = give_up(moment, there, moment.script.silent[-1])
    return ended, (*deeds(effects), *words)
