"""What stands between the network and the application: whole requests in, one answer out, nothing of itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

import pytest

from hotline.adapters import web_server
from hotline.adapters.web_server import Bridge

Event = Mapping[str, Any]
Headers = list[tuple[bytes, bytes]]


def echo(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(), environ.get("HTTP_X_TWILIO_SIGNATURE", "").encode()]


def in_turn(*events: Event) -> Callable[[], Awaitable[Event]]:
    """What comes in; after the last nothing more ever comes."""
    left = list(events)

    async def receive() -> Event:
        if not left:
            await asyncio.sleep(60)
        return left.pop(0)

    return receive


def asked(
    *events: Event, application: WSGIApplication = echo, method: str = "POST", headers: Headers | None = None
) -> tuple[int, bytes]:
    """Status and content of the answer."""
    told: list[Event] = []

    async def send(event: Event) -> None:
        told.append(event)

    scope = {
        "method": method, "path": "/å", "raw_path": b"/%C3%A5", "query_string": b"a=1", "scheme": "http",
        "server": ("127.0.0.1", "80"), "client": ("127.0.0.1", "5"),
        "headers": [(b"content-length", b"3")] if headers is None else headers,
    }  # fmt: skip
    with ThreadPoolExecutor(1) as elsewhere:  # a browser's driver may leave a loop that runs in this thread
        elsewhere.submit(asyncio.run, Bridge(application, 1)(scope, in_turn(*events), send)).result()
    assert (b"server", b"hotline") in told[0]["headers"]
    return told[0]["status"], told[1]["body"]


def test_a_body_in_pieces_is_one_body() -> None:
    assert asked({"body": b"a", "more_body": True}, {"body": b"bc", "more_body": False}) == (200, b"abc")


def test_whoever_leaves_half_way_waits_for_nothing() -> None:
    assert asked({"body": b"a", "more_body": True}, {"type": "http.disconnect"}) == (200, b"a")


def test_a_body_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "SECONDS", 0.05)
    assert asked({"body": b"a", "more_body": True}) == (408, b"")


@pytest.mark.parametrize(
    "headers", [[(b"content-length", b"81921")], [(b"transfer-encoding", b"chunked")], [(b"content-length", b"x")], []]
)
def test_what_is_too_long_or_says_no_length_is_not_read(headers: Headers) -> None:
    assert asked(headers=headers) == (200, b"")


def test_a_method_in_small_letters_is_none() -> None:
    assert asked(method="post") == (501, b"")


def test_an_underline_in_a_name_does_not_stand_for_a_dash() -> None:
    assert asked(headers=[(b"x_twilio_signature", b"abc")]) == (200, b"")
    assert asked(headers=[(b"x-twilio-signature", b"abc")]) == (200, b"abc")


def test_a_name_that_comes_twice_is_not_one_of_the_two() -> None:
    assert asked(headers=[(b"x-twilio-signature", b"abc")] * 2) == (200, b"abc,abc")


def test_an_application_that_fails_says_nothing_of_why() -> None:
    def fails(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        raise RuntimeError(environ["PATH_INFO"] + str(start))

    assert asked({"body": b"abc"}, application=fails) == (500, b"")


def test_the_application_sees_the_address_as_it_was_asked_for() -> None:
    def shown(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [])
        return [f"{environ['RAW_URI']} {environ['PATH_INFO']} {'HOTLINE_KEYS' in environ}".encode("latin-1")]

    assert asked({"body": b"abc"}, application=shown)[1] == b"/%C3%A5?a=1 /\xc3\xa5 False"
