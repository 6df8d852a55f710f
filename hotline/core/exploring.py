"""Walks a script through everything a caller can do, so that it can be shown, compared and proved.

The product space is small: every conversation that can be reached is visited once, with the shortest way to it.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from .conversation import Conversation
from .effects import Ask, Connect, Effect, HangUp, Say
from .engine import resume
from .flow import Kind, Script
from .municipality import Municipality
from .opening import Moment
from .turn import Act, Channel, Turn

MOMENT = datetime(2026, 2, 3, 13, 5, tzinfo=UTC)
CALLER = "+46701740612"
FIRST = {"sv": "Hej", "fi": "Moi", "en": "Hello"}
PLACE = "Ekgatan 12"


@dataclass(frozen=True)
class Path:
    """The turns of one conversation and what each was answered with; `last` is the conversation after them."""

    turns: tuple[tuple[Turn, tuple[Effect, ...]], ...]
    last: Conversation | None


@dataclass(frozen=True)
class Ways:
    """One language, one channel, one kind of hour: what is explored together."""

    script: Script
    municipality: Municipality
    language: str
    channel: Channel
    office_open: bool

    def begin(self) -> Path:
        """The opening, in this language."""
        first = self._turn(Act.CALL) if self.channel is Channel.VOICE else self._turn(Act.TEXT, FIRST[self.language])
        path = self.go_on(Path((), None), first)
        if path.last is not None and path.last.language != self.language:
            keys = {language: key for key, language in self.script.language_keys.items()}
            path = self.go_on(path, self.says(keys[self.language]))
        return path

    def says(self, words: str) -> Turn:
        return self._turn(Act.KEYS if self.channel is Channel.VOICE else Act.TEXT, words)

    def go_on(self, path: Path, turn: Turn) -> Path:
        last, effects = resume(Moment(self.script, self.municipality, turn, "K7Q2"), path.last)
        return Path((*path.turns, (turn, effects)), last)

    def inputs(self, here: Conversation) -> Iterator[Turn]:
        """Everything of consequence that a caller, or the carrier, can do on this step."""
        step = self.script.steps[here.step]
        if step.kind is Kind.CONNECT:
            yield from (self._turn(Act.NOT_BRIDGED), self._turn(Act.BRIDGED))
            return
        yield from (self.says(key) for key in step.choices)
        if step.kind is Kind.PLACE:
            yield self.says(PLACE)
        if step.kind is Kind.NUMBER:
            yield from (self.says(keys) for keys in ("1", "0701740655"))
        yield from (self.says("0"), self.says("5"))
        if self.channel is Channel.VOICE:
            yield from (self._turn(Act.SILENCE), self._turn(Act.HANG_UP))

    def all(self, place: Callable[[Conversation], Hashable]) -> Iterator[Path]:
        """The shortest way to every place, and from it everything that can be done there, once."""
        first = self.begin()
        seen, waiting = {place(first.last)} if first.last else set(), deque([first])
        yield first
        while waiting:
            path = waiting.popleft()
            if path.last is None:
                continue
            for turn in self.inputs(path.last):
                after = self.go_on(path, turn)
                yield after
                if after.last is not None and place(after.last) not in seen:
                    seen.add(place(after.last))
                    waiting.append(after)

    def _turn(self, act: Act, words: str = "") -> Turn:
        return Turn(self.channel, act, MOMENT, words, CALLER, self.office_open)


def step_place(here: Conversation) -> Hashable:
    """Where somebody stands, seen from the script: enough to see every choice of it made once."""
    return here.step, here.after, here.tried, bool(here.reference), here.complete


def whole_place(here: Conversation) -> Hashable:
    """Where somebody stands, with all that can decide what comes next: flags, misses and silences, too."""
    itself = ("who", "4") in here.answers
    return step_place(here), here.flags, here.misses, here.silences, here.trail[-1:], itself


def transcript(path: Path) -> str:
    """One conversation as people read it: > the caller, < the hotline."""
    lines = []
    for turn, effects in path.turns:
        lines.append(f"> {turn.text or f'({turn.act.value})'}")
        lines += [line for effect in effects if (line := shown(effect))]
    return "\n".join(lines)


def shown(effect: Effect) -> str:
    """One line of a transcript; nothing for the listening itself."""
    match effect:
        case Say(text, language, _):
            return f"< [{language}] {text}"
        case Ask():
            return ""
        case Connect(_, whisper):
            return f"< (rings social services, who hear: {whisper})"
        case HangUp():
            return "< (hangs up)"
        case _:
            return f"  = {type(effect).__name__}"
