"""What the commands need, put together once by app.py."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

from hotline.core.comparing import Difference
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.reading import Lexicon, Row
from hotline.core.reading.fitting import Fitted
from hotline.ports import Begin, Clock, Door
from hotline.usecases.alerting import Outside


class Workshop(Protocol):
    """What those who change the script work with."""

    @property
    def lexicon(self) -> Lexicon: ...
    def at(self, flows: Path) -> "Workshop": ...
    def prove(self, at: datetime) -> Iterator[tuple[str, str]]: ...
    def summary(self) -> str: ...
    def drawn(self, language: str) -> str: ...
    def weigh(self, rows: Sequence[Row], told: Callable[[str], None]) -> Mapping[str, Fitted]: ...
    def differences(self, old: str, new: str) -> Iterator[tuple[str, Difference]]: ...


@dataclass(frozen=True)
class FirstTools:
    """Those that work while settings are wrong or the database is away. `settings`: (name, value as shown, meaning).

    `running`: (version, conversations on it, steps that would be lost), for each version that somebody is talking to.
    """

    settings: Sequence[tuple[str, str, str]]
    new_key: Callable[[], str]
    workshop: Workshop
    now: Callable[[], datetime]
    running: Callable[[], Iterator[tuple[str, int, list[str]]]]


@dataclass(frozen=True)
class Tools:
    """`outside`: what the worker speaks to. `purge`: removes what has been idle too long, counts it.

    `call_out`: tells somebody outside that the worker lives (an address in the settings; else nothing).
    `door`: our own public door. `fallback`: file name → what a static host answers while the hotline is away.
    `audit_break`: the number of the first line of the audit trail that does not fit, or None.
    """

    begin: Begin
    clock: Clock
    script: Script
    municipalities: Mapping[str, Municipality]
    outside: Callable[[], Outside]
    purge: Callable[[datetime], int]
    call_out: Callable[[], None]
    ailments: Callable[[], Sequence[str]]
    audit_break: Callable[[], int | None]
    door: Door
    fallback: Callable[[Municipality], Mapping[str, bytes]]
    simulated: bool
    port: int
    public_url: str


def the_tools() -> Tools:
    """Those of the application whose command runs."""
    tools = current_app.extensions["hotline.tools"]
    if not isinstance(tools, Tools):
        raise TypeError("app.py put no Tools into the application")
    return tools


def the_first_tools() -> FirstTools:
    """Those that need no database."""
    tools = current_app.extensions["hotline.first_tools"]
    if not isinstance(tools, FirstTools):
        raise TypeError("app.py put no FirstTools into the application")
    return tools
