"""The database itself: what can be read without the keyring, whether it is current, what it remembers of itself."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import alembic.autogenerate
import alembic.config
import alembic.migration
import alembic.script
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import IntegrityError

from hotline.adapters import tables
from hotline.adapters.store import SqlStore
from hotline.core.case import Addendum
from hotline.ports import StoreAwayError
from tests.adapters.store.told import DUTY, IDLE, LEASE, NOON, filed
from tests.databases import PYPROJECT, migrate

SECRETS = ("Slagvägen", "46701740699", "4711", "123456", "token-AB23", "Jourtelefonen", "Kanariefågel", "withdrawn")


def test_the_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = alembic.migration.MigrationContext.configure(connection, opts={"compare_type": True})
        differences = alembic.autogenerate.compare_metadata(context, tables.metadata)
    engine.dispose()
    assert differences == []


def short_indexes(url: str) -> set[tuple[str, str]]:
    """Indexes of some rows alone, and which."""
    engine = create_engine(url)
    kept = "postgresql" if engine.dialect.name == "postgresql" else "sqlite"
    asked = {
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '% WHERE %'",
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
    }
    with engine.connect() as connection:
        found = {(name, re.sub(r"\w+\.", "", sql)) for name, sql in connection.execute(text(asked[kept]))}
    engine.dispose()
    return found


def test_the_models_indexes_hold_the_rows_that_the_migrations_say(empty_database_url: str) -> None:
    """Which alembic does not compare."""
    migrate(empty_database_url)
    migrated, engine = short_indexes(empty_database_url), create_engine(empty_database_url)
    tables.metadata.drop_all(engine)
    tables.metadata.create_all(engine)
    engine.dispose()
    assert len(migrated) == 9
    assert migrated == short_indexes(empty_database_url)


def test_there_is_one_newest_migration_and_the_program_knows_it() -> None:
    script = alembic.script.ScriptDirectory.from_config(alembic.config.Config(toml_file=PYPROJECT))
    assert script.get_heads() == [tables.REVISION]


def test_two_processes_that_migrate_at_once_both_succeed(
    empty_database_url: str, clean_environment: Mapping[str, str], root: Path, keys: str
) -> None:
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    environment = {**clean_environment, "HOTLINE_DATABASE_URL": empty_database_url}
    processes = [subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    store = SqlStore(empty_database_url, keys)
    assert store.check() == ""
    store.close()


def test_a_migrated_database_is_current(store: SqlStore) -> None:
    assert store.check() == ""


def test_a_database_without_tables_is_not(empty_database_url: str, keys: str) -> None:
    store = SqlStore(empty_database_url, keys)
    assert store.check() == "migrations"
    with pytest.raises(StoreAwayError):
        store.marked("carrier")
    store.close()


def test_a_database_that_a_newer_release_has_migrated_still_serves(store: SqlStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    newer = store.check()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    older = store.check()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :mine"), {"mine": tables.REVISION})
    assert (newer, older) == ("", "migrations")


def test_a_database_remembers_the_carrier_that_it_was_used_with(store: SqlStore) -> None:
    assert store.marked("carrier") is None
    store.mark("carrier", "simulator")
    store.mark("carrier", "twilio")
    assert store.marked("carrier") == "twilio"


def test_nothing_that_was_said_can_be_read_in_the_files(sqlite_url: str, keys: str) -> None:
    store = SqlStore(sqlite_url, keys)
    filed(store)
    with store.begin() as work:
        work.open_turn(f"sms|smedjebacken|{DUTY.address}", "SM-Kanariefågel", NOON, IDLE)
        work.keep_turn("sms|+46701740699", "SM1", NOON, b"123456", "Kanariefågel", municipality="smedjebacken")
        work.add_to_case("AB23", Addendum(NOON, "withdrawn", "Kanariefågel"))
        work.claim_deliveries(NOON, LEASE, 5)
    path = Path(str(make_url(sqlite_url).database))
    written = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    store.close()
    assert len(written) == 3  # the file, its write-ahead log, and that log's index
    assert [secret for secret in SECRETS if any(secret.encode() in content for content in written)] == []


def test_nothing_that_was_said_can_be_read_in_the_rows(store: SqlStore) -> None:
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", Addendum(NOON, "withdrawn", "Kanariefågel"))
    rows = everything(store)
    assert len(rows) >= 4
    assert [secret for secret in SECRETS if any(secret in shown for shown in rows)] == []


def everything(store: SqlStore) -> list[str]:
    """Each row, with its bytes as the text that they may be."""
    tables_held = tables.metadata.tables.values()
    with store.engine.connect() as connection:
        rows = [tuple(row) for held in tables_held for row in connection.execute(held.select())]
    return ["".join(x.decode(errors="replace") if isinstance(x, bytes) else str(x) for x in row) for row in rows]


def test_nothing_hangs_in_the_air(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO addenda (reference, at, sealed_content) VALUES ('NONE', '2026-11-23 12:00:00', '')")
        )


def test_sqlite_keeps_its_promises(sqlite_url: str, keys: str) -> None:
    store = SqlStore(sqlite_url, keys)
    with store.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    store.close()
    assert found == ["wal", 2, 1, 0]
