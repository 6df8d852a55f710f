"""Alterations of the signature: none, another's, one written otherwise, one in another place."""

import base64
import hashlib
import hmac
from dataclasses import replace

from twilio.request_validator import RequestValidator

from tests.web.doors import PUBLIC, TOKEN
from tests.web.forged.kinds import every, kind
from tests.web.forged.requests import FORM_TYPE, Genuine, Sent, sign


def right(one: Genuine) -> str:
    return sign(PUBLIC + one.path, one.form)


def rare(one: Genuine) -> Genuine:
    """The same with a signature that holds both letters in which the alphabets of base64 differ."""
    forms = (one.but(Salt=str(number)) for number in range(10_000))
    return replace(one, form=next(form for form in forms if {"+", "/"} <= set(sign(PUBLIC + one.path, form))))


def headed(one: Genuine, *headers: tuple[str, str]) -> Sent:
    return replace(one.sent(), headers=(FORM_TYPE, *headers))


@kind()
def no_signature(one: Genuine) -> Sent:
    return headed(one)


@kind()
def signature_with_an_algorithm_that_nobody_agreed_on(one: Genuine) -> Sent:
    better = RequestValidator(TOKEN).compute_signature(PUBLIC + one.path, one.form, "HMAC_SHA256")
    return one.sent("", None, str(better), "X-Twilio-Webhooks-Signature-Settings: key=x,algorithm=HMAC_SHA256")


@kind()
def signature_as_hex(one: Genuine) -> Sent:
    return one.sent(signature=base64.b64decode(right(one)).hex())


@kind()
def plain_hash_without_a_token(one: Genuine) -> Sent:
    told = PUBLIC + one.path + "".join(name + value for name, value in sorted(one.form.items()))
    return one.sent(signature=base64.b64encode(hashlib.sha1(told.encode()).digest()).decode())  # noqa: S324 - forged


@kind()
def signature_of_the_raw_body(one: Genuine) -> Sent:
    made = hmac.digest(TOKEN.encode(), PUBLIC.encode() + one.path.encode() + one.sent().body, "sha1")
    return one.sent(signature=base64.b64encode(made).decode())


@kind()
def alphabet_of_addresses_in_the_signature(one: Genuine) -> Sent:
    odd = rare(one)
    return odd.sent(signature=right(odd).replace("+", "-").replace("/", "_"))


@kind()
def two_headers_the_right_one_first(one: Genuine) -> Sent:
    return headed(one, ("X-Twilio-Signature", right(one)), ("X-Twilio-Signature", "x" * 28))


@kind()
def two_headers_the_right_one_last(one: Genuine) -> Sent:
    return headed(one, ("X-Twilio-Signature", "x" * 28), ("X-Twilio-Signature", right(one)))


@kind()
def two_headers_both_right(one: Genuine) -> Sent:
    return replace(headed(one, ("X-Twilio-Signature", right(one)), ("X-Twilio-Signature", right(one))), target=one.path)


@kind()
def signature_in_a_header_with_another_line(one: Genuine) -> Sent:
    return headed(one, ("X_Twilio_Signature", right(one)))


@kind()
def signature_as_a_parameter(one: Genuine) -> Sent:
    return one.sent(form=one.but(**{"X-Twilio-Signature": right(one)}), signature="")


@kind()
def signature_in_the_query(one: Genuine) -> Sent:
    return replace(headed(one), target=f"{one.path}?X-Twilio-Signature={right(one)}")


every(
    {
        "an empty signature": lambda one: one.sent(signature=""),
        "a made-up signature": lambda one: one.sent(signature="A" * 27 + "="),
        "a token that was taken out of use": lambda one: one.signed(token="7" * 32),
        "the token of another municipality's account": lambda one: one.signed(token="6" * 32),
        "the account's name as its token": lambda one: one.signed(token=one.form["AccountSid"]),
        "an empty token": lambda one: one.signed(token=""),
        "the signature of an empty form": lambda one: one.sent(signature=sign(PUBLIC + one.path, {})),
        "a signature with one letter less": lambda one: one.sent(signature=right(one)[:-2] + "="),
        "a signature with one letter more": lambda one: one.sent(signature="A" + right(one)),
        "a signature in small letters": lambda one: one.sent(signature=right(one).lower()),
        "a signature without its end": lambda one: one.sent(signature=right(one).rstrip("=")),
        "a signature with two ends": lambda one: one.sent(signature=right(one) + "="),
        "a signature with a space in it": lambda one: one.sent(signature=right(one)[:9] + " " + right(one)[9:]),
        "a signature in quotes": lambda one: one.sent(signature=f'"{right(one)}"'),
        "a signature with its kind before it": lambda one: one.sent(signature=f"sha1={right(one)}"),
        "two signatures in one header": lambda one: one.sent(signature=f"{right(one)}, {right(one)}"),
        "letters that are no ASCII": lambda one: one.sent(signature="å" * 28),
        "the right signature as authorization": lambda one: headed(one, ("Authorization", right(one))),
        "the right signature under an older name": lambda one: headed(one, ("X-Twilio-Signature-Old", right(one))),
        "another door's signature": lambda one: one.sent(signature=sign(f"{PUBLIC}/twilio/other", one.form)),
    }
)
