"""What it costs to tell officers of a report: from the first who takes it to the last whom the plan names.

What may enter: levels, the officers' texts and the carrier's prices as values. What may not: who is on duty.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .alert import Contact, Level, Means
from .municipality import Municipality
from .wording import segments

READ_OUT_MINUTES = 2  # a call to an officer: the PIN, the report, the acknowledgement
# As long as they are in life: a text's segments depend on that.
AS_IN_LIFE = {"reference": "ABCD", "priority": "1", "code": "000000", "minutes": "10"}


@dataclass(frozen=True)
class Prices:
    """The carrier's, in `currency`: a segment sent, a text received, a begun minute of a call in or out.

    `assumed`: nobody has compared them with the carrier's own list yet.
    """

    currency: str
    text_out: float
    text_in: float
    call_in: float
    call_out: float
    assumed: bool


@dataclass(frozen=True)
class Telling:
    """`texts`: what officers read, by name; `prices`: the carrier's."""

    texts: Mapping[str, str]
    prices: Prices

    def of(self, municipality: Municipality, *, office_open: bool) -> tuple[float, float]:
        """(least, most) in the currency. While the office is closed a report wakes those of the night or waits for
        those of the day.
        """
        day, night = municipality.by_day, municipality.by_night
        plans = [day or night] if office_open else [plan for plan in (night, day) if plan]
        spans = [self.along(plan) for plan in plans]
        return min(least for least, _ in spans), max(most for _, most in spans)

    def along(self, levels: Sequence[Level]) -> tuple[float, float]:
        """Least: somebody of the first level takes it. Most: nobody does before the last level has been told once.

        Whoever was texted and has not taken it is texted that somebody has. Of a roster, the least is one person.
        """
        told, texted, ends = 0.0, set[str](), list[float]()
        for level in levels:
            told += sum(map(self._told, level.contacts))
            texted |= _texted(level.contacts)
            ends += self._ends(level.contacts, told, texted)
        fewest = [contact for contact in levels[0].contacts if not contact.shifts] or levels[0].contacts[:1]
        least = self._ends(fewest, sum(map(self._told, fewest)), _texted(fewest))
        return min(least or ends), max(ends)

    def _ends(self, contacts: Sequence[Contact], told: float, texted: Collection[str]) -> list[float]:
        """What it comes to where one of these takes it; nobody can by e-mail."""
        takers = [contact for contact in contacts if contact.means is not Means.EMAIL]
        calmed = self._text("text_taken")
        return [told + self._taken(one) + sum(who != one.address for who in texted) * calmed for one in takers]

    def _told(self, contact: Contact) -> float:
        """A call is counted with a minute: where nobody answers, a voice mail often does."""
        match contact.means:
            case Means.CALL:
                return self.prices.call_out
            case Means.TEXT:
                return self._text("text_alert")
            case Means.EMAIL:
                return 0.0

    def _taken(self, contact: Contact) -> float:
        """What comes on top where this one takes it: the rest of the call, or an answer by text and a call."""
        if contact.means is Means.CALL:
            return (READ_OUT_MINUTES - 1) * self.prices.call_out
        answered = self.prices.text_in + self._text("text_calling")
        return answered + READ_OUT_MINUTES * self.prices.call_out

    def _text(self, name: str) -> float:
        return segments(self.texts[name].format_map(AS_IN_LIFE)) * self.prices.text_out


def _texted(contacts: Iterable[Contact]) -> set[str]:
    return {contact.address for contact in contacts if contact.means is Means.TEXT}
