"""What the person at social services hears before the caller is put through, and the key that takes the call.

Only a pressed key connects: an answering machine, a queue or a forwarding presses none, and never swallows a caller.
"""

import json
from contextlib import suppress
from datetime import timedelta

from flask import Response, abort, request

from hotline.core.effects import Ask, Connect, HangUp, Say
from hotline.core.municipality import Municipality
from hotline.ports import RepeatedTurnError
from hotline.web.answers import answer_faults, twiml
from hotline.web.bundle import Hotline, the_hotline
from hotline.web.twilio_guard import guarded
from hotline.web.twiml import CallDoors, render_call, through

ACCEPT = "1"
KEPT = timedelta(hours=4)  # longer than any call lasts before the carrier ends it

blueprint = guarded("whisper")
answer_faults(blueprint, aloud=True)


def whisper_address(hotline: Hotline, municipality: Municipality, connect: Connect) -> str:
    """Sealed, so that what the script learnt stands in no address, log or list at the carrier."""
    sealed = hotline.seal(json.dumps([municipality.key, connect.language, connect.whisper]))
    return f"{hotline.public_url}/twilio/whisper/{sealed}"


@blueprint.post("/twilio/whisper/<sealed>", provide_automatic_options=False)
def whisper(sealed: str) -> Response:
    """Says what is known, twice if need be, then listens for the key."""
    hotline = the_hotline()
    opened = hotline.unseal(sealed)
    if opened is None:
        abort(403)
    key, language, text = json.loads(opened)
    if request.form.get("Digits") == ACCEPT:
        accept(request.form.get("CallSid", ""), key)
        return twiml(through())
    if "Digits" in request.form or request.args.get("again"):
        return twiml(render_call([HangUp()], CallDoors(next_door="")))
    owner = hotline.municipalities.get(key)
    doors = CallDoors(
        next_door=f"{hotline.public_url}/twilio/whisper/{sealed}?again=1", voices=dict(owner.voices) if owner else {}
    )
    said = Say(text, language)
    return twiml(render_call([said, said, Ask(language)], doors))


def accept(call: str, municipality: str) -> None:
    """Our own row says that a person took the call; whether it was we who wrote it, or a repeat, is all the same."""
    if not call:
        return
    hotline = the_hotline()
    at = hotline.clock.now()
    with suppress(RepeatedTurnError), hotline.begin() as work:
        if work.open_turn(f"accept|{call}", f"{call}/accept", at, KEPT).answer is None:
            work.keep_turn(f"accept|{call}", f"{call}/accept", at, b"accepted", None, municipality=municipality)


def was_accepted(call: str) -> bool:
    """Whether somebody pressed the key on that leg."""
    if not call:
        return False
    hotline = the_hotline()
    with hotline.begin() as work:
        return work.open_turn(f"accept|{call}", f"{call}/accept", hotline.clock.now(), KEPT).answer is not None
