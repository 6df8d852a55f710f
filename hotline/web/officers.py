"""What we started ourselves: calls to officers, and the carrier's receipts. The address's token names the delivery."""

from flask import Response, request

from hotline.usecases.officers import answer_call
from hotline.usecases.receipts import take_receipt
from hotline.web.answers import answer_faults, nothing, twiml
from hotline.web.bundle import the_hotline
from hotline.web.twilio_guard import guarded
from hotline.web.twiml import CallDoors, render_call

blueprint = guarded("officers")
answer_faults(blueprint, aloud=True)


@blueprint.post("/twilio/alert/<token>/<int:step>", provide_automatic_options=False)
def alert(token: str, step: int) -> Response:
    """An officer's telephone was picked up, or a key was pressed there."""
    hotline = the_hotline()
    effects = answer_call(
        token,
        step,
        request.form.get("Digits", ""),
        begin=hotline.begin,
        at=hotline.clock.now(),
        municipalities=hotline.municipalities,
        texts=hotline.officer_texts,
        chance=hotline.chance,
    )
    doors = CallDoors(
        next_door=f"{hotline.public_url}/twilio/alert/{token}/{step + 1}", voices=dict(hotline.first.voices)
    )
    return twiml(render_call(effects, doors))


@blueprint.post("/twilio/receipt/<token>", provide_automatic_options=False)
def receipt(token: str) -> Response:
    """How far a text or a call of ours came; receipts may come before we know the carrier's id."""
    hotline, form = the_hotline(), request.form
    reached = form.get("MessageStatus") or form.get("SmsStatus") or form.get("CallStatus") or ""
    if reached:
        carrier_id = form.get("MessageSid") or form.get("SmsSid") or form.get("CallSid") or ""
        take_receipt(
            token,
            reached,
            begin=hotline.begin,
            at=hotline.clock.now(),
            chance=hotline.chance,
            carrier_id=carrier_id,
            municipalities=hotline.municipalities,
        )
    return nothing()
