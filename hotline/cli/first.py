"""`settings`: works before anything else does."""

import click
from flask.cli import with_appcontext

from hotline.cli.tools import the_first_tools


@click.command("settings")
@with_appcontext
def settings() -> None:
    """Every variable of the environment: its value now (secrets are not shown) and what it means."""
    for name, value, meaning in the_first_tools().settings:
        click.echo(f"{name}\n    {meaning}\n    now: {value}")
