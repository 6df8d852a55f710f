"""What is measured, each as rows of the table. Whatever is compared takes turns with what it is compared with."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from timeit import repeat

from hotline.adapters.content import compiled
from hotline.core.conversation import Conversation
from hotline.core.engine import resume
from hotline.core.flow import Kind
from hotline.core.opening import Moment
from hotline.core.reading import read_danger
from hotline.core.turn import Act, Channel, Turn
from tests.bench.figures import Figure, at_least, at_most
from tests.bench.ground import Ground, family, megabytes
from tests.bench.load import Measured, send
from tests.bench.people import as_many, one_by_one
from tests.bench.stored import filled
from tests.chaos.hotline import ROOT

AT_ONCE, EACH, ALONE = 16, 60, 60  # lines at once, turns for each; turns of one line alone
MANY = 20 * ALONE  # of which a hundredth is more than an accident
SIZES = (1_000, 100_000, 1_000_000)
A_TEXT = (
    "Hej, jag bor i trappuppgången bredvid och undrar hur man gör en anmälan om oro, för det låter väldigt mycket " * 2
)


def turns(ground: Ground, way: str, rounds: int) -> Iterator[Figure]:
    """A signed turn with its durable commit, through the server, against the bare view. `way`: text or call."""
    chance, name = Random(1), f"{ground.kind}, {way}"  # noqa: S311 - the same people each time
    many: dict[str, list[float]] = {"ours": [], "bare": []}
    alone: dict[str, list[Measured]] = {"ours": [], "bare": []}
    with ground.ours() as (ours, _), ground.bare() as (bare, _):
        for port in (ours, bare):
            send(port, one_by_one(way, chance, 10 * AT_ONCE), AT_ONCE)
        for number in range(rounds):
            ports = [("ours", ours), ("bare", bare)]
            for who, port in ports if number % 2 else reversed(ports):
                many[who].append(send(port, one_by_one(way, chance, EACH * AT_ONCE), AT_ONCE).per_second)
                alone[who].append(send(port, [as_many(way, chance, ALONE)]))
    ratios = [mine / theirs for mine, theirs in zip(many["ours"], many["bare"], strict=True)]
    yield at_least(f"{name}: turns a second, {AT_ONCE} at once, against the bare view", ratios, 1.4)
    yield Figure(f"{name}: turns a second, ours / bare", f"{median(many['ours']):.0f} / {median(many['bare']):.0f}")
    slower = [mine.middle / theirs.middle for mine, theirs in zip(alone["ours"], alone["bare"], strict=True)]
    yield at_most(f"{name}: median answer, one at a time, against the bare view", slower, 1.3)
    tails = [one.part(0.99) / one.middle for one in alone["ours"]]
    yield at_most(f"{name}: p99 against our own median, one at a time", tails, 3)


def steps() -> Iterator[Figure]:
    """The engine alone, and understanding a text of 160 characters in all languages."""
    content = compiled(ROOT / "flows", ROOT / "flows" / "municipalities", unreviewed=True)
    script, town = content.script, content.municipalities["smedjebacken"]
    turn = Turn(Channel.SMS, Act.TEXT, datetime(2026, 11, 25, 20, tzinfo=UTC), "2", "+46701740612")
    asked = next(step.name for step in script.steps.values() if step.kind is Kind.CHOICE)
    here = Conversation(script.version, "sv", asked)
    decided = lambda: resume(Moment(script, town, turn, "K7M2"), here)  # noqa: E731 - timeit's own way
    taken = [one / 2000 * 1e6 for one in repeat(decided, number=2000, repeat=9)]
    yield at_most("the engine's step, an answer in the middle", taken, 30, " µs", 1)
    numbers = count()  # never the same text twice: nothing may be remembered of the last
    understood = lambda: read_danger(script.lexicon, f"{A_TEXT[:155]} {next(numbers)}")  # noqa: E731 - as above
    read = [one / 200 * 1e3 for one in repeat(understood, number=200, repeat=9)]
    yield at_most("understanding 160 characters, every language", read, 1, " ms")


def growth(ground: Ground, rounds: int) -> Iterator[Figure]:
    """A turn while so many conversations are kept, against the same with a thousand: by turns, a few dozen each.

    All stand beside each other, begun anew in every round, each with its worker, which looks after what is kept.
    """
    chance = Random(2)  # noqa: S311 - as above
    urls = {size: filled(ground.server, size) for size in SIZES}
    found: dict[int, list[Measured]] = {size: [] for size in SIZES}
    for _ in range(rounds):
        with ExitStack() as beside:
            ports = {size: beside.enter_context(ground.ours(url, "serve"))[0] for size, url in urls.items()}
            for size, port in ports.items():
                send(port, [as_many("text", chance, ALONE)])
                found[size].append(Measured())
            for _ in range(MANY // ALONE):
                for size, port in ports.items():
                    found[size][-1].seconds += send(port, [as_many("text", chance, ALONE)]).seconds
    first = found[SIZES[0]]
    for size in SIZES[1:]:
        pairs = list(zip(found[size], first, strict=True))
        name = f"{ground.kind}: {size:,} conversations kept against {SIZES[0]:,}"
        yield at_most(f"{name}, median", [one.middle / other.middle for one, other in pairs], 1.1)
        yield at_most(f"{name}, p99", [one.part(0.99) / other.part(0.99) for one, other in pairs], 1.1)


def starting(ground: Ground, rounds: int) -> Iterator[Figure]:
    """From nothing to the first answer; memory of each process at rest, and after it was busy."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        with ground.ours() as (port, _):
            send(port, [as_many("text", Random(4), 1)])  # noqa: S311 - as above
            taken.append(time.perf_counter() - began)
    yield at_most(f"{ground.kind}: from the command to the first text's answer", taken[1:] or taken, 1.2, " s")
    with ground.ours(part="serve") as (port, pid):
        time.sleep(3)
        rested = shares(pid)
        for _ in range(5):
            send(port, one_by_one("text", Random(3), EACH * AT_ONCE), AT_ONCE)  # noqa: S311 - as above
        busy = shares(pid)
    for name, when in (("at rest", rested), ("under load", busy)):
        yield at_most(f"{ground.kind}: a web process, {name}", when["web"], 60, " MB", 0)
        yield at_most(f"{ground.kind}: the worker, {name}", when["worker"], 60, " MB", 0)
        yield Figure(f"{ground.kind}: everything together, {name}", f"{sum(when['all']):.0f} MB")


def shares(pid: int) -> dict[str, list[float]]:
    """Megabytes of the processes of `serve`: the parent, what begins web processes, these, and the worker."""
    _, *rest = family(pid)
    web = [one for one in rest if parent_of(one) != pid]
    worker = [one for one in rest if parent_of(one) == pid and one not in {parent_of(other) for other in web}]
    return {
        "web": [megabytes(one) for one in web],
        "worker": [megabytes(one) for one in worker],
        "all": [megabytes(one) for one in family(pid)],
    }


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
