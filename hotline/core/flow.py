"""The script as values: steps, choices, texts. What may not enter: files, and what happened in a conversation.

Structure and texts are apart: one structure for texts and calls, one set of texts per language (flows/).
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """`to`: where ANYTHING, PLACE, NUMBER and a failed CONNECT go on. `on_voice`, `on_open_call`: the step that stands
    in for this one on calls, or on calls while the office is open and connecting has not been tried.
    """

    name: str
    kind: Kind
    choices: Mapping[str, Choice]
    yes_no: bool = False
    to: str = ""
    on_voice: str = ""
    on_open_call: str = ""
    forget: bool = False


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
    """`version`: hash of structure and texts. `foreign`: language → the few texts that exist in it (112, opening)."""

    name: str
    version: str
    start: str
    steps: Mapping[str, Step]
    texts: Mapping[str, Texts]
    foreign: Mapping[str, Mapping[str, str]]
    language_keys: Mapping[str, str]
    lexicon: Lexicon
