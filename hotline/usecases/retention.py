"""Deleting what has been kept long enough: on the municipality's decision, with a certificate, and never in doubt.

What may enter: ports and values. What may not: a deletion without a decision (what is told to an authority is a public
record), of a case that nobody has read, or on the word of a clock that has jumped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.core.keeping import Keeping, Purged, certificate
from hotline.core.municipality import Municipality
from hotline.ports import TALKS, Begin, Keys, Work

from .erasing import erased_until
from .rotation import hold_still

MOST = 500  # cases in one transaction; the rest follows in the next
MARK = "purged"
# A worker looks every minute. Whatever the clock says after a longer gap, a person should have seen it.
LONGEST_GAP = timedelta(days=7)


class ClockInDoubtError(Exception):
    """The clock is far ahead of when content was last looked through: downtime, or a clock that has jumped."""


class _OnlyLooking(Exception):  # noqa: N818 - it is no error: it takes the transaction back
    """Carries what would have been deleted."""

    def __init__(self, text: str | None) -> None:
        super().__init__()
        self.text = text


@dataclass(frozen=True)
class Purge:
    """One look through all municipalities. `by`: who deletes, and with which version."""

    begin: Begin
    keys: Keys
    now: datetime
    by: str

    def look(self, municipality: Municipality) -> str | None:
        """The certificate as it would be, or None: nothing is to be deleted. Nothing is."""
        try:
            self._looked(municipality)
        except _OnlyLooking as seen:
            return seen.text
        raise AssertionError("unreachable")

    def _looked(self, municipality: Municipality) -> None:
        with self.begin() as work:
            raise _OnlyLooking(self._purged(work, municipality))

    def carry_out(self, municipality: Municipality) -> Iterator[str]:
        """Certificates, each of one transaction that deleted and certified at once. Then keys go that nothing needs."""
        while True:
            with self.begin() as work:
                text = self._purged(work, municipality)
            if text is None:
                break
            yield text
        self.forget(municipality)

    def forget(self, municipality: Municipality) -> int:
        """Destroy the keys of days that no case needs: backups of those days cannot be read from now on. How many."""
        if municipality.keeping is None:
            return 0
        with self.begin() as work:
            hold_still(work, self.now)
            gone = self.keys.forget(municipality.key, work.keys_needed(municipality.key), self.now.date())
            if gone:
                work.write_down(self.now, f"{self.by} {municipality.key}", "destroy", f"{gone} keys")
        return gone

    def _purged(self, work: Work, one: Municipality) -> str | None:
        if one.keeping is None:
            return None
        # Whoever else looks at this moment waits for us, and then finds nothing: no case is certified twice.
        work.claim_chore(f"purge:{one.key}", self.now, timedelta(0))
        references = [
            case.reference
            for case in work.settled(one.key, self.now - one.keeping.shortest, MOST)
            if one.keeping.ends(case.since, one.hours.zone) <= self.now
        ]
        counts: dict[str, int] = {}
        for reference in references:
            for kind, count in work.delete_case(reference).items():
                counts[kind] = counts.get(kind, 0) + count
        counts["numbers"] = self._numbers(work, one, one.keeping)
        purged = Purged(references, counts, erased_until(work, one))
        if purged.nothing:
            return None
        text = certificate(one.name, one.keeping, purged, at=self.now, by=self.by, can_forget=self.keys.can_forget)
        work.certify(one.key, text, self.by, self.now)
        return text

    def _numbers(self, work: Work, one: Municipality, keeping: Keeping) -> int:
        """Of cases that stay, the caller's number may go before."""
        if keeping.number_hours is None:
            return 0
        before = self.now - timedelta(hours=keeping.number_hours)
        return sum(work.drop_number(reference, self.now) for reference in work.numbers_of(one.key, before, MOST))


def forget_talks(keys: Keys, now: datetime) -> int:
    """Destroy the keys of conversations of earlier days, which are dead: what backups hold of them. How many days."""
    return keys.forget(TALKS, (), now.date())


def refuse_a_jump(begin: Begin, now: datetime) -> None:
    """Raises ClockInDoubtError. To be asked before anything is deleted that no person has asked for."""
    with begin() as work:
        if is_in_doubt(work, now):
            raise ClockInDoubtError
        remember(work, now)


def is_in_doubt(work: Work, now: datetime) -> bool:
    """Whether the last look is so long ago that the clock may be wrong."""
    marked = work.marked(MARK)
    return bool(marked) and now - datetime.fromisoformat(marked or "") > LONGEST_GAP


def remember(work: Work, now: datetime) -> None:
    """A look was made at this time, and the time was believed."""
    work.mark(MARK, now.isoformat())


def unread(work: Work, one: Municipality, now: datetime) -> list[str]:
    """Cases that would have gone by now if anybody had read them."""
    if one.keeping is None:
        return []
    return [
        case.reference
        for case in work.unsettled(one.key, now - one.keeping.shortest, MOST)
        if one.keeping.ends(case.since, one.hours.zone) <= now
    ]
