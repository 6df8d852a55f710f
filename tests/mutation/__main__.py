"""`make mutation`: puts faults into what must not be wrong, one at a time, and counts which a test notices.

    python -m tests.mutation --sample 200 --seed 1 [--of 'core/reading|vault'] [--seconds 60]

Exit status 0 when at least 90 % of the sample was noticed.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from tests.mutation.equal import EQUAL
from tests.mutation.faults import LEFT_ALONE, Fault, broken, faults_in
from tests.mutation.rooms import ROOMS
from tests.mutation.trial import PATIENCE, import_what_others_wrote, passes

ROOT = Path(__file__).parents[2]
WANTED = 0.9
LONGEST = 900  # seconds for the slowest tests without a fault, on a machine that others use, too
Z = 1.645  # one-sided 95 %


@dataclass(frozen=True)
class Case:
    """One fault in one file (as a path below the root), and the tests that should notice it."""

    name: str
    fault: Fault
    tests: Sequence[str]

    @property
    def equal(self) -> bool:
        """Whether the program does the same with the fault."""
        return (self.name, self.fault.text, self.fault.change) in EQUAL

    def __str__(self) -> str:
        return f"{self.name}:{self.fault.line} {self.fault.change}    in: {self.fault.text}"


@cache
def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def cases(of: str) -> list[Case]:
    """All of them in the files whose path matches `of`, but for those that change nothing."""
    tests_of = {path: tests for pattern, tests in reversed(list(ROOMS.items())) for path in ROOT.glob(pattern)}
    found = [
        Case(path.relative_to(ROOT).as_posix(), fault, tests)
        for path, tests in sorted(tests_of.items())
        if re.search(of, path.as_posix())
        for fault in faults_in(path.read_text(encoding="utf-8"))
    ]
    return [case for case in found if not case.equal]


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def survives(case: Case, seconds: int) -> bool:
    return passes(case.tests, seconds, ROOT / case.name, broken(source(case.name), case.fault.number))


def lower_bound(killed: int, tried: int) -> float:
    """Of the share that would be killed if all were tried (Wilson, 95 %)."""
    if not tried:
        return 0.0
    share, square = killed / tried, Z * Z
    middle = share + square / (2 * tried)
    return (middle - Z * sqrt(share * (1 - share) / tried + square / (4 * tried * tried))) / (1 + square / tried)


def limits(sample: Sequence[Case], seconds: int) -> dict[Sequence[str], int]:
    """Tests → how long they may work with a fault: longer than without, so that no slow survivor seems noticed.

    Ends the program when tests fail without a fault: they would notice everything.
    """
    found = {}
    for tests in {case.tests: None for case in sample}:
        began = time.monotonic()
        if not passes(tests, LONGEST // PATIENCE):
            sys.exit(f"without any fault these fail, or take too long: {' '.join(tests)}")
        found[tests] = max(seconds, round(time.monotonic() - began))
    return found


def run(sample: Sequence[Case], seconds: int, minutes: int) -> tuple[int, list[Case]]:
    """How many were tried, and those that nobody noticed, each told at once."""
    import_what_others_wrote()
    survivors: list[Case] = []
    longest, began = limits(sample, seconds), time.monotonic()
    for number, case in enumerate(sample, start=1):
        if minutes and time.monotonic() - began > 60 * minutes:
            return number - 1, survivors
        if survives(case, longest[case.tests]):
            survivors.append(case)
            tell(f"SURVIVES {case}")
        if number % 25 == 0:
            tell(f"... {number} of {len(sample)} in {time.monotonic() - began:.0f} s")
    return len(sample), survivors


def main() -> int:
    """0 when enough was noticed."""
    parser = argparse.ArgumentParser(prog="make mutation", description="How many faults do the tests notice?")
    parser.add_argument("--sample", type=int, default=100, help="how many faults, by chance; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same faults")
    parser.add_argument("--of", default="", help="only files whose path matches this expression")
    parser.add_argument(
        "--seconds", type=int, default=60, help="at least so long may tests take with a fault; longer is noticed"
    )
    parser.add_argument("--minutes", type=int, default=0, help="stop then, and tell of those that were tried; 0: all")
    asked = parser.parse_args()
    every = cases(asked.of)
    chosen = random.Random(asked.seed).sample(every, min(asked.sample or len(every), len(every)))  # noqa: S311 - no secret
    tried, survivors = run(chosen, asked.seconds, asked.minutes)
    killed = tried - len(survivors)
    for what, why in LEFT_ALONE.items():
        tell(f"left alone: {what}: {why}")
    tell(
        f"{killed} of {tried} faults noticed: {killed / max(1, tried):.1%}, of all {len(every)} at least "
        f"{lower_bound(killed, tried):.1%} (95 %); seed {asked.seed}, {len(EQUAL)} that change nothing left out"
    )
    return 0 if killed >= WANTED * tried > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
