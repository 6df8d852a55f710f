"""Which words a caller gets: variants by channel and hour, the facts a text may name, and what a text costs.

No text may name anything that a caller wrote: the facts are the municipality's, the time, and the random reference.
"""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from .flow import Helpline, Texts
from .municipality import Municipality
from .turn import Channel, Turn

# The GSM 7-bit alphabet (3GPP TS 23.038); one other character makes the whole text UCS-2.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWO = frozenset("^{}\\[~]|€")


class UnsayableError(LookupError):
    """A text that is to be said now and cannot be: nobody wrote it, or it names what is no fact."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(f"the text {name} in {language} cannot be said")
        self.name, self.language = name, language


def not_gsm(text: str) -> str:
    """The first character that turns the whole text into UCS-2, or ""."""
    return next((letter for letter in text if letter not in GSM and letter not in GSM_TWO), "")


@lru_cache(maxsize=4096)  # the same texts are said in many conversations
def segments(text: str) -> int:
    """How many SMS segments a text takes: 160/153 septets in GSM-7, 70/67 units in UCS-2."""
    if not not_gsm(text):
        size, one, more = sum(2 if letter in GSM_TWO else 1 for letter in text), 160, 153
    else:
        size, one, more = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= one else -(-size // more)


def facts(municipality: Municipality, helplines: Mapping[str, Helpline], turn: Turn) -> dict[str, str]:
    """All that a text may name, but the reference."""
    spoken = turn.channel is Channel.VOICE
    return {
        "municipality": municipality.name,
        "telephone": municipality.telephone_shown,
        "time": turn.at.astimezone(ZoneInfo(municipality.hours.zone)).strftime("%H.%M"),
        **{name: line.spoken if spoken else line.written for name, line in helplines.items()},
        **dict(municipality.facts),
    }


def worded(texts: Texts, name: str, turn: Turn, *, urgent: bool = False) -> str:
    """The most particular variant of a text for this moment. Raises StopIteration when there is none."""
    channel = turn.channel.value
    closed = [] if turn.office_open else [f"{channel}_urgent_closed"] * urgent + [f"{channel}_closed"]
    variants = texts.wordings[name]
    return next(variants[key] for key in (*closed, channel, Channel.SMS.value) if key in variants)
