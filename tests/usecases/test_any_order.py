"""Whatever order things come in, and however often: cases, alerts, deliveries and answers are those of a calm day.

Several callers speak across each other; what they said is delivered again, late; receipts come twice, late, shuffled.
`--hypothesis-profile=nightly` tries ten thousand such days.
"""

import zlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.core.alert import DeliveryState
from hotline.core.effects import Effect, Say
from hotline.core.turn import Act, Channel, Turn
from hotline.usecases.alerting import run_once, take_receipt
from hotline.usecases.intake import take_turn
from tests.fakes import Memory
from tests.usecases.town import TUESDAY_NIGHT, TUESDAY_TEN, Town, wall
from tests.web.doors import the_scripts

ONCE = Town()  # its files are read once
EXAMPLES = max(300, settings().max_examples)
TEXTS = ("Hej", "0", "1", "2", "3", "4", "8", "Ekgatan 4", "hm?", "", "han slår henne nu", "STOP")
KEYS = ("", "0", "1", "2", "3", "4", "0701740612#")
# Ways that lead to a report, which chance alone would seldom find.
REPORTED = (
    ("Hej", "2", "1", "4", "2", "1", "Ekgatan 4"),
    ("Hej", "2", "2", "1", "1", "2"),
    ("Hej", "3", "1", "1", "2"),
)
CALLED = (("", "2", "1", "1", "1", "1", "0701740612#", "1", "1"), ("", "2", "2", "4", "2", "1"))
WORDS = {
    "text": ("queued", "sent", "delivered"),
    "lost text": ("sent", "undelivered"),
    "call": ("ringing", "in-progress", "completed"),
    "lost call": ("ringing", "busy"),
}


@dataclass(frozen=True)
class Said:
    """Act number `number` of one caller; a telephone's whole life is one call or one thread."""

    caller: int
    number: int
    text: str
    by_phone: bool
    last: bool

    @property
    def name(self) -> str:
        """Unlike any other act's, the same when it is repeated."""
        return f"{'ABCD'[self.caller]}{self.number:02}"

    @property
    def act(self) -> Act:
        if not self.by_phone:
            return Act.TEXT if self.text else Act.SILENCE
        if self.number == 0:
            return Act.CALL
        return Act.HANG_UP if self.last else Act.KEYS if self.text else Act.SILENCE


@dataclass
class Named:
    """Chance that gives each act its own values, so that two orders can be compared."""

    name: str = ""
    given: int = 0

    def is_for(self, name: str) -> None:
        self.name, self.given = name, 0

    def reference(self) -> str:
        return f"{self.name}R"

    def token(self) -> str:
        self.given += 1
        return f"{self.name}-{self.given}"

    def code(self) -> str:
        return f"{zlib.crc32(self.token().encode()) % 10**6:06}"


