"""How every Twilio door answers: TwiML, and what it says when something of ours is broken. No door logic."""

from contextlib import suppress

import structlog
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from hotline.core.conversation import IDLE
from hotline.core.effects import HangUp, Say
from hotline.core.municipality import Municipality
from hotline.ports import RepeatedTurnError, StoreAwayError
from hotline.web.bundle import the_hotline
from hotline.web.twiml import CallDoors, render_call, render_messages

log = structlog.get_logger()
EVERY = ("sv", "en")


def twiml(body: bytes) -> Response:
    """As the carrier wants it."""
    return Response(body, mimetype="text/xml")


def nothing() -> Response:
    """Taken, with nothing to say."""
    return twiml(render_messages([]))


def remember(carrier_id: str, municipality: Municipality | None, answer: bytes = b"answered") -> bytes:
    """Such a request has been answered, although no conversation was: it must not count as one that we missed.

    Returns what it was answered with before, else `answer`.
    """
    if not carrier_id or municipality is None:
        return answer
    with suppress(RepeatedTurnError):
        return _remembered(carrier_id, municipality, answer)
    return _remembered(carrier_id, municipality, answer)  # a repeat came at the same moment, and was quicker


def _remembered(carrier_id: str, municipality: Municipality, answer: bytes) -> bytes:
    hotline = the_hotline()
    at, key = hotline.clock.now(), f"answered|{carrier_id}"
    with hotline.begin() as work:
        before = work.open_turn(key, carrier_id, at, IDLE).answer
        if before is None:
            work.keep_turn(key, carrier_id, at, answer, None, municipality=municipality.key)
    return answer if before is None else before


def plain_text(name: str, municipality: Municipality | None = None) -> Response:
    """One text of the door's own, in Swedish and English: 112 and the telephone number, no question."""
    hotline = the_hotline()
    return twiml(render_messages([Say(hotline.door_text(name, one, municipality), one) for one in EVERY]))


def plain_speech(name: str, municipality: Municipality | None = None) -> Response:
    """The same aloud; then the call ends."""
    hotline = the_hotline()
    voices = dict((municipality or hotline.first).voices)
    said = [Say(hotline.door_text(name, one, municipality), one) for one in EVERY]
    return twiml(render_call([*said, HangUp()], CallDoors(next_door="", voices=voices)))


def answer_faults(blueprint: Blueprint, *, aloud: bool) -> None:
    """Database away: 503, and the carrier's fallback speaks. Any other fault: 112 and the telephone number, now."""

    def broken(fault: Exception) -> Response | HTTPException:
        if isinstance(fault, HTTPException):
            return fault
        note(fault)
        return plain_speech("broken") if aloud else plain_text("broken")

    blueprint.register_error_handler(StoreAwayError, away)
    blueprint.register_error_handler(RepeatedTurnError, away)
    blueprint.register_error_handler(Exception, broken)


def answer_other_faults(app: Flask) -> None:
    """The doors that people open: a short page with 112, and nothing of the fault."""

    def broken(fault: Exception) -> Response | HTTPException:
        if isinstance(fault, HTTPException):
            return fault
        note(fault)
        return Response(the_hotline().door_text("broken", "sv"), 500, mimetype="text/plain")

    app.register_error_handler(StoreAwayError, away)
    app.register_error_handler(Exception, broken)


def away(fault: Exception) -> Response:
    """Nothing was kept, and nothing is said that sounds as if it were."""
    note(fault)
    return Response(status=503)


def note(fault: Exception) -> None:
    """Kind and place: the fault's own words and its frames may hold what somebody wrote."""
    kind = type(fault).__name__
    the_hotline().counts.faults.labels(kind).inc()
    log.error("fault", door=request.endpoint, kind=kind, at=place_of(fault))


def place_of(fault: BaseException) -> str:
    """The innermost file and line: enough to find it, nothing that a caller wrote."""
    trace, place = fault.__traceback__, ""
    while trace:
        place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
