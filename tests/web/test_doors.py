"""Every door has one lock, and every lock locks. Doors are read from the application: a new one is tried by itself."""

from base64 import b64encode
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from tests.web.doors import Door, make_door
from tests.web.locks import LOCKS, SIMULATED, at_fault, locks_of

Make = Callable[[], Door]
HERE = "http://127.0.0.1:8000"
ACCOUNT = "AC" + "a" * 32


def simulated() -> Door:
    return make_door(carrier="simulator", public_url=HERE)


def doors_of(app: Flask, *names: str) -> list[tuple[str, str]]:
    """(method, path) of every door whose lock has one of these names."""
    found = [rule for rule in app.url_map.iter_rules() if locks_of(rule) and locks_of(rule)[0].name in names]
    assert {locks_of(rule)[0].name for rule in found} == set(names)
    return [pair for rule in found for pair in product(sorted(rule.methods or set()), [path_of(rule)])]


def path_of(rule: Rule) -> str:
    kinds = rule._converters  # noqa: SLF001 - werkzeug shows them nowhere else
    told = {name: 0 if isinstance(kinds[name], IntegerConverter) else "text" for name in rule.arguments}
    return str(rule.build(told)[1])  # type: ignore[index]  # it is None only where an argument is missing


def statuses(door: Door, doors: list[tuple[str, str]], **told: Any) -> set[int]:  # noqa: ANN401 - what a test browser takes
    answers = [door.app.test_client().open(path, method=method, **told) for method, path in doors]
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("make", [make_door, simulated])
def test_every_door_is_named_by_exactly_one_lock(make: Make) -> None:
    assert list(at_fault(make().app)) == []


def test_every_lock_is_on_some_door() -> None:
    rules = list(simulated().app.url_map.iter_rules())
    assert [lock.name for lock in LOCKS if not any(lock.holds(rule.rule) for rule in rules)] == []


@pytest.mark.parametrize(("rule", "methods"), [("/desk", ["GET"]), ("/twiliox/sms", ["POST"]), ("/healthz/", ["GET"])])
def test_a_door_that_nobody_named_is_found(rule: str, methods: list[str]) -> None:
    app = make_door().app
    app.add_url_rule(rule, "new", lambda: "", methods=methods)
    assert list(at_fault(app)) == [f"{rule} has 0 locks"]


def test_a_method_that_no_lock_allows_is_found() -> None:
    app = make_door().app
    app.add_url_rule("/twilio/new", "new", lambda: "", methods=["GET", "POST"])
    assert list(at_fault(app)) == ["/twilio/new takes ['GET', 'HEAD']"]


def test_the_simulators_doors_exist_only_with_the_simulator(door: Door) -> None:
    assert not any(rule.rule.startswith(SIMULATED) for rule in door.app.url_map.iter_rules())
    assert any(rule.rule.startswith(SIMULATED) for rule in simulated().app.url_map.iter_rules())


@pytest.mark.parametrize("make", [make_door, simulated])
def test_twilios_lock_refuses_what_is_not_signed_at_each_of_its_doors(make: Make) -> None:
    door = make()
    doors = doors_of(door.app, "Twilio's signature")
    assert statuses(door, doors, data={"From": "+46701740612"}) == {403}
    assert statuses(door, doors, data={}, headers={"X-Twilio-Signature": "x"}) == {403}


@pytest.mark.parametrize(
    "told",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"Host": "elsewhere.example.org"}},
        {"headers": {"Host": "127.0.0.1.example.org:8000"}},
        {"headers": {"Origin": "https://elsewhere.example.org"}},
        {"headers": {"Origin": "null"}},
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
    ],
)
def test_the_simulators_page_is_for_this_machines_own_browser_only(told: dict[str, object]) -> None:
    door = simulated()
    doors = doors_of(door.app, "this machine's own page, looking", "this machine's own page, pressing a button")
    assert statuses(door, doors, json={}, **told) == {403}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""])
def test_no_button_can_be_pressed_by_a_form(kind: str) -> None:
    door = simulated()
    pressed = [one for one in doors_of(door.app, "this machine's own page, pressing a button") if one[0] == "POST"]
    assert statuses(door, pressed, data=b'{"caller": "+46701740612"}', content_type=kind) == {415}


@pytest.mark.parametrize("name", ["", f"{ACCOUNT}:wrong", ":", f"{ACCOUNT}:", "12345:12345"])
def test_the_stand_in_for_twilio_asks_for_account_and_token(name: str) -> None:
    door = simulated()
    doors = doors_of(door.app, "the simulated account and its token")
    told = {"Authorization": f"Basic {b64encode(name.encode()).decode()}"} if name else {}
    assert statuses(door, doors, data={}, headers=told) == {401}
    assert door.memory.rows.deliveries == {}


@pytest.mark.parametrize("told", ["", "Bearer wrong", "Bearer ", "secret", "Basic secret", "Bearer secrets"])
def test_metrics_ask_for_their_token(told: str) -> None:
    locked, doors = make_door(metrics_token="secret"), [("GET", "/metrics")]  # noqa: S106 - a test's own
    assert statuses(locked, doors, headers={"Authorization": told}) == {403}
    assert statuses(locked, doors, headers={"Authorization": "Bearer secret"}) == {200}


def test_metrics_without_a_token_are_for_this_machine_and_no_public_address(door: Door) -> None:
    doors = [("GET", "/metrics")]
    assert statuses(door, doors) == {403}  # a proxy on this machine looks like this machine
    assert statuses(simulated(), doors) == {200}
    assert statuses(simulated(), doors, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}) == {403}


@pytest.mark.parametrize("start", ["/static", "/phone/static", "/recordings/smedjebacken/sv", "/recordings/.."])
@pytest.mark.parametrize(
    "way", ["../front.py", "..%2ffront.py", "%2e%2e/front.py", "/etc/passwd", "....//front.py", "a%00"]
)
def test_files_come_from_their_folder_only(start: str, way: str) -> None:
    assert statuses(simulated(), [("GET", f"{start}/{way}")]) == {404}


def test_what_is_open_says_no_more_than_that_it_lives(door: Door) -> None:
    read = door.app.test_client()
    assert read.get("/healthz").text == "ok\n"
    assert read.get("/readyz").text == "worker\n"
    with door.memory.begin() as work:
        work.beat("worker", door.clock.now())
    assert read.get("/readyz").text == "ok\n"
    door.clock.move(seconds=61)
    assert read.get("/readyz").status_code == 503


def test_the_front_page_puts_112_first_and_offers_a_way_out(door: Door) -> None:
    page = door.app.test_client().get("/").text
    assert page.index("112") < page.index("0240-660 335")
    assert "Lämna sidan snabbt" in page
    assert "<script" not in page
