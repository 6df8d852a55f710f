"""One fault, tried in a process of its own: forked, given the broken file instead of the whole one, and the tests.

What may enter: processes and pytest. What may not: which faults, and which tests.
"""

import ast
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

MEMORY = 4 << 30  # bytes; a loop that a fault has opened must not take the machine with it
PATIENCE = 5
QUIET = [
    "-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-profile=ci", "-W", "ignore",
    "-k", "not postgresql",  # the same on SQLite: a server that starts anew for each fault would take most of the time
]  # fmt: skip


def passes(tests: Sequence[str], seconds: int, path: Path | None = None, tree: ast.Module | None = None) -> bool:
    """Whether all tests pass within `seconds` of work, with the file at `path` read as `tree`.

    It may take longer on a machine that others use, too; what sleeps for ever is ended in the end.
    """
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        try:
            _alone(tests, seconds, path, tree)
        finally:
            os._exit(70)
    return _end_of(child, time.monotonic() + PATIENCE * seconds) == 0


def _alone(tests: Sequence[str], seconds: int, path: Path | None, tree: ast.Module | None) -> None:
    """Never returns. What a fault may fill, it fills only here."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if path and tree:
        read_instead(path, compile(tree, str(path), "exec"))
    os._exit(int(pytest.main([*QUIET, *tests])))


def read_instead(path: Path, code: CodeType) -> None:
    """From now on whoever imports the file at `path` gets `code`."""
    whole = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        return code if Path(loader.get_filename(name)) == path else whole(loader, name)

    setattr(SourceFileLoader, "get_code", get_code)  # noqa: B010 - its types do not allow what is meant


def _end_of(child: int, deadline: float) -> int:
    """The exit status; what is not done by then is ended, with all that it started."""
    status = -1
    while time.monotonic() < deadline:
        done, ended = os.waitpid(child, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(ended)
            break
        time.sleep(0.01)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return status
    if status == -1:
        os.waitpid(child, 0)
    return status


def import_what_others_wrote() -> None:
    """Once, before any fork: their libraries take longer to import than most tests to run. Ours are left to each."""
    for name in ("app", "tests.browser", "tests.databases", "alembic.command"):
        with suppress(ImportError):
            import_module(name)
    for name in list(sys.modules):
        if name.partition(".")[0] in {"app", "hotline"} or (name.startswith("tests.") and ".mutation" not in name):
            del sys.modules[name]
