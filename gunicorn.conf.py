"""How gunicorn serves `app:app`; it reads this by itself. Says nothing of itself, believes no header, quotes nobody,
and waits for nobody: a request gets a thread when all of it has come, so that slow ones never keep others out.

What may enter: what gunicorn does before and after our doors. What may not: anything of the hotline.
"""

import logging
import re
import socket
import time
from http import HTTPStatus

from gunicorn import util
from gunicorn.http import wsgi
from gunicorn.workers.gthread import TConn, ThreadWorker

MOST_BYTES = 80 * 1024  # head and body: more is refused without being read
SECONDS = 10.0  # in which all of a request must have come; Twilio gives us fifteen for the answer
LOOK_SECONDS = 0.02
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)

CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)

LITTLE = (
    "HTTP/1.1 {status} {reason}\r\nServer: hotline\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    "Content-Length: 0\r\n"
    "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\r\n"
)


def wanted_of(head: bytes) -> int:
    """How long the body says it is."""
    length = LENGTH.search(head + b"\r\n")
    return int(length[1]) if length else 0


def is_whole(came: bytes) -> bool:
    """Whether a request can be answered without waiting for more of it."""
    head, border, body = came.partition(b"\r\n\r\n")
    wanted = wanted_of(head)
    return len(came) >= MOST_BYTES or (bool(border) and (wanted > MOST_BYTES or len(body) >= wanted))


class WholeRequests(ThreadWorker):
    """gunicorn's own worker with threads, which gives a thread to whoever has sent a first byte."""

    def init_process(self) -> None:
        self.waiting: list[tuple[TConn, float]] = []
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        conn.sock.settimeout(0)
        until = time.monotonic() + SECONDS
        if not self.taken(conn, until):
            self.waiting.append((conn, until))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(LOOK_SECONDS if self.waiting else timeout)
        waiting, self.waiting = self.waiting, []
        self.waiting += [(conn, until) for conn, until in waiting if not self.taken(conn, until)]

    def taken(self, conn: TConn, until: float) -> bool:
        """Given to a thread, or given up. What has come stays where it is until the thread reads it."""
        try:
            came = conn.sock.recv(MOST_BYTES, socket.MSG_PEEK)
        except BlockingIOError:
            came = b"nothing yet"
        except OSError:
            came = b""
        if is_whole(came):
            conn.data_ready = True
            conn.lasts = len(came) < MOST_BYTES and not CHUNKED.search(came) and wanted_of(came) <= MOST_BYTES
            super().enqueue_req(conn)
            return True
        if came and time.monotonic() < until:
            return False
        self.nr_conns -= 1
        conn.close()
        return True

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:  # noqa: FBT001 - gunicorn's own shape
        """A connection on which a thread might have to wait for the rest of something ends here."""
        whole = conn.lasts and super()._keepalive_after(conn, keepalive)
        return bool(whole) and not conn.parser.unreader.buf.getvalue()


def answer_little(sock: object, status_int: int, reason: str, mesg: str) -> None:
    """To what is not HTTP: gunicorn's own answer would repeat what was sent."""
    del reason, mesg
    util.write_nonblock(sock, LITTLE.format(status=status_int, reason=HTTPStatus(status_int).phrase).encode("ascii"))


def close_soon(sock: socket.socket) -> None:
    """As gunicorn's own, which waits up to two seconds for the other side, and keeps everybody waiting with it."""
    try:
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(0)
        for _ in range(4):
            if not sock.recv(MOST_BYTES):
                break
    except OSError:
        pass  # nothing more has come, or the other side has gone
    finally:
        sock.close()


def quote_nobody(record: logging.LogRecord) -> bool:
    """What gunicorn says of a broken request holds a piece of it: a line of a body, an address with a token."""
    if str(record.msg).startswith(("Invalid request", "Error handling request")):
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "not HTTP"
        record.msg, record.args, record.exc_info = f"A request could not be read: {kind}", (), None
    return True


# Nothing here asks whether a request came by https or under a prefix: the public address is a setting.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
worker_class = WholeRequests
threads = 8

wsgi.SERVER = "hotline"  # in place of the program's name
util.write_error = answer_little
util.close_graceful = close_soon
logging.getLogger("gunicorn.error").addFilter(quote_nobody)
