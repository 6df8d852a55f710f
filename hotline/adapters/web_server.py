"""Serves a WSGI application with granian, in processes that share what was loaded before they began.

A request gets a thread when all of it has come: who sends slowly keeps nobody waiting. What may not enter: the hotline.
"""

import asyncio
import ctypes
import io
import math
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from queue import SimpleQueue
from typing import Any
from wsgiref.types import WSGIApplication

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

MOST_BYTES = 80 * 1024  # of a body: what says that it is longer is not read
HEAD_BYTES = 32 * 1024
SECONDS = 10  # in which a head, and then a body, must have come; Twilio gives us fifteen for the answer
STOP_SECONDS = 10
NO_SUCH_METHOD, TOO_LATE, BROKEN = 501, 408, 500
PDEATHSIG = 1

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Job = tuple[dict[str, Any], bytes, asyncio.AbstractEventLoop, "asyncio.Future[Answer]"]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# What is said where the application is not asked: no more than this.
LITTLE: Headers = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Connection", "close"),
]


class Bridge:
    """An application as ASGI calls it: the head at once, the body when all of it is there, the answer from a thread."""

    def __init__(self, application: WSGIApplication, threads: int) -> None:
        self._application = application
        self._work: SimpleQueue[Job] = SimpleQueue()
        for _ in range(threads):
            threading.Thread(target=self._serve, daemon=True).start()
        self._always: Mapping[str, Any] = {
            "SCRIPT_NAME": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": threads > 1,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        status, headers, content = await self._answered(environ_of(scope), scope["method"], receive)
        head = [*map(written, headers), (b"server", b"hotline")]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": content})

    async def _answered(self, environ: dict[str, Any], method: str, receive: Receive) -> Answer:
        if method != method.upper():  # "post" is none, though the application would take it for one
            return NO_SUCH_METHOD, LITTLE, b""
        body = b""
        if 0 < wanted(environ) <= MOST_BYTES:
            try:
                async with asyncio.timeout(SECONDS):
                    body = await whole(receive)
            except TimeoutError:
                return TOO_LATE, LITTLE, b""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._work.put((environ, body, loop, answer))
        return await answer

    def _serve(self) -> None:
        """One thread's work, without an executor's bookkeeping: that would cost as much as all else of the server."""
        while True:
            environ, body, loop, answer = self._work.get()
            with suppress(RuntimeError):  # the loop has ended, and whoever asked has gone
                loop.call_soon_threadsafe(told, answer, self.answer(environ, body))

    def answer(self, environ: dict[str, Any], body: bytes) -> Answer:
        """What the application says. What it lets fall says nothing of itself."""
        started: list[Any] = []
        written: list[bytes] = []

        def start(status: str, headers: Headers, _fault: object = None, /) -> Callable[[bytes], object]:
            started[:] = int(status[:3]), headers
            return written.append

        try:
            parts = self._application({**self._always, **environ, "wsgi.input": io.BytesIO(body)}, start)
            try:
                content = b"".join((*written, *parts))
            finally:
                if close := getattr(parts, "close", None):
                    close()
        except Exception:  # noqa: BLE001 - the application has logged it
            return BROKEN, LITTLE, b""
        return started[0], started[1], content


def told(future: "asyncio.Future[Answer]", answer: Answer) -> None:
    """Unless whoever asked has given up."""
    if not future.done():
        future.set_result(answer)


def environ_of(scope: Scope) -> dict[str, Any]:
    """The head, as PEP 3333 has it; RAW_URI byte for byte. Nothing of this process's own environment."""
    query, (host, port) = scope["query_string"].decode("latin-1"), scope["server"]
    environ = {
        "REQUEST_METHOD": scope["method"],
        "RAW_URI": scope["raw_path"].decode("latin-1") + (f"?{query}" if query else ""),
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": query,
        "REMOTE_ADDR": scope["client"][0],
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "wsgi.url_scheme": scope["scheme"],
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue  # it would stand where the name with a dash belongs, and no proxy looks for it there
        key, text = key_of(name), value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    return environ


@lru_cache(maxsize=128)
def key_of(name: bytes) -> str:
    """As a header is called in an environ."""
    key = name.decode("latin-1").replace("-", "_").upper()
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


@lru_cache(maxsize=128)
def written(header: tuple[str, str]) -> tuple[bytes, bytes]:
    """As it goes out: nearly all are the same every time."""
    name, value = header
    return name.lower().encode("latin-1"), value.encode("latin-1")


def wanted(environ: Mapping[str, str]) -> int:
    """How many bytes of body to wait for: as many as are announced. Twilio and browsers always do."""
    length = environ.get("CONTENT_LENGTH", "")
    return int(length) if length.isdigit() and "HTTP_TRANSFER_ENCODING" not in environ else 0


async def whole(receive: Receive) -> bytes:
    """The body; as much as came, if the other side has gone."""
    parts = []
    while True:
        event = await receive()
        parts.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(parts)


class NeverTooOften(dict[int, float]):
    """When each process was begun again.

    Granian gives up when one dies twice within five seconds, and ends those that are well with it. Here everything was
    loaded before: whoever dies so soon was killed, and callers are answered by the others meanwhile.
    """

    def get(self, _place: int, _never: float = 0.0) -> float:  # type: ignore[override]  # as it is asked there
        return -math.inf


class WebServer:
    """Serves one application, which is loaded already."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def serve(self, *, host: str, port: int, processes: int, threads: int) -> None:
        """Until it is told to stop; a process that dies is begun again. `threads`: of each process."""
        parent = os.getpid()

        def loaded() -> Any:  # noqa: ANN401 - granian asks for a function, and takes an object as well
            self.end_with(parent)
            return Bridge(self._application, threads)

        server = Server(
            "app:app",  # never loaded: it is here already
            host,
            port,
            interface=Interfaces.ASGINL,
            loop=Loops.uvloop,  # a fifth less for all that the server itself does
            http=HTTPModes.http1,
            workers=processes,
            websockets=False,
            http1_settings=HTTP1Settings(header_read_timeout=SECONDS * 1000, max_buffer_size=HEAD_BYTES),
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        )
        server.respawned_wrks = NeverTooOften()
        server.serve(target_loader=loaded, wrap_loader=False)

    @staticmethod
    def end_with(parent: int) -> None:
        """A process whose parent is killed would go on holding the port, and nobody could begin it again."""
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(0)
