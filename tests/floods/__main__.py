"""`python -m tests.floods`: the floods, and what became of those who had something to tell, as a table."""

import argparse
import random
import sys
import tempfile
import threading
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from hotline.adapters.store import SqlStore
from hotline.core.sparing import ALLOWANCE
from tests.chaos.database import Server
from tests.chaos.proof import AFTERWARDS, everything, share
from tests.earnest import in_earnest, inherited
from tests.floods.callers import Flood, Line, Neighbours
from tests.stories.running import always_open, running
from tests.stories.standin import stand_in
from tests.web.doors import PUBLIC, TOKEN
from tests.web.forged.requests import KEYS

KINDS = ("one", "thousand", "silent", "reports", "forged")
MOST_SECONDS = 5.0  # from consent to the alert's hand-over, p95
MOST_FOR_A_TEXT = 2  # segments, once the allowance is used up
TELEPHONE = "0240-660 335"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.floods", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--normal", type=float, default=12, help="texts a minute on a busy evening")
    parser.add_argument("--times", type=float, default=100, help="how many times that")
    parser.add_argument("--seconds", type=float, default=60, help="how long each flood lasts")
    parser.add_argument("--every", type=float, default=2, help="seconds between two who have something to tell")
    parser.add_argument("--settle", type=float, default=8, help="seconds in which what is due may go out afterwards")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotline-flood-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account and passes through here
        found = [flooded(asked, kind, Path(folder) / kind) for kind in asked.kinds]
    sys.stderr.write("\n")
    for name in found[0].rows:
        sys.stdout.write(f"| {name} | {' | '.join(one.rows[name] for one in found)} |\n")
    broken = [wrong for one in found for wrong in one.broken]
    sys.stdout.write("".join(f"BROKEN: {wrong}\n" for wrong in broken))
    return 1 if broken else 0


@dataclass
class Found:
    """`rows`: the table's. `broken`: promises that were not kept, in words."""

    rows: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def hold(self, kept: bool, promise: str) -> None:  # noqa: FBT001 - it is what is asked
        if not kept:
            self.broken.append(promise)


def flooded(asked: argparse.Namespace, kind: str, folder: Path) -> Found:
    """One kind of flood against a hotline of its own."""
    folder.mkdir()
    folder.chmod(0o755)
    server = Server(folder, asked.database)
    url = server.begin()
    with ExitStack() as open_until_here:
        open_until_here.callback(server.end)
        rest = open_until_here.enter_context(stand_in())
        settings = {**inherited(), **in_earnest(rest.address, public=PUBLIC, token=TOKEN)}
        started = open_until_here.enter_context(running(url, folder, settings, town(folder / "towns"), KEYS))
        flood, people = blow(asked, kind, started.port)
        sleep(asked.settle)
        return judged(asked, kind, flood, people, handed_over(url))


def town(folder: Path) -> Path:
    """Smedjebacken, with somebody at the landline at every hour, and nothing unconfirmed."""
    path = always_open(folder) / "smedjebacken.yaml"
    text, _, _ = path.read_text(encoding="utf-8").partition("# A trial report")
    path.write_text(text.replace("use_unreviewed: []", "use_unreviewed: [sv, fi, en]"), encoding="utf-8")
    return folder


def blow(asked: argparse.Namespace, kind: str, port: int) -> tuple[Flood, Neighbours]:
    """The flood, and people who report meanwhile; both over."""
    flood = Flood(Line(port, "f"), random.Random(asked.seed))  # noqa: S311 - a flood that can be had again
    people = Neighbours(Line(port, "b"))
    coming = threading.Thread(target=people.come, args=(asked.every,))
    coming.start()
    flood.blow(kind, asked.normal * asked.times / 60, asked.seconds, lambda told: sys.stderr.write(f"\r{told}  "))
    people.over.set()
    coming.join()
    return flood, people


