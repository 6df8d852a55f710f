"""What the simulated carrier remembers of texts and calls, listed as Twilio lists it. What may not enter: our doors.

Fields, filters and pages are those of the Message and Call resources (https://www.twilio.com/docs/messaging/api/
message-resource, …/voice/api/call-resource): dates in RFC 2822, newest first, and what has no date yet matches none.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TypeVar
from urllib.parse import urlencode

from .simulated_call import Call, parameters

MOST_KEPT = 500
MOST_ON_A_PAGE = 1000
DAY = 10  # characters of a date without a time
Resource = dict[str, object]
Kept = TypeVar("Kept")


@dataclass
class Text:
    """One text, either way. `status`: Twilio's MessageStatus. `sent`: None while it waits."""

    sender: str
    to: str
    body: str
    direction: str
    created: datetime
    status: str = "queued"
    sent: datetime | None = None
    error: int | None = None
    pictures: int = 0
    sid: str = field(default_factory=lambda: f"SM{secrets.token_hex(16)}")


class Book:
    """Of limited length: the oldest are forgotten."""

    def __init__(self, account_sid: str, now: Callable[[], datetime]) -> None:
        self.now = now
        self._root = f"/2010-04-01/Accounts/{account_sid}"
        self._account_sid = account_sid
        self.texts: OrderedDict[str, Text] = OrderedDict()
        self.calls: OrderedDict[str, Call] = OrderedDict()

    def write(self, text: Text) -> Text:
        """Remember a text."""
        keep(self.texts, text.sid, text)
        return text

    def write_call(self, call: Call) -> Call:
        """Remember a call."""
        keep(self.calls, call.sid, call)
        return call

    def message(self, text: Text) -> Resource:
        """A Message resource."""
        return {
            "sid": text.sid,
            "account_sid": self._account_sid,
            "uri": f"{self._root}/Messages/{text.sid}.json",
            "status": text.status,
            "direction": text.direction,
            "from": text.sender,
            "to": text.to,
            "body": text.body,
            "date_created": written(text.created),
            "date_updated": written(text.sent or text.created),
            "date_sent": written(text.sent),
            "error_code": text.error,
            "error_message": None,
            "num_segments": "1",
            "num_media": str(text.pictures),
        }

    def call(self, call: Call) -> Resource:
        """A Call resource."""
        told = parameters(call)
        over = call.ended is not None and call.started is not None
        return {
            "sid": call.sid,
            "account_sid": self._account_sid,
            "parent_call_sid": call.parent.sid if call.parent else None,
            "uri": f"{self._root}/Calls/{call.sid}.json",
            "status": call.outcome,
            "direction": call.direction,
            "from": told["From"],
            "to": told["To"],
            "date_created": None if call.outcome == "queued" else written(call.created),  # as Twilio's may be at first
            "date_updated": written(call.ended or call.started or call.created),
            "start_time": written(call.started),
            "end_time": written(call.ended),
            "duration": str(int((call.ended - call.begun).total_seconds())) if over and call.ended else None,
        }

    def list_texts(self, query: Mapping[str, str]) -> Resource:
        """GET Messages.json."""
        chosen = (
            self.message(one)
            for one in reversed(self.texts.values())
            if is_between(one.sender, one.to, query) and is_within("DateSent", one.sent, query)
        )
        return self.page("messages", "Messages", chosen, query)

    def list_calls(self, query: Mapping[str, str]) -> Resource:
        """GET Calls.json."""
        chosen = (
            self.call(one)
            for one in reversed(self.calls.values())
            if is_between(one.sender, one.to, query)
            and query.get("Status", one.outcome) == one.outcome
            and is_within("StartTime", one.started, query)
            and is_within("EndTime", one.ended, query)
        )
        return self.page("calls", "Calls", chosen, query)

    def list_media(self, sid: str) -> Resource:
        """GET Messages/<sid>/Media.json."""
        count = self.texts[sid].pictures if sid in self.texts else 0
        pictures: Iterable[Resource] = ({"sid": f"ME{number:032x}", "parent_sid": sid} for number in range(count))
        return self.page("media_list", f"Messages/{sid}/Media", pictures, {})

    def page(self, name: str, resource: str, chosen: Iterable[Resource], query: Mapping[str, str]) -> Resource:
        """One page of a list."""
        found, page = list(chosen), int(query.get("Page") or 0)
        size = min(int(query.get("PageSize") or 50), MOST_ON_A_PAGE)
        start, end = page * size, min((page + 1) * size, len(found))

        def uri(number: int) -> str:
            return f"{self._root}/{resource}.json?{urlencode({**query, 'PageSize': size, 'Page': number})}"

        return {
            name: found[start:end],
            "page": page,
            "page_size": size,
            "start": start,
            "end": max(start, end - 1),
            "uri": uri(page),
            "first_page_uri": uri(0),
            "previous_page_uri": uri(page - 1) if page else None,
            "next_page_uri": uri(page + 1) if end < len(found) else None,
        }


def keep(shelf: OrderedDict[str, Kept], sid: str, what: Kept) -> None:
    """Add to a shelf of limited length."""
    shelf[sid] = what
    while len(shelf) > MOST_KEPT:
        shelf.popitem(last=False)


def written(at: datetime | None) -> str | None:
    """As the carrier writes a moment: "Tue, 09 Mar 2027 09:00:00 +0000"."""
    return None if at is None else format_datetime(at.astimezone(UTC).replace(microsecond=0))


def is_between(sender: str, to: str, query: Mapping[str, str]) -> bool:
    """Whether it went from and to the numbers that are asked for, if any."""
    return query.get("From", sender) == sender and query.get("To", to) == to


def is_within(name: str, at: datetime | None, query: Mapping[str, str]) -> bool:
    """Whether it happened on the day, or before (<) and after (>) the moments, that are asked for, both included."""
    asked = {sign: query[name + sign] for sign in ("", "<", ">") if query.get(name + sign)}
    if not asked:
        return True
    if at is None:
        return False
    whole = at.replace(microsecond=0)
    first, last = moments(asked.get("")), moments(asked.get("<"))
    after = moments(asked.get(">"))
    return (
        (first is None or first[0] <= whole <= first[1])
        and (last is None or whole <= last[1])
        and (after is None or after[0] <= whole)
    )


def moments(asked: str | None) -> tuple[datetime, datetime] | None:
    """First and last moment of what is asked for: a second, or a whole day."""
    if not asked:
        return None
    at = datetime.fromisoformat(asked)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at, at + timedelta(days=1, seconds=-1) if len(asked) == DAY else at
