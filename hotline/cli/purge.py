"""`purge`: what has been kept long enough goes, with a certificate. Without --yes it only says what would go."""

import click
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, away_in_one_line, by_whom, the_tools
from hotline.core.municipality import Municipality
from hotline.usecases.retention import Purge, remember, unread


@click.command("purge")
@click.option("--yes", is_flag=True, help="Delete. Without it nothing is deleted.")
@with_appcontext
def purge(*, yes: bool) -> None:
    """Show what the municipality's decision lets go now and, with --yes, delete it and print the certificates.

    The worker does the same by itself every minute. Nothing goes without a decision (`keeping` in the municipality's
    file), nor anything that nobody has read.
    """
    tools = the_tools()
    now = tools.clock.now()
    click.echo(f"The clock says {now:%Y-%m-%d %H:%M} UTC.")
    with away_in_one_line():
        if yes:
            with tools.begin() as work:
                remember(work, now)
        for one in tools.municipalities.values():
            of_one(tools, Purge(tools.begin, tools.keys, now, by_whom(tools)), one, yes=yes)


def of_one(tools: Tools, purge: Purge, one: Municipality, *, yes: bool) -> None:
    """One municipality's certificates, or why there is none."""
    if one.keeping is None:
        click.echo(f"{one.name}: nobody has decided how long cases are kept (`keeping`): nothing is deleted.")
        return
    with tools.begin(looking=True) as work:
        waiting = unread(work, one, purge.now)
    if waiting:
        click.echo(f"{one.name}: kept although it is time, since nobody has read them: {', '.join(waiting)}")
    seen = purge.look(one)
    if seen is None or not yes:
        click.echo(f"{one.name}: nothing to delete." if seen is None else f"{seen}\n\nNothing is deleted: add --yes.")
    if yes:
        for text in purge.carry_out(one):
            click.echo(text)
