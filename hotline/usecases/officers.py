"""What officers do with an alert: pick up, give their code, listen, acknowledge.

What may enter: ports and values. What may not: an answer without a key pressed; a machine that answers a call says
nothing that counts. Acknowledging needs what a forged sender does not have: the code, on a call that we placed.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.core.alert import PIN_DIGITS, Alert, AlertState, Contact, Delivery, DeliveryState, Means, Purpose
from hotline.core.case import Priority
from hotline.core.effects import Ask, Effect, HangUp, Say
from hotline.core.escalation import SILENT_AFTER, acknowledged
from hotline.core.municipality import Municipality
from hotline.core.readout import read_out, spelled
from hotline.ports import Begin, Chance, Work

from .casework import opened
from .delivering import NO_KEY, Municipalities, fail, forward, hours_of, new_deliveries, tell_others
from .guessing import is_guessing, note_wrong_code

Texts = Mapping[str, str]
LANGUAGE = "sv"  # the language of the authority's own work
MOST_WRONG = 3
MOST_STEPS = 12  # a call that nobody steers ends by itself
# Begins the detail of a delivery whose officer gave the right code in this call; then how much more than the report
# had been said when it was read out.
KNOWN = "identified"
REPEATS = timedelta(days=1)  # a carrier repeats a request within hours, if at all


@dataclass(frozen=True)
class _Call:
    """One step of one call."""

    work: Work
    delivery: Delivery
    alert: Alert
    municipality: Municipality | None
    municipalities: Municipalities
    texts: Texts
    at: datetime
    chance: Chance

    @property
    def holds(self) -> bool:
        """Whether the alert is this officer's already."""
        return self.alert.state is AlertState.ACKNOWLEDGED and self.alert.acknowledged_by == self.delivery.contact.name

    def say(self, name: str, /, **values: str) -> Say:
        return Say(self.texts[name].format_map(values), LANGUAGE, f"officer_{name}")

    def lose(self, detail: str) -> None:
        municipalities, chance = self.municipalities, self.chance
        fail(self.work, self.delivery, detail, municipalities=municipalities, at=self.at, chance=chance)


def answer_call(
    token: str,
    step: int,
    digits: str,
    *,
    begin: Begin,
    at: datetime,
    municipalities: Municipalities,
    texts: Texts,
    chance: Chance,
) -> list[Effect]:
    """What whoever picked up hears at this step (0: just picked up); `digits`: the keys pressed, maybe with #."""
    with begin() as work:
        delivery = work.find_delivery(token)
        alert = work.find_alert(delivery.reference) if delivery else None
        if delivery is None or alert is None:
            return [Say(texts["call_unknown"], LANGUAGE, "officer_call_unknown"), HangUp()]
        municipality = municipalities.get(alert.municipality)
        call = _Call(work, delivery, alert, municipality, municipalities, texts, at, chance)
        return _step(call, step, digits.strip().rstrip("#"))


def _step(call: _Call, step: int, keys: str) -> list[Effect]:
    if call.alert.state != AlertState.TRIGGERED and (not call.holds or call.delivery.purpose is not Purpose.READING):
        return _over(call)
    # Only wrong codes shut a call: of two calls made by one retry, the second's "busy" must not end the first.
    if call.delivery.wrong_pins >= MOST_WRONG or is_guessing(call.work, call.delivery, call.at):
        call.lose("too many wrong codes")
        return [call.say("call_locked"), HangUp()]
    if step == 0:
        return _greet(call)
    if step > MOST_STEPS:
        return _nobody(call)
    if call.delivery.detail.startswith(KNOWN):
        return _menu(call, keys, step)
    return _check_pin(call, keys, step)


def _over(call: _Call) -> list[Effect]:
    name = call.alert.acknowledged_by
    if call.delivery.state == DeliveryState.ACKNOWLEDGED:
        return [call.say("call_thanks", reference=spelled(call.alert.reference), name=name), HangUp()]
    return [call.say("call_already", name=name), HangUp()]


def _greet(call: _Call) -> list[Effect]:
    """Each call asks anew: after a retry somebody else may have picked up."""
    if call.delivery.detail.startswith(KNOWN):
        call.work.record_delivery(replace(call.delivery, detail=""))
    name = call.municipality.name if call.municipality else ""
    return [call.say("call_greeting", municipality=name), call.say("call_pin"), Ask(LANGUAGE, keys=PIN_DIGITS[-1])]


def _check_pin(call: _Call, keys: str, step: int) -> list[Effect]:
    if not keys:
        return [call.say("call_pin"), Ask(LANGUAGE, keys=PIN_DIGITS[-1])] if step < MOST_WRONG else _nobody(call)
    if _is_pin(call, keys):
        return _read(replace(call, delivery=forward(call.delivery, DeliveryState.DELIVERED)))
    if len(keys) < PIN_DIGITS[0]:
        # No guess, but a key of the menu that came out of turn: two calls for one delivery must lock no telephone.
        return [call.say("call_pin_wrong"), Ask(LANGUAGE, keys=PIN_DIGITS[-1])] if step < MOST_STEPS else _nobody(call)
    mark = f"wrong code at step {step}"
    again = call.delivery.detail == mark  # the carrier asks a second time for an answer that it lost
    wrong = replace(call.delivery, wrong_pins=call.delivery.wrong_pins + (0 if again else 1), detail=mark)
    if wrong.wrong_pins < MOST_WRONG:
        call.work.record_delivery(wrong)
        return [call.say("call_pin_wrong"), Ask(LANGUAGE, keys=PIN_DIGITS[-1])]
    replace(call, delivery=wrong).lose("wrong code three times")
    return [call.say("call_locked"), HangUp()]


