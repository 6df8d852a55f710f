"""How a step is put to a caller: its words in the conversation's language, and on calls the listening after them."""

from dataclasses import dataclass

from .case import URGENT_FLAGS
from .conversation import Conversation
from .effects import Ask, Effect, HangUp, Say
from .flow import Kind, Script
from .municipality import Municipality
from .reading import Option
from .turn import Channel, Turn
from .wording import facts, worded

NUMBER_KEYS = 16


@dataclass(frozen=True)
class Asking:
    """The words of one turn."""

    script: Script
    municipality: Municipality
    turn: Turn

    @property
    def voice(self) -> bool:
        return self.turn.channel is Channel.VOICE

    def text(self, name: str, here: Conversation) -> Say:
        """One text of the script, worded for this moment."""
        known = facts(self.municipality, self.turn.at, here.reference)
        urgent = bool(here.flags & URGENT_FLAGS)
        return Say(worded(self.script.texts[here.language], name, self.turn, known, urgent=urgent), here.language, name)

    def question(self, here: Conversation) -> tuple[Effect, ...]:
        """The question of the step, and on calls the keys that answer it."""
        withheld = self.script.steps[here.step].kind is Kind.NUMBER and self.turn.caller is None
        said = self.text("number_withheld" if withheld else here.step, here)
        return (said, self.listen(here)) if self.voice else (said,)

    def listen(self, here: Conversation) -> Ask:
        many = self.script.steps[here.step].kind is Kind.NUMBER
        return Ask(here.language, NUMBER_KEYS if many else 1, 15 if many else 8)

    def options(self, here: Conversation) -> tuple[Option, ...]:
        """What may be answered: the keys of the step, with their labels in the conversation's language."""
        labels = {option.key: option for option in self.script.texts[here.language].labels.get(here.step, ())}
        return tuple(labels.get(key, Option(key, ())) for key in self.script.steps[here.step].choices)

    def whisper(self, here: Conversation) -> str:
        """What whoever picks up hears before the caller is put through: no names, nothing the caller wrote."""
        first = self.municipality.languages[0]
        known = [f"whisper_{flag}" for flag in ("going_on", "red", "child") if flag in here.flags]
        spoken = Conversation(here.script, first, here.step)
        return " ".join(self.text(name, spoken).text for name in ("whisper", *known, "whisper_accept"))

    def close(self) -> tuple[Effect, ...]:
        return (HangUp(),) if self.voice else ()
