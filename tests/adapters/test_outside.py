"""The dead man's call: somebody outside hears it while the worker lives, and alarms when it stops."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hotline.adapters.outside import call_out


@dataclass
class Listener:
    """`status`: how it answers. `heard`: which paths."""

    address: str = ""
    status: int = 200
    heard: list[str] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    there = Listener()

    class Hearing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.heard.append(self.path)
            self.send_response(there.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests say enough."""

    with HTTPServer(("127.0.0.1", 0), Hearing) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        there.address = f"http://127.0.0.1:{server.server_port}/secret"
        yield there
        server.shutdown()


def test_it_is_one_question_that_says_nothing(listener: Listener) -> None:
    call_out(listener.address)
    assert listener.heard == ["/secret"]


def test_without_an_address_nobody_is_called(listener: Listener) -> None:
    call_out("")
    assert listener.heard == []


def test_an_address_that_refuses_is_not_taken_for_heard(listener: Listener) -> None:
    listener.status = 500
    with pytest.raises(OSError, match="500"):
        call_out(listener.address)
