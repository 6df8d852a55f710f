"""Every door of the URL map, asked whatever comes by chance: the carrier's doors signed, so that the lock lets it in.

A description in OpenAPI would add nothing: what it could say is the URL map, which is read here, and the carrier's
parameters are words whose order and repetition are signed. So hypothesis drives the application itself.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from hypothesis import strategies as st
from sqlalchemy import MetaData, create_engine, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app import create_app
from hotline.adapters.sealed_texts import seal
from hotline.adapters.vault import Vault
from hotline.settings import Settings
from tests.fakes import FakeChance, FakeClock
from tests.fuzz.near import PIECES
from tests.web.doors import MONDAY_NOON, PUBLIC, ROOT, TOKEN, sign, the_scripts
from tests.web.forged.requests import CALL, KEYS, RECEIPT, TEXT, TOWNS

ACCOUNT = "AC" + "a" * 32
OTHER = "+46701740634"  # somebody who is in the middle of a conversation meanwhile
LINE = TOWNS["smedjebacken"]
CONVERSATION = frozenset({"conversations", "turns", "scripts", "tallies", "cases", "addenda", "alerts", "deliveries"})
# What a genuine request may change; all other tables stay as they are.
MAY_CHANGE: Mapping[str, frozenset[str]] = {
    "/twilio/sms": CONVERSATION,
    "/twilio/voice": CONVERSATION,
    "/twilio/voice/<int:step>": CONVERSATION,
    "/twilio/status": CONVERSATION,
    "/twilio/whisper/<sealed>": frozenset({"turns"}),
    "/twilio/alert/<token>/<int:step>": frozenset({"alerts", "deliveries", "audit"}),
    "/twilio/receipt/<token>": frozenset({"alerts", "deliveries"}),
}
# What was told is never changed or taken away from outside, nor what is written in the trail.
KEPT = ("cases", "addenda", "audit", "certificates", "scripts", "meta")
TAKEN, BROKEN = 200, 500
Rows = Mapping[str, list[dict[str, Any]]]

WORDS = (
    "", "1", "2", "9", "0", "ja", "nej", "JA", "112", "STOP", "han slår henne nu", "Storgatan 4", "000001", "246813#",
    "completed", "busy", "no-answer", "failed", "canceled", "delivered", "undelivered", "true", "inbound",
    "outbound-api", "+46701740612", "+266696687", "anonymous", OTHER, LINE, "+46846500440", "SM1", "CA1",
    "1234567890" * 400, "å" * 1700,
)  # fmt: skip
value = (
    st.sampled_from(WORDS)
    | st.sampled_from(PIECES).map(lambda piece: piece.decode("utf-8", "replace"))
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)
names = st.sampled_from(
    sorted({*CALL, *TEXT, *RECEIPT, "To", "Digits", "DialCallStatus", "DialCallSid", "ForwardedFrom"})
)
step = st.sampled_from([0, 1, 2, 7, 2**31, 2**63, 10**30])


@contextmanager
def made(database_url: str, carrier: str) -> Iterator["House"]:
    """A hotline on this database, with one filed case and somebody in the middle of a conversation."""
    settings = Settings(
        carrier=carrier, database_url=database_url, public_url=PUBLIC if carrier == "twilio" else "http://127.0.0.1:8000",
        account_sid=ACCOUNT, auth_tokens=(TOKEN,), api_url="http://127.0.0.1:9",
        municipalities=ROOT / "tests" / "web" / "municipalities", keys=KEYS, metrics_token="a token",  # noqa: S106 - a test's own
    )  # fmt: skip
    app = create_app(settings, clock=FakeClock(MONDAY_NOON), chance=FakeChance(), scripts=the_scripts())
    house = House(app, database_url)
    signed = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/twilio/")}
    assert signed == set(MAY_CHANGE), "a door of the carrier's that nobody says what it may change"
    for sender, said in (("+46701740633", ["Hej", "2", "2", "2", "1", "2"]), (OTHER, ["Hej", "2"])):
        for number, words in enumerate(said):
            form = {**TEXT, "From": sender, "To": LINE, "Body": words, "MessageSid": f"{sender}{number}"}
            house.post("/twilio/sms", form)
    assert len(house.rows()["cases"]) == 1, "the beginning is no longer what it was"
    try:
        yield house
    finally:
        app.extensions["hotline"].begin.__self__.close()  # the store's connections, and ours
        house.engine.dispose()


@dataclass
class House:
    """The application, and all that stands in its database."""

    app: Any
    database_url: str

    @cached_property
    def tables(self) -> MetaData:
        found = MetaData()
        found.reflect(self.engine)
        return found

    @cached_property
    def engine(self) -> Any:  # noqa: ANN401 - SQLAlchemy's
        return create_engine(self.database_url)

    def rows(self) -> Rows:
        """Table → rows, by their first column."""
        with self.engine.connect() as connection:
            return {
                name: [dict(row) for row in connection.execute(select(one).order_by(*one.primary_key)).mappings()]
                for name, one in self.tables.tables.items()
            }

    def post(self, path: str, form: Mapping[str, str]) -> TestResponse:
        """As Twilio does."""
        signed = sign(f"{self.app.extensions['hotline'].public_url}{path}", dict(form))
        return self.ask("POST", path, data=dict(form), headers={"X-Twilio-Signature": signed})

    def ask(self, method: str, path: str, **told: Any) -> TestResponse:  # noqa: ANN401 - what a test browser takes
        told.setdefault("environ_overrides", {"RAW_URI": path})
        answer: TestResponse = self.app.test_client().open(path, method=method, buffered=True, **told)
        return answer

    def faults(self) -> float:
        """How often something of ours was broken, whatever the answer looked like."""
        counted = self.app.extensions["hotline"].counts.faults.collect()
        return float(sum(one.value for family in counted for one in family.samples if one.name.endswith("_total")))

    def wrong_after_twilio(self, data: st.DataObject) -> list[str]:
        """What one genuine request to one of the carrier's doors has broken."""
        rule = data.draw(st.sampled_from([one for one in self.app.url_map.iter_rules() if one.rule in MAY_CHANGE]))
        before, faults = self.rows(), self.faults()
        answer = self.post(data.draw(paths(rule)), data.draw(forms(rule.rule)))
        taken, after = answer.status_code == TAKEN, self.rows()
        wrong = [] if answer.status_code in {TAKEN, 403, 404} else [f"it answers {answer.status_code}"]
        wrong += [] if not taken or readable(answer) else ["the carrier cannot read the answer"]
        wrong += [f"{name} is changed" for name in changed(before, after) - (MAY_CHANGE[rule.rule] if taken else set())]
        return [*wrong, *lost(before, after), *(["a fault inside"] * (self.faults() > faults))]

    def wrong_after_anybody(self, data: st.DataObject) -> list[str]:
        """What one request of anybody's to one of the other doors has broken."""
        rules = [one for one in self.app.url_map.iter_rules() if one.rule not in MAY_CHANGE]
        rule, told = data.draw(st.sampled_from(rules)), data.draw(told_to_a_page())
        before, faults = self.rows(), self.faults()
        answer = self.ask(data.draw(st.sampled_from(sorted(rule.methods or set()))), data.draw(paths(rule)), **told)
        broken = answer.status_code >= BROKEN and rule.rule != "/readyz"  # there, 503 says which part is away
        wrong = [f"it answers {answer.status_code}"] if broken else []
        return [*wrong, *lost(before, self.rows()), *(["a fault inside"] * (self.faults() > faults))]


