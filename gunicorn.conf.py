"""How gunicorn serves `app:app`; it reads this by itself. Says nothing of itself, believes no header, quotes nobody.

What may enter: what gunicorn does before and after our doors. What may not: anything of the hotline.
"""

import logging
from http import HTTPStatus

from gunicorn import util
from gunicorn.http import wsgi

# Nothing here asks whether a request came by https or under a prefix: the public address is a setting.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}

wsgi.SERVER = "hotline"  # in place of the program's name

LITTLE = (
    "HTTP/1.1 {status} {reason}\r\nServer: hotline\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    "Content-Length: 0\r\n"
    "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\r\n"
)


def answer_little(sock: object, status_int: int, reason: str, mesg: str) -> None:
    """To what is not HTTP: gunicorn's own answer would repeat what was sent."""
    del reason, mesg
    util.write_nonblock(sock, LITTLE.format(status=status_int, reason=HTTPStatus(status_int).phrase).encode("ascii"))


def quote_nobody(record: logging.LogRecord) -> bool:
    """What gunicorn says of a broken request holds a piece of it: a line of a body, an address with a token."""
    if str(record.msg).startswith(("Invalid request", "Error handling request")):
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "not HTTP"
        record.msg, record.args, record.exc_info = f"A request could not be read: {kind}", (), None
    return True


util.write_error = answer_little
logging.getLogger("gunicorn.error").addFilter(quote_nobody)
