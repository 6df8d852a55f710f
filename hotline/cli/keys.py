"""`keys`: the ring that locks what people told. Made before anything else works, changed while everything runs."""

import threading
from datetime import timedelta
from pathlib import Path

import click
from flask.cli import AppGroup

from hotline.cli.tools import Tools, away_in_one_line, by_whom, the_first_tools, the_tools
from hotline.usecases.rotation import begin_rotation, begun, move_some, retire, to_do

LOOK_SECONDS = 0.2

keys = AppGroup("keys", help="The keyring that locks what people told.")


@keys.command("new")
@click.option("--file", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write a keyring file instead.")
def new(path: Path | None) -> None:
    """Print a fresh key for HOTLINE_KEYS, or make a keyring file and name it there.

    Only keys in a file can be rotated while everything runs, and destroyed so that old backups cannot be read. Keys
    that stand in HOTLINE_KEYS now go into the file, so that what they locked still opens.
    """
    if path is None:
        click.echo(the_first_tools().new_key())
        return
    try:
        the_first_tools().keyring.make(path)
    except (ValueError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"Made: {path}. Set HOTLINE_KEYS to its path, on every machine to a copy of it.")


@keys.command("add")
def add() -> None:
    """Add keys for municipalities that have none yet to the file that HOTLINE_KEYS names."""
    try:
        added = the_first_tools().keyring.add()
    except (ValueError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"Added: {', '.join(added)}. Copy the file to every machine." if added else "Nothing was missing.")


@keys.command("list")
def show() -> None:
    """Names of the keys, and since when each is used; never a key."""
    tools = the_tools()
    with away_in_one_line(), tools.begin(looking=True) as work:
        needed = work.generations_needed()
    for name, begins in tools.keys.generations():
        use = "locks cases" if name in needed else "locks no case"
        click.echo(f"{name}  since {begins:%Y-%m-%d %H:%M:%S}  {use}")


@keys.command("rotate")
@click.option(
    "--notice", default=10, show_default=True, help="Seconds until the new key is used.", type=click.IntRange(5)
)
def rotate(*, notice: int) -> None:
    """Lock every case with a fresh key while web servers and workers run; the old key ends when nothing needs it.

    After a kill, start it again: it goes on. Several machines: give --notice enough to copy the file to each of them.
    """
    tools = the_tools()
    with away_in_one_line():
        begin_or_go_on(tools, notice)
        wait_for_the_new_key(tools)
        lost = move_all(tools)
        gone = retire(tools.begin, tools.keys, tools.clock.now(), by_whom(tools))
    for reference in lost:
        click.echo(f"No key opens case {reference}: it stays as it is.", err=True)
    if lost:
        raise click.ClickException(f"{len(lost)} cases could not be moved, so no old key was ended")
    if len(tools.keys.generations()) > 1:
        click.echo("The old key hides answers of the last day; the worker ends it when they are gone.")
    click.echo("".join(f"Ended: {name}\n" for name in gone) + "Every case is locked with the new key.")


def begin_or_go_on(tools: Tools, notice: int) -> None:
    """A rotation that was broken off goes on."""
    now = tools.clock.now()
    if begun(tools.begin, tools.keys, now):
        click.echo("A rotation is on its way: going on.")
        return
    try:
        name = begin_rotation(
            tools.begin, tools.keys, municipalities=list(tools.municipalities), now=now,
            notice=timedelta(seconds=notice), by=by_whom(tools),
        )  # fmt: skip
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"New key {name}, used from now + {notice} s on.")


def wait_for_the_new_key(tools: Tools) -> None:
    """No process may use it before all have read it."""
    begins = tools.keys.generations()[0][1]
    while tools.clock.now() < begins:
        threading.Event().wait(LOOK_SECONDS)


def move_all(tools: Tools) -> list[str]:
    """Batch by batch, each kept; what cannot be opened is told. A report that came in meanwhile is moved, too."""
    with click.progressbar(length=to_do(tools.begin), label="Cases", show_pos=True) as bar:
        while True:
            after, lost = "", list[str]()
            while True:
                batch = move_some(tools.begin, after, tools.clock.now())
                bar.update(batch.done)
                lost += batch.lost
                if not (after := batch.last):
                    break
            if to_do(tools.begin) <= len(lost):
                return lost
