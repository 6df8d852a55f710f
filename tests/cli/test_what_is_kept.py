"""`purge`, `audit`, `holdings`, `keys list` on a real database: what they print and what they do."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text

from app import create_app
from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.store import SqlStore
from hotline.adapters.store.engines import MADE
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.tables import metadata
from hotline.cli.worker import look_after_what_is_kept
from hotline.settings import from_env
from tests.adapters.store.test_keeping import filed
from tests.web.doors import the_scripts

SHIPPED = Path(__file__).parents[2] / "flows" / "municipalities" / "smedjebacken.yaml"
DECIDED = '\nkeeping: {decision: "Socialnämnden 2026-10-12 § 88", days: 30}\n'
OLD, DAY = SystemClock().now() - timedelta(days=100), timedelta(days=1)
NOTED = "line 4, noted outside the database"  # two readings, a deletion, and the keys that went with it
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def keys(tmp_path: Path) -> KeyringFile:
    make_file(tmp_path / "ring", OLD - DAY, ["smedjebacken"])
    return KeyringFile(tmp_path / "ring")


@pytest.fixture
def store(database_url: str, keys: KeyringFile) -> Iterator[SqlStore]:
    """One case that has been read long ago, one that nobody has read."""
    store = SqlStore(database_url, keys)
    filed(store, "AB23", at=OLD)
    filed(store, "WAIT", at=OLD, opened=False)
    yield store
    store.close()


@pytest.fixture
def app(store: SqlStore, keys: KeyringFile, tmp_path: Path, root: Path) -> Iterator[Flask]:
    """With a decision on deletion."""
    towns = tmp_path / "towns"
    towns.mkdir()
    shutil.copy(SHIPPED, towns / "smedjebacken.yaml")
    with (towns / "smedjebacken.yaml").open("a", encoding="utf-8") as file:
        file.write(DECIDED)
    url = store.engine.url.render_as_string(hide_password=False)
    told = {"HOTLINE_DATABASE_URL": url, "HOTLINE_KEYS": str(keys.path), "HOTLINE_MUNICIPALITIES": str(towns)}
    yield create_app(from_env(told, root), scripts=the_scripts())
    for engine in MADE:
        engine.dispose()


@pytest.fixture
def run(app: Flask) -> Run:
    """Exit status and what is printed."""

    def invoke(*words: str) -> tuple[int, str]:
        outcome = app.test_cli_runner().invoke(args=words)
        return outcome.exit_code, outcome.output

    return invoke


def test_purge_only_says_what_would_go_until_it_is_told_yes(run: Run) -> None:
    code, said = run("purge")
    assert (code, "Ärenden: 1" in said, "Nothing is deleted: add --yes" in said) == (0, True, True)
    assert "kept although it is time, since nobody has read them: WAIT" in said
    assert "Referenser: AB23" in run("purge")[1]
    assert run("audit", "certificates") == (0, "Nothing has been deleted yet.\n")


def test_purge_prints_a_certificate_keeps_it_and_leaves_what_nobody_has_read(run: Run, store: SqlStore) -> None:
    code, said = run("purge", "--yes")
    certificate = said[said.index("Gallringsbevis") :].strip()
    assert (code, "Socialnämnden 2026-10-12 § 88" in certificate, "Referenser: AB23" in certificate) == (0, True, True)
    assert certificate in run("audit", "certificates")[1]
    with store.engine.connect() as connection:
        assert connection.scalars(text("SELECT reference FROM cases")).all() == ["WAIT"]
    assert run("cases", "show", "AB23")[0] == 1
    assert re.search(r"destroy .*keys", run("audit", "list")[1])


def test_who_reads_by_command_is_written_down_and_the_trail_is_whole(run: Run) -> None:
    assert "Slagvägen 4" in run("cases", "show", "wait")[1]
    assert re.search(r"1  .*  read  WAIT  cli:\w+", run("audit", "list", "wait")[1])
    code, said = run("audit", "verify")
    head = said.split("Its end: ")[1].strip()
    assert (code, run("audit", "verify", "--head", head)[0]) == (0, 0)
    assert run("audit", "verify", "--head", f"7:{'0' * 64}")[0] == 1


def test_a_broken_trail_is_told_and_ends_with_1(run: Run, store: SqlStore) -> None:
    run("cases", "show", "WAIT")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET reader = 'nobody'"))
    code, said = run("audit", "verify")
    assert (code, "BROKEN line 1 does not fit" in said) == (1, True)
    assert "The trail of who read what" in run("doctor")[1]


class Backup:
    """The whole database, as it was when this was made."""

    def __init__(self, store: SqlStore) -> None:
        self.engine = store.engine
        with self.engine.connect() as connection:
            tables = metadata.sorted_tables
            self.rows = {table: [dict(row._mapping) for row in connection.execute(select(table))] for table in tables}  # noqa: SLF001 - so it is called

    def put_back(self) -> None:
        with self.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            for table, rows in self.rows.items():
                if rows:
                    connection.execute(insert(table), rows)


@pytest.fixture
def backup(run: Run, store: SqlStore) -> Backup:
    """Made before a reading that somebody would like not to have been."""
    run("cases", "show", "WAIT")
    made = Backup(store)
    run("cases", "show", "WAIT")
    return made


def a_minute_passes(app: Flask) -> None:
    """The worker does its chores."""
    look_after_what_is_kept(app.extensions["hotline.tools"], SystemClock().now())


def test_a_backup_put_back_is_whole_in_itself_and_shows_by_what_the_worker_noted(
    run: Run, app: Flask, backup: Backup, keys: KeyringFile
) -> None:
    a_minute_passes(app)
    assert run("audit", "verify")[0] == 0
    backup.put_back()
    code, said = run("audit", "verify")
    assert (code, re.findall("^BROKEN (.*), is not there", said, re.MULTILINE)) == (1, [NOTED])
    assert "1 faults" in said
    assert "noted outside the database" in run("doctor")[1]
    keys.path.with_name("ring.heads").unlink()
    assert run("audit", "verify")[0] == 0  # nothing else knows of it


def test_a_trail_that_went_another_way_since_shows_too_however_long_it_has_become(
    run: Run, app: Flask, backup: Backup
) -> None:
    a_minute_passes(app)
    backup.put_back()
    for _ in range(5):
        run("cases", "show", "WAIT")
        a_minute_passes(app)
    code, said = run("audit", "verify")
    assert (code, re.findall("^BROKEN (.*), is not there", said, re.MULTILINE)) == (1, [NOTED])


def test_what_was_read_after_the_worker_looked_breaks_nothing(run: Run, app: Flask) -> None:
    for _ in range(3):
        a_minute_passes(app)
        run("cases", "show", "WAIT")
        assert run("audit", "verify")[0] == 0


def test_holdings_prints_every_column_of_the_database(run: Run, store: SqlStore) -> None:
    """Of the database as it is, not of what the program says of itself."""
    printed = set(re.findall(r"^\| `(\w+\.\w+)` \|", run("holdings")[1], re.MULTILINE))
    columns = "SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
    if store.engine.dialect.name != "sqlite":
        columns = (
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
    with store.engine.connect() as connection:
        there = {name for name in connection.scalars(text(columns)) if not name.startswith(("sqlite_", "alembic_"))}
    assert printed == there


def test_keys_are_listed_without_being_shown(run: Run, keys: KeyringFile) -> None:
    said = run("keys", "list")[1]
    assert "locks cases" in said
    assert "note  The keys are in use since" in run("doctor")[1]
    assert not [line for line in keys.path.read_text().split() if len(line) > 40 and line in said]
