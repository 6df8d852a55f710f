"""A carrier and all its telephones in memory: Twilio's doors, signatures and REST shapes without an account.

It holds no rule of the hotline: whatever the doors answer is what the telephones say. Nothing outlives the process.
What can go wrong with a carrier goes wrong here when somebody asks for it (`suffer`).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import phonenumbers

from .simulated_book import Book, Text
from .simulated_call import Call, Exchange
from .simulated_faults import (
    CALLS,
    FATES,
    ON_THE_WAY,
    OUTAGES,
    RECEIPTS,
    REFUSALS,
    TAKING,
    TEXTS_ONLY,
    UNREACHABLE,
    Fault,
    Faults,
    delays,
)
from .simulated_phone import Phone, Written
from .simulated_wire import Later, Post, Wire, at_once

MOST_PHONES = 200
CREATED, REFUSED, UNKNOWN, CONFLICT = 201, 400, 404, 409
UNFINISHED = {"accepted", "queued", "sending"}  # such a text cannot be erased
STEP_SECONDS = 0.3  # receipts never come before the REST answer in real life
MACHINE_SECONDS, SILENCE_SECONDS = 4.0, 8.0
LONGEST_MACHINE = 20  # silences; then a machine's tape is full

Answer = tuple[int, dict[str, object]]
SILENT: Answer = (0, {})  # no answer comes


class SimulatedCarrier:
    """`post` reaches our own doors; `later` runs what takes a while; `now` is the carrier's own clock (aware)."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        public_url: str,
        post: Post,
        *,
        now: Callable[[], datetime],
        later: Later = at_once,
    ) -> None:
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.faults = Faults()
        self.book = Book(account_sid, now)
        self._lock = threading.RLock()
        self._later = later
        self._wire = Wire(account_sid, auth_token, public_url, post, self._reaches_us)
        self._exchange = Exchange(self._wire, self._ring, "/twilio/status", now=now, later=later)
        self._phones: OrderedDict[str, Phone] = OrderedDict()

    def suffer(self, fault: str, *, times: int | None = None, number: str | None = None) -> None:
        """From now on this goes wrong: so many times, or until it is healed; for one telephone, or for all.

        Raises ValueError for a fault that there is not. One without an end is an outage: questions fail, too.
        """
        with self._lock:
            self.faults.suffer(Fault(fault), times=times, number=number)

    def heal(self, fault: str | None = None) -> None:
        """Nothing goes wrong any more, or not this."""
        with self._lock:
            self.faults.heal(None if fault is None else Fault(fault))

    def suffered(self) -> list[dict[str, object]]:
        """What goes wrong now, as plain values for a page."""
        with self._lock:
            return [{"fault": one.fault, "number": one.number, "left": one.left} for one in self.faults.suffered()]

    def phone(self, number: str) -> Phone:
        """The telephone with this number (E.164); it exists from now on. The oldest idle one makes room."""
        with self._lock:
            if number not in self._phones:
                if len(self._phones) >= MOST_PHONES:
                    self._phones.popitem(last=False)
                self._phones[number] = Phone(
                    number, wire=self._wire, exchange=self._exchange, book=self.book, lock=self._lock
                )
            self._phones.move_to_end(number)
            return self._phones[number]

    def numbers(self) -> list[str]:
        """Numbers of all telephones that exist."""
        with self._lock:
            return sorted(self._phones)

    def accept_message(self, form: Mapping[str, str]) -> Answer:
        """POST Messages.json: status and resource (https://www.twilio.com/docs/messaging/api/message-resource)."""
        to, body, sender = form.get("To", ""), form.get("Body", ""), form.get("From", "")
        if not body or not to:
            return refused(21602 if to else 21604, "A 'To' phone number and a message body are required.")
        if not may_get_texts(to):
            return failure(Fault.LANDLINE)
        with self._lock:
            fault = self.faults.strikes(to, *TAKING, *TEXTS_ONLY)
            if fault is not None and fault is not Fault.ANSWER_LOST:
                return failure(fault)
            text = self.book.write(Text(sender, to, body, "outbound-api", self.book.now()))
            taken = self.book.message(text)
            fate, telling = self.faults.strikes(to, *ON_THE_WAY), self.faults.strikes(to, *RECEIPTS)
        for place, status in enumerate(FATES[fate]):
            late = delays(telling, place) if form.get("StatusCallback") else ()
            step = partial(self._go_on, text, status, fate, [(form["StatusCallback"], each) for each in late])
            self._later(step, STEP_SECONDS * (place + 1))
        return SILENT if fault is Fault.ANSWER_LOST else (CREATED, taken)

    def accept_call(self, form: Mapping[str, str], events: Sequence[str] = ()) -> Answer:
        """POST Calls.json: the telephone rings; `events` are the StatusCallbackEvent values of the form."""
        to, url = form.get("To", ""), form.get("Url", "")
        if not to or not url:
            return refused(21205 if to else 21201, "A 'To' phone number and a Url are required.")
        callback = form.get("StatusCallback", "")
        with self._lock:
            fault = self.faults.strikes(to, *TAKING)
            if fault is not None and fault is not Fault.ANSWER_LOST:
                return failure(fault)
            call = Call(to, form.get("From", ""), to, "outbound-api", self.book.now(), url, callback)
            call.events, call.outcome = tuple(events) or ("completed",), "queued"
            call.patience = int(form.get("Timeout") or call.patience)
            call.telling = self.faults.strikes(to, *RECEIPTS)
            resource = self.book.call(self.book.write_call(call))
        self._later(partial(self._place, call), STEP_SECONDS)
        return SILENT if fault is Fault.ANSWER_LOST else (CREATED, resource)

    def message(self, sid: str) -> Answer:
        """GET Messages/<sid>.json."""
        with self._lock:
            text = self.book.texts.get(sid)
            away = self._away(text.to if text else "")
            return away or ((200, self.book.message(text)) if text else refused(20404, "not found", UNKNOWN))

    def messages(self, query: Mapping[str, str]) -> Answer:
        """GET Messages.json, newest first."""
        with self._lock:
            return self._away(query.get("To", "")) or (200, self.book.list_texts(query))

    def redact(self, sid: str) -> Answer:
        """POST Messages/<sid>.json with an empty Body: the text is gone at the carrier."""
        with self._lock:
            if sid in self.book.texts and self.book.texts[sid].status in UNFINISHED:
                return refused(20009, "Cannot delete message because delivery has not completed.", CONFLICT)
            if sid in self.book.texts:
                self.book.texts[sid].body = ""
            return self.message(sid)

    def media(self, sid: str) -> Answer:
        """GET Messages/<sid>/Media.json."""
        with self._lock:
            return 200, self.book.list_media(sid)

    def drop_media(self, sid: str) -> Answer:
        """DELETE Messages/<sid>/Media/<sid>.json: this carrier keeps no picture itself, only how many there are."""
        with self._lock:
            if sid in self.book.texts:
                self.book.texts[sid].pictures -= 1
        return 204, {}

    def recordings(self) -> Answer:
        """GET Recordings.json: nothing is ever recorded here."""
        return 200, self.book.page("recordings", "Recordings", (), {})

    def call_resource(self, sid: str) -> Answer:
        """GET Calls/<sid>.json."""
        with self._lock:
            call = self.book.calls.get(sid)
            away = self._away(call.phone if call else "")
            return away or ((200, self.book.call(call)) if call else refused(20404, "not found", UNKNOWN))

    def calls(self, query: Mapping[str, str]) -> Answer:
        """GET Calls.json, newest first."""
        with self._lock:
            return self._away(query.get("To", "")) or (200, self.book.list_calls(query))

    def _away(self, number: str) -> Answer | None:
        fault = self.faults.lasts(number, *OUTAGES)
        return failure(fault) if fault else None

    def _reaches_us(self) -> bool:
        return self.faults.strikes("", Fault.DOORS_SHUT) is None

    def _ring(self, call: Call) -> str:
        """Makes the telephone ring (""), or says how the call ends instead."""
        phone, fault = self.phone(call.phone), self.faults.strikes(call.phone, *CALLS)
        self.book.write_call(call)
        call.started = call.started or self.book.now()
        if fault is Fault.FAILED:
            return "failed"
        if phone.busy or fault is Fault.BUSY:
            return "busy"
        call.outcome = "ringing"
        if fault is not Fault.NOBODY:
            phone.current, call.rang = call, True
        if fault is Fault.MACHINE:
            self._later(partial(self._picked_up_by_a_machine, call), MACHINE_SECONDS)
        elif fault is not Fault.RINGS_ON:
            self._later(partial(self._lose_patience, call), call.patience)
        return ""

    def _lose_patience(self, call: Call) -> None:
        with self._lock:
            self._exchange.lose_patience(call)

    def _picked_up_by_a_machine(self, call: Call) -> None:
        with self._lock:
            if call.outcome == "ringing":
                self._exchange.answer(call)
        self._stay_silent(call, LONGEST_MACHINE)

    def _stay_silent(self, call: Call, left: int) -> None:
        with self._lock:
            if not left:
                self._exchange.end(call)
            self._exchange.keep_silent(call)
        if call.live and left:
            self._later(partial(self._stay_silent, call, left - 1), SILENCE_SECONDS)

    def _place(self, call: Call) -> None:
        with self._lock:
            self._exchange.progress(call, "initiated")
            if outcome := self._ring(call):
                self._exchange.end(call, outcome)
            elif call.live:
                self._exchange.progress(call, "ringing")

    def _go_on(self, text: Text, status: str, fate: Fault | None, told: Sequence[tuple[str, float]]) -> None:
        """One step on a text's way, to the telephone if that is where it goes; `told`: to whom, how late."""
        with self._lock:
            text.status = status
            if status != "queued":
                text.sent = text.sent or self.book.now()
            if status == "delivered" and fate is not Fault.FALSELY_DELIVERED:
                self.phone(text.to).messages.append(Written(mine=False, text=text.body))
            if status == "undelivered":
                text.error = UNREACHABLE
        form = {"MessageSid": text.sid, "SmsSid": text.sid, "MessageStatus": status, "SmsStatus": status}
        form |= {"From": text.sender, "To": text.to} | ({"ErrorCode": str(text.error)} if text.error else {})
        for callback, seconds in told:
            if seconds:
                self._later(partial(self._exchange.report, callback, form), seconds)
            else:
                self._exchange.report(callback, form)


def refused(code: int, message: str, status: int = REFUSED) -> Answer:
    """An error as the REST API words it (https://www.twilio.com/docs/api/errors)."""
    return status, {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}"}


def failure(fault: Fault) -> Answer:
    """What the REST API answers while it suffers from this."""
    if fault is Fault.NO_ANSWER:
        return SILENT
    status, code, message = REFUSALS[fault]
    return refused(code, message, status)


def may_get_texts(number: str) -> bool:
    """The real carrier refuses landlines; so does this one, or a mistake would show only in earnest."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
    return kind != phonenumbers.PhoneNumberType.FIXED_LINE
