"""Twilio, the carrier: hands over texts and calls through its documented REST API. Decides nothing about when or whom.

Whatever it answers becomes an id or a CarrierError; a time-out is `requests`' exception, not Twilio's.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from hotline.ports import CarrierError, Copy, Received

from . import twilio_copies

API = "https://api.twilio.com"
TIMEOUT = 2.5  # seconds, to connect and then to answer; without one Twilio's library waits for ever
LONG_TIMEOUT = 10.0  # for a list of more than MOST_LISTED, which no alert waits for
RING_SECONDS = 40
CALL_EVENTS = ["ringing", "answered", "completed"]
MOST_LISTED = 50
INBOUND, OUTBOUND = "inbound", "outbound-api"
MOST_RECEIVED = 20_000  # newest first: more than a line is asked in the longest outage that is looked back at
OVER = {"completed", "busy", "failed", "no-answer", "canceled"}  # as a call's status
LOST = {"failed", "undelivered", "canceled", "busy", "no-answer"}
TOO_MANY = 429
REFUSED = range(400, 500)


class _Elsewhere(TwilioHttpClient):
    """Sends what is meant for Twilio's API to another address, where there is one."""

    def __init__(self, api_url: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self.api_url = api_url.rstrip("/")

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,  # noqa: FBT001, FBT002 - Twilio's own signature
    ) -> Response:
        there = url.replace(API, self.api_url, 1)
        asked = {**dict(parse_qsl(urlsplit(url).query)), **(params or {})}  # of a further page the address says it
        if method == "GET" and int(str(asked.get("PageSize", 0))) > MOST_LISTED:
            timeout = LONG_TIMEOUT
        return super().request(method, there, params, data, headers, auth, timeout, allow_redirects)


class TwilioCarrier:
    """`public_url`: where Twilio asks what to say and tells how it went, without a slash at the end.

    `http`: what carries requests to Twilio and answers back; without it the network does, to `api_url`.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        public_url: str,
        api_url: str = "",
        http: TwilioHttpClient | None = None,
    ) -> None:
        self._public_url = public_url.rstrip("/")
        http = http or _Elsewhere(api_url or API)
        self._twilio = Client(account_sid, auth_token, http_client=http)  # type: ignore[no-untyped-call]  # it ships no types

    def text(self, *, sender: str, to: str, body: str, token: str) -> str:
        try:
            taken = self._twilio.messages.create(to=to, from_=sender, body=body, status_callback=self._receipt(token))
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error
        return str(taken.sid)

    def call(self, *, sender: str, to: str, token: str) -> str:
        try:
            taken = self._twilio.calls.create(
                to=to,
                from_=sender,
                url=f"{self._public_url}/twilio/alert/{token}/0",
                method="POST",
                status_callback=self._receipt(token),
                status_callback_method="POST",
                status_callback_event=CALL_EVENTS,
                timeout=RING_SECONDS,
            )
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error
        return str(taken.sid)

    def answers(self) -> None:
        try:
            self._twilio.messages.list(limit=1)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error

    def state_of(self, carrier_id: str) -> str:
        try:
            if carrier_id.startswith("CA"):
                return str(self._twilio.calls(carrier_id).fetch().status)
            return str(self._twilio.messages(carrier_id).fetch().status)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error

    def received(self, line: str, since: datetime) -> Sequence[Received]:
        try:
            texts = self._twilio.messages.list(to=line, date_sent_after=since, limit=MOST_RECEIVED)
            calls = self._twilio.calls.list(to=line, start_time_after=since, limit=MOST_RECEIVED)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error
        return [*map(_received_text, filter(_came_in, texts)), *map(_received_call, filter(_came_in, calls))]

    def took(self, *, sender: str, to: str, words: str, since: datetime, apart_from: Collection[str]) -> str | None:
        # Twilio's own filters look at when something was sent or dialled: what waits in its queue would not be found.
        try:
            listed = self._twilio.messages if words else self._twilio.calls
            found = listed.list(to=to, from_=sender, limit=MOST_LISTED)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error
        ours = (one for one in found if _was_taken(one, since) and words in (getattr(one, "body", "") or ""))
        return next((str(one.sid) for one in ours if str(one.sid) not in apart_from), None)

    def copies(self, line: str, since: datetime) -> Sequence[Copy]:
        try:
            return twilio_copies.copies(self._twilio, line, since)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error

    def erase(self, copy: Copy) -> bool:
        try:
            return twilio_copies.erase(self._twilio, copy)
        except (TwilioException, requests.RequestException) as error:
            raise _refusal(error) from error

    def _receipt(self, token: str) -> str:
        return f"{self._public_url}/twilio/receipt/{token}"


def _came_in(one: Any) -> bool:  # noqa: ANN401 - the library's texts and calls have no type in common
    """Not what we sent ourselves, which stands in the same lists."""
    return str(one.direction) == INBOUND


def _was_taken(one: Any, since: datetime) -> bool:  # noqa: ANN401 - as above
    """Asked for by our worker since then (a caller being connected is not); what failed reached nobody.

    What was taken a moment ago may have no date yet.
    """
    ours = str(one.direction) == OUTBOUND and str(one.status) not in LOST
    return ours and (one.date_created is None or one.date_created >= since.replace(microsecond=0))


def _received_text(one: Any) -> Received:  # noqa: ANN401 - as above
    at = one.date_sent or one.date_created
    return Received(str(one.sid), call=False, at=at, sender=one.from_ or "", body=one.body or "")


def _received_call(one: Any) -> Received:  # noqa: ANN401 - as above
    at = one.start_time or one.date_created
    ended = (one.end_time or one.date_updated) if str(one.status) in OVER else None
    return Received(str(one.sid), call=True, at=at, sender=getattr(one, "_from", "") or "", ended=ended)


def _refusal(error: Exception) -> CarrierError:
    """No number and no text in the reason: it is kept with the delivery and may be shown."""
    if isinstance(error, TwilioRestException):
        hard = error.status in REFUSED and error.status != TOO_MANY
        unsure = error.status not in REFUSED
        return CarrierError(f"Twilio answered {error.status}, code {error.code}", hard=hard, unsure=unsure)
    return CarrierError(f"Twilio was not reached: {type(error).__name__}", hard=False, unsure=True)
