"""Texts that come in: form → Turn → one answer. What may not enter: what to ask, and what to keep."""

import re
from collections.abc import Mapping
from datetime import datetime

from flask import Response, request

from hotline.core.effects import Say
from hotline.core.municipality import Municipality
from hotline.core.phone import caller_of
from hotline.core.roster import is_open
from hotline.core.turn import Act, Channel, Turn
from hotline.usecases.intake import take_turn
from hotline.usecases.officers import answer_text
from hotline.web.answers import answer_faults, nothing, plain_text, remember, twiml
from hotline.web.bundle import Hotline, the_hotline
from hotline.web.twilio_guard import guarded
from hotline.web.twiml import render_messages

CODE = re.compile(r"\s*\d{6}\s*")

blueprint = guarded("sms")
answer_faults(blueprint, aloud=False)


@blueprint.post("/twilio/sms", provide_automatic_options=False)
def text() -> Response:
    """A text from a caller, or an officer's code."""
    hotline, form = the_hotline(), request.form
    sender, carrier_id = form.get("From", ""), carrier_id_of(form)
    municipality = hotline.municipality_of(form.get("To", ""))
    if hotline.is_ours(sender):
        remember(carrier_id, municipality)
        return nothing()  # an answer to ourselves would be answered, and that again
    caller = caller_of(sender)
    if municipality is None or caller is None or not carrier_id:
        remember(carrier_id, municipality)
        return plain_text("unusable", municipality)
    with hotline.turnstile.through(key := f"sms|{municipality.key}|{caller}") as free:
        if free:
            return twiml(answered(hotline, municipality, caller, key, form))
    crowded = render_messages([Say(hotline.door_text("crowded", "sv", municipality), "sv")])
    return twiml(remember(carrier_id, municipality, crowded))


def answered(hotline: Hotline, municipality: Municipality, caller: str, key: str, form: Mapping[str, str]) -> bytes:
    """To an officer's code, or as the script says."""
    answer = officers_answer(hotline, municipality, caller, form)
    if answer is not None:
        return render_messages([Say(answer, "sv")])
    return take_turn(
        turn_of(form, caller, municipality, hotline.clock.now()),
        key=key,
        carrier_id=carrier_id_of(form),
        municipality=municipality,
        scripts=hotline.scripts,
        begin=hotline.begin,
        chance=hotline.chance,
        render=render_messages,
    )


def carrier_id_of(form: Mapping[str, str]) -> str:
    """Twilio's own name for this text, the same when it repeats the request."""
    return form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid") or ""


def turn_of(form: Mapping[str, str], caller: str, municipality: Municipality, at: datetime) -> Turn:
    """Opt-out words come as their words: they are answered like any other, and never obeyed here."""
    body = form.get("Body", "")
    act = Act.TEXT
    if not body.strip():
        act = Act.SILENCE if form.get("NumMedia", "0") in {"", "0"} else Act.PICTURE
    return Turn(Channel.SMS, act, at, text=body, caller=caller, office_open=is_open(municipality.hours, at))


def officers_answer(hotline: Hotline, municipality: Municipality, caller: str, form: Mapping[str, str]) -> str | None:
    """None: not an officer's code. On a line that callers share, only the code of an open alert counts."""
    body = form.get("Body", "")
    desk_line = form.get("To", "") in municipality.desk_lines
    if not (desk_line or CODE.fullmatch(body)):
        return None
    return answer_text(
        municipality,
        caller,
        body.strip(),
        begin=hotline.begin,
        at=hotline.clock.now(),
        chance=hotline.chance,
        texts=hotline.officer_texts,
        carrier_id=carrier_id_of(form),
    )
