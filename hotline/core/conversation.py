"""A caller's place in the script, as a value that can be kept as text. It dies after 30 idle minutes."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

IDLE = timedelta(minutes=30)
WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MOST_WORDS = 20


if TYPE_CHECKING:
    changed = replace
else:

    def changed(here: object, **changes: object) -> object:
        """Like dataclasses.replace, which is slow: a turn makes five of these, and the proof a million."""
        made = object.__new__(type(here))
        made.__dict__.update(here.__dict__, **changes)
        return made


@dataclass(frozen=True)
class Conversation:
    """`after`: where the answer to "have you called 112?" leads. `words`: free words, verbatim, before consent.

    `before`: the step answered last, "" after going back to it. `reference`: of the case, once consent has made it,
    else "". `silences` and `misses` are in a row. `spent`: SMS segments lately, as of `spent_at` (seconds since
    1970), or answers in this call; `over`: only that is left of it.
    """

    script: str
    language: str
    step: str
    after: str = ""
    flags: frozenset[str] = frozenset()
    answers: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    before: str = ""
    misses: int = 0
    silences: int = 0
    tried: bool = False
    reference: str = ""
    complete: bool = False
    spent: float = 0.0
    spent_at: float = 0.0
    over: bool = False

    def with_words(self, text: str) -> "Conversation":
        kept = text.strip()
        return changed(self, words=(*self.words, kept)[-MOST_WORDS:]) if kept else self

    def raised(self, *flags: str) -> "Conversation":
        return self if self.flags.issuperset(flags) else changed(self, flags=self.flags | set(flags))

    def lost_in(self, steps: Collection[str], languages: Collection[str]) -> tuple[str, ...]:
        """What this conversation stands on and another script does not have; nothing: it can go on there."""
        missing = tuple(step for step in (self.step, self.after, self.before) if step and step not in steps)
        return missing if self.language in languages else (*missing, self.language)

    def to_text(self) -> str:
        return WRITER.encode({**vars(self), "flags": sorted(self.flags)})

    @staticmethod
    def from_text(text: str) -> "Conversation":
        """Raises ValueError when the text is not a conversation of this form."""
        data = json.loads(text)
        if not NAMES - LATER <= set(data) <= NAMES:
            raise ValueError("a conversation of another form")
        data["flags"] = frozenset(data["flags"])
        data["words"] = tuple(data["words"])
        data["answers"] = tuple((step, key) for step, key in data["answers"])
        return changed(UNSAID, **data)


def kept_as(text: str | None) -> Conversation | None:
    """What was kept, if anything was; a conversation of another form cannot go on: the caller begins anew."""
    try:
        return Conversation.from_text(text) if text else None
    except (ValueError, TypeError):
        return None


UNSAID = Conversation(script="", language="", step="")
NAMES = frozenset(one.name for one in fields(Conversation))
LATER = frozenset({"spent", "spent_at", "over"})  # conversations that began in an older release have none of these
