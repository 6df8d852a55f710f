"""The one page for everybody, and what every answer carries in its head. No script, no third party, nothing kept."""

import time

from flask import Blueprint, Flask, Response, g, render_template, request

from hotline.web.bundle import the_hotline

MOST_BYTES = 64 * 1024  # the longest text the carrier sends is 1,600 characters
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
    """Before any door is there: how much may come in, and at which addresses."""
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=200)
    # "//twilio/sms" would be answered with a redirection to whatever host the request names.
    app.url_map.merge_slashes = False


def watch(app: Flask) -> None:
    """Safe headers on every answer, and a count of it."""
    app.before_request(note_start)
    app.after_request(finish)


def note_start() -> None:
    """When this request came."""
    g.started = time.perf_counter()


def finish(response: Response) -> Response:
    """Headers and counts."""
    hotline = the_hotline()
    for name, value in HEADERS if hotline.public_url.startswith("https://") else HEADERS[1:]:
        response.headers.set(name, value)
    # The rule and not the path: a path may hold a token, and a made-up one would be a new row each time.
    door = request.url_rule.rule if request.url_rule else "none"
    hotline.counts.requests.labels(door, response.status_code).inc()
    hotline.counts.seconds.labels(door).observe(time.perf_counter() - g.started)
    return response
