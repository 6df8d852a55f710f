"""The doors of the page with simulated telephones: who may use them, and what they move."""

from base64 import b64encode

import pytest
from flask.testing import FlaskClient

from hotline.adapters.simulated_faults import Fault
from hotline.adapters.twilio_carrier import TIMEOUT
from tests.adapters.doors import DESK, LINE, MOBILE, SID, TOKEN
from tests.web.phone_app import phone_app

CALLER = "+46701740612"
REST = f"/simulator/2010-04-01/Accounts/{SID}"


@pytest.fixture
def visitor() -> FlaskClient:
    app, _ = phone_app()
    return app.test_client()


def authorized(token: str = TOKEN) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{SID}:{token}'.encode()).decode()}"}


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(visitor: FlaskClient) -> None:
    page = visitor.get("/phone")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.text.replace("data-texts", "")
    assert "<style" not in page.text
    assert " style=" not in page.text


def test_the_page_says_that_nothing_is_real_and_where_real_help_is(visitor: FlaskClient) -> None:
    page = visitor.get("/phone").text
    assert "Det här är en simulering" in page
    assert "Ring 112" in page


def test_the_telephones_of_social_services_stand_there_once_with_their_pin(visitor: FlaskClient) -> None:
    page = visitor.get("/phone").text
    assert page.count("data-place") == 2
    assert "0240-660 335" in page
    assert "1234" in page


def test_a_text_and_its_answers_are_shown(visitor: FlaskClient) -> None:
    assert visitor.post("/phone/text", json={"caller": CALLER, "body": "hej"}).status_code == 204
    shown = visitor.get("/phone/state", query_string={"caller": CALLER}).get_json()
    assert [one["text"] for one in shown["caller"]["messages"]] == ["hej", "Ring 112.", "Vad har hänt?"]
    assert shown["cases"][0]["reference"] == "K7M2"


def test_the_desk_picks_up_and_accepts(visitor: FlaskClient) -> None:
    for door, told in (("call", {"hidden": True}), ("press", {"keys": "1"})):
        visitor.post(f"/phone/{door}", json={"caller": CALLER, **told})
    visitor.post("/phone/desk/0/pick-up", json={})
    visitor.post("/phone/desk/0/press", json={"keys": "1"})
    shown = visitor.get("/phone/state", query_string={"caller": CALLER}).get_json()
    assert shown["desk"][0]["call"]["bridged"]
    assert CALLER not in str(shown["desk"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example.org"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "elsewhere.example.org"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_another_site_cannot_press_the_buttons(visitor: FlaskClient, headers: dict[str, str], status: int) -> None:
    told = {"Content-Type": "application/json", **headers}
    assert visitor.post("/phone/text", data=b'{"caller": "+46701740612"}', headers=told).status_code == status


def test_another_machine_cannot_see_the_page(visitor: FlaskClient) -> None:
    assert visitor.get("/phone", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403


def test_only_numbers_that_belong_to_nobody_may_text(visitor: FlaskClient) -> None:
    assert visitor.post("/phone/text", json={"caller": "+46701234567", "body": "hej"}).status_code == 400


@pytest.mark.parametrize("door", ["desk/9/press", "desk/0/explode", "explode"])
def test_there_is_no_other_button(visitor: FlaskClient, door: str) -> None:
    assert visitor.post(f"/phone/{door}", json={"caller": CALLER}).status_code == 404


def test_the_rest_addresses_ask_for_account_and_token(visitor: FlaskClient) -> None:
    assert visitor.post(f"{REST}/Messages.json", data={}).status_code == 401
    assert visitor.post(f"{REST}/Messages.json", data={}, headers=authorized("wrong")).status_code == 401


def test_a_text_by_rest_can_be_asked_for_and_redacted(visitor: FlaskClient) -> None:
    form = {"From": LINE, "To": MOBILE, "Body": "Larm"}
    made = visitor.post(f"{REST}/Messages.json", data=form, headers=authorized())
    assert made.status_code == 201
    one = f"{REST}/Messages/{made.get_json()['sid']}.json"
    visitor.post(one, data={"Body": ""}, headers=authorized())
    assert visitor.get(one, headers=authorized()).get_json()["body"] == ""


def test_a_call_by_rest_rings_at_the_desk(visitor: FlaskClient) -> None:
    form = {"From": LINE, "To": DESK, "Url": "https://hotline.example.org/twilio/alert/t/0"}
    made = visitor.post(f"{REST}/Calls.json", data=form, headers=authorized())
    shown = visitor.get(f"{REST}/Calls/{made.get_json()['sid']}.json", headers=authorized()).get_json()
    assert shown["status"] == "ringing"


def test_every_fault_has_words_on_the_page(visitor: FlaskClient) -> None:
    page = visitor.get("/phone").text
    assert [fault for fault in Fault if f'<option value="{fault}">' not in page] == []


def test_a_fault_is_suffered_by_one_telephone_once_and_shown(visitor: FlaskClient) -> None:
    told = {"fault": "busy", "place": 0, "once": True}
    assert visitor.post("/phone/suffer", json=told).status_code == 204
    shown = visitor.get("/phone/state", query_string={"caller": CALLER}).get_json()
    assert shown["faults"] == [{"fault": "busy", "number": DESK, "left": 1}]
    visitor.post("/phone/heal", json={})
    assert visitor.get("/phone/state", query_string={"caller": CALLER}).get_json()["faults"] == []


@pytest.mark.parametrize("told", [{"fault": "explode"}, {}, {"fault": "busy", "place": 9}])
def test_there_is_no_other_fault(visitor: FlaskClient, told: dict[str, object]) -> None:
    assert visitor.post("/phone/suffer", json=told).status_code == 404


def test_a_rest_address_that_falls_silent_lets_whoever_asks_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    visitor = phone_app()[0].test_client()
    visitor.post("/phone/suffer", json={"fault": "no_answer"})
    assert visitor.get(f"{REST}/Messages.json", headers=authorized()).status_code == 504
    assert waited
    assert waited[0] > TIMEOUT
