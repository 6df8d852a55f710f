"""The one page for everybody, and what every answer carries in its head. No script, no third party, nothing kept."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Blueprint, Flask, Response, g, render_template, request

from hotline.web.bundle import the_hotline
from hotline.web.forms import FormRequest

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Strict-Transport-Security", "max-age=63072000"),  # only where we are reached by https
    ("Content-Security-Policy", POLICY),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

blueprint = Blueprint("front", __name__, template_folder="templates", static_folder="static", static_url_path="/static")


@blueprint.get("/", provide_automatic_options=False)
def front() -> str:
    """What this is, 112 first, and a way out."""
    return render_template("front.html", municipality=the_hotline().first)


def limit(app: Flask) -> None:
    """Before any door is there: how much may come in, how it is read, and at which addresses."""
    app.request_class = FormRequest
    # "//twilio/sms" would be answered with a redirection to whatever host the request names.
    app.url_map.merge_slashes = False


def watch(app: Flask) -> None:
    """Safe headers on every answer, and a count of it."""
    app.before_request(note_start)
    app.after_request(count)
    by_https = app.extensions["hotline"].public_url.startswith("https://")
    app.wsgi_app = Safe(app.wsgi_app, HEADERS if by_https else HEADERS[1:])  # type: ignore[method-assign]  # as Flask advises


class Safe:
    """An application whose every answer has these headers, in place of any that it gives by the same names."""

    def __init__(self, application: WSGIApplication, headers: Iterable[tuple[str, str]]) -> None:
        self._application = application
        self._headers = tuple(headers)
        self._names = frozenset(name.lower() for name, _ in self._headers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as WSGI has it
            own = [header for header in headers if header[0].lower() not in self._names]
            return start_response(status, [*own, *self._headers], *fault)

        return self._application(environ, start)


def note_start() -> None:
    """When this request came."""
    g.started = time.perf_counter()


def count(response: Response) -> Response:
    """How often, and how long."""
    counts = the_hotline().counts
    # The rule and not the path: a path may hold a token, and a made-up one would be a new row each time.
    rule = request.url_rule
    door = rule.rule if rule else "none"
    counts.answered(door, response.status_code, time.perf_counter() - g.started)
    return response
