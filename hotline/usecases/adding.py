"""What is said after consent joins the case, and whoever has the case hears of it.

What may enter: ports and values. What may not: what the caller is answered.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.core.alert import AlertState
from hotline.core.case import ANSWER, Addendum
from hotline.core.escalation import taken_back
from hotline.core.hearing import digit_of
from hotline.core.reading import Lexicon, says_nothing
from hotline.ports import Work

WORDS = "words"  # of an addendum: what the caller wrote, and no answer to a question
TALKING = timedelta(minutes=2)  # in which more may come: nobody is rung up for each word by itself


def add(work: Work, lexicon: Lexicon, reference: str, addendum: Addendum, now: datetime) -> None:
    """Whoever has acknowledged was told less than is known now: it is nobody's, and climbs again.

    Who acknowledged before stands in the deliveries. Thanks and the like, or one key, are kept and wake nobody.
    """
    work.add_to_case(reference, addendum)
    alert = work.find_alert(reference)
    if alert is None or alert.state is not AlertState.ACKNOWLEDGED:
        return
    if addendum.kind == ANSWER or (addendum.kind == WORDS and says_little(lexicon, addendum.text)):
        return
    work.move_alert(replace(taken_back(alert, now), next_at=now + TALKING), ())


def says_little(lexicon: Lexicon, text: str) -> bool:
    """Thanks and the like, or one key."""
    return bool(digit_of(text)) or says_nothing(lexicon, text)
