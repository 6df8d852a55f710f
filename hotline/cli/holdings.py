"""`holdings`: what the database holds, column by column, read from the program itself."""

import click
from flask.cli import with_appcontext

from hotline.cli.tools import the_tools


@click.command("holdings")
@with_appcontext
def holdings() -> None:
    """Print, as a Markdown table: what is held, why, how long, who can read it, and how it is locked."""
    click.echo(the_tools().records.holdings(), nl=False)
