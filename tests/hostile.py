"""A whole hotline in one process, and a carrier that can be hostile: only the network and the hours are not real.

Real are the doors with their signatures, the code that speaks to Twilio's REST addresses, the worker's turn with its
chores, and the store. The people are in hostile_people.py, time and transport in hostile_ground.py, and what is kept
in hostile_database.py.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import requests
from flask import Flask
from structlog.typing import EventDict

from app import create_app
from hotline.adapters.own_door import OwnDoor
from hotline.adapters.simulated_carrier import SimulatedCarrier
from hotline.adapters.twilio_carrier import TwilioCarrier
from hotline.cli.tools import Tools
from hotline.cli.worker import one_turn, tolerant
from hotline.ports import CaseFile
from hotline.settings import Settings
from hotline.usecases.alerting import deliver_one
from hotline.usecases.probing import probe_once
from tests.fakes import FakeChance
from tests.hostile_database import Database
from tests.hostile_ground import InProcess, Mailbox, Time, rest_of
from tests.hostile_people import Neighbour, Officer, Person
from tests.web.doors import the_scripts

ACCOUNT, TOKEN, PUBLIC = "AC" + "a" * 32, "a token", "https://hotline.example.org"
DESK, DUTY, HEAD, WATCH = "+46240660335", "+46701740605", "+46701740606", "+46701740607"
AWAY = 502  # what a proxy says when nobody stands behind it


@dataclass
class Town:
    """One municipality: its hotline, its carrier, its people. Nobody is told anything that a story does not expect."""

    database: Database
    municipalities: Path
    time: Time = field(default_factory=Time)
    mail: Mailbox = field(default_factory=Mailbox)
    faults: list[EventDict] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)
    signs_of_life: int = 0
    web_runs: bool = True
    worker_runs: bool = True

    def __post_init__(self) -> None:
        self.carrier = SimulatedCarrier(ACCOUNT, TOKEN, PUBLIC, self.post, now=self.time.now, later=self.time.later)
        self.http = InProcess(rest_of(self.carrier, self.time.hangs), self.time.now)
        self.desk = Officer(self, DESK, "Mottagningen", "246813")
        self.duty = Officer(self, DUTY, "Handläggare i beredskap", "135724")
        self.head = Officer(self, HEAD, "Enhetschefen", "864209")
        self.watch = Officer(self, WATCH, "Provtelefonen", "975318")
        self.neighbours = [Neighbour(self, f"+467017406{number}", f"Granne {number}") for number in range(10, 20)]
        self.app = self.start()
        self.tools = self.tools_of(self.app)
        self.chores_at = self.time.clock.now()
        self.time.each_step(self.work)

    def start(self) -> Flask:
        """The hotline as with the real carrier, on this database."""
        scripts = copy(the_scripts())
        scripts.kept = False
        settings = Settings(
            carrier="twilio", database_url=self.database.url, public_url=PUBLIC, account_sid=ACCOUNT, api_url="",
            auth_tokens=(TOKEN,), municipalities=self.municipalities, keys=self.database.keys,
        )  # fmt: skip
        return create_app(
            settings, begin=self.database.begin, clock=self.time.clock, chance=FakeChance(), mail=self.mail,
            carrier=TwilioCarrier(account_sid=ACCOUNT, auth_token=TOKEN, public_url=PUBLIC, http=self.http),
            scripts=scripts,
        )  # fmt: skip

    def tools_of(self, app: Flask) -> Tools:
        """The worker's own, with a public door that is reached in this process."""
        tools = app.extensions["hotline.tools"]
        assert isinstance(tools, Tools)
        return replace(tools, door=OwnDoor(PUBLIC, ACCOUNT, TOKEN, self.knock), call_out=self.call_out)

    def call_out(self) -> None:
        """Whoever waits outside for a sign of life hears one."""
        self.signs_of_life += 1

    def post(self, path_and_query: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """The carrier's way to our doors."""
        if not self.web_runs:
            return AWAY, b""
        answer = self.app.test_client().post(path_and_query, data=dict(form), headers=dict(headers))
        return answer.status_code, answer.get_data()

    def knock(
        self, address: str, *, data: Mapping[str, str], headers: Mapping[str, str], timeout: float
    ) -> requests.Response:
        """Our own way to our doors, as `requests.post`."""
        if not self.web_runs:
            raise requests.ConnectionError(f"nobody opened within {timeout} s")
        answer = requests.Response()
        answer.status_code, _ = self.post(address.removeprefix(PUBLIC), data, headers)
        return answer

    def work(self) -> None:
        """One turn of the worker, with one hand."""
        if not self.worker_runs:
            return
        outside = self.tools.outside()

        def wake() -> None:
            with tolerant("hand"):
                while deliver_one(outside):
                    pass

        self.chores_at = one_turn(self.tools, outside, wake, self.chores_at)

    def sends_a_trial(self) -> None:
        """As the command `probe` does."""
        outside = self.tools.outside()
        (one,) = self.tools.municipalities.values()
        probe_once(
            one, self.tools.script, begin=outside.begin, door=self.tools.door, clock=outside.clock,
            chance=outside.chance, now_due=True,
        )  # fmt: skip

    def breaks(self) -> None:
        """Our doors answer, but everything behind them is broken."""
        self.app.extensions["hotline"] = replace(self.app.extensions["hotline"], scripts=None)
        self.allowed.add("AttributeError")

    def ails(self) -> str:
        """What /readyz says does not work, or "ok"."""
        return " ".join(self.app.test_client().get("/readyz").text.split())

    def cases(self) -> list[CaseFile]:
        """Oldest first."""
        return list(self.database.cases())

    def only_case(self) -> CaseFile:
        (case,) = self.cases()
        return case

    def asked_for(self, resource: str) -> list[datetime]:
        """When the carrier was asked to send a text (Messages) or to make a call (Calls)."""
        return [at for at, method, name in self.http.asked if (method, name) == ("POST", resource)]

    def people(self) -> list[Person]:
        return [self.desk, self.duty, self.head, self.watch, *self.neighbours]

    def somebody_is_told_within(self, **units: float) -> Officer:
        """Whoever it is, of those who get alerts. As timedelta; time passes until then."""
        until, officers = self.time.at + timedelta(**units), (self.desk, self.duty, self.head)
        while not any(one.is_told() for one in officers):
            assert self.time.at < until, f"nobody has been told of anything by {self.time.shown()}"
            self.time.passes(seconds=1)
        return next(one for one in officers if one.is_told())

    def nothing_else_happened(self) -> None:
        """What nobody in the story expected, in words."""
        told = [line for one in self.people() for line in one.unexpected()]
        strangers = set(self.carrier.numbers()) - {one.number for one in self.people()}
        told += [f"{number}, which is nobody's, was told something" for number in sorted(strangers)]
        allowed = self.allowed | ({"StoreAwayError"} if self.database.switch.was_away else set())
        told += [f"a fault in the log: {one}" for one in self.faults if one.get("kind") not in allowed]
        assert not told, "\n".join(["this was not expected:", *told])
