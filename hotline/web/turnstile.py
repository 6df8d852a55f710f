"""One after the other: the turns of one conversation, in this process. What may not enter: what a turn does.

A telephone that floods would else hold every thread and connection while its texts wait for each other, and whoever has
something to tell would find the door shut. A few may wait: what a telephone sends when it has found a network again.
Once they are more, one turn is taken and one waits; the others are told at once to call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

FEW = 6  # without a pause; what comes at once from one person, who must not lose a word
MOST = 2  # beyond that, the one that is taken among them: half of a process's threads stay free for everybody else


@dataclass
class _Gate:
    lock: Lock = field(default_factory=Lock)
    here: int = 0
    came: int = 0  # since nobody was here


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
            free = gate.here < MOST or gate.came < FEW
            gate.came += 1
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
