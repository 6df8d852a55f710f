"""Somebody who talks with the shipped script, one act after the other: nothing is kept and nothing is sent."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from hotline.adapters.municipality_files import load_municipalities
from hotline.core.conversation import Conversation
from hotline.core.effects import Effect, Say
from hotline.core.engine import decide, resume
from hotline.core.hearing import Heard
from hotline.core.municipality import Municipality
from hotline.core.opening import Moment
from hotline.core.turn import Act, Channel, Turn
from tests.web.doors import ROOT, the_scripts

AT = datetime(2027, 3, 9, 9, tzinfo=UTC)
NUMBER, REFERENCE = "+46701740612", "K7Q2"
REPORTED_BY_TEXT = ("Hej", "2", "1", "4", "2", "1")
REPORTED_BY_CALL = ("2", "1", "4", "2", "1")


@cache
def the_town() -> Municipality:
    return load_municipalities(ROOT / "flows" / "municipalities")["smedjebacken"]


@dataclass
class Caller:
    """`heard`: what the last act was answered with; `here`: the conversation, None before it and after its end."""

    channel: Channel = Channel.SMS
    office_open: bool = False
    number: str | None = NUMBER
    here: Conversation | None = None
    effects: tuple[Effect, ...] = field(default=())

    def does(self, act: Act, text: str = "") -> "Caller":
        turn = Turn(self.channel, act, AT, text, self.number, self.office_open)
        self.here, self.effects = resume(Moment(the_scripts().current, the_town(), turn, REFERENCE), self.here)
        return self

    def means(self, heard: Heard, text: str) -> "Caller":
        """Words, whatever they are, that are heard as this: what is understood of words changes with their weights."""
        act = Act.TEXT if self.channel is Channel.SMS else Act.SPEECH
        turn = Turn(self.channel, act, AT, text, self.number, self.office_open)
        self.here, self.effects = decide(Moment(the_scripts().current, the_town(), turn, REFERENCE), self.here, heard)
        return self

    def says(self, *texts: str) -> "Caller":
        """Texts, or keys in a call."""
        for text in texts:
            self.does(Act.TEXT if self.channel is Channel.SMS else Act.KEYS, text)
        return self

    @property
    def now(self) -> Conversation:
        assert self.here is not None
        return self.here

    @property
    def names(self) -> list[str]:
        """Of the texts of the last answer."""
        return [effect.name for effect in self.effects if isinstance(effect, Say)]

    def words(self, name: str) -> str:
        """Of one text, as it would be said now."""
        turn = Turn(self.channel, Act.CALL, AT, office_open=self.office_open)
        return Moment(the_scripts().current, the_town(), turn, REFERENCE).say.text(name, self.now).text

    @property
    def rows(self) -> list[Effect]:
        """What the last act did, without what is said, in order."""
        return [effect for effect in self.effects if not isinstance(effect, Say)]


def calling(*keys: str, office_open: bool = False, number: str | None = NUMBER) -> Caller:
    return Caller(Channel.VOICE, office_open, number).does(Act.CALL).says(*keys)


def texting(*texts: str) -> Caller:
    return Caller().says(*texts)


def standing(caller: Caller, **changed: object) -> Caller:
    """The same caller, whose place in the script is another one."""
    return replace(caller, here=replace(caller.now, **changed))  # type: ignore[arg-type]  # as each test names them
