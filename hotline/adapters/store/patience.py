"""A database that stands still says nothing, not even no: whoever asks it gives up in time, and tells the others.

PostgreSQL's own time-outs end what it is doing; they do not help when the whole server, or its disk, hangs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

from hotline.ports import StoreAwayError

STATEMENT_SECONDS = 4.5  # longer than the server's own limit, which says more
LONG_SECONDS = 2.0  # whoever was kept waiting for so long in vain warns the others
REST_SECONDS = 1.0
LOCKED = {"LockNotAvailable", "QueryCanceled"}  # one row is held: nothing that concerns the others

_until: ContextVar[float] = ContextVar("until")
Result = TypeVar("Result")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All statements together may take so long; within another such limit, no longer than that."""
    limit = min(monotonic() + seconds, _until.get(float("inf")))
    before = _until.set(limit)
    try:
        yield
    finally:
        _until.reset(before)


def time_left() -> float:
    """Seconds of the limit that stands around this; infinite without one."""
    return max(_until.get(float("inf")) - monotonic(), 0.0)


class Impatient(psycopg.Connection[Any]):
    """Waits for an answer only so long; then it is closed, since nobody knows what became of the question."""

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """Raises psycopg.OperationalError when it took too long."""
        now = monotonic()
        until = min(now + (timeout or STATEMENT_SECONDS), _until.get(float("inf")))
        try:
            return super().wait(gen, interval, max(until - now, 0.01))
        except psycopg.OperationalError:
            if monotonic() >= until:
                self.pgconn.finish()
            raise


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