def handed_over(url: str) -> dict[str, float]:
    """Reference → when the first alert of this case was handed over, or went along in another's text."""
    store, found = SqlStore(url, KEYS), {}
    for reference in everything(store):
        with store.begin() as work:
            case = work.read_case(reference, "the proof", AFTERWARDS)
        sent = [one.sent_at.timestamp() for one in (case.deliveries if case else ()) if one.sent_at]
        found[reference] = min(sent, default=float("inf"))
    store.close()
    return found


def judged(asked: argparse.Namespace, kind: str, flood: Flood, people: Neighbours, handed: dict[str, float]) -> Found:
    """The table's column, and what was not kept."""
    found = Found()
    taken = [handed.get(reference, float("inf")) - yes for reference, yes in people.told.items()]
    answers = flood.line.answers + people.line.answers
    texts, cost, rate = flood.texts.total(), flood.cost.total(), asked.normal * asked.times / 60
    found.rows = {
        f"flood ({asked.database}, seed {asked.seed})": kind,
        "texts, calls or requests, a second": f"{int(rate * asked.seconds)}, {rate:.0f}",
        "answers of another kind than due": str(answers.total() - due(kind, flood, people)),
        "answer to a flooder, p50 / p95": " / ".join(f"{share(flood.line.waited, part):.3f} s" for part in (0.5, 0.95)),
        "reports among them, lost": f"{len(people.told) + len(people.lost)}, {len(people.lost)}",
        "answer to who reports, p95": f"{share(people.line.waited, 0.95):.3f} s",
        "consent to hand-over, p50 / p95 / most": " / ".join(f"{share(taken, part):.1f} s" for part in (0.5, 0.95, 1)),
        "all cases, of them told": f"{len(handed)}, {sum(one < float('inf') for one in handed.values())}",
        "segments for a flooder's text": f"{cost / texts:.2f}" if texts else "-",
        "times a silent call was spoken to, most": str(max(flood.spoken, default=0)),
    }
    found.hold(answers.total() == due(kind, flood, people), f"{kind}: {dict(answers)}")
    found.hold(not people.lost and bool(people.told), f"{kind}: {len(people.lost)} who reported were not told saved")
    found.hold(share(taken, 0.95) <= MOST_SECONDS, f"{kind}: p95 {share(taken, 0.95):.1f} s to the alert")
    found.hold(not flood.mute, f"{kind}: {flood.mute} answers without a word")
    found.hold(not dear(flood), f"{kind}: {dear(flood)} cost more than the cap")
    if texts:
        hold_what_a_flooder_hears(found, kind, flood)
    return found


def due(kind: str, flood: Flood, people: Neighbours) -> int:
    """How many answers were as they should be: forged requests are refused, all others are answered."""
    return people.line.answers[200] + flood.line.answers[403 if kind == "forged" else 200]


def dear(flood: Flood) -> list[str]:
    """Numbers that cost more than the allowance, and two segments for each text beyond it."""
    texts: Counter[str] = flood.texts
    return [one for one, cost in flood.cost.items() if cost > ALLOWANCE + MOST_FOR_A_TEXT * texts[one]]


def hold_what_a_flooder_hears(found: Found, kind: str, flood: Flood) -> None:
    """After all that, noise from whoever cost most is answered with 112 and the telephone number, a cry with 112."""
    worst = flood.cost.most_common(1)[0][0]
    if flood.cost[worst] > ALLOWANCE:
        # Noise can still be an answer, once or twice: to "have you called 112?", and as a place.
        said = [flood.line.text(worst, "asdf") for _ in range(5)][-1]
        found.hold(len(said) == 1 and "112" in said[0] and TELEPHONE in said[0], f"{kind}: a flooder was told {said}")
    cry = flood.line.text(worst, "han slår henne nu")
    found.hold(cry[:1] != [] and cry[0].startswith("Ring 112 nu."), f"{kind}: a flooder's cry was answered {cry}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
