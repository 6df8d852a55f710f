"""Requests that come a byte at a time, or never to their end: nobody else waits for them."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.web.forged.requests import Sent
from tests.web.real import Hotline

POST = (
    b"POST /twilio/sms HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: x\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)
UNFINISHED = {
    "nothing at all": b"",
    "half a head": b"POST /twilio/sms HTTP/1.1\r\nHost: x\r\nContent-Le",
    "a part of its body": POST + b"Content-Length: 500\r\n\r\nBody=",
    "a part of a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n50\r\nBody=",
    "a body without an end": POST + b"Content-Length: 50000000\r\n\r\nBody=",
    "a part of a second request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /heal",
    "all, and holds the line": b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}
MANY = 60  # several times the threads


@pytest.fixture
def lines() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


@pytest.mark.parametrize("came", UNFINISHED.values(), ids=UNFINISHED)
def test_who_never_ends_a_request_keeps_nobody_waiting(real: Hotline, lines: ExitStack, came: bytes) -> None:
    for _ in range(MANY):
        line = lines.enter_context(socket.create_connection(("127.0.0.1", real.running.port), timeout=10))
        line.sendall(came)
    began = time.monotonic()
    for _ in range(5):
        assert real.knock(Sent("/healthz", (), b"", "GET"))[0] == 200
    assert time.monotonic() - began < 4


def test_a_request_that_comes_in_pieces_is_answered_when_it_is_whole(real: Hotline) -> None:
    with socket.create_connection(("127.0.0.1", real.running.port), timeout=10) as line:
        for part in (b"GET /heal", b"thz HTTP/1.1\r\nHo", b"st: x\r\nContent-Length: 3\r\n\r\na", b"b", b"c"):
            line.sendall(part)
            time.sleep(0.05)
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_a_line_that_stays_open_takes_one_request_after_another(real: Hotline) -> None:
    with socket.create_connection(("127.0.0.1", real.running.port), timeout=10) as line:
        for _ in range(3):
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"\r\n\r\nok\n"):
                answer += line.recv(4096)
