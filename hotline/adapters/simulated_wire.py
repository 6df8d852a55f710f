"""The way from the simulated carrier to our own doors: signed as Twilio signs. What may not enter: what is said."""

from collections.abc import Callable, Mapping
from threading import Timer
from typing import Protocol
from urllib.parse import urljoin

from twilio.request_validator import RequestValidator


class Post(Protocol):
    """Transport to our own doors: in process through WSGI, or HTTP on loopback. Returns status and body."""

    def __call__(self, path_and_query: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Post the form."""


class DoorError(Exception):
    """A door did not answer with a 2xx; the carrier tells the caller that something went wrong."""


Later = Callable[[Callable[[], object], float], object]  # what to do, in how many seconds


def at_once(work: Callable[[], object], _seconds: float) -> None:
    """Without delay, for tests and the terminal."""
    work()


def later(work: Callable[[], object], seconds: float) -> None:
    """In so many seconds, unless the process ends before."""
    timer = Timer(seconds, work)
    timer.daemon = True
    timer.start()


def always() -> bool:
    """A carrier that reaches our doors."""
    return True


class Wire:
    """Posts to addresses under `public_url` only; what stands elsewhere is refused with DoorError.

    `reaches`: whether the carrier reaches our doors at all, asked each time.
    """

    def __init__(
        self, account_sid: str, auth_token: str, public_url: str, post: Post, reaches: Callable[[], bool] = always
    ) -> None:
        self.account_sid = account_sid
        self._base = public_url.rstrip("/")
        self._validator = RequestValidator(auth_token)  # type: ignore[no-untyped-call]  # twilio ships no types
        self._post = post
        self._reaches = reaches

    def address(self, told: str, document: str = "/") -> str:
        """The full address of what a document at the path `document` names: absolute, from the root, or beside it."""
        return urljoin(f"{self._base}{document}", told)

    def path(self, told: str, document: str = "/") -> str:
        """Path and query below the public address."""
        address = self.address(told, document)
        if not address.startswith(f"{self._base}/"):
            raise DoorError(f"{address} is not one of our own doors")
        return address.removeprefix(self._base)

    def ask(self, path: str, params: Mapping[str, str]) -> bytes:
        """Post, signed. Raises DoorError."""
        if not self._reaches():
            raise DoorError(f"{path.partition('?')[0]} was not reached")
        form = {**params, "AccountSid": self.account_sid, "ApiVersion": "2010-04-01"}
        signature = self._validator.compute_signature(f"{self._base}{path}", form)  # type: ignore[no-untyped-call]  # as above
        headers = {"X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1"}
        status, body = self._post(path, form, headers)
        if not 200 <= status < 300:  # noqa: PLR2004 - the family of answers that HTTP calls successful
            raise DoorError(f"{path.partition('?')[0]} answered {status}")
        return body
