"""Only what Twilio signed comes in; nothing else leaves a trace."""

import json
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from tests.fakes import Rows
from tests.web.doors import CALLER, OLD_TOKEN, PUBLIC, TOKEN, Door, sign

DOORS = (
    "/twilio/sms", "/twilio/voice", "/twilio/voice/3", "/twilio/status", "/twilio/whisper/abc",
    "/twilio/alert/token/0", "/twilio/receipt/token",
)  # fmt: skip
FORM = {"From": CALLER, "To": "+46846500400", "Body": "Hej", "MessageSid": "SM1", "CallSid": "CA1"}


def refused(door: Door, path: str, signature: str, form: dict[str, str], query: str = "") -> bool:
    answer = door.post(f"{path}{query}", signature, **form)
    return answer.status_code == 403 and door.memory.rows == Rows()


@pytest.mark.parametrize("token", [TOKEN, OLD_TOKEN])
def test_either_token_opens_while_one_is_being_changed(door: Door, token: str) -> None:
    signature = sign(f"{PUBLIC}/twilio/sms", FORM, token)
    assert door.post("/twilio/sms", signature, **FORM).status_code == 200


@pytest.mark.parametrize("path", DOORS)
def test_a_request_without_a_signature_is_refused(door: Door, path: str) -> None:
    assert refused(door, path, "", FORM)


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("name", ["From", "To", "Body", "MessageSid", "CallSid"])
def test_a_changed_parameter_is_refused(door: Door, path: str, name: str) -> None:
    signature = sign(f"{PUBLIC}{path}", FORM)
    assert refused(door, path, signature, FORM | {name: "something else"})


@pytest.mark.parametrize("path", DOORS)
def test_a_parameter_more_or_less_is_refused(door: Door, path: str) -> None:
    signature = sign(f"{PUBLIC}{path}", FORM)
    assert refused(door, path, signature, FORM | {"Extra": ""} | {"DialBridged": "true"})
    assert refused(door, path, signature, {name: value for name, value in FORM.items() if name != "Body"})


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(
    "signed", ["http://hotline.example.org", "https://other.example.org", f"{PUBLIC}:8443", f"{PUBLIC}/prefix"]
)
def test_a_signature_for_another_address_is_refused(door: Door, path: str, signed: str) -> None:
    assert refused(door, path, sign(f"{signed}{path}", FORM), FORM)


@pytest.mark.parametrize("path", DOORS)
def test_the_query_is_signed_too(door: Door, path: str) -> None:
    assert refused(door, path, sign(f"{PUBLIC}{path}", FORM), FORM, "?again=1")
    assert refused(door, path, sign(f"{PUBLIC}{path}?again=1", FORM), FORM)


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("signature", ["x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "å" * 28])
def test_a_made_up_signature_is_refused(door: Door, path: str, signature: str) -> None:
    assert refused(door, path, signature.encode().decode("latin-1"), FORM)


@pytest.mark.parametrize("path", DOORS)
def test_a_foreign_token_is_refused(door: Door, path: str) -> None:
    assert refused(door, path, sign(f"{PUBLIC}{path}", FORM, "guessed"), FORM)


def test_a_name_given_twice_is_refused(door: Door) -> None:
    form = MultiDict([*FORM.items(), ("Body", "other")])
    signature = sign(f"{PUBLIC}/twilio/sms", form)
    answer = door.app.test_client().post("/twilio/sms", data=form, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert door.memory.rows == Rows()


def test_a_json_body_with_its_hash_in_the_query_is_refused(door: Door) -> None:
    path = "/twilio/sms?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    signature = sign(f"{PUBLIC}{path}", {})
    headers = {"X-Twilio-Signature": signature}
    assert (
        door.app.test_client().post(path, data="{}", content_type="application/json", headers=headers).status_code
        == 403
    )
    assert door.app.test_client().post(path, data={}, headers=headers).status_code == 403


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "Forwarded"])
def test_no_header_decides_which_address_was_signed(door: Door, header: str) -> None:
    signature = sign("https://evil.example.org/twilio/sms", FORM)
    headers = {"X-Twilio-Signature": signature, header: "evil.example.org"}
    assert door.app.test_client().post("/twilio/sms", data=FORM, headers=headers).status_code == 403


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_twilios_doors_take_posts_only(door: Door, path: str, method: str) -> None:
    signature = sign(f"{PUBLIC}{path}", {})
    answer = door.app.test_client().open(path, method=method, headers={"X-Twilio-Signature": signature})
    assert answer.status_code in {403, 405}


def test_a_refusal_says_nothing_of_what_was_sent(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    answer = door.post("/twilio/sms", "wrong", **FORM | {"Body": "Storgatan 4"})
    out, err = capfd.readouterr()
    assert "Storgatan" not in out + err + answer.text


def test_every_documented_request_passes_with_twilios_own_signature(door: Door, shared_data: Path) -> None:
    for file in sorted((shared_data / "twilio").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        path = told["example_signature"]["url"].removeprefix(PUBLIC)
        if path in DOORS:
            answer = door.post(path, told["example_signature"]["x_twilio_signature"], **told["params"])
            assert answer.status_code == 200, told["name"]
