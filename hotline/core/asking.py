"""How a step is put to a caller: its words in the conversation's language, and on calls the listening after them."""

from dataclasses import dataclass, replace
from functools import cached_property

from .case import URGENT_FLAGS
from .conversation import Conversation
from .effects import Ask, Effect, HangUp, Say
from .flow import Kind, Script
from .municipality import Municipality
from .turn import Channel, Turn
from .wording import UnsayableError, facts, worded

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

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The municipality's that this script has: an older one, or a newer file, may not have them all."""
        return tuple(one for one in self.municipality.languages if one in self.script.texts)

    def text(self, name: str, here: Conversation, language: str = "") -> Say:
        """One text of the script, worded for this moment, or in another language. Raises UnsayableError."""
        urgent, language = bool(here.flags & URGENT_FLAGS), language or here.language
        try:
            words = worded(self.script.texts[language], name, self.turn, urgent=urgent)
        except (KeyError, StopIteration) as problem:
            raise UnsayableError(name, language) from problem
        return self._filled(Say(words, language, name), here.reference)

    def foreign(self, name: str, language: str) -> Say | None:
        """The same for a language that has no script, if it has this text."""
        words = self.script.foreign.get(language, {}).get(name)
        return self._filled(Say(words, language, name)) if words else None

    def question(self, here: Conversation) -> tuple[Effect, ...]:
        """The question of the step, and on calls the keys that answer it."""
        withheld = self.script.steps[here.step].kind is Kind.NUMBER and self.turn.caller is None
        said = self.text("number_withheld" if withheld else here.step, here)
        return (said, self.listen(here)) if self.voice else (said,)

    def listen(self, here: Conversation) -> Ask:
        many = self.script.steps[here.step].kind is Kind.NUMBER
        return Ask(here.language, NUMBER_KEYS if many else 1, 15 if many else 8)

    def whisper(self, here: Conversation) -> str:
        """What whoever picks up hears before the caller is put through: no names, nothing the caller wrote."""
        first = self.languages[0]
        known = [f"whisper_{flag}" for flag in ("going_on", "red", "child") if flag in here.flags]
        spoken = Conversation(here.script, first, here.step)
        return " ".join(self.text(name, spoken).text for name in ("whisper", *known, "whisper_accept"))

    def _filled(self, say: Say, reference: str = "") -> Say:
        """With the facts of the moment."""
        if "{" not in say.text:
            return say
        try:
            return replace(say, text=say.text.format_map({**self._facts, "reference": reference}))
        except (LookupError, ValueError, AttributeError) as problem:
            raise UnsayableError(say.name, say.language) from problem

    @cached_property
    def _facts(self) -> dict[str, str]:
        return facts(self.municipality, self.script.helplines, self.turn)

    def close(self) -> tuple[Effect, ...]:
        return (HangUp(),) if self.voice else ()
