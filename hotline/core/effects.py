"""What the engine wants to happen: a closed union. A new effect is a type error until all that apply it know it.

Replies (Say, Ask, Connect, HangUp) go back in this turn's answer; the others become rows in this turn's transaction.
"""

from dataclasses import dataclass

from .case import Report


@dataclass(frozen=True)
class Say:
    """One text message, or one spoken paragraph. `name` is the text's name in the script (for a recording)."""

    text: str
    language: str
    name: str = ""


@dataclass(frozen=True)
class Ask:
    """Voice: now listen. `keys` = 1: one key; more: keys ended by #. Silence is a turn, too. Nothing for texts."""

    language: str
    keys: int = 1
    seconds: int = 8


@dataclass(frozen=True)
class Connect:
    """Voice: connect to social services; `whisper` is heard by whoever picks up, who presses 1 to accept."""

    language: str
    whisper: str


@dataclass(frozen=True)
class HangUp:
    """Voice: the call ends here. Nothing for texts."""


@dataclass(frozen=True)
class FileReport:
    """Consent was given: a case, its alert and its first due delivery. Due after `wait_minutes` (0 = now)."""

    report: Report
    wait_minutes: int


@dataclass(frozen=True)
class AddToCase:
    """Something more was said after consent. `kind`: place, words, call_back, answer, withdrawn, broken_off.

    `text` of an answer, and of some call_back: step=choice.
    """

    reference: str
    kind: str
    text: str


@dataclass(frozen=True)
class BringForward:
    """The waiting alert of this case is due now. `broken_off`: the caller left before the last question. `urgent`:
    what was said since makes it urgent; an alert only ever rises.
    """

    reference: str
    broken_off: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Tally:
    """An anonymous count: how a conversation ended."""

    outcome: str


Effect = Say | Ask | Connect | HangUp | FileReport | AddToCase | BringForward | Tally
