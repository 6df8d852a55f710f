"""Alterations of the form: one more, one less, another value, the same value in other letters, another border."""

from dataclasses import replace
from unicodedata import normalize
from urllib.parse import quote

from tests.web.doors import PUBLIC
from tests.web.forged.kinds import every, kind
from tests.web.forged.requests import Genuine, Sent, elsewhere, sign


def said(one: Genuine, value: str) -> Sent:
    """What somebody said, changed after it was signed."""
    return one.sent(form=one.but(**{one.told: value}))


def renamed(one: Genuine, old: str, new: str) -> Sent:
    return one.sent(form={new if name == old else name: value for name, value in one.form.items()})


def body(one: Genuine, more: str) -> Sent:
    """Something after the genuine body."""
    return replace(one.sent(), body=one.sent().body + more.encode())


@kind(twilio_accepts="its validator counts equal values of a name once; whoever reads the first or last may differ")
def same_name_and_value_twice(one: Genuine) -> Sent:
    return body(one, f"&{one.told}={quote(one.form[one.told])}")


@kind(twilio_accepts="two values of one name are both signed; Twilio itself never repeats a name")
def name_with_two_values_both_signed(one: Genuine) -> Sent:
    pairs = sorted([*one.form.items(), ("From", "+46701740699")])
    # The sorted values of a repeated name stand one after the other.
    return replace(
        body(one, "&From=%2B46701740699"),
        headers=one.sent(signature=_by_hand(one, pairs)).headers,
    )


def _by_hand(one: Genuine, pairs: list[tuple[str, str]]) -> str:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]}{name}{value}" if name in joined else value
    return sign(PUBLIC + one.path, joined)


@kind(twilio_accepts="names and values are signed without a border between them")
def value_moved_into_its_name(one: Genuine) -> Sent:
    form = {name: value for name, value in one.form.items() if name != "From"}
    return one.sent(form={**form, f"From{one.form['From']}": ""})


@kind(twilio_accepts="the address and the first name are signed without a border between them")
def end_of_the_address_moved_into_a_name(one: Genuine) -> Sent:
    signature = sign(f"{PUBLIC}{one.path}/2", one.form)
    form = {f"/2{name}" if name == "AccountSid" else name: value for name, value in one.form.items()}
    return one.sent(form=form, signature=signature)


@kind(twilio_accepts="as above: a later step of a call passed off as an earlier one")
def digit_of_the_address_moved_into_a_name(one: Genuine) -> Sent:
    signature = sign(f"{PUBLIC}{one.path}2", one.form)
    form = {f"2{name}" if name == "AccountSid" else name: value for name, value in one.form.items()}
    return one.sent(form=form, signature=signature)


@kind()
def plus_sent_bare(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body.replace(b"%2B", b"+"))


@kind()
def letters_encoded_twice(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body.replace(b"%", b"%25"))


@kind()
def bytes_that_are_no_text(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body.replace(b"%C3", b"%FF"))


@kind()
def latin_bytes(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body.replace(b"%C3%A9", b"%E9"))


@kind()
def parameters_parted_by_semicolons(one: Genuine) -> Sent:
    return replace(one.sent(), body=one.sent().body.replace(b"&", b";"))


@kind()
def form_of_the_other_municipality(one: Genuine) -> Sent:
    return one.sent(form=elsewhere(one).form)


@kind()
def signature_of_the_other_municipality(one: Genuine) -> Sent:
    return one.sent(signature=sign(PUBLIC + one.path, elsewhere(one).form))


@kind()
def decomposed_text_signed_as_composed(one: Genuine) -> Sent:
    return said(one, normalize("NFD", one.form[one.told]))


@kind()
def composed_text_signed_as_decomposed(one: Genuine) -> Sent:
    other = one.but(**{one.told: normalize("NFD", one.form[one.told])})
    return one.sent(signature=sign(PUBLIC + one.path, other))


every(
    {
        "a parameter more": lambda one: one.sent(form=one.but(DialBridged="true")),
        "an empty parameter more": lambda one: body(one, "&Extra="),
        "a name without a value": lambda one: body(one, "&Extra"),
        "a parameter less": lambda one: one.sent(form={n: v for n, v in one.form.items() if n != one.told}),
        "an empty value filled": lambda one: one.sent(form=one.but(**{_empty(one): "x"})),
        "a value emptied": lambda one: said(one, ""),
        "a value changed": lambda one: said(one, "Jag tar tillbaka allt"),
        "a value with a space after it": lambda one: said(one, one.form[one.told] + " "),
        "a value with a line end after it": lambda one: said(one, one.form[one.told] + "\r\n"),
        "a value with a letter that nobody sees": lambda one: said(one, one.form[one.told] + "\u200b"),
        "a value with a zero byte": lambda one: said(one, one.form[one.told] + "\x00"),
        "a value in capitals": lambda one: said(one, one.form[one.told].upper()),
        "wide digits": lambda one: said(one, one.form[one.told].replace("4", "４")),
        "another sender": lambda one: one.sent(form=one.but(From="+46701740699")),
        "another line": lambda one: one.sent(form=one.but(To="+46700000000")),
        "another account": lambda one: one.sent(form=one.but(AccountSid="AC" + "b" * 32)),
        "another id": lambda one: one.sent(form=one.but(CallSid="CA9", MessageSid="SM9")),
        "a name in small letters": lambda one: renamed(one, "From", "from"),
        "a name in capitals": lambda one: renamed(one, "AccountSid", "ACCOUNTSID"),
        "a name with a space after it": lambda one: renamed(one, "From", "From "),
        "a name as of a list": lambda one: renamed(one, "From", "From[]"),
        "a second value of a name": lambda one: body(one, "&From=%2B46701740699"),
        "a second line before the first": lambda one: replace(one.sent(), body=b"To=%2B46700000000&" + one.sent().body),
        "two values changed about": lambda one: one.sent(form=one.but(From=one.form["To"], To=one.form["From"])),
        "no parameter at all": lambda one: one.sent(form={}),
    }
)


def _empty(one: Genuine) -> str:
    return next(name for name, value in one.form.items() if not value)
