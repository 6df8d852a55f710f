"""What is asked of Twilio's REST API, and what becomes of its answers; the API is a stand-in on this machine."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from hotline.adapters.twilio_carrier import TwilioCarrier
from hotline.ports import CarrierError

ACCOUNT = "AC" + "a" * 32
HERE = "https://hotline.example.org"


@dataclass
class Api:
    """What it was asked, and how it answers."""

    status: int = 201
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def api() -> Iterator[Api]:
    state = Api()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.asked.append((self.path, parse_qs(body)))
            content = {"sid": "SM1", "code": 21211, "message": "refused +46701740605"}
            self.send_response(state.status)
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *args: object) -> None:
            """Tests say enough."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        state.address = f"http://127.0.0.1:{server.server_port}/simulator"
        yield state
        server.shutdown()


@pytest.fixture
def carrier(api: Api) -> TwilioCarrier:
    return TwilioCarrier(account_sid=ACCOUNT, auth_token="12345", public_url=HERE, api_url=api.address)  # noqa: S106 - invented


def test_a_text_carries_its_receipt_address(api: Api, carrier: TwilioCarrier) -> None:
    assert carrier.text(sender="+46846500400", to="+46701740605", body="Nytt ärende", token="t1") == "SM1"  # noqa: S106 - names a delivery
    ((path, asked),) = api.asked
    assert path == f"/simulator/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert asked == {
        "To": ["+46701740605"],
        "From": ["+46846500400"],
        "Body": ["Nytt ärende"],
        "StatusCallback": [f"{HERE}/twilio/receipt/t1"],
    }


def test_a_call_asks_us_what_to_say(api: Api, carrier: TwilioCarrier) -> None:
    assert carrier.call(sender="+46846500400", to="+46240660335", token="t2") == "SM1"  # noqa: S106 - names a delivery
    ((path, asked),) = api.asked
    assert path == f"/simulator/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    assert asked["Url"] == [f"{HERE}/twilio/alert/t2/0"]
    assert asked["StatusCallback"] == [f"{HERE}/twilio/receipt/t2"]
    assert "Record" not in asked


@pytest.mark.parametrize(
    ("status", "hard"), [(400, True), (401, True), (404, True), (429, False), (500, False), (503, False)]
)
def test_a_refusal_is_hard_and_an_outage_is_not(api: Api, carrier: TwilioCarrier, status: int, hard: bool) -> None:  # noqa: FBT001 - a row of the table
    api.status = status
    with pytest.raises(CarrierError) as refused:
        carrier.call(sender="+46846500400", to="+46701740605", token="t3")  # noqa: S106 - names a delivery
    assert refused.value.hard == hard
    assert "+4670" not in str(refused.value)


def test_an_api_that_is_away_is_asked_again_later() -> None:
    away = TwilioCarrier(account_sid=ACCOUNT, auth_token="1", public_url=HERE, api_url="http://127.0.0.1:9")  # noqa: S106 - invented
    with pytest.raises(CarrierError) as refused:
        away.text(sender="+46846500400", to="+46701740605", body="x", token="t4")  # noqa: S106 - names a delivery
    assert not refused.value.hard
