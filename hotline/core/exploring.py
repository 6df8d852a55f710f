"""Walks a script through everything a caller can do, so that it can be shown, compared and proved.

The product space is small: every conversation that can be reached is visited once, with the shortest way to it. What a
caller says is tried as what is `Heard` of it, so that all words are covered by the few ways of hearing them.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import starmap

from .case import URGENT_FLAGS
from .conversation import Conversation
from .crying import PLACE, cries_at, every_cry_at, first_cries, is_heard
from .effects import Ask, Connect, Effect, HangUp, Say
from .engine import decide
from .flow import Kind, Script, Unconnected
from .hearing import ABOUT, LANGUAGE, NOTHING, OPT_OUT, Heard, NoNumber, Number, Place, is_over
from .municipality import Municipality
from .opening import Moment
from .reading import Chosen, DontKnow, Unclear
from .turn import Act, Channel, Turn

MOMENT = datetime(2026, 2, 3, 13, 5, tzinfo=UTC)
CALLER, OTHER_NUMBER = "+46701740612", "+46701740655"
FIRST = {"sv": "Hej", "fi": "Moi", "en": "Hello"}
LONGEST_KEYS = 4
NONSENSE, UNSURE = "hm", "?"
CONNECTION_FAILS = (Unconnected.BUSY, Unconnected.NO_ANSWER, Unconnected.REFUSED, Unconnected.FAILED)


@dataclass(frozen=True)
class Move:
    """One thing that a caller, or the carrier, can do. `words`: how it is written in a transcript."""

    act: Act
    words: str = ""
    heard: Heard = NOTHING


@dataclass(frozen=True)
class Path:
    """The moves of one conversation and what each was answered with; `last` is the conversation after them.

    `words`: what was written on the way that is more than keys.
    """

    moves: tuple[tuple[Move, tuple[Effect, ...]], ...] = ()
    last: Conversation | None = None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ways:
    """One language, one channel, one kind of hour: what is explored together."""

    script: Script
    municipality: Municipality
    language: str
    channel: Channel
    office_open: bool
    caller: str | None = CALLER
    moments: dict[tuple[Act, str], Moment] = field(default_factory=dict, repr=False, compare=False)

    @property
    def voice(self) -> bool:
        return self.channel is Channel.VOICE

    @property
    def shown(self) -> str:
        """Like "sv, call, open, withheld"."""
        channel, hour = "call" if self.voice else "text", "open" if self.office_open else "closed"
        return ", ".join([self.language, channel, hour, *([] if self.caller else ["withheld"])])

    def begin(self) -> Path:
        """The opening, in this language."""
        if not self.voice:
            return self.go_on(Path(), self.first())
        path = self.go_on(Path(), Move(Act.CALL))
        keys = {language: key for key, language in self.script.language_keys.items()}
        if path.last is not None and path.last.language != self.language and self.language in keys:
            path = self.go_on(path, self.wish(f"{LANGUAGE}{self.language}", keys[self.language]))
        return path

    def first(self) -> Move:
        """The first words of somebody who writes in this language."""
        words = FIRST.get(self.language, self.language)
        return Move(Act.TEXT, words, Heard(language=self.language))

    def beginnings(self) -> Iterator[Move]:
        """Everything that a conversation can begin with, in this language or before there is one."""
        if self.voice:
            yield from (Move(Act.CALL), *self.lost(), *self.first_cries())
        else:
            yield from (self.first(), *self.openings(), *self.first_cries())

    def lost(self) -> Iterator[Move]:
        """How a call goes on that we know nothing of any more: what was kept of it is gone."""
        yield from (Move(Act.KEYS, "1", Heard(sign="1")), Move(Act.SILENCE), Move(Act.HANG_UP))
        yield Move(Act.NOT_BRIDGED, CONNECTION_FAILS[0].value)
        wishes = (OPT_OUT, *self.script.anywhere.words) if self.municipality.speech else ()
        yield from (Move(Act.SPEECH, f"({wish})", Heard(wish=wish)) for wish in wishes)

    def openings(self) -> Iterator[Move]:
        """What else a conversation by text can begin with, besides danger."""
        if self.voice:
            return
        anywhere = self.script.anywhere
        languages = [f"{LANGUAGE}{one}" for one in self.municipality.languages if one != self.language]
        for wish in (*languages, OPT_OUT, *anywhere.words, *anywhere.first_words):
            yield Move(Act.TEXT, f"({wish})", Heard(wish=wish, language=self.language))
        foreign = [one for one, texts in self.script.foreign.items() if "opening" in texts]
        yield from (Move(Act.TEXT, f"({one})", Heard(language=one)) for one in foreign)
        yield from (Move(Act.SILENCE), Move(Act.PICTURE))

    def first_cries(self) -> Iterator[Move]:
        """A cry as the first words; a call has such only where what was kept of it is gone."""
        yield from starmap(self._spoken, first_cries(self.script))

    def go_on(self, path: Path, move: Move) -> Path:
        last, effects = decide(self._moment(move), path.last, move.heard)
        words = path.words | {move.words} if len(move.words) > LONGEST_KEYS else path.words
        return Path((*path.moves, (move, effects)), last, words)

    def wish(self, wish: str, words: str) -> Move:
        """A word, or a language's key, that means the same at every step."""
        return Move(self._saying, words, Heard(wish=wish, sign=words if words.isdigit() else ""))

    def inputs(self, here: Conversation) -> Iterator[Move]:
        """Everything of consequence, but danger, that a caller, or the carrier, can do on this step."""
        step = self.script.steps[here.step]
        if step.kind is Kind.CONNECT:
            yield from (Move(Act.NOT_BRIDGED, why.value) for why in CONNECTION_FAILS)
            yield Move(Act.BRIDGED)
            return
        if here.complete and self.voice:
            yield Move(Act.HANG_UP)
            return
        if here.complete:
            yield from (self._ended(sign, here) for sign in "012")
            yield self._said(NONSENSE, Heard(red=True))
            return
        yield from self.answers(here)
        yield from self._wishes(here)
        yield from (self._said("0", Heard(sign="0", answer=self._zero(here))), self._said(NONSENSE, Heard()))
        if self.voice:
            yield from (Move(Act.SILENCE), Move(Act.HANG_UP))
        else:
            yield from (Move(Act.SILENCE), Move(Act.PICTURE))

    def dangers(self, here: Conversation) -> Iterator[Move]:
        """A cry in each way that may be answered otherwise here."""
        if is_heard(self.script, here, voice=self.voice):
            yield from starmap(self._spoken, cries_at(self.script, here))

    def every_danger(self, here: Conversation) -> Iterator[Move]:
        """All that can be heard of any cry on this step."""
        if is_heard(self.script, here, voice=self.voice):
            yield from starmap(self._spoken, every_cry_at(self.script, here))

    def all(self, place: Callable[[Conversation], Hashable]) -> Iterator[Path]:
        """The shortest way to every place, and from it everything that can be done there, once."""
        first = self.begin()
        seen, waiting = {place(first.last)} if first.last else set(), deque([first])
        yield first
        for path, move in self._tries(waiting):
            after = self.go_on(path, move)
            yield after
            # In another language the same conversation goes on as it would have from its beginning.
            if after.last is None or after.last.language != self.language:
                continue
            if place(after.last) not in seen:
                seen.add(place(after.last))
                waiting.append(after)

    def _tries(self, waiting: deque[Path]) -> Iterator[tuple[Path, Move]]:
        """What to try next: other first words, then everything from whatever has come to wait meanwhile."""
        yield from ((Path(), move) for move in self.openings())
        while waiting:
            path = waiting.popleft()
            yield from ((path, move) for move in self.inputs(path.last)) if path.last else ()

    def everything(self, here: Conversation) -> Iterator[Move]:
        """Inputs and dangers."""
        yield from self.inputs(here)
        yield from self.dangers(here)

    def answers(self, here: Conversation) -> Iterator[Move]:
        """Each answer to this step, given as it is asked for."""
        step = self.script.steps[here.step]
        for key in step.choices:
            yield self._said(key, Heard(sign=key, answer=Chosen(key)))
        if step.kind is Kind.CHOICE and step.yes_no:
            yield self._said(UNSURE, Heard(answer=DontKnow()))
        if step.kind is Kind.PLACE:
            yield self._said(PLACE, Heard(answer=Place()))
        if step.kind is Kind.NUMBER:
            if self.caller:
                yield self._said("1#", Heard(sign="", answer=Number(self.caller)))
            yield self._said("0701740655#", Heard(answer=Number(OTHER_NUMBER)))

    def _wishes(self, here: Conversation) -> Iterator[Move]:
        for key, language in self.script.language_keys.items():
            if language in self.municipality.languages and key not in self.script.steps[here.step].choices:
                yield self.wish(f"{LANGUAGE}{language}", key)
        if not self.voice or self.municipality.speech:
            spoken = Act.SPEECH if self.voice else Act.TEXT
            for group in (OPT_OUT, ABOUT, *self.script.anywhere.words):
                yield Move(spoken, f"({group})", Heard(wish=group))

    def _ended(self, sign: str, here: Conversation) -> Move:
        """A key after the last text: an answer, where that was the 112 text."""
        asked = not is_over(self.script, here) and sign in self.script.steps[here.step].choices
        return self._said(sign, Heard(sign=sign, answer=Chosen(sign) if asked else Unclear()))

    def _zero(self, here: Conversation) -> NoNumber | Unclear:
        return NoNumber() if self.script.steps[here.step].kind is Kind.NUMBER else Unclear()

    def _spoken(self, words: str, heard: Heard) -> Move:
        return Move(Act.SPEECH if self.voice else Act.TEXT, words, heard)

    def _said(self, words: str, heard: Heard) -> Move:
        return Move(self._saying, words, heard)

    @cached_property
    def _saying(self) -> Act:
        return Act.KEYS if self.voice else Act.TEXT

    def _moment(self, move: Move) -> Moment:
        """The same for the same act, so that its texts are filled in once."""
        if (key := (move.act, move.words)) not in self.moments:
            turn = Turn(self.channel, move.act, MOMENT, move.words, self.caller, self.office_open)
            self.moments[key] = Moment(self.script, self.municipality, turn, "K7Q2")
        return self.moments[key]


