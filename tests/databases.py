"""Both databases for the tests, each test with a fresh one: `database_url` runs a test on SQLite and on PostgreSQL.

`empty_database_url` is the same before any migration; `sqlite_url` and `postgresql_url` are for what concerns one kind.
TEST_DATABASE_URL names another server than the one in tests/postgres.py; its role must be a superuser.
Migrating takes longer than most tests: it is done once per process; then SQLite's file is copied, PostgreSQL's emptied.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import alembic.command
import alembic.config
import pytest
from sqlalchemy import make_url

from tests import postgres

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def pytest_configure(config: pytest.Config) -> None:
    """The run's folder: made by the first process, inherited by its workers."""
    if not hasattr(config, "workerinput"):
        os.environ["HOTLINE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="hotline-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Only the process that made the folder removes it, after all others have ended."""
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop("HOTLINE_TEST_FOLDER"))
        postgres.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def migrate(url: str, revision: str = "head", more: Path | None = None) -> None:
    """Brings the database at `url` up (or, for tests of migrations, to `revision`), as the command does.

    `more`: a folder of migrations that come after ours.
    """
    config = alembic.config.Config(toml_file=PYPROJECT)
    if more:
        ours = PYPROJECT.parent / "migrations" / "versions"
        config.set_main_option("version_locations", os.pathsep.join(map(str, (ours, more))))
        config.set_main_option("path_separator", "os")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOTLINE_DATABASE_URL", url)
        alembic.command.upgrade(config, revision)


class Databases:
    """Makes and removes databases on one PostgreSQL server; `server` is the address of any database of it."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.names = (f"test_{os.getpid()}_{number}" for number in count())

    def create(self) -> str:
        """The address of a new, empty database."""
        name = next(self.names)
        postgres.run(self.server, f"CREATE DATABASE {name} TEMPLATE template0")
        url = make_url(self.server).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        postgres.run(self.server, f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@pytest.fixture(scope="session")
def databases() -> Databases:
    given = os.environ.get("TEST_DATABASE_URL")
    return Databases(given or postgres.start(Path(os.environ["HOTLINE_TEST_FOLDER"])))


@pytest.fixture(scope="session")
def migrated_postgresql(databases: Databases) -> Iterator[str]:
    url = databases.create()
    migrate(url)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "hotline.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgresql_url(migrated_postgresql: str) -> str:
    """A migrated PostgreSQL database for one test."""
    postgres.emptied(migrated_postgresql)
    return migrated_postgresql


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A migrated SQLite file for one test."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'hotline.sqlite')}"


@pytest.fixture
def empty_postgresql_url(databases: Databases) -> Iterator[str]:
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database for one test, once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without a table, once on each kind."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))