@st.composite
def forms(draw: st.DrawFn, rule: str) -> dict[str, str]:
    """A genuine one in which some values are others, some are missing and some are more."""
    real = {**({"/twilio/sms": TEXT, "/twilio/receipt/<token>": RECEIPT}.get(rule, CALL)), "To": LINE}
    changed = draw(st.dictionaries(st.sampled_from(sorted(real)), value, max_size=4))
    gone = draw(st.sets(st.sampled_from(sorted(real)), max_size=2))
    return {name: told for name, told in {**real, **draw(st.dictionaries(names, value, max_size=3)), **changed}.items()
            if name not in gone}  # fmt: skip


@st.composite
def paths(draw: st.DrawFn, rule: Rule) -> str:
    """The door's address: tokens and whispers that we have given out, and others."""
    whisper = seal(Vault(KEYS), json.dumps(["smedjebacken", "sv", "Ett samtal."]))
    told = {
        "step": step.map(str),
        "place": step.map(str),
        "token": st.sampled_from([f"token-{n}" for n in range(1, 6)]) | value,
        "sealed": st.just(whisper) | value,
        "account": st.just(ACCOUNT),
    }
    parts = rule.rule
    for name in rule.arguments:
        found = draw(told.get(name, value | st.sampled_from(["text", "call", "press", "state", "front.css"])))
        for kind in ("", "int:", "path:"):
            parts = parts.replace(f"<{kind}{name}>", quote(found, safe="") or "x")
    return parts


def told_to_a_page() -> st.SearchStrategy[dict[str, Any]]:
    """What a browser or a program may send to the doors that are not the carrier's."""
    plain = st.none() | st.booleans() | st.integers() | st.floats() | value
    sent = st.dictionaries(
        st.sampled_from(["caller", "body", "keys", "place", "fault", "once", "hidden"]), plain | st.lists(plain)
    )
    key = {"Authorization": f"Basic {b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}"}
    headers = st.just(key) | st.fixed_dictionaries(
        {"Authorization": st.sampled_from(["Basic x", "Bearer a token", "Basic =="])}
    )
    query = st.dictionaries(
        st.sampled_from(["caller", "municipality", "To", "DateSent", "DateSent>", "Page"]), value, max_size=2
    )
    body = sent.map(lambda one: {"json": one}) | st.dictionaries(names, value).map(lambda one: {"data": one})
    return st.builds(lambda one, more, asked: {**one, "headers": more, "query_string": asked}, body, headers, query)


def changed(before: Rows, after: Rows) -> set[str]:
    """Tables in which anything is otherwise."""
    return {name for name in before if before[name] != after[name]}


def lost(before: Rows, after: Rows) -> list[str]:
    """What must never happen to what was there before."""
    wrong = [name for name in KEPT for row in before[name] if row not in after[name]]
    then = {row["reference"]: row for row in before["alerts"]}
    now = {row["reference"]: row for row in after["alerts"]}
    for reference, row in then.items():
        calmer = now[reference]["priority"] > row["priority"] or now[reference]["state"] != row["state"]
        wrong += [f"the alert of {reference} is calmer"] if calmer else []
    return wrong


def readable(answer: TestResponse) -> bool:
    """Whether it is one whole document."""
    try:
        ET.fromstring(answer.data)  # noqa: S314 - our own answer
    except ET.ParseError:
        return False
    return True
