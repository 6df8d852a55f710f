"""From a conversation to what social services get: the report at consent, and what is added after it."""

from .case import URGENT_FLAGS, Report
from .conversation import Conversation
from .effects import FileReport
from .municipality import Municipality
from .turn import Turn

NO_NUMBER = "-"  # the addendum of who leaves no number to call back
WAIT_MINUTES = 5  # how long the place is waited for; the urgent wait for nothing


def filed(municipality: Municipality, turn: Turn, here: Conversation, *, with_number: bool) -> FileReport:
    """The report that consent makes. Without consent to it, the caller's number is absent, not masked."""
    report = Report(
        reference=here.reference,
        municipality=municipality.key,
        channel=turn.channel.value,
        language=here.language,
        at=turn.at,
        flags=here.flags,
        answers=here.answers,
        own_words=here.words,
        caller=turn.caller if with_number else None,
        flow=here.script,
    )
    return FileReport(report, 0 if here.flags & URGENT_FLAGS else WAIT_MINUTES)


def note(step: str, key: str) -> str:
    """Like when=2 or called=1: the script's own words for it are put in where it is read."""
    return f"{step}={key}"
