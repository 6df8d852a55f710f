"""`keys new` and `settings`: they work before anything else does."""

import click
from flask.cli import AppGroup, with_appcontext

from hotline.cli.tools import the_first_tools

keys = AppGroup("keys", help="The keyring that locks what people told.")


@keys.command("new")
def new() -> None:
    """Print a fresh key for HOTLINE_KEYS. Put it first; keep the old ones after it, with commas between."""
    click.echo(the_first_tools().new_key())


@click.command("settings")
@with_appcontext
def settings() -> None:
    """Every variable of the environment: its value now (secrets are not shown) and what it means."""
    for name, value, meaning in the_first_tools().settings:
        click.echo(f"{name}\n    {meaning}\n    now: {value}")
