"""The carrier of the storm: takes what the hotline sends; social services answer, with repeats, delays and disorder."""

import json
import random
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from hotline.adapters.system_clock import SystemClock
from tests.chaos.knocking import Knocker, action_of

PIN = "246813"
OFFICERS = 60  # calls that go on at once
FAILS, IGNORES = 0.03, 0.05  # of what is handed over: refused for the moment, or nobody there
REPEATS, LATE = 0.1, 0.3  # of the webhooks; of the receipts, those that come seconds later, after newer ones


@dataclass
class Carrier:
    """`handed`: the token in the address of each call and text that we were given → when first (aware, UTC)."""

    knocker: Knocker
    chance: random.Random
    handed: dict[str, datetime] = field(default_factory=dict)
    fails: float = FAILS
    texts: int = 0
    calls: int = 0
    number: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    officers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(OFFICERS))
    resources: dict[str, dict[str, str]] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)  # of whoever answers at which telephone

    def take(self, resource: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """POST Calls.json or Messages.json."""
        with self.lock:
            if self.chance.random() < self.fails:
                return 503, {"code": 20503, "message": "for the moment"}
            self.number += 1
            sid = f"{'CA' if resource == 'Calls' else 'SM'}{self.number:032x}"
            token = urlsplit(form.get("StatusCallback", "")).path.rpartition("/")[2]
            self.handed.setdefault(token, SystemClock().now())
            self.calls += resource == "Calls"
            self.texts += resource == "Messages"
            taken = {
                "sid": sid,
                "status": "queued",
                "to": form["To"],
                "from": form["From"],
                "body": form.get("Body", ""),
                "date_created": formatdate(usegmt=True),
            }
            self.resources[sid] = taken
        if resource == "Calls":
            self.officers.submit(self.pick_up, sid, form)
        else:
            self.officers.submit(self.deliver, sid, form)
        return 201, dict(taken)

    def listed(self, resource: str, query: dict[str, str]) -> dict[str, object]:
        """GET of a list: what we sent, newest first. Nothing ever came in that the hotline did not hear of."""
        prefix = "CA" if resource == "Calls" else "SM"
        with self.lock:
            found = [
                one
                for sid, one in reversed(self.resources.items())
                if sid.startswith(prefix)
                and query.get("To", one["to"]) == one["to"]
                and query.get("From") == one["from"]
            ]
        rows = [{**one, "direction": "outbound-api"} for one in found[:50]]
        return {resource.lower(): rows, "page": 0, "page_size": 50, "next_page_uri": None, "uri": "/"}

    def deliver(self, sid: str, form: dict[str, str]) -> None:
        """Receipts of a text, in any order."""
        words = ["sent", "delivered"]
        self.chance.shuffle(words)
        for word in words:
            self.resources[sid]["status"] = "delivered"
            self.report(form, {"MessageSid": sid, "MessageStatus": word})

    def pick_up(self, sid: str, form: dict[str, str]) -> None:
        """Somebody at social services answers, gives the PIN, hears the report and takes it; or nobody does."""
        told = {"CallSid": sid, "From": form["From"], "To": form["To"], "Direction": "outbound-api"}
        if self.chance.random() < IGNORES:
            self.resources[sid]["status"] = "no-answer"
            self.report(form, {**told, "CallStatus": "no-answer"})
            return
        self.resources[sid]["status"] = "in-progress"
        self.report(form, {**told, "CallStatus": "in-progress"})
        door = form["Url"]
        for keys in (None, self.pins.get(form["To"], PIN), "1"):
            more = {"CallStatus": "in-progress", **({} if keys is None else {"Digits": keys})}
            answer = self.knocker.post(door_of := urlsplit(door).path, {**told, **more})
            if self.chance.random() < REPEATS:
                self.knocker.post_once_more(door_of, {**told, **more})  # at once: nobody is asked on before
            door = action_of(answer or "")
            if not door:
                break
        self.resources[sid]["status"] = "completed"
        self.report(form, {**told, "CallStatus": "completed"})

    def report(self, form: dict[str, str], what: dict[str, str]) -> None:
        """A receipt, sometimes twice, sometimes late."""
        door = urlsplit(form["StatusCallback"]).path
        if self.chance.random() < LATE:
            self.knocker.post_late(door, what, repeats=REPEATS)
        else:
            self.knocker.post(door, what, repeats=REPEATS)


def serve(carrier: Carrier) -> tuple[ThreadingHTTPServer, str]:
    """The carrier's REST addresses on loopback: the server and its address."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.answer(*carrier.take(self.resource(), form))

        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
            name = path.rpartition("/")[2].removesuffix(".json")
            if name in carrier.resources:
                self.answer(200, dict(carrier.resources[name]))
            else:
                self.answer(200, carrier.listed(self.resource(), query))

        def resource(self) -> str:
            return urlsplit(self.path).path.rpartition("/")[2].removesuffix(".json")

        def answer(self, status: int, content: dict[str, object]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: the result speaks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"
