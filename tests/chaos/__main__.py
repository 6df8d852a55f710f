"""`python -m tests.chaos`: the storm, and its result as a table."""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.vault import new_key
from tests.chaos import proof
from tests.chaos.callers import Callers
from tests.chaos.carrier import Carrier, serve
from tests.chaos.climbing import settle
from tests.chaos.database import Server
from tests.chaos.hotline import Hotline
from tests.chaos.knocking import PUBLIC, TOKEN, Knocker
from tests.chaos.recovery import Watch
from tests.chaos.releasing import Release
from tests.chaos.table import Storm, tell
from tests.chaos.towns import pins_of, two_towns
from tests.earnest import in_earnest, inherited


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--contacts", type=int, default=300)
    parser.add_argument(
        "--kills", type=int, default=30, help="0: nothing is harmed, and the speed that is promised must hold"
    )
    parser.add_argument("--at-once", type=int, default=200, help="conversations that go on at the same time")
    parser.add_argument("--think", type=float, default=2.5, help="seconds before a person answers, on average")
    parser.add_argument("--stalls", type=int, help="how often PostgreSQL stands still; one for every hundred kills")
    parser.add_argument("--restarts", type=int, help="how often it is killed and begun again; as many")
    parser.add_argument("--recovery", type=float, default=10, help="seconds to hand over what a harm touched, p95")
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
    for harm in ("stalls", "restarts"):
        if getattr(asked, harm) is None:
            setattr(asked, harm, max(1, asked.kills // 100) if asked.kills and asked.database != "sqlite" else 0)
    with tempfile.TemporaryDirectory(prefix="hotline-storm-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account and passes through here
        return storm(asked, Path(folder))


def storm(asked: argparse.Namespace, folder: Path) -> int:
    """0 only if every promise was kept."""
    chance, keys = random.Random(asked.seed), new_key()  # noqa: S311 - a storm that can be had again
    server, release = Server(folder, asked.database), Release(asked.migrate or "", folder)
    release.unpack()
    url = server.begin(release.old)
    hotline, watch = Hotline(folder, {}, chance), Watch(url)
    knocker = Knocker(hotline.ports, chance)
    carrier = Carrier(knocker, chance)
    rest, address = serve(carrier)
    towns = two_towns(folder / "municipalities")
    carrier.pins = pins_of(towns)
    hotline.environment = environment(url, keys, address, towns)
    hotline.begin(webs=2, workers=2, release=release.old)
    all_of_it = Storm(asked, hotline, server, carrier, Callers(knocker, chance, asked.think), watch)
    began = time.monotonic()
    blow(all_of_it, release)
    all_of_it.left = settle(url, asked.settle)
    found = proof.look(url, keys, all_of_it.callers.book, load_municipalities(towns))
    watch.end()
    all_of_it.took = time.monotonic() - began
    kept = tell(all_of_it, found)
    if asked.migrate is not None:
        sys.stdout.write(f"| a new release beside the old one, migrated under load | {release} |\n")
    for ends in (knocker.stop, hotline.end, rest.shutdown, server.end):
        ends()
    return 0 if kept and (asked.migrate is None or release.over.is_set()) else 1


def environment(url: str, keys: str, rest: str, towns: Path) -> dict[str, str]:
    """As in earnest, with the carrier's REST addresses on this machine, and with the byte code of the start before."""
    return {
        **{name: value for name, value in inherited().items() if name != "PYTHONDONTWRITEBYTECODE"},
        **in_earnest(rest, public=PUBLIC, token=TOKEN),
        "HOTLINE_DATABASE_URL": url,
        "HOTLINE_KEYS": keys,
        "HOTLINE_MUNICIPALITIES": str(towns),
    }


def blow(all_of_it: Storm, release: Release) -> None:
    """All contacts, and harm done while they go on."""
    over, asked = threading.Event(), all_of_it.asked
    beside = [threading.Thread(target=do_harm, args=(all_of_it, over))]
    if asked.migrate is not None:
        more = (all_of_it.server, all_of_it.hotline, all_of_it.callers, asked.contacts)
        beside.append(threading.Thread(target=release.take_place, args=more))
    all_of_it.watch.begin()
    for thread in beside:
        thread.start()
    all_of_it.callers.all(asked.contacts, asked.at_once)
    over.set()
    for thread in beside:
        thread.join()
    all_of_it.carrier.knocker.end()


def do_harm(all_of_it: Storm, over: threading.Event) -> None:
    """Kills in step with the contacts, so that both end together; stalls and restarts in step with the kills."""
    asked, hotline, server, callers = all_of_it.asked, all_of_it.hotline, all_of_it.server, all_of_it.callers
    chance = random.Random(asked.seed + 1)  # noqa: S311 - as above
    stalls, restarts = spread(asked.stalls, asked.kills, 0.25), spread(asked.restarts, asked.kills, 0.75)
    while hotline.kills < asked.kills:
        ahead = hotline.kills / asked.kills > (callers.done + 1) / asked.contacts
        if over.is_set() or not ahead:
            hotline.kill_one()
            if stalls and hotline.kills >= stalls[0]:
                stalls.pop(0)
                server.stall(chance)
            if restarts and hotline.kills >= restarts[0]:
                restarts.pop(0)
                server.restart()
            show(asked, hotline, callers)
        time.sleep(chance.uniform(0.05, 0.5))


def spread(count: int, kills: int, part: float) -> list[int]:
    """After how many kills; `part` (0 to 1): where in each stretch between two."""
    return [round((place + part) * kills / count) for place in range(count)]


def show(asked: argparse.Namespace, hotline: Hotline, callers: Callers) -> None:
    """How far it is, on one line."""
    sys.stderr.write(f"\r{hotline.kills}/{asked.kills} kills, {callers.done}/{asked.contacts} contacts ")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
