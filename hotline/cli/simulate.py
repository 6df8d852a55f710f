"""`simulate`: text or call the hotline in a terminal. Doors, script and store are real, the database is not.

The command starts itself again on a database of its own that is thrown away, so that no case of yours is touched.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

import click
from flask import current_app
from flask.cli import with_appcontext

from hotline.cli.tools import the_first_tools, the_tools
from hotline.cli.transcript import Telephone, of_call, of_texts
from hotline.core.municipality import Municipality

CALLER = "+46701740612"  # from the range that PTS keeps for fiction
HERE = "--here"
REAL_ONLY = ("HOTLINE_PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "HOTLINE_TWILIO_AUTH_TOKEN_OLD")


class Carrier(Protocol):
    """Where telephones come from."""

    def phone(self, number: str) -> Telephone: ...


@click.command("simulate")
@click.option("--language", help="Two letters: change to this language first.")
@click.option("--voice", is_flag=True, help="A call: each line is keys; an empty line is silence.")
@click.option("--hidden", is_flag=True, help="With --voice: the caller's number is withheld.")
@click.option("--municipality", help="The municipality's key; else the first one.")
@click.option("--script", type=click.File(encoding="utf-8"), help="A file with what the caller says, a line each.")
@click.option("--transcript", is_flag=True, help="Print the caller's lines, too.")
@click.option(HERE, is_flag=True, hidden=True)
@with_appcontext
def simulate(
    *,
    language: str | None,
    voice: bool,
    hidden: bool,
    municipality: str | None,
    script: Iterable[str] | None,
    transcript: bool,
    here: bool,
) -> None:
    """Text the hotline (or call it) here. Nothing is sent, nothing is kept. Ctrl-D ends.

    In a call social services can be moved, too: /answer, /accept, /busy, /no-answer; /hang-up ends it.
    """
    town = town_of(municipality)
    key = language_key(language)
    if not here:
        sys.exit(run_on_a_database_of_its_own())
    lines = typed_lines() if script is None else (line.rstrip("\n") for line in script)
    said = first_words(key, voice=voice, lines=lines)
    for line in conversation(said, town, voice=voice, hidden=hidden):
        if transcript or script is not None or not line.startswith("> "):
            click.echo(line)


def town_of(key: str | None) -> Municipality:
    """The one with this key, or the first. Raises ClickException."""
    towns = the_tools().municipalities
    if key is not None and key not in towns:
        raise click.ClickException(f"No municipality has the key {key}: there are {', '.join(towns)}")
    return towns[key or next(iter(towns))]


def language_key(language: str | None) -> str:
    """What one presses or texts to change to the language; nothing for None. Raises ClickException."""
    keys = {code: key for key, code in the_tools().script.language_keys.items()}
    if language is not None and language not in keys:
        raise click.ClickException(f"There is no script in {language}: there are {', '.join(sorted(keys))}")
    return keys[language] if language else ""


def conversation(said: Iterable[str], town: Municipality, *, voice: bool, hidden: bool) -> Iterator[str]:
    """The transcript of this process's hotline."""
    carrier: Carrier = current_app.extensions["hotline.simulated"]
    phone = carrier.phone(CALLER)
    if voice:
        return of_call(phone, carrier.phone(town.telephone), town.lines[0], said, hidden=hidden)
    return of_texts(phone, town.lines[0], said)


def first_words(key: str, *, voice: bool, lines: Iterable[str]) -> Iterator[str]:
    """The language's key first; a text conversation must have begun before it means that."""
    rest = iter(lines)
    if key:
        if not voice:
            yield from islice(rest, 1)
        yield key
    yield from rest


def typed_lines() -> Iterator[str]:
    """What is typed, until the end of input."""
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            click.echo()
            return


def run_on_a_database_of_its_own() -> int:
    """The exit status of the same command, started again with the simulator and a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="hotline-") as folder:
        environment = {
            **os.environ,
            **dict.fromkeys(REAL_ONLY, ""),
            "HOTLINE_CARRIER": "simulator",
            "HOTLINE_DATABASE_URL": f"sqlite:///{Path(folder) / 'simulate.sqlite'}",
            "HOTLINE_KEYS": the_first_tools().new_key(),
        }
        root = current_app.root_path
        quiet = subprocess.run(
            [sys.executable, "-m", "alembic", "upgrade", "head"],
            env=environment,
            cwd=root,
            capture_output=True,
            check=False,
        )
        if quiet.returncode:
            raise click.ClickException("The database could not be made: try python -m alembic upgrade head")
        again = [sys.executable, "-m", "flask", *sys.argv[1:], HERE]
        return subprocess.run(again, env=environment, check=False).returncode  # noqa: S603 - our own program
