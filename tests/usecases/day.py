"""A day on which people report, in a store in memory: what each says has a name and a moment of its own.

So two orders of the same day can be compared, value by value. Decides nothing.
"""

import zlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hotline.core.alert import DeliveryState
from hotline.core.effects import Effect, Say
from hotline.core.turn import Act, Channel, Turn
from hotline.usecases.alerting import run_once, take_receipt
from hotline.usecases.intake import take_turn
from tests.fakes import Memory
from tests.usecases.town import Town, wall
from tests.web.doors import the_scripts

ONCE = Town()  # its files are read once
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
