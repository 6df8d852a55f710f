"""`python -m tests.bench`: every figure of the README's table, measured on this machine in one run."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.bench import handing, sections
from tests.bench.figures import HEAD, Figure
from tests.bench.ground import Ground, machine

PARTS = ("steps", "texts", "calls", "starting", "handing", "growth", "sweden")
SIZES = (1_000, 100_000, 1_000_000)
FEW_ROUNDS = 3  # of what takes a minute each
NAMES = count(1)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--database", nargs="+", choices=["postgresql", "sqlite"], default=["postgresql", "sqlite"])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--rounds", type=int, default=9, help="how often what is compared takes turns")
    parser.add_argument("--contacts", type=int, default=500, help="reports while the hand-over is measured")
    parser.add_argument("--kept", nargs="+", type=int, default=SIZES, help="conversations; against the first of these")
    parser.add_argument("--seconds", type=float, default=30, help="how long the whole of Sweden writes, each time")
    parser.add_argument("--must", action="store_true", help="exit status 1 where a goal is missed")
    asked = parser.parse_args(arguments)
    missed, day = 0, time.strftime("%Y-%m-%d")
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account and passes through here
        sys.stdout.write(f"{machine(Path(folder))}; {day}; python -m tests.bench {' '.join(arguments)}\n\n{HEAD}")
        for figure in measured(asked, Path(folder)):
            missed += figure.met is False
            sys.stdout.write(figure.row())
            sys.stdout.flush()
    return 1 if missed and asked.must else 0


def measured(asked: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    """Row by row, each part on a database of its own."""
    if "steps" in asked.only:
        yield from sections.steps()
    for kind in asked.database:
        for part in (one for one in PARTS if one in asked.only and one != "steps"):
            sys.stderr.write(f"{kind}, {part} …\n")
            yield from one_part(asked, kind, part, room(folder))


def one_part(asked: argparse.Namespace, kind: str, part: str, folder: Path) -> Iterator[Figure]:
    if part == "handing":
        yield from handing.handing(kind, rooms(folder, asked.rounds), asked.contacts)
        return
    if part == "sweden":
        yield from handing.sweden(kind, rooms(folder, asked.rounds), asked.seconds)
        return
    if part == "starting":
        yield from beginning(kind, folder, asked.rounds)
        return
    ground = Ground(folder, kind)
    try:
        if part in {"texts", "calls"}:
            yield from sections.turns(ground, part.removesuffix("s"), asked.rounds)
        else:
            yield from sections.growth(ground, asked.rounds, asked.kept)
    finally:
        ground.server.end()


def beginning(kind: str, folder: Path, rounds: int) -> Iterator[Figure]:
    """With a carrier that the worker can reach: it hands over what it is busy with."""
    ports: list[int] = []
    with handing.carrier_of(lambda: ports[0]) as rest:
        ground = Ground(folder, kind, rest)
        yield from sections.starting(ground, rounds, ports)
        ground.server.end()


def rooms(folder: Path, rounds: int) -> list[Path]:
    """One for each round of what takes long."""
    return [room(folder) for _ in range(min(rounds, FEW_ROUNDS))]


def room(folder: Path) -> Path:
    made = folder / str(next(NAMES))
    made.mkdir(mode=0o755)
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
