"""Who says what is genuine: Twilio's own validator, told what came over the wire. Nothing of ours is asked."""

from urllib.parse import parse_qsl, urlsplit

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.web.doors import PUBLIC, TOKEN
from tests.web.forged.requests import Sent


def twilio_says(sent: Sent, body: bytes | None = None) -> bool:
    """Whether Twilio made this request, to the public address. `body`: as it is after the transport's own packing."""
    raw = sent.body if body is None else body
    url = PUBLIC + sent.target
    params: object = MultiDict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    if ("Content-Type", "application/json") in sent.headers and "bodySHA256" in url:
        params = raw.decode()  # its sign for a body that is no form
    if not urlsplit(url).path.startswith("/"):
        return False
    return bool(RequestValidator(TOKEN).validate(url, params, sent.signed_as()))
