"""For those who watch over the machine: does it live, can it work, and how much has it done."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, abort, request

from hotline.ports import StoreAwayError
from hotline.usecases.watching import figures
from hotline.web.bundle import the_hotline

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz", provide_automatic_options=False)
def alive() -> Response:
    """200 while the process lives; touches nothing else."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz", provide_automatic_options=False)
def ready() -> Response:
    """200 only if every part works; else 503 and which part does not."""
    ailments = the_hotline().ailments()
    return Response("".join(f"{one}\n" for one in ailments or ["ok"]), 503 if ailments else 200, mimetype="text/plain")


@blueprint.get("/metrics", provide_automatic_options=False)
def metrics() -> Response:
    """Behind a public address every request seems to come from this machine (the proxy): there only a token counts."""
    hotline = the_hotline()
    if not may_read_metrics():
        abort(403)
    hotline.counts.ready.set(not hotline.ailments())
    try:
        hotline.counts.promises.figures = figures(hotline.begin, hotline.clock.now(), hotline.municipalities)
    except StoreAwayError:
        hotline.counts.promises.figures = None
    return Response(hotline.counts.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def may_read_metrics() -> bool:
    """A token, or this very machine."""
    hotline = the_hotline()
    if hotline.metrics_token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {hotline.metrics_token}".encode())
    try:
        return hotline.local and ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
