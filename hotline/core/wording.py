"""Which words a caller gets: variants by channel and hour, the facts a text may name, and what a text costs.

No text may name anything that a caller wrote: the facts are the municipality's, the time, and the random reference.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from .flow import Texts
from .municipality import Municipality
from .turn import Channel, Turn

# The GSM 7-bit alphabet (3GPP TS 23.038); one other character makes the whole text UCS-2.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWO = frozenset("^{}\\[~]|€")


def segments(text: str) -> int:
    """How many SMS segments a text takes: 160/153 septets in GSM-7, 70/67 units in UCS-2."""
    if set(text) <= GSM | GSM_TWO:
        size, one, more = sum(2 if letter in GSM_TWO else 1 for letter in text), 160, 153
    else:
        size, one, more = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= one else -(-size // more)


def facts(municipality: Municipality, at: datetime, reference: str) -> dict[str, str]:
    """All that a text may name."""
    return {
        "municipality": municipality.name,
        "telephone": municipality.telephone_shown,
        "time": at.astimezone(ZoneInfo(municipality.hours.zone)).strftime("%H.%M"),
        "reference": reference,
        **dict(municipality.facts),
    }


def worded(texts: Texts, name: str, turn: Turn, known: Mapping[str, str], *, urgent: bool = False) -> str:
    """The most particular variant of a text for this moment, with its facts. Raises KeyError when there is none."""
    channel = turn.channel.value
    closed = [] if turn.office_open else [f"{channel}_urgent_closed"] * urgent + [f"{channel}_closed"]
    variants = texts.wordings[name]
    chosen = next(variants[key] for key in (*closed, channel, Channel.SMS.value) if key in variants)
    return chosen.format_map(known)
