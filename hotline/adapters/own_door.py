"""Our own public door, knocked on from outside as the carrier does: signed with its token, at the public address."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from twilio.request_validator import RequestValidator

from hotline.ports import DoorError

if TYPE_CHECKING:
    from requests import Response

TIMEOUT = 10.0  # seconds
OK = range(200, 300)


class OwnDoor:
    """Implements ports.Door. `public_url`: without a slash at the end. `post`: in place of `requests.post`."""

    def __init__(
        self, public_url: str, account_sid: str, auth_token: str, post: Callable[..., "Response"] | None = None
    ) -> None:
        self._address = f"{public_url}/twilio/sms"
        self._account_sid = account_sid
        self._post = post
        self._validator = RequestValidator(auth_token)  # type: ignore[no-untyped-call]  # twilio ships no types

    def text(self, *, sender: str, line: str, body: str, carrier_id: str) -> None:
        form = {
            "AccountSid": self._account_sid,
            "MessageSid": carrier_id,
            "From": sender,
            "To": line,
            "Body": body,
            "NumMedia": "0",
        }
        import requests  # noqa: PLC0415 - every process has a door, hardly any knocks on it

        post = self._post or requests.post
        signature = self._validator.compute_signature(self._address, form)  # type: ignore[no-untyped-call]  # as above
        try:
            answer = post(self._address, data=form, headers={"X-Twilio-Signature": signature}, timeout=TIMEOUT)
        except requests.RequestException as problem:
            raise DoorError(f"our own door was not reached: {type(problem).__name__}") from problem
        if answer.status_code not in OK:
            raise DoorError(f"our own door answered {answer.status_code}")
