"""Whatever Twilio really sends comes in: signed by Twilio's library, by openssl, and as printed in Twilio's guide."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Blueprint
from twilio.request_validator import RequestValidator

from hotline.web.twilio_guard import guarded
from tests.web.doors import OLD_TOKEN, PUBLIC, TOKEN, make_door
from tests.web.forged.requests import FORM_TYPE, Genuine, Sent, doors, genuine, path_of
from tests.web.real import Hotline

# Made with `openssl dgst -sha1 -mac HMAC` over address and sorted parameters, as Twilio's guide says; not by us.
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
# Printed in Twilio's guide to request security, and in the tests of its libraries. Token: 12345.
GUIDE = "https://mycompany.com/myapp.php?foo=1&bar=2"
PRINTED = (
    ("+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
    ("+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
)
FIXED = [Genuine(one["path"], one["name"], one["form"]).sent(signature=one["signature"]) for one in VECTORS]


def ways(one: Genuine) -> Iterator[Sent]:
    """The same request as HTTP may carry it, or as Twilio is known to sign it."""
    sent = one.sent()
    yield sent
    yield one.signed(token=OLD_TOKEN)  # while the token is being changed
    yield one.signed(signed_url=f"{PUBLIC}:443{one.path}")  # Twilio writes the port now and then
    yield one.signed(f"{one.path}?again=1&a=%20b+c")
    yield replace(sent, body=b"&".join(reversed(sent.body.split(b"&"))))
    yield replace(sent, body=sent.body.replace(b"+", b"%20").replace(b"%2B", b"%2b"))
    yield replace(sent, headers=tuple((name.lower(), value) for name, value in sent.headers))
    yield replace(sent, headers=tuple((name, f" \t{value}  ") for name, value in sent.headers))
    yield replace(sent, headers=(*sent.headers[1:], (FORM_TYPE[0], FORM_TYPE[1].upper() + "; charset=utf-8")))
    yield replace(sent, host="10.0.0.7:8000")  # as some proxies pass it on
    yield replace(sent, headers=(*sent.headers, ("X-Forwarded-Proto", "http"), ("X-Forwarded-Ssl", "on")))
    yield replace(sent, headers=(*sent.headers, ("Expect", "100-continue")))
    yield replace(sent, target=f"{PUBLIC}{one.path}")  # RFC 9112, 3.2.2: to be taken as the path alone
    yield replace(sent, target=f"{one.path}#x")  # what follows is never part of what is asked for


@pytest.mark.parametrize("one", list(genuine()), ids=lambda one: f"{one.rule} {one.town}")
def test_every_door_of_every_town_takes_what_twilio_signed(real: Hotline, one: Genuine) -> None:
    for number, sent in enumerate(ways(one)):
        status, answer = real.knock(sent)
        assert "200" in (str(status), answer.partition("\r\n\r\n")[2][9:12]), (number, status)
        assert "<Response" in answer


@pytest.mark.parametrize("number", range(len(FIXED)), ids=[one["name"] for one in VECTORS])
def test_a_signature_that_stands_written_is_taken(real: Hotline, number: int) -> None:
    status, answer = real.knock(FIXED[number])
    assert (status, "<Response" in answer) == (200, True)


def test_the_written_signatures_are_twilios_and_know_every_door() -> None:
    validator = RequestValidator(TOKEN)
    assert all(validator.validate(PUBLIC + one["path"], one["form"], one["signature"]) for one in VECTORS)
    adapter = make_door().app.url_map.bind("x")
    known = {adapter.match(one["path"].partition("?")[0], "POST")[0] for one in VECTORS}
    assert {rule.endpoint for rule in doors()} == known


@pytest.mark.parametrize(("sender", "signature"), PRINTED)
@pytest.mark.parametrize(("changed", "status"), [({}, 200), ({"Digits": "4321"}, 403)])
def test_the_guides_own_example_is_judged_as_the_guide_does(
    sender: str, signature: str, changed: dict[str, str], status: int
) -> None:
    door, probe = make_door(public_url="https://mycompany.com"), guarded("guide")
    add_door(probe)
    door.app.register_blueprint(probe)
    told = {"CallSid": "CA1234567890ABCDE", "Caller": sender, "Digits": "1234", "From": sender, "To": "+18005551212"}
    answer = door.app.test_client().post(
        GUIDE.removeprefix("https://mycompany.com"), data=told | changed, headers={"X-Twilio-Signature": signature}
    )
    assert answer.status_code == status


def add_door(blueprint: Blueprint) -> None:
    """A door of the guide's, behind our lock."""
    blueprint.add_url_rule("/myapp.php", view_func=lambda: "", methods=["POST"])


def test_every_documented_request_passes_with_twilios_own_signature(shared_data: Path) -> None:
    door, known = make_door(), {path_of(rule, "exempelby") for rule in doors()}
    for file in sorted((shared_data / "twilio").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        path = told["example_signature"]["url"].removeprefix(PUBLIC)
        if path in known:
            answer = door.post(path, told["example_signature"]["x_twilio_signature"], **told["params"])
            assert answer.status_code == 200, told["name"]
