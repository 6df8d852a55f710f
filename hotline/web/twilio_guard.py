"""The lock of Twilio's doors: only what Twilio signed comes in. Nothing is written here, no content is logged."""

import structlog
from flask import Blueprint, abort, request
from twilio.request_validator import RequestValidator, compare
from werkzeug.exceptions import HTTPException

from hotline.web.bundle import the_hotline

log = structlog.get_logger()


def guarded(name: str) -> Blueprint:
    """A blueprint whose every door has this lock."""
    blueprint = Blueprint(name, __name__)
    blueprint.before_request(refuse_what_is_not_signed)
    return blueprint


def refuse_what_is_not_signed() -> None:
    """403 unless one of our tokens signed the public address with every parameter."""
    reason = fault()
    if reason:
        the_hotline().counts.refused.labels(reason).inc()
        log.warning("refused", reason=reason, door=request.endpoint)
        abort(403)


def fault() -> str:
    """Why this request is not Twilio's, or ""."""
    signature = request.headers.get("X-Twilio-Signature")
    if not signature:
        return "unsigned"
    if request.mimetype != "application/x-www-form-urlencoded" or "bodySHA256" in request.args:
        # The validator takes a body's hash from the query instead of the parameters; Twilio sends us forms only.
        return "not a form"
    try:
        form = request.form
    except HTTPException:
        return "unreadable"
    if len(form) != sum(1 for _ in form.items(multi=True)):
        # Whoever checks one value and uses another can be cheated; Twilio never repeats a name.
        return "repeated name"
    hotline = the_hotline()
    address, values = signed_address(hotline.public_url), form.to_dict()
    validators = [RequestValidator(token) for token in hotline.auth_tokens]
    # Twilio signs the address as it was told it, nearly always; the whole validator tries other ways to write its port.
    if any(compare(one.compute_signature(address, values), signature) for one in validators[:1]):
        return ""
    return "" if any(one.validate(address, values, signature) for one in validators) else "wrong signature"


def signed_address(public_url: str) -> str:
    """The address as Twilio was told it, whatever the Host or X-Forwarded headers say."""
    query = request.query_string.decode("latin-1")
    return f"{public_url}{request.path}" + (f"?{query}" if query else "")
