"""Whoever tries codes: a lock-out that keeps nobody from being told. What may enter: one open Work and values.

Wrong tries are counted where they were made, at deliveries to one telephone over one channel; old ones run out by
themselves. Whoever has made too many hears no case and takes none by text, and the alert goes on to the next person.
"""

from datetime import datetime, timedelta

from hotline.core.alert import Delivery, Means
from hotline.ports import Work

MOST_TRIES = 9  # of at least ten thousand PINs, or of a million codes
REMEMBERED = timedelta(hours=12)


def is_guessing(work: Work, delivery: Delivery, at: datetime) -> bool:
    """Whether too many wrong PINs were pressed, or codes texted, at this telephone lately."""
    return work.wrong_tries(delivery.contact.means, delivery.contact.address, at - REMEMBERED) >= MOST_TRIES


def note_wrong_code(work: Work, sender: str) -> None:
    """Six digits from an officer's telephone that are the code of nothing. Others' mean nothing, and leave nothing."""
    work.count_wrong_try(Means.TEXT, sender)
