"""A carrier and all its telephones in memory: Twilio's doors, signatures and REST shapes without an account.

It holds no rule of the hotline: whatever the doors answer is what the telephones say. Nothing outlives the process.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TypeVar

import phonenumbers

from .simulated_call import Call, Exchange, parameters
from .simulated_phone import Phone, Written
from .simulated_wire import Later, Post, Wire, at_once

MOST_PHONES = 200
MOST_KEPT = 500
CREATED, REFUSED, UNKNOWN = 201, 400, 404

Answer = tuple[int, dict[str, object]]
Kept = TypeVar("Kept")


class SimulatedCarrier:
    """`post` reaches our own doors; `later` runs receipts, which never come before the REST answer in real life."""

    def __init__(
        self, account_sid: str, auth_token: str, public_url: str, post: Post, *, later: Later = at_once
    ) -> None:
        self.account_sid = account_sid
        self.auth_token = auth_token
        self._lock = threading.RLock()
        self._later = later
        self._wire = Wire(account_sid, auth_token, public_url, post)
        self._exchange = Exchange(self._wire, self._ring, "/twilio/status")
        self._phones: OrderedDict[str, Phone] = OrderedDict()
        self._messages: OrderedDict[str, dict[str, object]] = OrderedDict()
        self._calls: OrderedDict[str, Call] = OrderedDict()

    def phone(self, number: str) -> Phone:
        """The telephone with this number (E.164); it exists from now on. The oldest idle one makes room."""
        with self._lock:
            if number not in self._phones:
                if len(self._phones) >= MOST_PHONES:
                    self._phones.popitem(last=False)
                self._phones[number] = Phone(number, wire=self._wire, exchange=self._exchange, lock=self._lock)
            self._phones.move_to_end(number)
            return self._phones[number]

    def numbers(self) -> list[str]:
        """Numbers of all telephones that exist."""
        with self._lock:
            return sorted(self._phones)

    def accept_message(self, form: Mapping[str, str]) -> Answer:
        """POST Messages.json: status and resource (https://www.twilio.com/docs/messaging/api/message-resource)."""
        to, body = form.get("To", ""), form.get("Body", "")
        if not body or not to:
            return refused(21602 if to else 21604, "A 'To' phone number and a message body are required.")
        if not may_get_texts(to):
            return refused(21614, f"'To' number is not a valid mobile number: {to}")
        message = self._message(form)
        taken = dict(message)
        with self._lock:
            keep(self._messages, str(message["sid"]), message)
            self.phone(to).messages.append(Written(mine=False, text=body))
        self._later(lambda: self._receipts(message, form.get("StatusCallback", "")))
        return CREATED, taken

    def accept_call(self, form: Mapping[str, str], events: Sequence[str] = ()) -> Answer:
        """POST Calls.json: the telephone rings; `events` are the StatusCallbackEvent values of the form."""
        to, url = form.get("To", ""), form.get("Url", "")
        if not to or not url:
            return refused(21205 if to else 21201, "A 'To' phone number and a Url are required.")
        callback = form.get("StatusCallback", "")
        call = Call(to, form.get("From", ""), to, "outbound-api", url, callback, tuple(events) or ("completed",))
        call.outcome, call.patience = "queued", int(form.get("Timeout") or call.patience)
        with self._lock:
            keep(self._calls, call.sid, call)
        resource = self._call(call)
        self._later(lambda: self._place(call))
        return CREATED, resource

    def message(self, sid: str) -> Answer:
        """GET Messages/<sid>.json."""
        with self._lock:
            message = self._messages.get(sid)
            return (200, dict(message)) if message else refused(20404, "not found", UNKNOWN)

    def messages(self, to: str) -> Answer:
        """GET Messages.json?To=…, newest first."""
        with self._lock:
            found = [dict(message) for message in reversed(self._messages.values()) if to in {"", message["to"]}]
        return 200, {"messages": found, "page": 0, "page_size": len(found), "next_page_uri": None}

    def redact(self, sid: str) -> Answer:
        """POST Messages/<sid>.json with an empty Body: the text is gone at the carrier."""
        with self._lock:
            if sid in self._messages:
                self._messages[sid]["body"] = ""
            return self.message(sid)

    def call_resource(self, sid: str) -> Answer:
        """GET Calls/<sid>.json."""
        with self._lock:
            call = self._calls.get(sid)
            return (200, self._call(call)) if call else refused(20404, "not found", UNKNOWN)

    def calls(self, to: str) -> Answer:
        """GET Calls.json?To=…, newest first."""
        with self._lock:
            found = [self._call(call) for call in reversed(self._calls.values()) if to in {"", call.to}]
        return 200, {"calls": found, "page": 0, "page_size": len(found), "next_page_uri": None}

    def _ring(self, call: Call) -> bool:
        phone = self.phone(call.phone)
        if phone.busy:
            return False
        phone.current = call
        return True

    def _place(self, call: Call) -> None:
        with self._lock:
            self._exchange.progress(call, "initiated")
            call.outcome = "ringing"
            if self._ring(call):
                self._exchange.progress(call, "ringing")
            else:
                self._exchange.end(call, "busy")

    def _receipts(self, message: dict[str, object], callback: str) -> None:
        sid, ends = str(message["sid"]), {"From": str(message["from"]), "To": str(message["to"])}
        for status in ("queued", "sent", "delivered"):
            with self._lock:
                message["status"] = status
            if callback:
                form = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status, **ends}
                self._exchange.report(callback, form)

    def _message(self, form: Mapping[str, str]) -> dict[str, object]:
        sid = f"SM{secrets.token_hex(16)}"
        named = {"from": form.get("From", ""), "to": form["To"], "body": form["Body"]}
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{sid}.json"
        fixed = {"direction": "outbound-api", "num_segments": "1", "num_media": "0", "error_code": None}
        return {"sid": sid, "status": "queued", "account_sid": self.account_sid, "uri": uri, **fixed, **named}

    def _call(self, call: Call) -> dict[str, object]:
        told = parameters(call)
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Calls/{call.sid}.json"
        named = {"sid": call.sid, "status": call.outcome, "from": told["From"], "to": told["To"], "uri": uri}
        return {**named, "direction": call.direction, "account_sid": self.account_sid, "parent_call_sid": None}


def keep(shelf: OrderedDict[str, Kept], sid: str, what: Kept) -> None:
    """Add to a shelf of limited length."""
    shelf[sid] = what
    while len(shelf) > MOST_KEPT:
        shelf.popitem(last=False)


def refused(code: int, message: str, status: int = REFUSED) -> Answer:
    """An error as the REST API words it (https://www.twilio.com/docs/api/errors)."""
    return status, {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}"}


def may_get_texts(number: str) -> bool:
    """The real carrier refuses landlines; so does this one, or a mistake would show only in earnest."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
    return kind != phonenumbers.PhoneNumberType.FIXED_LINE
