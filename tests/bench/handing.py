"""From consent to the hand-over of the alert, and the whole of Sweden: whole conversations, a carrier, a worker."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.bench.figures import Figure, at_least, at_most, spread
from tests.bench.ground import Ground, family, megabytes
from tests.bench.load import Measured, send
from tests.bench.people import LINE, PUBLIC, REPORT, TOKEN, texting
from tests.chaos import proof
from tests.chaos.carrier import Carrier, serve
from tests.chaos.hotline import town
from tests.chaos.knocking import Knocker

AT_ONCE = 50
MUNICIPALITIES = 290
TELEPHONE = "0240-660 335"
A_YEAR = 150  # contacts of one municipality: a guess on the high side, since nobody has counted
AN_HOUR = MUNICIPALITIES * A_YEAR / 3600  # contacts a second, when a year's come in one hour
SETTLE_SECONDS = 60
FAR_SECONDS = 0.3  # until the carrier has taken a call or a text


class Unhurried(Carrier):
    """As a real one, which is far away."""

    def take(self, resource: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        time.sleep(FAR_SECONDS)
        return super().take(resource, form)


@contextmanager
def carrier_of(port: Callable[[], int], kind: type[Carrier] = Carrier) -> Iterator[str]:
    """The address of a carrier that takes everything, and whose officers answer."""
    knocker = Knocker(lambda: [port()], Random(4), public=PUBLIC, token=TOKEN)  # noqa: S311 - the same each time
    taking = kind(knocker, Random(5), fails=0.0)  # noqa: S311 - as above
    rest, address = serve(taking)
    yield address
    knocker.stop()
    rest.shutdown()


@dataclass(frozen=True)
class Told:
    """Of one round: seconds to the hand-over, seconds to an answer meanwhile (p95), contacts a second, megabytes."""

    first: float
    tail: float
    answer: float
    pace: float
    memory: float


def handing(kind: str, folders: Sequence[Path], contacts: int) -> Iterator[Figure]:
    """So many conversations at once; each is a report. A round in each folder."""
    found = [one_handing(kind, folder, contacts) for folder in folders]
    name = f"{kind}: from consent to hand-over, {AT_ONCE} conversations at once without a pause"
    yield at_most(f"{name}, p95", [one.first for one in found], 2, " s")
    yield at_most(f"{name}, p99", [one.tail for one in found], 5, " s")
    yield at_most(f"{kind}: an answer meanwhile, p95", [one.answer for one in found], 1, " s")


def one_handing(kind: str, folder: Path, contacts: int) -> Told:
    """The carrier answers at once: what is measured is what is ours."""
    ports: list[int] = []
    with carrier_of(lambda: ports[0]) as rest:
        ground = Ground(folder, kind, rest)
        with ground.ours() as (port, pid):
            ports.append(port)
            send(port, [list(texting(Random(6), REPORT))])  # noqa: S311 - as above
            chance = Random(7)  # noqa: S311 - as above
            people = [
                [turn for _ in range(max(1, contacts // AT_ONCE)) for turn in texting(chance, REPORT)]
                for _ in range(AT_ONCE)
            ]
            told = told_in(ground, send(port, people), pid)
        ground.server.end()
    return told


def told_in(ground: Ground, answers: Measured, pid: int) -> Told:
    """Once every report has been handed over. Raises RuntimeError where one never is."""
    url, keys = ground.settings["HOTLINE_DATABASE_URL"], ground.settings["HOTLINE_KEYS"]
    deadline = time.monotonic() + SETTLE_SECONDS
    while not all_told(found := proof.look(url, keys)):
        if time.monotonic() > deadline:
            raise RuntimeError(f"only {len(found.to_hand_over)} of {found.cases} reports were handed over")
        time.sleep(0.5)
    first, tail = (proof.share(found.to_hand_over, part) for part in (0.95, 0.99))
    pace = found.cases / answers.took if answers.took else 0.0
    return Told(first, tail, answers.part(0.95), pace, sum(map(megabytes, family(pid))))


def all_told(found: proof.Found) -> bool:
    """One that was never handed over would else be missing from the figures."""
    return len(found.to_hand_over) == found.cases > 0 and not found.mute


def sweden(kind: str, folders: Sequence[Path], seconds: float) -> Iterator[Figure]:
    """All municipalities on one server, at the pace at which a year's contacts come in one hour."""
    found = [one_sweden(kind, folder, seconds) for folder in folders]
    name = f"{kind}, {MUNICIPALITIES} municipalities, texts as in the hour of a whole year's contacts"
    paces = [one.pace / AN_HOUR for one in found]
    yield at_least(f"{name}, {seconds:.0f} s: reports against the {AN_HOUR:.1f} that come in a second", paces, 0.95)
    yield at_most(f"{name}: an answer, p95", [one.answer for one in found], 1, " s", 3)
    yield at_most(f"{name}: hand-over, p95", [one.first for one in found], 2, " s")
    yield Figure(f"{name}: everything together", spread([one.memory for one in found], " MB", 0))


def one_sweden(kind: str, folder: Path, seconds: float) -> Told:
    """The carrier is far away, as in life."""
    ports: list[int] = []
    with carrier_of(lambda: ports[0], Unhurried) as rest:
        ground = Ground(folder, kind, rest, all_towns(folder / "sweden"))
        with ground.ours() as (port, pid):
            ports.append(port)
            told = told_in(ground, at_the_pace(port, seconds), pid)
        ground.server.end()
    return told


def at_the_pace(port: int, seconds: float) -> Measured:
    """Contacts begin one after the other, whoever is still talking."""
    chance, together, lock = Random(8), Measured(), threading.Lock()  # noqa: S311 - as above

    def one(turns: list[bytes]) -> None:
        measured = send(port, [turns])
        with lock:
            together.seconds += measured.seconds

    lines = [line_of(number) for number in range(MUNICIPALITIES)]
    ready = [list(texting(chance, REPORT, chance.choice(lines))) for _ in range(int(AN_HOUR * seconds) + 1)]
    began, begun = time.monotonic(), list[Future[None]]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, turns in enumerate(ready):
            time.sleep(max(0.0, began + number / AN_HOUR - time.monotonic()))
            begun.append(pool.submit(one, turns))
    together.took = time.monotonic() - began
    for each in begun:
        each.result()  # raises what went wrong
    return together


def line_of(number: int) -> str:
    """The hotline's number in the municipality of this number."""
    return f"+46766{number:06}"


def all_towns(folder: Path) -> Path:
    """As many files as there are municipalities, each with a line and a landline of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    text = (town(folder) / "smedjebacken.yaml").read_text(encoding="utf-8")
    (folder / "smedjebacken.yaml").unlink()
    for number in range(MUNICIPALITIES):
        own = text.replace(LINE, line_of(number)).replace(TELEPHONE, f"0240-660 {number:03}")
        (folder / f"kommun{number:03}.yaml").write_text(own, encoding="utf-8")
    return folder
