"""`python -m tests.chaos`: the storm, and its result as a table."""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from hotline.adapters.vault import new_key
from tests.chaos import proof
from tests.chaos.callers import Callers
from tests.chaos.carrier import Carrier, serve
from tests.chaos.database import Server
from tests.chaos.hotline import Hotline, town
from tests.chaos.knocking import PUBLIC, TOKEN, Knocker
from tests.chaos.releasing import Release
from tests.earnest import in_earnest, inherited


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--contacts", type=int, default=300)
    parser.add_argument(
        "--kills", type=int, default=30, help="0: nothing is harmed, and the speed that is promised must hold"
    )
    parser.add_argument("--at-once", type=int, default=50, help="conversations that go on at the same time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--settle", type=int, default=120, help="seconds in which what is due may go out afterwards")
    parser.add_argument(
        "--migrate",
        nargs="?",
        const="",
        metavar="COMMIT",
        help="a new release comes in the middle: after this commit of the history, or after the program as it is now",
    )
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotline-storm-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account and passes through here
        return storm(asked, Path(folder))


def storm(asked: argparse.Namespace, folder: Path) -> int:
    """0 only if every promise was kept."""
    chance, keys = random.Random(asked.seed), new_key()  # noqa: S311 - a storm that can be had again
    server, release = Server(folder, asked.database), Release(asked.migrate or "", folder)
    release.unpack()
    url = server.begin(release.old)
    hotline = Hotline(folder, {}, chance)
    knocker = Knocker(hotline.ports, chance)
    carrier = Carrier(knocker, chance)
    rest, address = serve(carrier)
    hotline.environment = environment(url, keys, address, folder)
    hotline.begin(webs=2, workers=2, release=release.old)
    callers = Callers(knocker, chance)
    began = time.monotonic()
    blow(asked, hotline, server, callers, release)
    settle(url, keys, asked.settle)
    found = proof.look(url, keys, callers.told)
    tell(asked, hotline, server, carrier, callers, found, time.monotonic() - began)
    if asked.migrate is not None:
        sys.stdout.write(f"| a new release beside the old one, migrated under load | {release} |\n")
    hotline.end()
    rest.shutdown()
    server.end()
    came = asked.migrate is None or release.over.is_set()
    quick = asked.kills > 0 or found.quick
    enough = hotline.kills >= asked.kills and len(callers.told) >= asked.contacts * 0.99
    return 0 if found.kept and not knocker.differing and not hotline.faults() and enough and came and quick else 1


def environment(url: str, keys: str, rest: str, folder: Path) -> dict[str, str]:
    """As in earnest, with the carrier's REST addresses on this machine."""
    return {
        **inherited(),
        **in_earnest(rest, public=PUBLIC, token=TOKEN),
        "HOTLINE_DATABASE_URL": url,
        "HOTLINE_KEYS": keys,
        "HOTLINE_MUNICIPALITIES": str(town(folder / "municipalities")),
    }


def blow(asked: argparse.Namespace, hotline: Hotline, server: Server, callers: Callers, release: Release) -> None:
    """All contacts, and harm done while they go on."""
    over = threading.Event()
    beside = [threading.Thread(target=do_harm, args=(asked, hotline, server, callers, over))]
    if asked.migrate is not None:
        more = (server, hotline, callers, asked.contacts)
        beside.append(threading.Thread(target=release.take_place, args=more))
    for thread in beside:
        thread.start()
    callers.all(asked.contacts, asked.at_once)
    over.set()
    for thread in beside:
        thread.join()


def do_harm(
    asked: argparse.Namespace, hotline: Hotline, server: Server, callers: Callers, over: threading.Event
) -> None:
    """Kills in step with the contacts, so that both end together; now and then a stall or a restart."""
    chance = random.Random(asked.seed + 1)  # noqa: S311 - as above
    while asked.kills and hotline.kills < asked.kills:
        ahead = hotline.kills / asked.kills > (callers.done + 1) / asked.contacts
        if over.is_set() or not ahead:
            hotline.kill_one()
            if hotline.kills % 100 == 50:
                server.stall(chance)
            if hotline.kills % 100 == 99:
                server.restart()
            show(asked, hotline, callers)
        time.sleep(chance.uniform(0.02, 0.3))


def show(asked: argparse.Namespace, hotline: Hotline, callers: Callers) -> None:
    """How far it is, on one line."""
    sys.stderr.write(f"\r{hotline.kills}/{asked.kills} kills, {callers.done}/{asked.contacts} contacts ")
    sys.stderr.flush()


def settle(url: str, keys: str, seconds: int) -> None:
    """Until what is due has gone out, or so many seconds have passed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and proof.waiting(url, keys):
        time.sleep(1)


def tell(
    asked: argparse.Namespace,
    hotline: Hotline,
    server: Server,
    carrier: Carrier,
    callers: Callers,
    found: proof.Found,
    took: float,
) -> None:
    """The table for the README, with the seed that gives it again."""
    bound = 300 / max(1, found.told)
    rows = {
        "database": asked.database,
        "seed": asked.seed,
        "minutes": f"{took / 60:.1f}",
        "kills (-9)": f"{hotline.kills}, {server.stalls} stalls and {server.restarts} restarts of the database",
        "contacts, of them told that it is saved": f"{asked.contacts}, {found.told}",
        "lost / doubled / without a running alert": f"{len(found.lost)} / {len(found.doubled)} / {len(found.mute)}",
        "95 % bound for a loss": f"{bound:.3f} % of contacts" if found.kept else "-",
        "alerts acknowledged / still climbing": f"{found.acknowledged} / {found.climbing}",
        "requests that had to be made again": str(carrier.knocker.refused),
        "repeats answered with other bytes": str(carrier.knocker.differing),
        "second rings, allowed": str(found.rung_twice),
        "until a failed request was answered, p95 / most": (
            f"{proof.share(carrier.knocker.waited, 0.95):.1f} s / {proof.share(carrier.knocker.waited, 1.0):.1f} s"
        ),
        "urgent: due to handed over, p50 / p95 / p99 / most": " / ".join(
            f"{proof.share(found.to_hand_over, part):.1f} s" for part in (0.5, 0.95, 0.99, 1.0)
        ),
        "given up (no answer at all)": str(len(callers.given_up)),
        "faults in the logs": ", ".join(f"{kind} × {count}" for kind, count in hotline.faults().items()) or "0",
        "calls and texts handed to the carrier": f"{carrier.calls}, {carrier.texts}",
    }
    sys.stderr.write("\n")
    for name, value in rows.items():
        sys.stdout.write(f"| {name} | {value} |\n")
    for name, wrong in (("LOST", found.lost), ("DOUBLED", found.doubled), ("MUTE", found.mute)):
        if wrong:
            sys.stdout.write(f"{name}: {', '.join(wrong[:20])}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
