"""Backups as an operator makes them, and put back: SQLite's own copy, PostgreSQL's pg_dump. For tests only."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from tests.databases import Databases
from tests.postgres import PACKAGE


def programs() -> Path:
    """The newest programs beside the server that the tests start."""
    found = sorted(PACKAGE.glob("pginstall*/bin/pg_dump"))
    return found[-1].parent


def backup(url: str, path: Path) -> Path:
    """Everything that the database holds, in one file."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(url).database))) as live, closing(sqlite3.connect(path)) as copy:
            live.backup(copy)
        return path
    subprocess.run([programs() / "pg_dump", "--file", path, libpq(url)], check=True, capture_output=True)
    return path


def restored(path: Path, url: str, databases: Databases) -> str:
    """A new database with what the backup holds. `url`: where it was made, which tells the kind."""
    if url.startswith("sqlite"):
        return f"sqlite:///{path}"
    new = databases.create()
    command = [str(programs() / "psql"), "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(path), libpq(new)]
    subprocess.run(command, check=True, capture_output=True)
    return new


def libpq(url: str) -> str:
    """As PostgreSQL's own programs want it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
