"""What is measured, each as rows of the table. Whatever is compared takes turns with what it is compared with."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from timeit import repeat

from hotline.adapters.content import compiled
from hotline.core.conversation import Conversation
from hotline.core.engine import resume
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.opening import Moment
from hotline.core.reading import Lexicon, read_danger
from hotline.core.turn import Act, Channel, Turn
from tests.bench.figures import Figure, at_least, at_most, spread
from tests.bench.ground import Ground, family, held, megabytes, processor_seconds
from tests.bench.load import Measured, send
from tests.bench.people import REPORT, TURNS, as_many, one_by_one, texting
from tests.bench.stored import filled
from tests.chaos.hotline import ROOT

AT_ONCE, EACH = 16, 60  # lines at once, turns for each
ALONE = 300  # turns of one line alone: a hundredth of them is more than an accident
A_FEW, OFTEN = 60, 20  # where many take turns: so many turns at a time, so often
Shares = dict[str, list[float]]  # megabytes of each process of a kind
CORPUS, LONG = ROOT / "tests" / "corpus", (140, 160)
A_TEXT = (
    "Hej, jag bor i trappuppgången bredvid och undrar hur man gör en anmälan om oro, för det låter väldigt mycket " * 2
)


def turns(ground: Ground, way: str, rounds: int) -> Iterator[Figure]:
    """A signed turn with its durable commit, through the server, against the bare view. `way`: text or call."""
    chance, name = Random(1), f"{ground.kind}, {way}"  # noqa: S311 - the same people each time
    found: dict[str, list[Round]] = {"ours": [], "bare": []}
    with ground.ours() as ours, ground.bare() as bare:
        for port, _ in (ours, bare):
            send(port, one_by_one(way, chance, 10 * AT_ONCE), AT_ONCE)
        for number in range(rounds):
            servers = [("ours", ours), ("bare", bare)]
            for who, server in servers if number % 2 else reversed(servers):
                found[who].append(one_round(server, way, chance))
    yield from compared(name, list(zip(found["ours"], found["bare"], strict=True)))


def compared(name: str, pairs: Sequence[tuple["Round", "Round"]]) -> Iterator[Figure]:
    """Rounds of ours and of the bare view, each with the other's that came next to it."""
    faster = [mine.many.per_second / theirs.many.per_second for mine, theirs in pairs]
    yield at_least(f"{name}: turns a second, {AT_ONCE} at once, against the bare view", faster, 1.4)
    cheaper = [mine.processor / theirs.processor for mine, theirs in pairs]
    yield Figure(f"{name}: processor time of a turn, against the bare view", spread(cheaper, " ×"))
    slower = [mine.alone.middle / theirs.alone.middle for mine, theirs in pairs]
    yield at_most(f"{name}: median answer, one at a time, against the bare view", slower, 1.3)
    first = [mine.first / theirs.first for mine, theirs in pairs]
    yield Figure(f"{name}: median answer to the first of five turns, the same", spread(first, " ×"))
    tails = [mine.alone.part(0.99) / mine.alone.middle for mine, _ in pairs]
    yield at_most(f"{name}: p99 against our own median, one at a time", tails, 3)


@dataclass(frozen=True)
class Round:
    """Of one server. `processor`: seconds of it that all turns took, at `AT_ONCE` at once."""

    many: Measured
    processor: float
    alone: Measured

    @property
    def first(self) -> float:
        """Seconds until somebody's first words are answered: those that are understood, in every language."""
        return median(self.alone.seconds[::TURNS])


def one_round(server: tuple[int, int], way: str, chance: Random) -> Round:
    (port, pid), work = server, one_by_one(way, chance, EACH * AT_ONCE)
    spent = processor_seconds(pid)
    many = send(port, work, AT_ONCE)
    return Round(many, processor_seconds(pid) - spent, send(port, [as_many(way, chance, ALONE)]))


def steps() -> Iterator[Figure]:
    """The engine alone, and understanding a text of 160 characters in all languages."""
    content = compiled(ROOT / "flows", ROOT / "flows" / "municipalities", unreviewed=True)
    script, town = content.script, content.municipalities["smedjebacken"]
    taken = {name: step_microseconds(script, town, name) for name, step in script.steps.items() if step.choices}
    dearest = max(taken, key=lambda name: median(taken[name]))
    yield at_most(f"the engine's step, in the middle of the script ({script.start})", taken[script.start], 30, " µs", 1)
    yield at_most(f"the same where it takes longest ({dearest})", taken[dearest], 30, " µs", 1)
    yield at_most("understanding 160 characters of everyday Swedish", understanding(script.lexicon, A_TEXT), 1, " ms")
    written = as_written()
    each = [understanding_once(script.lexicon, text) for text in written]
    yield at_most(f"each of {len(written):,} messages of 140 to 160 letters, as they were written", each, 1, " ms")
    cries = {tongue.name: " ".join(tongue.cries) for tongue in script.lexicon.tongues if tongue.cries}
    read = {name: understanding(script.lexicon, text) for name, text in cries.items()}
    slowest = max(read, key=lambda name: median(read[name]))
    yield at_most(f"nothing but cries, in the slowest of {len(read)} languages ({slowest})", read[slowest], 1, " ms")


