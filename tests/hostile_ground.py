"""What stands between the parts of tests/hostile.py: time that is moved, REST without a network, a mailbox."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import requests
from flask import Flask
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from hotline.adapters.twilio_carrier import API, TIMEOUT
from hotline.web.phone_rest import Exchange, make_rest_blueprint

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SMALL, LARGE = timedelta(seconds=1), timedelta(seconds=5)
LONG = timedelta(minutes=10)  # from here on time goes in larger steps


@dataclass
class OurClock:
    """The clock of our own machine; `ahead` of the world's when it goes wrong."""

    time: "Time"
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return self.time.at + self.ahead

    def jumps(self, **units: float) -> None:
        """As timedelta; the world's time goes on as before."""
        self.ahead += timedelta(**units)


@dataclass
class Time:
    """The world's. Nothing happens but while it passes."""

    at: datetime = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Sweden
    steps: list[Callable[[], None]] = field(default_factory=list)
    waiting: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.clock = OurClock(self)

    def now(self) -> datetime:
        return self.at

    def shown(self) -> str:
        """As a clock on the wall in Sweden."""
        return f"{self.at.astimezone(STOCKHOLM):%Y-%m-%d %H.%M.%S}"

    def is_now(self, written: str) -> None:
        """The moment at which a story begins, on the wall in Sweden; a UTC offset may stand behind it."""
        at = datetime.fromisoformat(written)
        self.at = (at if at.tzinfo else at.replace(tzinfo=STOCKHOLM)).astimezone(UTC)
        self.passes(seconds=1)

    def each_step(self, work: Callable[[], None]) -> None:
        self.steps.append(work)

    def later(self, work: Callable[[], object], seconds: float) -> None:
        """The carrier does this so much later."""
        heapq.heappush(self.waiting, (self.at + timedelta(seconds=seconds), next(self.numbers), work))

    def passes(self, **units: float) -> None:
        """As timedelta: the carrier does what it has to do, and the worker has its turns."""
        span = timedelta(**units)
        until, step = self.at + span, SMALL if span < LONG else LARGE
        while self.at < until:
            self._go_to(min(self.at + step, until))
            for work in self.steps:
                work()

    def hangs(self) -> None:
        """Somebody waits for the carrier as long as our own code does, in vain."""
        self._go_to(self.at + timedelta(seconds=TIMEOUT))
        raise requests.ReadTimeout("the carrier does not answer")

    def _go_to(self, until: datetime) -> None:
        while self.waiting and self.waiting[0][0] <= until:
            at, _, work = heapq.heappop(self.waiting)
            self.at = max(self.at, at)
            work()
        self.at = max(self.at, until)


class InProcess(TwilioHttpClient):
    """Carries what Twilio's library asks for to the simulated carrier's REST addresses, as HTTP would.

    `asked`: when, how and for which resource.
    """

    def __init__(self, rest: Flask, now: Callable[[], datetime]) -> None:
        super().__init__(timeout=TIMEOUT)
        self.rest, self.now = rest, now
        self.asked: list[tuple[datetime, str, str]] = []

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
        del timeout, allow_redirects
        asked = requests.Request(method, url, headers, data=data, params=params, auth=auth).prepare()  # type: ignore[arg-type]  # as the library's own
        path = (asked.url or "").replace(API, "/simulator", 1)
        self.asked.append((self.now(), method, path.partition("?")[0].split("/")[-1].removesuffix(".json")))
        answer = self.rest.test_client().open(path, method=method, headers=dict(asked.headers), data=asked.body)
        return Response(answer.status_code, answer.text, dict(answer.headers))


def rest_of(carrier: Exchange, hang: Callable[[], None]) -> Flask:
    """The carrier's REST addresses; what goes wrong in them is not hidden behind an answer."""
    rest = Flask("rest")
    rest.testing = True
    rest.register_blueprint(make_rest_blueprint(carrier, hang))
    return rest


@dataclass
class Mailbox:
    """Takes every letter."""

    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, *, to: str, subject: str, body: str) -> str:
        self.letters.append((to, subject, body))
        return f"<{len(self.letters)}@example.org>"
