"""How a conversation begins, and how a caller leaves it: the ends of the script that no step decides."""

from dataclasses import dataclass, replace

from .asking import Asking
from .conversation import Conversation
from .effects import BringForward, Effect, Say, Tally
from .flow import Script
from .municipality import Municipality
from .reading import read_language
from .turn import Act, Channel, Turn

SAID = frozenset({Act.TEXT, Act.SPEECH, Act.KEYS})


@dataclass(frozen=True)
class Moment:
    """All that one turn is decided on. `reference`: a fresh one, used only if consent makes a case now."""

    script: Script
    municipality: Municipality
    turn: Turn
    reference: str

    @property
    def say(self) -> Asking:
        """The words of this turn."""
        return Asking(self.script, self.municipality, self.turn)

    @property
    def voice(self) -> bool:
        return self.turn.channel is Channel.VOICE


Outcome = tuple[Conversation | None, tuple[Effect, ...]]


def begin(moment: Moment) -> Conversation:
    """A new conversation, in the language of the first words where that is one of the municipality's."""
    languages = [one for one in moment.municipality.languages if one in moment.script.texts]
    language = languages[0]
    if moment.turn.act in SAID and moment.turn.channel is Channel.SMS:
        read = read_language(moment.script.lexicon, moment.turn.text)
        language = read if read in languages else language
    return Conversation(script=moment.script.version, language=language, step=moment.script.start)


def left(moment: Moment, here: Conversation | None) -> Outcome:
    """The caller hung up, or was connected to a person: what consent made is sent, the rest is only counted."""
    if here is None:
        return None, ()
    if here.reference:
        return None, () if here.complete else (BringForward(here.reference, broken_off=True), Tally("broken_off"))
    return None, (Tally("connected" if moment.turn.act is Act.BRIDGED else "left"),)


def opening(moment: Moment, here: Conversation, *, picture: bool = False, ask: str = "") -> Outcome:
    """The 112 line before anything else, twice on calls; then the first question."""
    say = moment.say
    first = say.text("opening", here)
    if moment.voice:
        others = [replace(here, language=one) for one in moment.municipality.languages if one != here.language]
        return here, (first, first, *(say.text("languages", one) for one in others), *say.question(here))
    if picture:
        return here, (first, say.text("picture", here))
    foreign = read_language(moment.script.lexicon, moment.turn.text) if moment.turn.text else None
    if foreign not in moment.municipality.languages and "opening" in moment.script.foreign.get(foreign or "", {}):
        first = Say(moment.script.foreign[foreign or ""]["opening"], foreign or "", "opening")
    here = replace(here, step=ask or here.step)
    return here, (first, *say.question(here))
