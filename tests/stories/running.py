"""The whole hotline, running as it does for real: web and worker as processes, one database, simulated telephones."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NEIGHBOUR = "+46701740699"
START_SECONDS, WAIT_SECONDS = 30, 25


@dataclass(frozen=True)
class Running:
    """One started hotline. `desk` 0 is the landline of social services."""

    address: str
    environment: Mapping[str, str]
    log: Path
    pid: int

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def act(self, path: str, **told: object) -> None:
        """One button on the page."""
        body = json.dumps({"caller": NEIGHBOUR, **told}).encode()
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.address}/phone/{path}", body, {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own address

    def say(self, *texts: str) -> None:
        for text in texts:
            self.act("text", body=text)

    def state(self) -> dict[str, object]:
        with urllib.request.urlopen(f"{self.address}/phone/state?caller=%2B{NEIGHBOUR[1:]}", timeout=10) as answer:  # noqa: S310 - our own address
            return dict(json.load(answer))

    def until(self, part: str, found: Callable[[str], object], what: str) -> str:
        """That part of the state (caller, desk, cases), as text, once `found` says so of it."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            seen = json.dumps(self.state()[part], ensure_ascii=False)
            if found(seen):
                return seen
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} was not seen in {WAIT_SECONDS} s: {seen}")
            time.sleep(0.1)

    def command(self, *words: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT, env=dict(self.environment), check=True, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        return done.stdout


def family(pid: int) -> list[int]:
    """This process and all that it has begun, and they."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in listed for one in family(int(child)))]


def always_open(folder: Path) -> Path:
    """Smedjebacken with somebody at the landline at every hour of every day: stories do not turn red by calendar."""
    folder.mkdir()
    text = (ROOT / "flows" / "municipalities" / "smedjebacken.yaml").read_text(encoding="utf-8")
    text = re.sub(r"\[text duty\], minutes: 5", "[call desk], minutes: 3", text)
    (folder / "smedjebacken.yaml").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def running(
    database_url: str,
    folder: Path,
    clean: Mapping[str, str],
    municipalities: Path | None = None,
    keys: str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
) -> Iterator[Running]:
    """Started with `serve`, stopped as Ctrl-C does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **clean,
        "HOTLINE_DATABASE_URL": database_url,
        "HOTLINE_PORT": str(port),
        "HOTLINE_KEYS": keys,
        "HOTLINE_MUNICIPALITIES": str(municipalities or always_open(folder / "municipalities")),
    }
    program = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    log = folder / "hotline.log"
    with log.open("wb") as out:
        process = subprocess.Popen(program, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield Running(f"http://127.0.0.1:{port}", environment, log, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str) -> None:
    """Until every part works."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
