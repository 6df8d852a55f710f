"""A stand-in for Twilio's REST addresses on this machine: takes what is sent, and remembers it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass
class StandIn:
    """`taken`: (resource, form) in order."""

    address: str
    taken: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def of(self, resource: str) -> list[dict[str, str]]:
        return [form for name, form in self.taken if name == resource]


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
    """Answers as Twilio does when it has queued something."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            resource = self.path.rsplit("/", 1)[-1].removesuffix(".json")
            there.taken.append((resource, form))
            sid = ("CA" if resource == "Calls" else "SM") + f"{len(there.taken):032x}"
            body = json.dumps({"sid": sid, "status": "queued", "to": form["To"], "from": form["From"]}).encode()
            self.send_response(201)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: a test speaks by its outcome."""

    return Taking
