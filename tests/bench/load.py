"""Sends what `people` have ready, on connections that stay open, and notes how long each answer takes.

Connections are opened one after the other, as they are in life: of a handful that come in the same instant one process
takes nearly all. Whichever is free takes whoever comes next: what is measured is how much is answered, and not by which
accident more of them came to one process.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from statistics import median
from time import perf_counter

APART = 0.005  # seconds


@dataclass
class Measured:
    """`seconds`: of each answer. `wrong`: statuses that were not 200."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    took: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.took

    @property
    def middle(self) -> float:
        return median(self.seconds)

    def part(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Line(asyncio.Protocol):
    """One connection: what is said next goes out when the last answer has come, then somebody else speaks."""

    def __init__(self, people: Iterator[Iterable[bytes]], measured: Measured) -> None:
        self.told, self.measured = chain.from_iterable(people), measured
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def say(self) -> None:
        words = next(self.told, None)
        if words is None:
            self.transport.close()
            return
        self.at = perf_counter()
        self.transport.write(words)

    def data_received(self, data: bytes) -> None:
        self.came += data
        head, border, body = self.came.partition(b"\r\n\r\n")
        if not border or len(body) < int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]):
            return
        self.measured.seconds.append(perf_counter() - self.at)
        if head[9:12] != b"200":
            self.measured.wrong.append(head[9:12].decode())
        self.came = b""
        self.say()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own shape
        if not self.over.done():
            self.over.set_result(None)


async def sent(port: int, people: Sequence[Sequence[bytes]], at_once: int, measured: Measured) -> None:
    loop, waiting = asyncio.get_running_loop(), iter(people)
    lines = []
    for _ in range(at_once):
        lines.append(await loop.create_connection(partial(Line, waiting, measured), "127.0.0.1", port))
        await asyncio.sleep(APART)
    began = perf_counter()
    for _, line in lines:
        line.say()
    await asyncio.gather(*(line.over for _, line in lines))
    measured.took = perf_counter() - began


def send(port: int, people: Sequence[Sequence[bytes]], at_once: int = 0) -> Measured:
    """So many at once (0: all), each on a line of its own. Raises RuntimeError when not all are answered 200."""
    measured = Measured()
    asyncio.run(sent(port, people, at_once or len(people), measured))
    if measured.wrong or len(measured.seconds) != sum(map(len, people)):
        missing = sum(map(len, people)) - len(measured.seconds)
        raise RuntimeError(f"answers that were not 200: {measured.wrong[:5]}, missing: {missing}")
    return measured
