"""`purge`, `audit`, `holdings`, `keys list` on a real database: what they print and what they do."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.store import SqlStore
from hotline.adapters.store.engines import MADE
from hotline.adapters.system_clock import SystemClock
from hotline.settings import from_env
from tests.adapters.store.test_keeping import filed
from tests.web.doors import the_scripts

SHIPPED = Path(__file__).parents[2] / "flows" / "municipalities" / "smedjebacken.yaml"
DECIDED = '\nkeeping: {decision: "Socialnämnden 2026-10-12 § 88", days: 30}\n'
OLD, DAY = SystemClock().now() - timedelta(days=100), timedelta(days=1)
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
def run(store: SqlStore, keys: KeyringFile, tmp_path: Path, root: Path) -> Iterator[Run]:
    """Exit status and what is printed."""
    towns = tmp_path / "towns"
    towns.mkdir()
    shutil.copy(SHIPPED, towns / "smedjebacken.yaml")
    with (towns / "smedjebacken.yaml").open("a", encoding="utf-8") as file:
        file.write(DECIDED)
    url = store.engine.url.render_as_string(hide_password=False)
    told = {"HOTLINE_DATABASE_URL": url, "HOTLINE_KEYS": str(keys.path), "HOTLINE_MUNICIPALITIES": str(towns)}
    app = create_app(from_env(told, root), scripts=the_scripts())

    def invoke(*words: str) -> tuple[int, str]:
        outcome = app.test_cli_runner().invoke(args=words)
        return outcome.exit_code, outcome.output

    yield invoke
    for engine in MADE:
        engine.dispose()


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