def step_place(here: Conversation) -> Hashable:
    """Where somebody stands, seen from the script: enough to see every choice of it made once."""
    return here.step, here.after, here.tried, bool(here.reference), here.complete


def whole_place(here: Conversation) -> Hashable:
    """Where somebody stands, with all that can decide what comes next.

    Of the flags the engine asks only whether it is going on, and whether one is urgent (which of them, it only says to
    social services before a call is put through); which answers were given, and in which words, it never asks.
    """
    flags = "going_on" in here.flags, bool(here.flags & URGENT_FLAGS)
    return step_place(here), here.before, flags, here.misses, here.silences


def transcript(path: Path) -> str:
    """One conversation as people read it: > the caller, < the hotline."""
    return "\n".join(line for move in path.moves for line in told(*move))


def told(move: Move, effects: Sequence[Effect]) -> Iterator[str]:
    """What was done, and what it was answered with."""
    yield f"> {written(move)}"
    yield from (line for effect in effects if (line := shown(effect)))


def written(move: Move) -> str:
    """How the caller's part is written down."""
    return move.words or f"({move.act.value})"


def chapters(paths: Iterable[Path]) -> Iterator[str]:
    """The whole script as a text: a chapter per place, headed by the way to it, then each thing that can be done there.

    The answers on the way stand in the chapters before, so that nothing is written twice.
    """
    below: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        way = tuple(written(move) for move, _ in path.moves[:-1])
        here = path.last.step if path.last else "the end"
        end = f"  ({here}{', saved' if path.last and path.last.complete else ''})"
        below.setdefault(way, []).append("\n".join([*told(*path.moves[-1]), end]))
    for way, answers in below.items():
        yield "\n\n".join([f"# {' · '.join(way) or 'The beginning'}", *answers])


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
