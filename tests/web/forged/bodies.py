"""Alterations of how the form is packed: other kinds of content, chunks, too much, too little. All rightly signed."""

import gzip
import hashlib
import json
from dataclasses import replace

from tests.web.doors import PUBLIC
from tests.web.forged.kinds import KINDS, NOT_HTTP, REFUSED, Kind, every, kind
from tests.web.forged.requests import CANARY, Genuine, Sent, sign

HASH_OF = "its validator checks a body's hash in place of the parameters; Twilio sends us forms only"
SAME_FORM = "the parameters are the ones it signed; only their packing is another, which Twilio never uses"


def typed(sent: Sent, content_type: str) -> Sent:
    others = tuple(header for header in sent.headers if header[0] != "Content-Type")
    return replace(sent, headers=(("Content-Type", content_type), *others) if content_type else others)


@kind(twilio_accepts=HASH_OF)
def json_with_its_hash_in_the_query(one: Genuine) -> Sent:
    body = json.dumps(one.form).encode()
    target = f"{one.path}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    sent = one.sent(target, None, sign(PUBLIC + target, {}))
    return typed(replace(sent, body=body), "application/json")


@kind(twilio_accepts=HASH_OF)
def form_with_a_hash_in_its_query(one: Genuine) -> Sent:
    return one.signed(f"{one.path}?bodySHA256={'0' * 64}")


@kind(twilio_accepts=HASH_OF)
def form_with_a_hash_under_a_name_in_disguise(one: Genuine) -> Sent:
    return one.signed(f"{one.path}?%62odySHA256={'0' * 64}")


@kind()
def form_signed_as_nothing_with_a_hash_in_its_query(one: Genuine) -> Sent:
    target = f"{one.path}?bodySHA256={hashlib.sha256(one.sent().body).hexdigest()}"
    return one.sent(target, None, sign(PUBLIC + target, {}))


@kind()
def json_with_the_signature_of_the_form(one: Genuine) -> Sent:
    return typed(replace(one.sent(), body=json.dumps(one.form).encode()), "application/json")


@kind(twilio_accepts=SAME_FORM, packed=True)
def parts_instead_of_a_form(one: Genuine) -> Sent:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in one.form.items()]
    body = "\r\n".join([*parts, "--x--", ""]).encode()
    return typed(replace(one.sent(), body=body), "multipart/form-data; boundary=x")


@kind()
def parts_with_a_file(one: Genuine) -> Sent:
    head = '--x\r\nContent-Disposition: form-data; name="Body"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    return typed(replace(one.sent(), body=f"{head}{CANARY}\r\n--x--\r\n".encode()), "multipart/form-data; boundary=x")


@kind(twilio_accepts=SAME_FORM, packed=True)
def chunks_instead_of_a_length(one: Genuine) -> Sent:
    sent = one.sent("", None, None, "Transfer-Encoding: chunked")
    return replace(sent, body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent.body), sent.body), length=False)


@kind(NOT_HTTP | REFUSED, twilio_accepts="two lengths: nobody can know where the request ends")
def chunks_and_a_length(one: Genuine) -> Sent:
    return one.sent("", None, None, "Transfer-Encoding: chunked")


@kind(NOT_HTTP, twilio_accepts="as above")
def two_lengths(one: Genuine) -> Sent:
    return one.sent("", None, None, "Content-Length: 5")


@kind()
def neither_length_nor_body(one: Genuine) -> Sent:
    return replace(one.sent(), body=b"", length=False)


@kind()
def body_cut_short(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body[:-3])


@kind()
def length_that_ends_before_the_body_does(one: Genuine) -> Sent:
    sent, rest = one.sent(), f"{CANARY} HTTP/1.1\r\n\r\n".encode()
    return replace(sent, body=sent.body[:-3], behind=sent.body[-3:] + rest, connection="keep-alive")


@kind()
def packed_body(one: Genuine) -> Sent:
    sent = one.sent("", None, None, "Content-Encoding: gzip")
    return replace(sent, body=gzip.compress(sent.body, mtime=0))


@kind(twilio_accepts="far more than the carrier takes of anybody: not read to its end")
def more_than_anybody_can_text(one: Genuine) -> Sent:
    return one.signed(one.path, one.but(**{one.told: CANARY * 6000}))


every(
    {
        "a body of two bytes' letters": lambda one: replace(one.sent(), body=one.sent().body.decode().encode("utf-16")),
        "an empty body": lambda one: replace(one.sent(), body=b""),
        "a second body behind the first": lambda one: replace(one.sent(), body=one.sent().body * 2),
    }
)


for word in ("text/plain", "", "application/x-www-form-urlencoded, text/plain", "application/xml"):
    name = f"a form sent as {word or 'nothing'}"
    KINDS.append(Kind(name, lambda one, word=word: typed(one.sent(), word), twilio_accepts=SAME_FORM))  # type: ignore[misc]  # bound at once
