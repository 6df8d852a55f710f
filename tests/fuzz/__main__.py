"""`python -m tests.fuzz --seconds 60 [--seed 1] [TARGET ...]`: as many inputs as there is time for.

Steered by what the code has already done (atheris) where that can be installed; elsewhere by chance alone, which is
said. Exit status 0: nothing was found. What is found is left in the folder that is named; put it into
tests/fuzz/found/TARGET/ with the mending, and it is tried again for ever.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from tests.fuzz.near import by_chance
from tests.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).parents[2]
RUNS = re.compile(r"(?:Done |#)(\d+)")
FAULT = "=== Uncaught Python exception: ==="


def steered(target: Target, seconds: int, seed: int) -> tuple[int, str]:
    """Tries and what was found ("": nothing)."""
    folder = Path(mkdtemp(prefix=f"hotline-fuzz-{target.name}-"))
    command = [sys.executable, "-m", "tests.fuzz.steered", target.name, str(seconds), str(seed), str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    told = ended.stdout + ended.stderr
    runs = max(map(int, RUNS.findall(told)), default=0)
    if ended.returncode == 0 and runs:
        return runs, ""
    crashes = ", ".join(map(str, sorted(folder.glob("*-[0-9a-f]*[0-9a-f]")))) or "no input was left behind"
    shown = told.partition(FAULT)[2].partition("INFO: ")[0].strip() or told[-2000:]
    return runs, f"{shown}\n{crashes}"


def unsteered(target: Target, seconds: int, seed: int) -> tuple[int, str]:
    """The same by chance."""
    chance, ends, tries = random.Random(seed), time.monotonic() + seconds, 0  # noqa: S311 - no secret
    while time.monotonic() < ends:
        told = by_chance(target.seeds, chance)
        tries += 1
        try:
            target.attempt(told)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it was not declared
            return tries, f"{fault!r}\n{told!r}"
    return tries, ""


def main() -> int:
    """1 when something was found."""
    about = "\n".join(f"  {one.name:14}{one.about}" for one in TARGETS.values())
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=f"Inputs by chance, at:\n{about}",
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("target", nargs="*", choices=[[], *TARGETS], help="without one: all, one after another")
    parser.add_argument("--seconds", type=int, default=60, help="for each (60)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed begins alike (1)")
    asked = parser.parse_args()
    how, run = (
        ("steered by coverage", steered) if find_spec("atheris") else ("by chance only: no atheris here", unsteered)
    )
    broken = 0
    for name in asked.target or TARGETS:
        tries, found = run(TARGETS[name], asked.seconds, asked.seed)
        sys.stdout.write(
            f"{name}: {tries} inputs in {asked.seconds} s, {how}: {'BROKEN' if found else 'nothing found'}\n"
        )
        sys.stdout.write(f"{found}\n" if found else "")
        sys.stdout.flush()
        broken += bool(found)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
