"""The lock of all doors that Twilio uses: only what Twilio signed comes in. Nothing is written, no content logged.

Stricter than Twilio's own validator in four things that Twilio never does, each of which would let one who has seen a
genuine request pass off another: a name given twice, a name that is none (names and values are signed without a border
between them), a body's hash in place of its parameters, a body without a length.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from hmac import compare_digest, digest

import structlog
from flask import Blueprint, Request, abort
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import HTTPException

from hotline.web.bundle import Hotline, the_hotline
from hotline.web.forms import FORM, the_request

log = structlog.get_logger()
NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
PLAIN = re.compile(r"[\w./~-]*", re.ASCII)


def guarded(name: str) -> Blueprint:
    """A blueprint whose every door has this lock."""
    blueprint = Blueprint(name, __name__)
    blueprint.before_request(refuse_what_is_not_signed)
    return blueprint


def refuse_what_is_not_signed() -> None:
    """403 unless one of our tokens signed the public address with every parameter."""
    request, hotline = the_request(), the_hotline()
    reason = fault(request, hotline)
    if reason:
        hotline.counts.refused.labels(reason).inc()
        log.warning("refused", reason=reason, door=request.endpoint)
        abort(403)


def fault(request: Request, hotline: Hotline) -> str:
    """Why this request is not Twilio's, or ""."""
    signature = request.headers.get("X-Twilio-Signature")
    if not signature:
        return "unsigned"
    if request.mimetype != FORM or (request.query_string and "bodySHA256" in request.args):
        # The validator takes a body's hash from the query instead of the parameters; Twilio sends us forms only.
        return "not a form"
    if request.content_length is None:
        return "no length"
    try:
        form = request.form
    except HTTPException:
        return "unreadable"
    return unfit(list(form.items(multi=True))) or unsigned(hotline, asked_for(request), form.to_dict(), signature)


def unfit(pairs: list[tuple[str, str]]) -> str:
    """Whoever checks one value and uses another can be cheated; whoever takes "From+46..." for a name, too."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        return "repeated name"
    return "" if all(map(NAME.fullmatch, names)) else "no name"


def unsigned(hotline: Hotline, target: str, values: dict[str, str], signature: str) -> str:
    """Why the signature is none of ours, or "". `target`: path and query, as they came."""
    if not target.startswith("/"):
        return "wrong address"
    # The address as Twilio was told it, whatever the Host or X-Forwarded headers say.
    address = f"{hotline.public_url}{target}"
    # Twilio signs the address as it was told it, nearly always; its own validator tries other ways to write the port.
    if compare_digest(signature_of(address, values, hotline.auth_tokens[0]), signature.encode()):
        return ""
    validators = map(RequestValidator, hotline.auth_tokens)
    return "" if any(one.validate(address, values, signature) for one in validators) else "wrong signature"


def signature_of(address: str, values: Mapping[str, str], token: str) -> bytes:
    """As https://www.twilio.com/docs/usage/security has it: the address, then names and values in their order."""
    said = address + "".join(f"{name}{values[name]}" for name in sorted(values))
    return b64encode(digest(token.encode(), said.encode(), "sha1"))


def asked_for(request: Request) -> str:
    """Path and query byte for byte as they came; "" when that cannot be known.

    A path that has been decoded could have been written in many ways, of which Twilio signed one.
    """
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    if raw:
        return str(raw)
    query, path = request.query_string.decode("latin-1"), str(request.environ.get("PATH_INFO", ""))
    return path + (f"?{query}" if query else "") if PLAIN.fullmatch(path) else ""
