"""The storm's result as a table for the README, and all that was not kept, in words."""

import argparse
import sys
from dataclasses import dataclass

from hotline.core.case import Priority
from tests.chaos.callers import Callers
from tests.chaos.carrier import Carrier
from tests.chaos.database import Server
from tests.chaos.hotline import Hotline
from tests.chaos.proof import Found, share
from tests.chaos.recovery import Watch, first_words, recovered

PARTS = (0.5, 0.95, 0.99, 1.0)


@dataclass
class Storm:
    """All that took part. `left`: what was due at its end and has not gone out. `took`: seconds."""

    asked: argparse.Namespace
    hotline: Hotline
    server: Server
    carrier: Carrier
    callers: Callers
    watch: Watch
    left: int = 0
    took: float = 0.0

    def recovery(self, found: Found) -> list[float]:
        """Seconds, of every delivery that a harm touched."""
        waits = [wait for case in found.files for wait in self.watch.waits_of(case, self.carrier.handed)]
        return recovered(waits, sorted(self.hotline.harms + self.server.harms, key=lambda one: one.begin))

    def urgent(self, found: Found) -> list[float]:
        """Seconds from consent to the first hand-over, of every urgent case that came so far."""
        urgent = [case for case in found.files if case.alert.priority == Priority.URGENT]
        return [one for case in urgent if (one := first_words(case, self.carrier.handed)) is not None]


def shares(values: list[float]) -> str:
    """Half, most and all of them."""
    return " / ".join(f"{share(values, part):.1f} s" for part in PARTS)


def rows(storm: Storm, found: Found) -> dict[str, str]:
    """In the order of the table."""
    asked, book, knocker = storm.asked, storm.callers.book, storm.carrier.knocker
    told, server, faults = len(book.told), storm.server, storm.hotline.faults()
    recovery = storm.recovery(found)
    return {
        "database": asked.database,
        "seed": str(asked.seed),
        "minutes": f"{storm.took / 60:.1f}",
        "kills (-9)": f"{storm.hotline.kills} ({len(storm.hotline.harms)} of a worker), "
        f"{server.count('stall')} stalls and {server.count('restart')} restarts of the database",
        "contacts at once, texts and calls": f"{asked.at_once}, {book.done - book.calls} and {book.calls}",
        "contacts, of them told that it is saved": f"{asked.contacts}, {told}",
        "hung up after consent / want no case / got no answer / not served": (
            f"{len(book.left) + book.unnamed} / {len(book.gone)} / {len(book.given_up)} / {len(book.unserved)}"
        ),
        "cases = told + hung up + own reports + of who got no answer": equation(storm, found),
        "lost / doubled / without a running alert": f"{len(found.lost)} / {len(found.doubled)} / {len(found.mute)}",
        "cases that nobody asked for / words not kept": f"{len(found.unasked)} / {len(found.unsaid)}",
        "95 % bound for a loss": f"{300 / max(1, told):.3f} % of contacts" if found.kept else "-",
        "alerts acknowledged / still climbing": f"{found.acknowledged} / {found.climbing}",
        "due at the end and not gone out": f"{storm.left} after {asked.settle} s at most",
        "requests that had to be made again": str(knocker.refused),
        "repeats and receipts that came late, answered with other bytes": f"{knocker.late}, {knocker.differing}",
        "second rings, allowed": str(found.rung_twice),
        "until a failed request was answered, p95 / most": (
            f"{share(knocker.waited, 0.95):.1f} s / {share(knocker.waited, 1.0):.1f} s"
        ),
        "recovery of an alert, p50 / p95 / p99 / most": f"{shares(recovery)} of {len(recovery)}",
        "urgent: due to handed over, p50 / p95 / p99 / most": shares(storm.urgent(found)),
        "faults in the logs": ", ".join(f"{kind} × {count}" for kind, count in faults.items()) or "0",
        "calls and texts handed to the carrier": f"{storm.carrier.calls}, {storm.carrier.texts}",
    }


def equation(storm: Storm, found: Found) -> str:
    """The cases there are, and those there should be."""
    book = storm.callers.book
    own = found.own.total()
    others = found.cases - len(book.told) - len(book.left) - book.unnamed - own
    kinds = f" ({', '.join(f'{kind} × {count}' for kind, count in found.own.items())})" if own else ""
    return f"{found.cases} = {len(book.told)} + {len(book.left) + book.unnamed} + {own}{kinds} + {others}"


def wrongs(storm: Storm, found: Found) -> dict[str, object]:
    """What was not kept, by the name of the promise; false values: it was kept."""
    asked, book, faults = storm.asked, storm.callers.book, storm.hotline.faults()
    enough = book.done == asked.contacts and len(book.given_up) <= asked.contacts * 0.01
    harmed = all(
        storm.server.count(kind) >= count for kind, count in (("stall", asked.stalls), ("restart", asked.restarts))
    )
    slow = share(storm.recovery(found), 0.95) > asked.recovery if asked.kills else not found.quick
    return {
        **{name: getattr(found, name)[:20] for name in ("lost", "doubled", "mute", "unasked", "unsaid")},
        "the numbers do not agree": "" if found.agrees(book) else equation(storm, found),
        "not served": sorted(book.unserved)[:20],
        "not gone out": storm.left,
        "other bytes for a repeat": storm.carrier.knocker.differing,
        "faults": dict(faults),
        "contacts not answered": "" if enough else f"{len(book.given_up)} of {book.done}",
        "harms not done": "" if harmed and storm.hotline.kills >= asked.kills else "fewer than were asked for",
        "slow": "an urgent or a harmed alert waited too long" if slow else "",
    }


def tell(storm: Storm, found: Found) -> bool:
    """Prints both; whether every promise was kept."""
    sys.stderr.write("\n")
    for name, value in rows(storm, found).items():
        sys.stdout.write(f"| {name} | {value} |\n")
    broken = {promise: told for promise, told in wrongs(storm, found).items() if told}
    sys.stdout.write("".join(f"{promise.upper()}: {told}\n" for promise, told in broken.items()))
    return not broken
