"""The hotline in the storm: several web servers and workers as processes, each begun again when it dies."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hotline.adapters.system_clock import SystemClock
from tests.chaos.recovery import Harm

ROOT = Path(__file__).parents[2]
FLASK = [sys.executable, "-m", "flask", "--app", "app"]


@dataclass
class Program:
    """One process that is begun again. `port`: 0 for a worker."""

    command: list[str]
    environment: Mapping[str, str]
    log: Path
    release: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.release,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def children(self) -> list[int]:
        """The processes that serve requests: a web server's own workers."""
        if self.process is None:
            return []
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(pid) for pid in listed.read_text().split()]
        except OSError:
            return []


@dataclass
class Hotline:
    """`webs` and `workers` at once on one database."""

    folder: Path
    environment: Mapping[str, str]
    chance: random.Random
    programs: list[Program] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)
    kills: int = 0
    harms: list[Harm] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def begin(self, webs: int, workers: int, release: Path = ROOT) -> list[Program]:
        """Web servers and workers of this release, looked after from now on."""
        programs, number = [], len(self.logs)
        for place in range(number, number + webs):
            port = free_port()
            programs.append(
                Program(web(release, port), self.environment, self.folder / f"web{place}.log", release, port)
            )
        for place in range(number, number + workers):
            command = [*FLASK, "worker"]
            programs.append(Program(command, self.environment, self.folder / f"worker{place}.log", release))
        for program in programs:
            program.begin()
        self.logs += [program.log for program in programs]
        wait_for([program.port for program in programs if program.port])
        self.programs += programs
        if not number:
            threading.Thread(target=self.look_after, daemon=True).start()
        return programs

    def look_after(self) -> None:
        """Whoever died is begun again, as any machine's own keeper does."""
        while not self.over.wait(0.05):
            for program in list(self.programs):
                if program.process is not None and program.process.poll() is not None:
                    program.begin()

    def stop(self, programs: Sequence[Program]) -> None:
        """As when a release is replaced: nobody comes to them any more, and they end what they have begun."""
        self.programs = [one for one in self.programs if one not in programs]
        time.sleep(0.5)  # whoever looks after them, or was about to knock, has seen it
        end(programs)

    def ports(self) -> list[int]:
        return [program.port for program in self.programs if program.port]

    def kill_one(self) -> str:
        """kill -9: a process that serves, a whole web server with its children, or a worker."""
        # A worker takes seconds to begin again: it is killed as often as a machine could bear, the others more often.
        weights = [3 if program.port else 1 for program in self.programs]
        (program,) = self.chance.choices(self.programs, weights)
        if program.process is None or program.process.poll() is not None:
            return ""
        children = program.children() if program.port else []
        if children and self.chance.random() < 0.85:
            return self._kill(self.chance.choice(children), "web process")
        name = "web server" if program.port else "worker"
        for child in children:
            self._kill(child, "")
        return self._kill(program.process.pid, name)

    def _kill(self, pid: int, name: str) -> str:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return ""
        self.kills += bool(name)
        if name == "worker":
            now = SystemClock().now()
            self.harms.append(Harm(name, now, now))
        return name

    def faults(self) -> Counter[str]:
        """What the logs call a fault of ours: by kind, how often. Only a database that is away is part of a storm."""
        told = [
            one for log in self.logs for line in log.read_text(errors="replace").splitlines() for one in events(line)
        ]
        kinds = [(one.get("room") or one.get("door"), one.get("kind")) for one in told if one["event"] == "fault"]
        return Counter(f"{kind} at {place}" for place, kind in kinds if kind != "StoreAwayError")

    def end(self) -> None:
        self.over.set()
        end(self.programs)


def events(line: str) -> Iterator[dict[str, str]]:
    """What stands in one line of a log: two processes may have written into it, and one may have died over it."""
    for part in line.replace("}{", "}\n{").splitlines():
        with suppress(json.JSONDecodeError):
            if isinstance(told := json.loads(part), dict) and "event" in told:
                yield told


def web(release: Path, port: int) -> list[str]:
    """How it serves: releases before the command `web` did it with gunicorn."""
    if (release / "hotline" / "cli" / "web.py").exists():
        return [*FLASK, "web", "--port", str(port)]
    bound = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *bound, "--log-level", "critical", "app:app"]


def end(programs: Sequence[Program]) -> None:
    """Asked to, and then made to."""
    running = [program.process for program in programs if program.process is not None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(ports: Sequence[int]) -> None:
    """Until every web server answers."""
    deadline = time.monotonic() + 60
    for port in ports:
        while time.monotonic() < deadline:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def town(folder: Path) -> Path:
    """One municipality with somebody at the landline at every hour, and nothing unconfirmed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = (ROOT / "flows" / "municipalities" / "smedjebacken.yaml").read_text(encoding="utf-8")
    text = text.partition("# A trial report")[0].replace("[text duty], minutes: 5", "[call desk], minutes: 1")
    text = text.replace("[call desk], minutes: 3", "[call desk], minutes: 1")
    (folder / "smedjebacken.yaml").write_text(text, encoding="utf-8")
    return folder
