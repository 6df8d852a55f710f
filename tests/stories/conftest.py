"""A town for each story: its people, its time, its carrier. What a story does not expect fails it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

import hotline.cli.worker
from hotline.adapters.simulated_carrier import SimulatedCarrier
from tests.hostile import Town
from tests.hostile_database import Database, InFile
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

SHIPPED = Path(__file__).parents[2] / "flows" / "municipalities" / "smedjebacken.yaml"


@pytest.fixture(scope="session")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped file, as if all of it had been confirmed."""
    folder = tmp_path_factory.mktemp("confirmed")
    text = SHIPPED.read_text(encoding="utf-8").partition("unconfirmed:")[0]
    (folder / "smedjebacken.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A SQLite file; a story in which hours pass has its own fixture, in memory."""
    kept = InFile(str(request.getfixturevalue("sqlite_url")))
    yield kept
    kept.close()


@pytest.fixture
def town(database: Database, confirmed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(hotline.cli.worker, "AWAY_SECONDS", 0)
    with structlog.testing.capture_logs() as log:
        here = Town(database, confirmed)
        yield here
        here.faults += [line for line in log if line["event"] == "fault"]
        here.nothing_else_happened()


@pytest.fixture
def time(town: Town) -> Time:
    return town.time


@pytest.fixture
def carrier(town: Town) -> SimulatedCarrier:
    return town.carrier


@pytest.fixture
def neighbour(town: Town) -> Neighbour:
    return town.neighbours[0]


@pytest.fixture
def desk(town: Town) -> Officer:
    """The landline of the reception."""
    return town.desk


@pytest.fixture
def duty(town: Town) -> Officer:
    """The mobile of whoever is on duty: texted, then called."""
    return town.duty


@pytest.fixture
def head(town: Town) -> Officer:
    return town.head


@pytest.fixture
def watch(town: Town) -> Officer:
    """The telephone that only trial reports go to."""
    return town.watch
