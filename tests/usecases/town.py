"""A small town for stories about alerts: a report, a worker, telephones and a clock. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.officer_texts import load_officer_texts
from hotline.core.alert import Alert, Delivery
from hotline.core.case import Report
from hotline.core.effects import Effect, Say
from hotline.core.municipality import Municipality
from hotline.usecases.alerting import Outside, answer_call, answer_text, first_alert, run_once, take_receipt
from tests.fake_carrier import FakeCarrier, Handed
from tests.fakes import FakeChance, FakeClock, Memory

FLOWS = Path(__file__).parents[2] / "flows"
DESK, DUTY, HEAD = "+46240660335", "+46701740605", "+46701740606"
DESK_PIN, DUTY_PIN = "246813", "135724"
TUESDAY_TEN = "2027-03-09 10:00"
TUESDAY_NIGHT = "2027-03-09 22:00"


def wall(written: str) -> datetime:
    """A moment as the clock on the office wall shows it."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


@dataclass
class Town:
    """`report(...)` raises an alert; `work()` is one step of the worker; the rest is what people do with telephones."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(wall(TUESDAY_TEN)))
    store: Memory = field(default_factory=Memory)
    chance: FakeChance = field(default_factory=FakeChance)
    municipalities: Mapping[str, Municipality] = field(
        default_factory=lambda: load_municipalities(FLOWS / "municipalities")
    )
    texts: Mapping[str, str] = field(default_factory=lambda: load_officer_texts(FLOWS / "officers"))
    carrier: FakeCarrier = field(init=False)
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.carrier = FakeCarrier(self.store)

    @property
    def outside(self) -> Outside:
        return Outside(
            begin=self.store.begin,
            carrier=self.carrier,
            mail=self.carrier,
            clock=self.clock,
            chance=self.chance,
            municipalities=self.municipalities,
            texts=self.texts,
        )

    def report(self, *flags: str, at: str = TUESDAY_TEN, wait: int = 0, own_words: tuple[str, ...] = ()) -> str:
        self.clock.at = wall(at)
        reference = self.chance.reference()
        told = Report(
            reference=reference,
            municipality="smedjebacken",
            channel="sms",
            language="sv",
            at=self.clock.at,
            flags=frozenset(flags),
            answers=(("who", "1"), ("what", "2")),
            own_words=own_words,
        )
        alert, first = first_alert(
            told, self.municipalities["smedjebacken"], now=self.clock.at, wait_minutes=wait, chance=self.chance
        )
        with self.store.begin() as work:
            work.file_case(told, alert, first)
        return reference

    def work(self, **later: float) -> list[Handed]:
        """What was handed over in this step, after the clock has been moved."""
        self.clock.move(**later)
        before = len(self.carrier.handed)
        run_once(self.outside)
        return self.carrier.handed[before:]

    def told(self, **later: float) -> list[tuple[str, str]]:
        return [(each.kind, each.to) for each in self.work(**later)]

    def press(self, call: Handed, keys: str = "") -> str:
        """The next step of a call; what is said, as one text."""
        step = self.steps.get(call.token, 0)
        self.steps[call.token] = step + 1
        effects = answer_call(
            call.token,
            step,
            keys,
            begin=self.store.begin,
            at=self.clock.at,
            municipalities=self.municipalities,
            texts=self.texts,
            chance=self.chance,
        )
        return spoken(effects)

    def text_back(self, sender: str, body: str, carrier_id: str = "") -> str | None:
        return answer_text(
            self.municipalities["smedjebacken"],
            sender,
            body,
            begin=self.store.begin,
            at=self.clock.at,
            chance=self.chance,
            texts=self.texts,
            carrier_id=carrier_id,
        )

    def receipt(self, handed: Handed, status: str, carrier_id: str = "") -> None:
        take_receipt(
            handed.token,
            status,
            begin=self.store.begin,
            at=self.clock.at,
            chance=self.chance,
            carrier_id=carrier_id,
            municipalities=self.municipalities,
        )

    def texts_to(self, number: str) -> list[str]:
        return [each.body for each in self.carrier.handed if (each.kind, each.to) == ("text", number)]

    def alert(self, reference: str) -> Alert:
        return self.store.rows.alerts[reference]

    def delivery(self, handed: Handed) -> Delivery:
        return self.store.rows.deliveries[handed.token]


def spoken(effects: list[Effect]) -> str:
    return " ".join(effect.text for effect in effects if isinstance(effect, Say))
