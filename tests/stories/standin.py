"""A stand-in for Twilio's REST addresses on this machine: takes what is sent, lists and erases what it holds."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

LISTS = {"Messages": "messages", "Calls": "calls", "Recordings": "recordings", "Media": "media_list"}
Resource = dict[str, object]


@dataclass
class StandIn:
    """`taken`: (resource, form) in order. `held`: kind → id → resource, as Twilio's own lists show it.

    `refused`: ids that it does not erase, since they are still on their way. `erased`: what it was told to erase.
    """

    address: str
    taken: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    held: dict[str, dict[str, Resource]] = field(default_factory=lambda: {name: {} for name in LISTS})
    refused: set[str] = field(default_factory=set)
    erased: list[str] = field(default_factory=list)
    lies: bool = False  # says that it has erased something, and has not

    def of(self, resource: str) -> list[dict[str, str]]:
        return [form for name, form in self.taken if name == resource]

    def hold(self, kind: str, sid: str, at: datetime, **told: object) -> None:
        """Something that it has kept since then."""
        when = format_datetime(at.astimezone(UTC).replace(microsecond=0))
        dates = {"date_created": when, "date_sent": when, "start_time": when}
        self.held[kind][sid] = {"sid": sid, "num_media": "0", "body": "", **dates, **told}

    def take(self, resource: str, form: dict[str, str]) -> tuple[int, Resource]:
        """POST of a new text or call: queued."""
        self.taken.append((resource, form))
        sid = ("CA" if resource == "Calls" else "SM") + f"{len(self.taken):032x}"
        return 201, {"sid": sid, "status": "queued", "to": form["To"], "from": form["From"]}

    def listed(self, kind: str, query: dict[str, str]) -> Resource:
        """GET of a list: one page, whatever dates are asked for."""
        found = [
            one
            for one in self.held[kind].values()
            if all(query.get(name.title(), one.get(name)) == one.get(name) for name in ("from", "to"))
        ]
        return {LISTS[kind]: found, "page": 0, "page_size": 1000, "next_page_uri": None, "uri": "/"}

    def erase(self, kind: str, sid: str) -> tuple[int, Resource]:
        """A text is emptied, the rest is removed."""
        if sid in self.refused:
            return 409, {"code": 20009, "message": "delivery has not completed", "status": 409}
        self.erased.append(sid)
        if self.lies:
            return 200, self.held[kind][sid]
        if kind != "Messages":
            self.held[kind].pop(sid, None)
            return 204, {}
        self.held[kind][sid]["body"] = ""
        return 200, self.held[kind][sid]


@contextmanager
def stand_in() -> Iterator[StandIn]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    there = StandIn(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = handler(there)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


def handler(there: StandIn) -> type[BaseHTTPRequestHandler]:
    """Answers as Twilio does."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kind, name = self.place()
            form = dict(parse_qsl(content, keep_blank_values=True))
            self.answer(*(there.take(kind, form) if name == kind else there.erase(kind, name)))

        def do_DELETE(self) -> None:
            self.answer(*there.erase(*self.place()))

        def do_GET(self) -> None:
            kind, name = self.place()
            if name == kind:
                self.answer(200, there.listed(kind, dict(parse_qsl(urlsplit(self.path).query))))
            elif name in there.held[kind]:
                self.answer(200, there.held[kind][name])
            else:
                self.answer(404, {"code": 20404, "message": "not found", "status": 404})

        def place(self) -> tuple[str, str]:
            """Kind and id; of a list the kind twice."""
            *_, before, last = urlsplit(self.path).path.removesuffix(".json").split("/")
            return (last, last) if last in LISTS else (before, last)

        def answer(self, status: int, content: Resource) -> None:
            body = json.dumps(content).encode() if status != 204 else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: a test speaks by its outcome."""

    return Taking