def step_microseconds(script: Script, town: Municipality, step: str) -> list[float]:
    """Of the first answer to this question, by text."""
    key = next(iter(script.steps[step].choices))
    turn = Turn(Channel.SMS, Act.TEXT, datetime(2026, 11, 25, 20, tzinfo=UTC), key, "+46701740612")
    here = Conversation(script.version, "sv", step)
    decided = lambda: resume(Moment(script, town, turn, "K7M2"), here)  # noqa: E731 - timeit's own way
    return [one / 2000 * 1e6 for one in repeat(decided, number=2000, repeat=9)]


def as_written() -> list[str]:
    """Messages of about 160 letters, in many languages, that words and weights were made and tried with."""
    rows = (json.loads(line) for path in CORPUS.rglob("*.jsonl") for line in path.read_text("utf-8").splitlines())
    return sorted({text for row in rows if LONG[0] <= len(text := row.get("text", "")) <= LONG[1]})


def understanding_once(lexicon: Lexicon, text: str) -> float:
    """Milliseconds; the best of three, since others use the machine."""
    return min(repeat(lambda: read_danger(lexicon, text), number=1, repeat=3)) * 1e3


def understanding(lexicon: Lexicon, text: str) -> list[float]:
    """Milliseconds; never the same text twice: nothing may be remembered of the last."""
    numbers, filled_up = count(), (f"{text} " * 160)[:155]
    understood = lambda: read_danger(lexicon, f"{filled_up} {next(numbers)}")  # noqa: E731 - as above
    return [one / 100 * 1e3 for one in repeat(understood, number=100, repeat=9)]


def growth(ground: Ground, rounds: int, sizes: Sequence[int]) -> Iterator[Figure]:
    """A turn while so many conversations are kept, against the same with the fewest: by turns, a few dozen each.

    All stand beside each other, begun anew in every round, each with its worker, which looks through what is kept.
    While one is asked the others are held: what theirs cost must not slow this one down.
    """
    chance = Random(2)  # noqa: S311 - as above
    urls = {size: filled(ground.server, size) for size in sizes}
    found: dict[int, list[Measured]] = {size: [] for size in sizes}
    for _ in range(rounds):
        with ExitStack() as beside:
            begun = {size: beside.enter_context(ground.ours(url)) for size, url in urls.items()}
            families = {size: family(pid) for size, (_, pid) in begun.items()}
            for size, (port, _) in begun.items():
                send(port, [as_many("text", chance, A_FEW)])
                found[size].append(Measured())
            for _ in range(OFTEN):
                for size, (port, _) in begun.items():
                    with held(own for other, own in families.items() if other != size):
                        found[size][-1].seconds += send(port, [as_many("text", chance, A_FEW)]).seconds
    first = found[sizes[0]]
    for size in sizes[1:]:
        pairs = list(zip(found[size], first, strict=True))
        name = f"{ground.kind}: {size:,} conversations kept against {sizes[0]:,}"
        yield at_most(f"{name}, median", [one.middle / other.middle for one, other in pairs], 1.1)
        yield at_most(f"{name}, p99", [one.part(0.99) / other.part(0.99) for one, other in pairs], 1.1)


def starting(ground: Ground, rounds: int, ports: list[int]) -> Iterator[Figure]:
    """From nothing to the first answer; memory of each process at rest, and at most while it is busy with reports."""
    chance = Random(3)  # noqa: S311 - as above
    anew = [first_answer(ground, chance, anew=True) for _ in range(min(rounds, 3))]
    taken = [first_answer(ground, chance) for _ in range(rounds)]
    yield at_most(f"{ground.kind}: from the command to the first text's answer", taken, 1.2, " s")
    yield Figure(f"{ground.kind}: the same after scripts, words or code have changed", spread(anew, " s", 1))
    with ground.ours() as (port, pid), ThreadPoolExecutor() as pool:
        ports.append(port)
        time.sleep(3)
        rested, busy = shares(pid), list[Shares]()
        people = [list(texting(chance, REPORT)) for _ in range(EACH * AT_ONCE // 2)]
        talk = pool.submit(send, port, people, AT_ONCE)
        while not talk.done():
            busy.append(shares(pid))
            time.sleep(0.2)
        talk.result()
    for name, when in (("at rest", [rested]), ("at most, under load", busy)):
        yield at_most(f"{ground.kind}: a web process, {name}", most_of_each(when, "web"), 60, " MB", 0)
        yield at_most(f"{ground.kind}: the worker, {name}", most_of_each(when, "worker"), 60, " MB", 0)
        together = max(sum(one["all"]) for one in when)
        yield Figure(f"{ground.kind}: everything together, {name}", f"{together:.0f} MB")
    with ground.worker() as pid:
        time.sleep(3)
        yield at_most(f"{ground.kind}: a worker that shares with nobody, at rest", [megabytes(pid)], 60, " MB", 0)


def most_of_each(seen: Sequence[Shares], part: str) -> list[float]:
    """Each process of a kind when it was largest."""
    return [max(sizes) for sizes in zip(*(one[part] for one in seen), strict=True)]


def first_answer(ground: Ground, chance: Random, *, anew: bool = False) -> float:
    """Seconds until somebody new has been answered; `anew`: nothing that was compiled is left."""
    if anew:
        shutil.rmtree(ROOT / "var" / "cache", ignore_errors=True)
    began = time.perf_counter()
    with ground.ours() as (port, _):
        send(port, [as_many("text", chance, 1)])
        return time.perf_counter() - began


def shares(pid: int) -> Shares:
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
