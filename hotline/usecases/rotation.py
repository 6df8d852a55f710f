"""Changing the municipality's keys while everything runs: a new one beside the old, cases moved over, the old one gone.

What may enter: ports and values. What may not: the end of a key that anything still needs. Each step can be repeated
after a kill, and none stops a report from coming in.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from hotline.core.conversation import IDLE
from hotline.ports import Batch, Begin, Keys, Work

BATCH = 100
MOVING = "moving"
# Answers and addresses that the old key hid live for a day; nobody may meet a key that is gone.
LIVES_ON = timedelta(days=1) + 2 * IDLE


def begun(begin: Begin, keys: Keys, now: datetime) -> bool:
    """Whether a rotation is on its way: then it is gone on with, and no other begins."""
    (_, begins), *older = keys.generations()
    return bool(older) and (begins > now or to_do(begin) > 0)


def begin_rotation(
    begin: Begin, keys: Keys, *, municipalities: Collection[str], now: datetime, notice: timedelta, by: str
) -> str:
    """A fresh key, used from now + `notice` on: by then every process has read it. Its name."""
    with begin() as work:
        oldest = work.oldest_case() or now
    name = keys.rotate(municipalities, min(oldest, now).date(), now + notice)
    with begin() as work:
        work.write_down(now, by, "rotate", name)
    return name


def to_do(begin: Begin) -> int:
    """How many cases the new key does not lock yet."""
    with begin(looking=True) as work:
        return work.left_to_rewrap()


def move_some(begin: Begin, after: str, now: datetime) -> Batch:
    """The next cases, in one transaction."""
    with begin() as work:
        hold_still(work, now)
        return work.rewrap(after, BATCH)


def hold_still(work: Work, now: datetime) -> None:
    """Before cases move to other keys, and before keys go: whoever does one waits for whoever does the other.

    A case that is just being moved is not seen to need the key that it moves to.
    """
    work.claim_chore(MOVING, now, timedelta())


def retire(begin: Begin, keys: Keys, now: datetime, by: str) -> list[str]:
    """End every old key that nothing needs any more. Their names."""
    generations = keys.generations()
    current = next((one for one in generations if one[1] <= now), generations[-1])
    older = [name for name, begins in generations if begins < current[1]]
    if not older or now - current[1] < LIVES_ON:
        return []
    with begin() as work:
        needed = work.generations_needed()
        gone = [name for name in older if name not in needed]
        if "" in needed:
            # Cases wrapped in the old way do not say with which key: no key that was handed down may go.
            gone = []
        for name in gone:
            work.write_down(now, by, "retire", name)
    if gone:
        keys.retire(gone)
    return gone
