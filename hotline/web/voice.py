"""Calls that come in: keys, speech, silence, how a connection went, hang-ups → Turn → TwiML. No script in here."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import Response, request

from hotline.core.effects import Effect
from hotline.core.municipality import Municipality
from hotline.core.phone import caller_of
from hotline.core.roster import is_open
from hotline.core.turn import Act, Channel, Turn
from hotline.usecases.intake import take_turn
from hotline.web.answers import answer_faults, nothing, plain_speech, remember, twiml
from hotline.web.bundle import Hotline, the_hotline
from hotline.web.recordings import recording_address
from hotline.web.twilio_guard import guarded
from hotline.web.twiml import CallDoors, listen_again, render_call
from hotline.web.whisper import was_accepted, whisper_address

# The carrier's word on a connection that nobody took; what is not here was picked up, but no key was pressed.
NOT_TAKEN = {"busy": "busy", "no-answer": "no_answer", "failed": "failed", "canceled": "failed"}
OVER = {"completed", "busy", "failed", "no-answer", "canceled"}

blueprint = guarded("voice")
answer_faults(blueprint, aloud=True)


@blueprint.post("/twilio/voice", provide_automatic_options=False)
def call() -> Response:
    """Somebody calls."""
    return take(Act.CALL, "", 0)


@blueprint.post("/twilio/voice/<int:step>", provide_automatic_options=False)
def go_on(step: int) -> Response:
    """What the caller did after answer number `step - 1`."""
    act, text = act_of(request.form)
    return take(act, text, step)


@blueprint.post("/twilio/status", provide_automatic_options=False)
def status() -> Response:
    """The hotline number's own status callback: the call is over."""
    form = request.form
    outbound = form.get("Direction", "inbound").startswith("outbound")
    if form.get("CallStatus") not in OVER or outbound or not form.get("CallSid"):
        return nothing()
    municipality = the_hotline().municipality_of(form.get("To", ""))
    if municipality is None or is_circle(form):
        return nothing()
    take_call_turn(municipality, Act.HANG_UP, "", "end", lambda _: nothing().get_data())
    return nothing()


def act_of(form: Mapping[str, str]) -> tuple[Act, str]:
    """Nothing at all is an act, too: silence is answered aloud."""
    if form.get("DialCallStatus"):
        if was_bridged(form):
            return Act.BRIDGED, ""
        return Act.NOT_BRIDGED, NOT_TAKEN.get(form["DialCallStatus"], "refused")
    if form.get("Digits"):
        return Act.KEYS, form["Digits"]
    if form.get("SpeechResult", "").strip():
        return Act.SPEECH, form["SpeechResult"]
    return Act.SILENCE, ""


def was_bridged(form: Mapping[str, str]) -> bool:
    """The status alone may mean an answering machine: a key pressed there counts, or the carrier's word."""
    return form.get("DialBridged", "").lower() == "true" or was_accepted(form.get("DialCallSid", ""))


def is_circle(form: Mapping[str, str]) -> bool:
    """One of our own numbers calls us, or forwards to us: nobody is there to listen."""
    hotline = the_hotline()
    return hotline.is_ours(form.get("From", "")) or hotline.is_ours(form.get("ForwardedFrom", ""))


def take(act: Act, text: str, step: int) -> Response:
    """One act of a caller, answered aloud."""
    form, hotline = request.form, the_hotline()
    municipality = hotline.municipality_of(form.get("To", ""))
    if municipality is None or not form.get("CallSid"):
        return plain_speech("unusable", municipality)
    if is_circle(form):
        remember(f"{form['CallSid']}/{step}", municipality)
        return plain_speech("circle", municipality)
    doors = doors_of(hotline, municipality, form["To"], step)
    return twiml(
        take_call_turn(municipality, act, text, str(step), partial(render_call, doors=doors, listening=listen_again))
    )


def take_call_turn(
    municipality: Municipality, act: Act, text: str, step: str, render: Callable[[Sequence[Effect]], bytes]
) -> bytes:
    """One conversation per call: withheld callers all share one number."""
    hotline, form = the_hotline(), request.form
    at = hotline.clock.now()
    turn = Turn(
        Channel.VOICE,
        act,
        at,
        text=text,
        caller=caller_of(form.get("From", "")),
        office_open=is_open(municipality.hours, at),
    )
    return take_turn(
        turn,
        key=f"voice|{form['CallSid']}",
        carrier_id=f"{form['CallSid']}/{step}",
        municipality=municipality,
        scripts=hotline.scripts,
        begin=hotline.begin,
        chance=hotline.chance,
        render=render,
    )


def doors_of(hotline: Hotline, municipality: Municipality, line: str, step: int) -> CallDoors:
    """`step`: the answer being given; the next one is asked for at the next number."""
    return CallDoors(
        next_door=f"{hotline.public_url}/twilio/voice/{step + 1}",
        line=line,
        telephone=municipality.telephone,
        whisper_door=partial(whisper_address, hotline, municipality),
        voices=dict(municipality.voices),
        recording_of=partial(recording_address, hotline, municipality),
        speech=municipality.speech,
    )
