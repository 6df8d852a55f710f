"""One act of a caller, as a value. What may not enter: where it came from on the wire."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How the caller reaches us."""

    SMS = "sms"
    VOICE = "voice"


class Act(StrEnum):
    """What the caller did; the last three are what the carrier says of a call."""

    TEXT = "text"
    KEYS = "keys"
    SPEECH = "speech"
    SILENCE = "silence"
    PICTURE = "picture"
    CALL = "call"
    HANG_UP = "hang_up"
    BRIDGED = "bridged"
    NOT_BRIDGED = "not_bridged"


@dataclass(frozen=True)
class Turn:
    """`text`: the words, the keys pressed, what was heard, or (not_bridged) why a call was not taken.

    `caller`: E.164, or None when withheld. `at`: aware, UTC.

    `office_open`: social services answer their telephone now. A fact of the moment, like the time.
    """

    channel: Channel
    act: Act
    at: datetime
    text: str = ""
    caller: str | None = None
    office_open: bool = False
