"""One turn of a caller, from the door to the answer: what is kept and what is answered become true together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from hotline.core.case import Addendum, Priority, Report
from hotline.core.conversation import IDLE, Conversation, kept_as
from hotline.core.effects import AddToCase, Ask, BringForward, Connect, Effect, FileReport, HangUp, Say, Tally
from hotline.core.engine import resume
from hotline.core.escalation import made_urgent, plan_of_probe
from hotline.core.municipality import Municipality
from hotline.core.opening import Moment
from hotline.core.sparing import spared
from hotline.core.turn import Turn
from hotline.ports import Begin, Chance, RepeatedTurnError, Scripts, Work

from .adding import add
from .alerting import first_alert

TRIES = 3


def take_turn(  # the ports are keyword arguments, as everywhere
    turn: Turn,
    *,
    key: str,
    carrier_id: str,
    municipality: Municipality,
    scripts: Scripts,
    begin: Begin,
    chance: Chance,
    render: Callable[[Sequence[Effect]], bytes],
) -> bytes:
    """The answer to a turn, committed before it is given; the same bytes again for a repeated `carrier_id`.

    Raises StoreAwayError: nothing was kept, nothing may be answered as if it were.
    """
    if not scripts.kept:
        # In a transaction of its own: two turns of one conversation would each wait for what the other has written.
        with begin() as work:
            work.keep_script(scripts.current.version, scripts.packed, turn.at)
        scripts.kept = True
    for attempt in range(TRIES):
        moment = Moment(scripts.current, municipality, turn, chance.reference())  # drawn again: it may be taken
        try:
            # The last try waits for whoever is quicker; a report's reference may also be taken.
            with begin(turn=attempt + 1 < TRIES) as work:
                answer = _turn(work, moment, scripts, key, carrier_id, chance, render)
        except RepeatedTurnError:
            if attempt + 1 == TRIES:
                raise
        else:
            return answer
    raise AssertionError("unreachable")


def _turn(
    work: Work,
    moment: Moment,
    scripts: Scripts,
    key: str,
    carrier_id: str,
    chance: Chance,
    render: Callable[[Sequence[Effect]], bytes],
) -> bytes:
    at = moment.turn.at
    opened = work.open_turn(key, carrier_id, at, IDLE)
    if opened.answer is not None:
        return opened.answer
    kept = kept_as(opened.state)  # else the caller is met at the 112 line, never with an error
    moment, here = _in_its_version(moment, scripts, work, None if kept is None or kept.over else kept)
    conversation, effects = spared(moment, kept, here, resume(moment, here))
    for effect in effects:
        _keep(work, moment, effect, chance)
    answer = render(effects)
    state = conversation.to_text() if conversation else None
    work.keep_turn(key, carrier_id, at, answer, state, municipality=moment.municipality.key)
    return answer


def _in_its_version(
    moment: Moment, scripts: Scripts, work: Work, here: Conversation | None
) -> tuple[Moment, Conversation | None]:
    """A conversation goes on in the script that it began with.

    If that is lost, it goes on in today's where that has its step (a report keeps its reference); else the caller is
    met at the 112 line.
    """
    if here is None or here.script == scripts.current.version:
        return moment, here
    script = scripts.older(here.script, work.find_script)
    if script is not None:
        return replace(moment, script=script), here
    lost = here.lost_in(scripts.current.steps, scripts.current.texts)
    return moment, None if lost else here


def _keep(work: Work, moment: Moment, effect: Effect, chance: Chance) -> None:
    """What an effect means for the rows; replies are the renderer's."""
    at, municipality = moment.turn.at, moment.municipality
    match effect:
        case FileReport(report, wait_minutes):
            _file(work, moment, report, wait_minutes, chance)
        case AddToCase(reference, kind, text):
            add(work, moment.script.lexicon, reference, Addendum(at, kind, text), at)
        case BringForward(reference, broken_off, urgent):
            _bring_forward(work, reference, moment, broken_off=broken_off, urgent=urgent)
        case Tally(outcome):
            work.tally(municipality.key, outcome, at)
        case Say() | Ask() | Connect() | HangUp():
            pass
        case _:
            assert_never(effect)


def _file(work: Work, moment: Moment, report: Report, wait_minutes: int, chance: Chance) -> None:
    """A case, its alert and its first due delivery. A trial report goes to its own telephones, and says what it is."""
    municipality, probe, plan = moment.municipality, moment.municipality.probe, None
    if probe is not None and moment.turn.caller == probe.caller:
        report, plan = replace(report, flags=report.flags | {"probe"}), plan_of_probe(probe.level)
    alert, first = first_alert(
        report, municipality, now=moment.turn.at, wait_minutes=wait_minutes, chance=chance, plan=plan
    )
    work.file_case(report, alert, first)
    if plan is not None:
        work.mark(f"probe:{municipality.key}:reference", report.reference)


def _bring_forward(work: Work, reference: str, moment: Moment, *, broken_off: bool, urgent: bool) -> None:
    """What waits to be told is told now. Who has been told already gets the time that the plan gives them."""
    alert = work.find_alert(reference)
    if alert is None:
        return
    at = moment.turn.at
    work.bring_forward(reference, at if alert.level == 0 else alert.next_at, broken_off=broken_off)
    if urgent and alert.priority > Priority.URGENT:
        work.move_alert(made_urgent(alert, at), ())
