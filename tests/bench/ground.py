"""What is measured: servers as processes on one database, and the machine below them."""

import os
import platform
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hotline.adapters.store.engines import make_engine
from hotline.adapters.vault import new_key
from tests.bench.bare import metadata
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
            "HOTLINE_MUNICIPALITIES": str(self.towns or town(self.folder / "towns")),
        }
        self.settings.pop("PYTHONDONTWRITEBYTECODE", None)

    @contextmanager
    def ours(self, url: str = "", part: str = "web") -> Iterator[tuple[int, int]]:
        """The hotline's web server, or with `serve` the worker too: port and process."""
        port = free_port()
        asked = [*FLASK, part, *(["--port", str(port)] if part == "web" else [])]
        settings = {**self.settings, "HOTLINE_PORT": str(port)}
        if url:
            settings["HOTLINE_DATABASE_URL"] = url
        with running(asked, settings, port) as pid:
            yield port, pid

    @contextmanager
    def bare(self) -> Iterator[tuple[int, int]]:
        """The bare view, gunicorn gthread 2 × 4: port and process."""
        engine = make_engine(self.settings["HOTLINE_DATABASE_URL"])
        metadata.create_all(engine)
        engine.dispose()
        port = free_port()
        with running([*BARE, "--bind", f"127.0.0.1:{port}"], self.settings, port) as pid:
            yield port, pid


@contextmanager
def running(command: Sequence[str], settings: Mapping[str, str], port: int) -> Iterator[int]:
    """A server that answers; stopped at the end."""
    process = subprocess.Popen(command, cwd=ROOT, env=dict(settings), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until_it_answers(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Whatever it answers. Raises RuntimeError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise RuntimeError(f"the server did not start: {process.args!r}")


def family(pid: int) -> list[int]:
    """A process and all that it has begun, itself first."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def megabytes(pid: int) -> float:
    """The process's proportional share of memory (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def machine() -> str:
    """What it was measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"
