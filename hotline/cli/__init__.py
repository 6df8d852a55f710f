"""Commands for those who run the hotline: `flask --app app …`. No SQL and no carrier; what they need is in `tools`.

Each is imported when it is called: a web server needs none of them, and most bring much along.
"""

from importlib import import_module
from typing import cast

import click
from flask import Flask
from flask.cli import AppGroup

# Those that must work while the settings are still wrong.
FIRST = {"keys": "keys", "settings": "first", "flows": "flows"}
# Those that need the whole hotline: command → module.
DAILY = ("serve", "web", "worker", "doctor", "cases", "simulate", "probe", "provision")
KEPT = ("audit", "holdings", "purge", "stats")
ALL = {name: name for name in (*DAILY, *KEPT)}


class Commands(AppGroup):
    """Commands by name; `known`: command → module of this package, in which it has the same name."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.known})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.known:
            return super().get_command(ctx, cmd_name)
        found = getattr(import_module(f"{__name__}.{self.known[cmd_name]}"), cmd_name)
        return cast("click.Command", found)


def add_first_commands(app: Flask) -> None:
    """keys, settings, flows."""
    commands_of(app).known.update(FIRST)


def add_commands(app: Flask) -> None:
    """All that need the whole hotline."""
    commands_of(app).known.update(ALL)


def commands_of(app: Flask) -> Commands:
    """The application's, which are ours from the first call on."""
    if not isinstance(app.cli, Commands):
        app.cli = Commands()
    return app.cli
