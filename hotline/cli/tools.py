"""What the commands need, put together once by app.py."""

import getpass
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click
from flask import current_app

from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.reading import Lexicon, Row
from hotline.ports import Begin, Clock, Door, Keys, StoreAwayError
from hotline.usecases.alerting import Outside

if TYPE_CHECKING:  # what those who change words need is no part of a process that answers
    from hotline.core.comparing import Difference
    from hotline.core.costing import Cost, Trip
    from hotline.core.exploring import Ways
    from hotline.core.reading.fitting import Fitted
    from hotline.core.telling import Prices


class Workshop(Protocol):
    """What those who change the script work with."""

    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def languages(self) -> Sequence[str]: ...
    def at(self, flows: Path) -> "Workshop": ...
    def prove(self, at: datetime) -> Iterator[tuple[str, str]]: ...
    def summary(self) -> str: ...
    @property
    def prices(self) -> "Prices": ...
    def every_way(self) -> Iterator[tuple["Ways", list["Trip"]]]: ...
    def costs(self) -> list["Cost"]: ...
    def cries(self) -> Mapping[str, Mapping[str, int]]: ...
    def never_rung(self) -> list[str]: ...
    def drawn(self, language: str) -> str: ...
    def weigh(self, rows: Sequence[Row], told: Callable[[str], None]) -> Mapping[str, "Fitted"]: ...
    def differences(self, old: str, new: str) -> Iterator[tuple[str, str, "Difference"]]: ...


class Keyring(Protocol):
    """What makes keyring files; raises ValueError saying what to do."""

    def make(self, path: Path) -> None: ...
    def add(self) -> list[str]: ...


class Web(Protocol):
    """The web server. `end_with`: in a process that must not outlive its parent."""

    def serve(self, *, host: str, port: int, processes: int, threads: int) -> None: ...
    def end_with(self, parent: int) -> None: ...


class Records(Protocol):
    """The audit trail, the certificates, what is held, and how conversations ended (municipality, year, how, count)."""

    version: str

    def faults(self, noted: Sequence[tuple[int, str]] = ()) -> list[str]: ...
    def head(self) -> tuple[int, str] | None: ...
    def note_head(self, at: datetime) -> tuple[int, str] | None: ...
    def certificates(self) -> Sequence[tuple[int, str]]: ...
    def holdings(self) -> str: ...
    def tallies(self) -> Sequence[tuple[str, int, str, int]]: ...
    def forget_idle(self, spoken: datetime, answered: datetime) -> int: ...
    def tidy(self) -> None: ...
    def put_down(self) -> None: ...


@dataclass(frozen=True)
class FirstTools:
    """Those that work while settings are wrong or the database is away. `settings`: (name, value as shown, meaning).

    `running`: (version, conversations on it, steps that would be lost), for each version that somebody is talking to.
    """

    settings: Sequence[tuple[str, str, str]]
    new_key: Callable[[], str]
    keyring: Keyring
    workshop: Workshop
    now: Callable[[], datetime]
    running: Callable[[], Iterator[tuple[str, int, list[str]]]]


@dataclass(frozen=True)
class Tools:
    """`outside`: what the worker speaks to. `keys`: the ring. `records`: what the hotline can show of itself.

    `call_out`: tells somebody outside that the worker lives (an address in the settings; else nothing). `watched`:
    whether there is one.
    `web`: what serves the doors. `door`: our own public door. `fallback`: file name → what a static host answers while
    the hotline is away.
    """

    begin: Begin
    clock: Clock
    script: Script
    municipalities: Mapping[str, Municipality]
    outside: Callable[[], Outside]
    keys: Keys
    records: Records
    call_out: Callable[[], None]
    watched: bool
    ailments: Callable[[], Sequence[str]]
    web: Callable[[], Web]
    door: Door
    fallback: Callable[[Municipality], Mapping[str, bytes]]
    simulated: bool
    port: int
    public_url: str


def the_tools() -> Tools:
    """Those of the application whose command runs."""
    if "hotline.tools" not in current_app.extensions:
        raise click.ClickException("The settings are wrong: flask --app app doctor says what to mend")
    tools = current_app.extensions["hotline.tools"]
    if not isinstance(tools, Tools):
        raise TypeError("app.py put no Tools into the application")
    return tools


def the_first_tools() -> FirstTools:
    """Those that need no database."""
    tools = current_app.extensions["hotline.first_tools"]()
    if not isinstance(tools, FirstTools):
        raise TypeError("app.py put no FirstTools into the application")
    return tools


def by_whom(tools: Tools, kind: str = "cli") -> str:
    """Who does it, as it is written down: the account on this machine, and the program's version."""
    name = getpass.getuser() if kind == "cli" else socket.gethostname()
    return f"{kind}:{name} {tools.records.version}"


@contextmanager
def away_in_one_line() -> Iterator[None]:
    """A database that does not answer is no stack of lines."""
    try:
        yield
    except StoreAwayError:
        raise click.ClickException("The database does not answer: see HOTLINE_DATABASE_URL") from None
