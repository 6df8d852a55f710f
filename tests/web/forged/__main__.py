"""`python -m tests.web.forged --count 1000000`: so many random alterations, judged beside Twilio's own validator."""

import argparse
import random
import sys
import time

import structlog

from tests.fakes import Rows
from tests.web.forged.chance import altered, lock
from tests.web.forged.oracle import twilio_says
from tests.web.forged.requests import genuine

SHOWN = 2000


def main(arguments: list[str]) -> int:
    """0 only if nothing came in that Twilio's validator would have kept out, and nothing was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.forged", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    chance, began, wrong, same = random.Random(asked.seed), time.monotonic(), 0, 0  # noqa: S311 - can be had again
    here, everyone = lock(), list(genuine())
    for number in range(asked.count):
        sent = altered(chance.choice(everyone), chance)
        if twilio_says(sent):
            same += 1  # what was changed was not the content: a capital in %2b, say
            continue
        status = here.knock(sent)
        wrong += status == 200 or here.door.memory.rows != Rows()
        if number % SHOWN == 0:
            sys.stderr.write(f"\r{number}/{asked.count} ")
    sys.stdout.write(f"| random alterations (seed {asked.seed}) | {asked.count - same} |\n")
    sys.stdout.write(f"| of them let in, or kept | {wrong} |\n| not altered after all, left out | {same} |\n")
    sys.stdout.write(f"| seconds | {time.monotonic() - began:.0f} |\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
