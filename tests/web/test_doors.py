"""Every door has a lock: a door that stands in no table fails here."""

import pytest

from tests.web.doors import Door, make_door

GUARDED = {
    "/twilio/sms", "/twilio/voice", "/twilio/voice/<int:step>", "/twilio/status", "/twilio/whisper/<sealed>",
    "/twilio/alert/<token>/<int:step>", "/twilio/receipt/<token>",
}  # fmt: skip
PUBLIC = {
    "/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/<path:filename>",
    "/recordings/<municipality>/<language>/<name>",
}
SAFE = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security"}


def test_every_door_stands_in_a_table(door: Door) -> None:
    assert {rule.rule for rule in door.app.url_map.iter_rules()} == GUARDED | PUBLIC


def test_every_guarded_door_has_twilios_lock(door: Door) -> None:
    locks = door.app.before_request_funcs
    for rule in door.app.url_map.iter_rules():
        names = [one.__name__ for one in locks.get(rule.endpoint.rpartition(".")[0], [])]
        assert ("refuse_what_is_not_signed" in names) == (rule.rule in GUARDED)


def test_the_simulators_doors_exist_only_with_the_simulator() -> None:
    local = make_door(carrier="simulator", public_url="http://127.0.0.1:8000")
    more = {rule.rule for rule in local.app.url_map.iter_rules()} - GUARDED - PUBLIC
    assert more
    assert all(rule.startswith(("/phone", "/simulator/")) for rule in more)


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/metrics", "/nowhere", "/static/front.css", "/twilio/sms"]
)
def test_every_answer_carries_safe_headers(door: Door, path: str) -> None:
    with door.app.test_client().get(path) as answer:
        headers = answer.headers
    assert set(headers.keys()) >= SAFE
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_the_front_page_puts_112_first_and_offers_a_way_out(door: Door) -> None:
    page = door.app.test_client().get("/").text
    assert page.index("112") < page.index("0240-660 335")
    assert "Lämna sidan snabbt" in page
    assert "<script" not in page


def test_it_lives_without_a_worker_but_is_not_ready(door: Door) -> None:
    browser = door.app.test_client()
    assert browser.get("/healthz").status_code == 200
    assert (browser.get("/readyz").status_code, browser.get("/readyz").text) == (503, "worker\n")


def test_it_is_ready_while_the_worker_beats(door: Door) -> None:
    with door.memory.begin() as work:
        work.beat("worker", door.clock.now())
    assert door.app.test_client().get("/readyz").status_code == 200
    door.clock.move(seconds=61)
    assert door.app.test_client().get("/readyz").status_code == 503


def test_metrics_ask_for_a_token_behind_a_public_address(door: Door) -> None:
    locked = make_door(metrics_token="secret")  # noqa: S106 - a test's own
    right, wrong = {"Authorization": "Bearer secret"}, {"Authorization": "Bearer other"}
    assert door.app.test_client().get("/metrics").status_code == 403
    assert locked.app.test_client().get("/metrics", headers=wrong).status_code == 403
    assert locked.app.test_client().get("/metrics", headers=right).status_code == 200
