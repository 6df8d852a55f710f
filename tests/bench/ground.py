"""What is measured: servers as processes on one database, and the machine below them."""

import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO

from sqlalchemy import text

from hotline.adapters.store.engines import make_engine
from hotline.adapters.vault import new_key
from tests.bench import bare
from tests.bench.people import ACCOUNT, PUBLIC, TOKEN
from tests.chaos.database import Server
from tests.chaos.hotline import FLASK, ROOT, free_port, town
from tests.earnest import in_earnest, inherited

GUNICORN = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "error"]
BARE = [*GUNICORN, "--workers", "2", "--threads", "4", "--worker-class", "gthread", "tests.bench.bare:app"]
START_SECONDS = 60


@dataclass
class Ground:
    """A database and settings; `rest`: where the carrier's addresses would be."""

    folder: Path
    kind: str
    rest: str = "http://127.0.0.1:9"
    towns: Path | None = None
    server: Server = field(init=False)
    settings: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.server = Server(self.folder, self.kind)
        url = self.server.begin()
        self.settings = {
            **inherited(),
            **in_earnest(self.rest, public=PUBLIC, token=TOKEN, account=ACCOUNT),
            "HOTLINE_DATABASE_URL": url,
            "HOTLINE_KEYS": new_key(),
            "HOTLINE_MUNICIPALITIES": str(self.towns or closed(town(self.folder / "towns"))),
        }
        refuse_what_is_not_durable(url)
        self.settings.pop("PYTHONDONTWRITEBYTECODE", None)

    @contextmanager
    def ours(self, url: str = "") -> Iterator[tuple[int, int]]:
        """The hotline as it runs, web server and worker: port and process."""
        port, asked = free_port(), [*FLASK, "serve"]
        settings = {**self.settings, "HOTLINE_PORT": str(port)}
        if url:
            settings["HOTLINE_DATABASE_URL"] = url
        with running(asked, settings, port) as pid:
            yield port, pid

    @contextmanager
    def worker(self) -> Iterator[int]:
        """The worker by itself, as it runs where web servers and workers are begun one by one: its process."""
        with begun([*FLASK, "worker"], self.settings) as (process, _):
            yield process.pid

    @contextmanager
    def bare(self) -> Iterator[tuple[int, int]]:
        """The bare view, gunicorn gthread 2 × 4: port and process."""
        engine = bare.make_engine(self.settings["HOTLINE_DATABASE_URL"])
        bare.metadata.create_all(engine)
        engine.dispose()
        port = free_port()
        with running([*BARE, "--bind", f"127.0.0.1:{port}"], self.settings, port) as pid:
            yield port, pid


def closed(folder: Path) -> Path:
    """Towns whose offices open for a minute a week: what is asked must not depend on when this is run."""
    hours = re.compile(r"^  weekly:\n(    .*\n)+", re.MULTILINE)
    for path in folder.glob("*.yaml"):
        path.write_text(
            hours.sub('  weekly:\n    mon: ["03:00-03:01"]\n', path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    return folder


def refuse_what_is_not_durable(url: str) -> None:
    """Raises RuntimeError where a commit would not wait for the disk."""
    engine = make_engine(url)
    asked: dict[str, object] = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found: dict[str, object] = {"synchronous": connection.scalar(text("PRAGMA synchronous"))}
            asked = {"synchronous": 2}
        else:
            found = {name: connection.scalar(text(f"SHOW {name}")) for name in asked}
    engine.dispose()
    if found != asked:
        raise RuntimeError(f"the database does not keep what it is given: {found}")


@contextmanager
def running(command: Sequence[str], settings: Mapping[str, str], port: int) -> Iterator[int]:
    """A server that answers; stopped at the end."""
    with begun(command, settings) as (process, log):
        if not answers(port, process):
            log.seek(0)
            raise RuntimeError(f"the server did not start: {command}\n{log.read().decode()[-2000:]}")
        yield process.pid


@contextmanager
def begun(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A process, and what it says; stopped at the end."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(settings), stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
        )
        try:
            yield process, log
        finally:
            process.terminate()
            process.wait(30)


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether it does, whatever it says."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.005)
        else:
            return True
    return False


def family(pid: int) -> list[int]:
    """A process and all that it has begun, itself first."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def megabytes(pid: int) -> float:
    """The process's proportional share of memory (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def processor_seconds(pid: int) -> float:
    """That a process and all that it has begun have used."""
    spent = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


@contextmanager
def held(families: Iterable[Sequence[int]]) -> Iterator[None]:
    """Processes that stand still meanwhile."""
    processes = [pid for one in families for pid in one]
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)


def flush_milliseconds(folder: Path) -> float:
    """What one flush of the disk takes here, the median of fifty."""
    taken = []
    with (folder / "flush").open("wb") as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken) * 1000


def machine(folder: Path) -> str:
    """What it was measured on, and what. `folder`: on the disk that is written to."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607 - git as it is found
    return (
        f"{os.cpu_count()} cores, {model}, {gigabytes:.0f} GB, disk flushed in {flush_milliseconds(folder):.1f} ms, "
        f"Python {platform.python_version()}, commit {commit.stdout.decode().strip() or 'unknown'}"
    )