@dataclass
class Day:
    """One order of things, on a store of its own."""

    begins: str
    town: Town = field(default_factory=lambda: Town(municipalities=ONCE.municipalities, texts=ONCE.texts))
    chance: Named = field(default_factory=Named)
    answers: dict[str, set[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scripts = copy(the_scripts())
        self.scripts.kept = False

    @property
    def store(self) -> Memory:
        return self.town.store

    def hear(self, order: Iterable[Said]) -> None:
        for said in order:
            self.hear_one(said)

    def hear_one(self, said: Said) -> None:
        """Each act has its own moment, at which it was said; a repeat comes with the same."""
        at = wall(self.begins) + timedelta(seconds=10 * said.number + said.caller)
        channel = Channel.VOICE if said.by_phone else Channel.SMS
        turn = Turn(channel, said.act, at, said.text, f"+4670174061{said.caller}", office_open=False)
        self.chance.is_for(said.name)
        answer = take_turn(
            turn, key=f"{channel}|{said.caller}", carrier_id=said.name, scripts=self.scripts, begin=self.store.begin,
            municipality=self.town.municipalities["smedjebacken"], chance=self.chance, render=spoken,
        )  # fmt: skip
        self.answers.setdefault(said.name, set()).add(answer)

    def is_worked_on(self) -> list[tuple[str, str]]:
        """The worker tells whoever is to be told. (token, the carrier's word) of all of it; every third one failed."""
        self.town.clock.at = wall(self.begins) + timedelta(minutes=8)
        self.chance.is_for("W")
        run_once(replace(self.town.outside, chance=self.chance))
        sent = [one for one in self.store.rows.deliveries.values() if one.state is DeliveryState.SENT]
        kinds = [
            (one, ("lost " if zlib.crc32(one.token.encode()) % 3 == 0 else "") + one.contact.means) for one in sent
        ]
        return [(one.token, word) for one, kind in kinds for word in WORDS.get(kind, ())]

    def is_told(self, told: Sequence[tuple[str, str]]) -> None:
        for token, word in told:
            self.chance.is_for(f"X{token}")
            take_receipt(
                token, word, begin=self.store.begin, at=self.town.clock.at, chance=self.chance,
                municipalities=self.town.municipalities,
            )  # fmt: skip


def spoken(effects: Sequence[Effect]) -> bytes:
    return "\n".join(effect.text for effect in effects if isinstance(effect, Say)).encode()


def told_by(caller: int, words: Sequence[str], *, by_phone: bool) -> list[Said]:
    last = len(words) - 1
    return [Said(caller, n, words[n], by_phone, last=n == last) for n in range(len(words))]


@st.composite
def callers(draw: st.DrawFn) -> list[list[Said]]:
    """Two to four people, each with a thread of texts or a call."""
    found = []
    for caller in range(draw(st.integers(2, 4))):
        by_phone = draw(st.booleans())
        begun = draw(st.sampled_from(CALLED if by_phone else REPORTED))
        kept = begun[: draw(st.integers(0, len(begun)))]
        more = draw(st.lists(st.sampled_from(KEYS if by_phone else TEXTS), min_size=1, max_size=4))
        found.append(told_by(caller, [*kept, *more], by_phone=by_phone))
    return found


def across_each_other(acts: list[list[Said]], chance: Random) -> list[Said]:
    """Each caller's acts in their order, those of all callers mixed, and some delivered again later."""
    turns = [caller for caller, own in enumerate(acts) for _ in own]
    chance.shuffle(turns)
    left = [iter(own) for own in acts]
    order = [next(left[caller]) for caller in turns]
    for said in chance.choices(order, k=chance.randint(0, 8)):
        order.insert(chance.randint(order.index(said) + 1, len(order)), said)
    return order


def with_repeats(told: list[tuple[str, str]], chance: Random) -> list[tuple[str, str]]:
    """Receipts in any order, some of them twice."""
    told = [*told, *chance.choices(told, k=chance.randint(0, 6))] if told else []
    chance.shuffle(told)
    return told


@pytest.mark.timeout(7200)  # ten thousand days take a while
@settings(max_examples=EXAMPLES)
@given(acts=callers(), chance=st.randoms(), begins=st.sampled_from([TUESDAY_TEN, TUESDAY_NIGHT]))
def test_no_order_and_no_repetition_changes_what_is_kept(acts: list[list[Said]], chance: Random, begins: str) -> None:
    calm, wild = Day(begins), Day(begins)
    everything = [said for own in acts for said in own]
    calm.hear(everything)
    wild.hear(across_each_other(acts, chance))
    assert wild.answers == calm.answers
    assert all(len(one) == 1 for one in wild.answers.values())
    told = calm.is_worked_on()
    assert sorted(wild.is_worked_on()) == sorted(told)
    calm.is_told(told)
    wild.is_told(with_repeats(told, chance))
    wild.hear(chance.choices(everything, k=chance.randint(0, 4)))
    assert wild.store.rows == calm.store.rows


@pytest.mark.timeout(7200)  # as above
@given(acts=callers())
def test_who_says_yes_has_one_case_and_who_does_not_has_none(acts: list[list[Said]]) -> None:
    day = Day(TUESDAY_TEN)
    day.hear(said for own in acts for said in (*own, *own))
    consents = {key for key, answers in day.answers.items() if b"Ref " in b"".join(answers)}
    assert len(day.store.rows.reports) == len(day.store.rows.alerts)
    assert {key[0] for key in consents} <= {reference[0] for reference in day.store.rows.reports}
    assert all(day.answers[said.name] for own in acts for said in own)
