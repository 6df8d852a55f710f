"""Requests as bytes on the wire, and those that Twilio really makes: one for each door of the URL map and each town."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urlencode

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.routing import IntegerConverter, Rule

from hotline.adapters.sealed_texts import seal
from hotline.adapters.vault import Vault
from tests.web.doors import PUBLIC, TOKEN, make_door

KEYS = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"
TOWNS = {"smedjebacken": "+46846500400", "exempelby": "+46846500440"}
CANARY = "Kanariegatan 4é"  # what must stand in no log and in no answer; é has two forms in Unicode
Form = Mapping[str, str]
Headers = tuple[tuple[str, str], ...]
FORM_TYPE = ("Content-Type", "application/x-www-form-urlencoded")

CALL = {
    "AccountSid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ApiVersion": "2010-04-01",
    "CallStatus": "in-progress",
    "CallSid": "CA00000000000000000000000000000014",
    "Caller": "+46701740612",
    "CallerCity": "",
    "Digits": "",
    "Direction": "inbound",
    "From": "+46701740612",
    "FromCountry": "SE",
    "SpeechResult": CANARY,
}
TEXT = {
    "AccountSid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ApiVersion": "2010-04-01",
    "Body": CANARY,
    "From": "+46701740612",
    "FromCity": "",
    "FromCountry": "SE",
    "MessageSid": "SM00000000000000000000000000000001",
    "NumMedia": "0",
    "NumSegments": "1",
    "SmsStatus": "received",
}
RECEIPT = {
    "AccountSid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ApiVersion": "2010-04-01",
    "ErrorMessage": CANARY,
    "FromCity": "",
    "From": "+46846500499",
    "MessageSid": "SM00000000000000000000000000000046",
    "MessageStatus": "delivered",
}


@dataclass(frozen=True)
class Sent:
    """One request, before it is bytes. `length`: False leaves the header out. `behind`: comes after the whole body."""

    target: str
    headers: Headers
    body: bytes = b""
    method: str = "POST"
    length: bool = True
    host: str = "hotline.example.org"
    behind: bytes = b""
    connection: str = "close"

    def raw(self) -> bytes:
        counted = (("Content-Length", str(len(self.body))),) if self.length else ()
        lines = [f"{name}: {value}" for name, value in (("Host", self.host), *self.headers, *counted)]
        head = "\r\n".join([f"{self.method} {self.target} HTTP/1.1", *lines, f"Connection: {self.connection}", "", ""])
        return head.encode("latin-1") + self.body + self.behind

    def signed_as(self) -> str:
        """As a server joins what is given twice."""
        return ",".join(value for name, value in self.headers if name == "X-Twilio-Signature")


def sign(url: str, form: Form, token: str = TOKEN) -> str:
    """By Twilio's own library."""
    return str(RequestValidator(token).compute_signature(url, form))


@dataclass(frozen=True)
class Genuine:
    """A request that Twilio makes: a door's path, a town's number in `To`."""

    path: str
    town: str
    form: dict[str, str] = field(default_factory=dict)
    rule: str = ""

    def sent(self, target: str = "", form: Form | None = None, signature: str | None = None, *more: str) -> Sent:
        """As Twilio sends it, unless something else is given. `more`: headers, "Name: value"."""
        target, form = target or self.path, self.form if form is None else form
        signature = sign(PUBLIC + self.path, self.form) if signature is None else signature
        headers = [FORM_TYPE, ("X-Twilio-Signature", signature), *(tuple(one.split(": ", 1)) for one in more)]
        return Sent(target, tuple((name, value) for name, value in headers), urlencode(form).encode())

    def signed(self, target: str = "", form: Form | None = None, signed_url: str = "", token: str = TOKEN) -> Sent:
        """Another address or form than the genuine one, rightly signed as itself or as `signed_url`."""
        target, form = target or self.path, self.form if form is None else form
        return self.sent(target, form, sign(signed_url or PUBLIC + target, form, token))

    def but(self, **changed: str) -> dict[str, str]:
        return {**self.form, **changed}

    @property
    def told(self) -> str:
        """The name of the parameter that holds what somebody said."""
        return next(name for name, value in self.form.items() if value == CANARY)


@cache
def doors() -> tuple[Rule, ...]:
    """Every door under /twilio/, read from the application: a new one is here by itself."""
    app: Flask = make_door().app
    return tuple(rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/twilio/"))


def path_of(rule: Rule, town: str) -> str:
    """The door's address: numbers are 1, words are a whisper that we have sealed ourselves."""
    sealed = seal(Vault(KEYS), json.dumps([town, "sv", "Ett samtal."]))
    kinds = rule._converters  # noqa: SLF001 - werkzeug shows them nowhere else
    told = {name: 1 if isinstance(kinds[name], IntegerConverter) else sealed for name in rule.arguments}
    return str(rule.build(told)[1])  # type: ignore[index]  # it is None only where an argument is missing


def genuine() -> Iterator[Genuine]:
    """Every door × every town."""
    kinds = {"/twilio/sms": TEXT, "/twilio/receipt/<token>": RECEIPT}
    for rule in doors():
        for town, line in TOWNS.items():
            yield Genuine(path_of(rule, town), town, {**kinds.get(rule.rule, CALL), "To": line}, rule.rule)


def elsewhere(one: Genuine) -> Genuine:
    """The same door in the other town."""
    other = next(town for town in TOWNS if town != one.town)
    return replace(one, town=other, form=one.but(To=TOWNS[other]))
