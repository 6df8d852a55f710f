"""One after the other: the turns of one conversation, in this process. What may not enter: what a turn does.

A telephone that floods would else hold every thread and connection while its texts wait for each other, and whoever has
something to tell would find the door shut. One turn is taken, one waits; the others are told at once to call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

MOST = 2  # at once, the one that is taken among them; half of a process's threads stay free for everybody else


@dataclass
class _Gate:
    lock: Lock = field(default_factory=Lock)
    here: int = 0


@dataclass
class Turnstile:
    """By conversation; a gate is there only while somebody is at it."""

    _gates: dict[str, _Gate] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def through(self, key: str) -> Iterator[bool]:
        """True: it is this turn's turn, until it is left. False: too many wait here already."""
        with self._lock:
            gate = self._gates.setdefault(key, _Gate())
            free = gate.here < MOST
            gate.here += free
        if not free:
            yield False
            return
        try:
            with gate.lock:
                yield True
        finally:
            with self._lock:
                gate.here -= 1
                if not gate.here:
                    del self._gates[key]