def _is_pin(call: _Call, keys: str) -> bool:
    pin = call.delivery.contact.pin
    return bool(pin) and hmac.compare_digest(pin.encode(), keys.encode())


def _menu(call: _Call, keys: str, step: int) -> list[Effect]:
    if keys == "1":
        if call.delivery.detail != _heard(call.work.said_since(call.alert.reference)):
            return _read(call)  # more has been said while it was read: nobody takes what they have not heard
        return _thanks(call) if call.holds else _acknowledge(call)
    # The carrier may ask a second time for the answer to the code: the same words come back.
    if keys == "2" or _is_pin(call, keys):
        return _read(call)
    return [call.say("call_menu"), Ask(LANGUAGE)] if step < MOST_STEPS else _nobody(call)


def _read(call: _Call) -> list[Effect]:
    """The read-out, written down in the audit trail in this same transaction."""
    case = call.work.read_case(call.alert.reference, call.delivery.contact.name, call.at)
    if case is None:
        return [call.say("call_unknown"), HangUp()]
    call.work.record_delivery(replace(call.delivery, detail=_heard(len(case.addenda))))
    zone = hours_of(call.alert, call.municipalities).zone
    said = read_out(case.report, case.addenda, call.texts, broken_off=case.incomplete, zone=zone)
    if call.holds:
        call.work.move_alert(opened(call.alert, call.at), ())
        return [*said, call.say("call_menu_mine"), Ask(LANGUAGE)]
    return [*said, call.say("call_menu"), Ask(LANGUAGE)]


def _heard(addenda: int) -> str:
    return f"{KNOWN} {addenda}"


def _acknowledge(call: _Call) -> list[Effect]:
    contact = call.delivery.contact
    call.work.record_delivery(replace(call.delivery, state=DeliveryState.ACKNOWLEDGED, detail=""))
    minutes = call.municipality.open_minutes if call.municipality else 0
    taken = acknowledged(call.alert, contact.name, call.at, minutes, opened=True)
    tell_others(call.work, taken, contact, call.at, call.chance)
    return _thanks(call)


def _thanks(call: _Call) -> list[Effect]:
    name, reference = call.delivery.contact.name, spelled(call.alert.reference)
    return [call.say("call_thanks", reference=reference, name=name), HangUp()]


def _nobody(call: _Call) -> list[Effect]:
    call.lose(NO_KEY)
    return [call.say("call_silence"), HangUp()]


def answer_text(
    municipality: Municipality,
    sender: str,
    body: str,
    *,
    begin: Begin,
    at: datetime,
    chance: Chance,
    texts: Texts,
    carrier_id: str = "",
) -> str | None:
    """What an officer's code is answered with; None: no officer's code. A call to the registered number becomes due.

    A case that is not urgent is the officer's from now on: the code is as secret as the text that held it. An urgent
    one needs the PIN on that call. Either way the case is read there, behind the PIN.
    """
    code = re.sub(r"[\s.\-]", "", body)
    if not re.fullmatch(r"[0-9]{6}", code, re.ASCII):
        return None
    with begin() as work:
        told = work.find_delivery_by_code(municipality.key, code, sender)
        alert = work.find_alert(told.reference) if told else None
        if told is None or alert is None:
            note_wrong_code(work, sender)
            return None
        if carrier_id and _seen(work, sender, carrier_id, at, municipality.key):
            return texts["text_calling"]
        return _taken_by_text(work, alert, told, municipality, texts, at, chance)


def _seen(work: Work, sender: str, carrier_id: str, at: datetime, municipality: str) -> bool:
    """Whether the carrier gives us the same text a second time; remembers it."""
    key = f"code|{sender}"
    if work.open_turn(key, carrier_id, at, REPEATS).answer is not None:
        return True
    work.keep_turn(key, carrier_id, at, b"code", None, municipality=municipality)
    return False


def _taken_by_text(
    work: Work,
    alert: Alert,
    told: Delivery,
    municipality: Municipality,
    texts: Texts,
    at: datetime,
    chance: Chance,
) -> str:
    mine = alert.acknowledged_by == told.contact.name
    if alert.state is not AlertState.TRIGGERED and (not mine or alert.opened_at is not None):
        return texts["text_taken"].format(reference=alert.reference)
    by_text = alert.priority != Priority.URGENT and not is_guessing(work, told, at)
    if alert.state is AlertState.TRIGGERED and by_text:
        alert = acknowledged(alert, told.contact.name, at, municipality.open_minutes, opened=False)
        tell_others(work, alert, told.contact, at, chance)
    officer = replace(told.contact, means=Means.CALL)
    called = [] if _is_being_called(work, alert, officer, at) else [officer]
    work.move_alert(alert, new_deliveries(alert, called, at, chance, Purpose.READING))
    return texts["text_calling"]


def _is_being_called(work: Work, alert: Alert, officer: Contact, at: datetime) -> bool:
    """A code texted twice is one call: the second would find the telephone busy, and tell the next person."""
    return any(
        one.purpose is Purpose.READING
        and one.contact.address == officer.address
        and one.state not in {DeliveryState.FAILED, DeliveryState.ACKNOWLEDGED}
        and (one.sent_at is None or at - one.sent_at < SILENT_AFTER)
        for one in work.deliveries_of(alert.reference)
    )
