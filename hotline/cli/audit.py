"""`audit`: who read what, whether the trail is whole, and the certificates of what was deleted."""

import re

import click
from flask.cli import AppGroup

from hotline.cli.tools import away_in_one_line, the_tools

MOST_SHOWN = 200

audit = AppGroup("audit", help="Who read what, and what was deleted.")


@audit.command("verify")
@click.option("--head", "heads", multiple=True, help="An end of the trail that was noted before, as NUMBER:DIGEST.")
def verify(heads: tuple[str, ...]) -> None:
    """Look whether a line has been changed, removed, put in or moved; exit status 1 if so.

    Prints the trail's end. Noted elsewhere and given back with --head it shows what nothing in here can: that somebody
    who holds the keyring, too, has written the whole trail anew.
    """
    noted = [checked(one) for one in heads]
    with away_in_one_line():
        records = the_tools().records
        found, head = records.faults(noted), records.head()
    for fault in found:
        click.echo(f"BROKEN {fault}")
    if found:
        raise click.ClickException(f"{len(found)} faults in the trail: find out by whom")
    click.echo(f"Whole. Its end: {head[0]}:{head[1]}" if head else "Whole, and empty.")


def checked(head: str) -> tuple[int, str]:
    """Raises ClickException."""
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", head.strip())
    if not match:
        raise click.ClickException(f"{head!r} is no end of a trail: give NUMBER:DIGEST as `audit verify` printed it")
    return int(match[1]), match[2]


@audit.command("list")
@click.argument("reference", default="")
def show(reference: str) -> None:
    """Who read the case REFERENCE and when; without it the newest lines of all."""
    tools = the_tools()
    with away_in_one_line(), tools.begin(looking=True) as work:
        lines = work.audit_lines(reference.strip().upper(), MOST_SHOWN)
    for one in lines:
        click.echo(f"{one.number}  {one.at:%Y-%m-%d %H:%M:%S}  {one.act}  {one.reference}  {one.who}")
    if not lines:
        click.echo("No line.")


@audit.command("certificates")
def certificates() -> None:
    """Print every certificate of deletion."""
    with away_in_one_line():
        kept = the_tools().records.certificates()
    for number, content in kept:
        click.echo(f"{number}. {content}\n")
    if not kept:
        click.echo("Nothing has been deleted yet.")
