"""A database that stands still says nothing, not even no: whoever asks it gives up in time, and tells the others.

PostgreSQL's own time-outs end what it is doing; they do not help when the whole server, or its disk, hangs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from hotline.ports import StoreAwayError

LONG_SECONDS = 2.0  # whoever was kept waiting for so long in vain warns the others
REST_SECONDS = 1.0
LOCKED = {"LockNotAvailable", "QueryCanceled", "DeadlockDetected"}  # one row is held: nothing that concerns the others

UNTIL: ContextVar[float] = ContextVar("until")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All statements together may take so long; within another such limit, no longer than that."""
    limit = min(monotonic() + seconds, UNTIL.get(float("inf")))
    before = UNTIL.set(limit)
    try:
        yield
    finally:
        UNTIL.reset(before)


def time_left() -> float:
    """Seconds of the limit that stands around this; infinite without one."""
    return max(UNTIL.get(float("inf")) - monotonic(), 0.0)


class Breather:
    """One per store. After somebody waited in vain nobody is kept waiting for a second: they hear no at once.

    A server has few threads: those who come while all of them wait would wait for a thread, and then once more.
    """

    def __init__(self) -> None:
        self._until = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Around all that is asked in one go. Raises StoreAwayError."""
        began = monotonic()
        if began < self._until:
            raise StoreAwayError("it kept somebody waiting a moment ago")
        try:
            yield
        except StoreAwayError as away:
            if monotonic() - began > LONG_SECONDS and str(away) not in LOCKED:
                self._until = monotonic() + REST_SECONDS
            raise
