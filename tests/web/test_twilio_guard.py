"""The lock of Twilio's doors, reason by reason, in this process, without the server that stands in front of it."""

from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from tests.fakes import Rows
from tests.web.doors import CALLER, OLD_TOKEN, PUBLIC, Door, make_door, sign
from tests.web.forged import addresses, bodies, parameters, signatures
from tests.web.forged.chance import Lock, lock
from tests.web.forged.kinds import KINDS, REFUSED, Kind
from tests.web.forged.requests import genuine

LISTS = (addresses, bodies, parameters, signatures)
FORM = "application/x-www-form-urlencoded"
# A header with an underscore never comes past the server, and two slashes are another door's address.
ELSEWHERE = {"signature in a header with another line", "two slashes at the beginning"}
KNOCKABLE = [one for one in KINDS if one.statuses == REFUSED and not one.packed and one.name not in ELSEWHERE]


def refused(door: Door) -> dict[str, float]:
    """Reason → how often, as /metrics tells it."""
    (family,) = door.app.extensions["hotline"].counts.refused.collect()
    return {one.labels["reason"]: one.value for one in family.samples if one.name.endswith("_total")}


def knock(door: Door, target: str = "/twilio/sms", **told: Any) -> TestResponse:  # noqa: ANN401 - what a browser takes
    """A text, signed for the path that Twilio was told, asked for as `target`."""
    form = {"From": CALLER, "To": door.line, "Body": "Hej", "MessageSid": "SM1"}
    headers = {"X-Twilio-Signature": sign(f"{PUBLIC}{target}", form)}
    given: dict[str, Any] = {"data": form, "headers": headers, **told}
    answer: TestResponse = door.app.test_client().open(target, method="POST", **given)
    return answer


@pytest.mark.parametrize("kind", KNOCKABLE, ids=lambda kind: kind.name)
def test_each_alteration_is_refused_in_this_process_too(kind: Kind) -> None:
    here: Lock = lock()
    for one in list(genuine())[::3]:
        sent = kind.alter(one)
        if sent.length and sent.target.startswith("/"):
            assert here.knock(sent) == 403, one.path
    assert here.door.memory.rows == Rows()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("unsigned", {"headers": {}}),
        ("unsigned", {"headers": {"X-Twilio-Signature": ""}}),
        ("wrong signature", {"headers": {"X-Twilio-Signature": "x"}}),
        ("not a form", {"content_type": "application/json"}),
        ("not a form", {"content_type": "text/plain"}),
        ("not a form", {"query_string": "bodySHA256=abc"}),
        ("repeated name", {"data": "From=a&From=b", "content_type": FORM}),
        ("repeated name", {"data": "From=a&From=a", "content_type": FORM}),
        ("no name", {"data": "Fr%2Bom=a", "content_type": FORM}),
        ("no name", {"data": "1From=a", "content_type": FORM}),
        ("no name", {"data": "=a", "content_type": FORM}),
        ("unreadable", {"data": "a=" + "b" * 200_000, "content_type": FORM}),
    ],
)
def test_a_refusal_is_counted_with_its_reason_and_leaves_nothing(door: Door, reason: str, told: dict[str, Any]) -> None:
    assert knock(door, **told).status_code == 403
    assert refused(door) == {reason: 1}
    assert door.memory.rows == Rows()


def test_a_body_without_a_length_is_refused_unread(door: Door) -> None:
    environ = EnvironBuilder("/twilio/sms", method="POST", data={"From": CALLER}).get_environ()
    del environ["CONTENT_LENGTH"]
    environ["HTTP_X_TWILIO_SIGNATURE"] = sign(f"{PUBLIC}/twilio/sms", {})  # right for the empty form that would be read
    assert run_wsgi_app(door.app, environ)[1] == "403 FORBIDDEN"
    assert refused(door) == {"no length": 1}


def test_the_older_token_is_taken_while_it_is_being_changed_and_no_other(door: Door) -> None:
    form = {"From": CALLER, "To": door.line, "Body": "Hej", "MessageSid": "SM1"}
    url = f"{PUBLIC}/twilio/sms"
    assert door.post("/twilio/sms", sign(url, form, OLD_TOKEN), **form).status_code == 200
    assert door.post("/twilio/sms", sign(url, form, OLD_TOKEN + "x"), **form).status_code == 403
    alone = make_door(auth_tokens=("12345",))
    assert alone.post("/twilio/sms", sign(url, form, OLD_TOKEN), **form).status_code == 403


@pytest.mark.parametrize("port", ["", ":443"])
def test_twilio_may_sign_with_the_port_of_https_or_without(door: Door, port: str) -> None:
    form = {"From": CALLER, "To": door.line, "Body": "Hej", "MessageSid": "SM1"}
    assert door.post("/twilio/sms", sign(f"{PUBLIC}{port}/twilio/sms", form), **form).status_code == 200


@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
def test_the_address_counts_as_it_came_over_the_wire(door: Door, name: str) -> None:
    raw = {"RAW_URI": "", name: "/twilio/s%6ds"}
    form = {"From": CALLER, "To": door.line, "Body": "Hej", "MessageSid": "SM1"}
    as_it_came = {"X-Twilio-Signature": sign(f"{PUBLIC}/twilio/s%6ds", form)}
    assert knock(door, headers=as_it_came, environ_overrides=raw).status_code == 200
    assert knock(door, environ_overrides=raw).status_code == 403  # signed for what it means, not for what was sent
    assert knock(door, environ_overrides={**raw, name: f"https://evil.example.org{raw[name]}"}).status_code == 403
    assert "wrong address" in refused(door)


def test_without_the_wire_a_plain_path_and_its_query_are_known_and_no_other(door: Door) -> None:
    silent: dict[str, Any] = {"environ_overrides": {"RAW_URI": "", "REQUEST_URI": ""}}
    assert knock(door, **silent).status_code == 200
    assert knock(door, "/twilio/sms?a=1", **silent).status_code == 200
    assert knock(door, "/twilio/whisper/a%20b", **silent).status_code == 403
    assert refused(door) == {"wrong address": 1}
