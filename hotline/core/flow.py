"""The script as values: steps, choices, texts. What may not enter: files, and what happened in a conversation.

Structure and texts are apart: one structure for texts and calls, one set of texts per language (flows/).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .reading import Lexicon, Option


class Kind(StrEnum):
    """What a step waits for: a choice; anything at all; a place; a telephone number; the result of connecting."""

    CHOICE = "choice"
    ANYTHING = "anything"
    PLACE = "place"
    NUMBER = "number"
    CONNECT = "connect"
    END = "end"


class Filing(StrEnum):
    """How a choice gives consent."""

    NO = ""
    WITHOUT_NUMBER = "without_number"
    WITH_NUMBER = "with_number"


class Unconnected(StrEnum):
    """Why a caller is not connected to social services: what a CONNECT step must lead somewhere for, each of them."""

    BY_TEXT = "by_text"
    CLOSED = "closed"
    AGAIN = "again"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Choice:
    """`flags` are only ever added. `say`: a text before the next question. `note`: the answer joins the filed case."""

    to: str
    flags: frozenset[str] = frozenset()
    say: str = ""
    file: Filing = Filing.NO
    note: bool = False


@dataclass(frozen=True)
class Step:
    """`to`: where ANYTHING, PLACE and NUMBER go on; `none`: where a NUMBER goes on that is not given.

    `otherwise`: where a CONNECT goes on, by reason. `on_voice`: the step that stands in for this one on calls.
    `answered_by_danger`: a cry here is the answer, so that the question is not put again after the 112 text.
    """

    name: str
    kind: Kind
    choices: Mapping[str, Choice] = field(default_factory=dict)
    yes_no: bool = False
    to: str = ""
    none: str = ""
    otherwise: Mapping[Unconnected, str] = field(default_factory=dict)
    on_voice: str = ""
    forget: bool = False
    answered_by_danger: bool = False

    def leads(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """(Where in the step it is written, name of the step it leads to), for every way out of this one."""
        named = {"to": self.to, "none": self.none, "on_voice": self.on_voice}
        yield from (((key,), to) for key, to in named.items() if to)
        yield from ((("choices", key, "to"), choice.to) for key, choice in self.choices.items())
        yield from ((("otherwise", why.value), to) for why, to in self.otherwise.items())


@dataclass(frozen=True)
class Anywhere:
    """What is understood at every step, before its own answers. `danger`: the step whose text is the 112 text.

    `words`: group of words (flows/words) → step; `first_words`: only where they are the first thing said.
    `leave`: the end of who goes back before the first question. `reported`: the end of every report.
    """

    danger: str
    leave: str
    reported: str
    words: Mapping[str, str] = field(default_factory=dict)
    first_words: Mapping[str, str] = field(default_factory=dict)

    def leads(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """As Step.leads."""
        yield from ((("danger",), self.danger), (("leave",), self.leave), (("reported",), self.reported))
        yield from ((("words", group), to) for group, to in self.words.items())
        yield from ((("first_words", group), to) for group, to in self.first_words.items())


@dataclass(frozen=True)
class Bounds:
    """What the proof holds the script to. Turns: a caller's acts until the end; seconds: of speech (see `speaking`)."""

    turns: int
    messages: int
    segments: int
    lix: int
    sentence_words: int
    seconds_to_112: float
    seconds_to_person: float


@dataclass(frozen=True)
class Helpline:
    """A number that texts may name: as it is written, and as a voice reads it."""

    written: str
    spoken: str


@dataclass(frozen=True)
class Texts:
    """One language. `wordings`: text name → variant (sms, voice, sms_closed, sms_urgent_closed, …) → words."""

    language: str
    locale: str
    reviewed: bool
    wordings: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, tuple[Option, ...]]


@dataclass(frozen=True)
class Script:
    """`version`: hash of structure and texts. `foreign`: language → the few texts that exist in it (112, opening).

    `read_lexicon`: the words people use, large, and needed only by whoever is spoken to; the same object each time.

    `missed`, `silent`: the texts for the first, second, … time in a row that nothing is understood, or said; after the
    last one a call ends.
    """

    name: str
    version: str
    start: str
    steps: Mapping[str, Step]
    anywhere: Anywhere
    missed: tuple[str, ...]
    silent: tuple[str, ...]
    bounds: Bounds
    texts: Mapping[str, Texts]
    foreign: Mapping[str, Mapping[str, str]]
    language_keys: Mapping[str, str]
    helplines: Mapping[str, Helpline]
    read_lexicon: Callable[[], Lexicon] = field(repr=False, compare=False)

    @property
    def lexicon(self) -> Lexicon:
        """Read when it is first asked for."""
        return self.read_lexicon()
