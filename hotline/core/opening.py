"""How a conversation begins, and how a caller leaves it: the ends of the script that no step decides."""

from dataclasses import dataclass
from functools import cached_property

from .asking import Asking
from .conversation import Conversation
from .effects import BringForward, Effect, Tally
from .flow import Script
from .hearing import Heard
from .municipality import Municipality
from .turn import Act, Channel, Turn


@dataclass(frozen=True)
class Moment:
    """All that one turn is decided on. `reference`: a fresh one, used only if consent makes a case now."""

    script: Script
    municipality: Municipality
    turn: Turn
    reference: str

    @cached_property
    def say(self) -> Asking:
        """The words of this turn."""
        return Asking(self.script, self.municipality, self.turn)

    @property
    def voice(self) -> bool:
        return self.turn.channel is Channel.VOICE


Outcome = tuple[Conversation | None, tuple[Effect, ...]]


def begin(moment: Moment, heard: Heard) -> Conversation:
    """A new conversation, in the language of the first words where that is one of the municipality's."""
    languages = moment.say.languages
    language = heard.language if heard.language in languages else languages[0]
    return Conversation(script=moment.script.version, language=language, step=moment.script.start)


def left(moment: Moment, here: Conversation | None) -> Outcome:
    """The caller hung up, or was connected to a person: what consent made is sent, the rest is only counted."""
    if here is None:
        return None, ()
    if here.reference:
        return None, () if here.complete else (BringForward(here.reference, broken_off=True), Tally("broken_off"))
    return None, (Tally("connected" if moment.turn.act is Act.BRIDGED else "left"),)


def opening(moment: Moment, here: Conversation, heard: Heard, *, picture: bool = False) -> Outcome:
    """The 112 line before anything else, twice on calls; then the first question."""
    say = moment.say
    first = say.text("opening", here)
    if moment.voice:
        others = [say.text("languages", here, one) for one in say.languages if one != here.language]
        return here, (first, first, *others, *say.question(here))
    if picture:
        return here, (first, *say.question(here))
    if heard.language not in say.languages:
        first = say.foreign("opening", heard.language or "") or first
    return here, (first, *say.question(here))


def reopening(moment: Moment, here: Conversation) -> Outcome:
    """The opening in a language that was asked for: the 112 line and the first question, and no other language."""
    return here, (moment.say.text("opening", here), *moment.say.question(here))
