"""Fixtures of the doors' tests: the doors in this process, and two hotlines that run, each once for all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.doors import Door, make_door
from tests.web.real import Hotline, hotline


@pytest.fixture
def door() -> Door:
    """The hotline as Twilio sees it, on a Monday at noon."""
    return make_door()


def started(factory: pytest.TempPathFactory, migrated: Path, carrier: str) -> Iterator[Hotline]:
    folder = factory.mktemp(carrier)
    url = f"sqlite:///{shutil.copy(migrated, folder / 'hotline.sqlite')}"
    with hotline(url, folder, carrier) as real:
        yield real


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Hotline]:
    """With Twilio's rules and a public https address."""
    yield from started(tmp_path_factory, migrated_sqlite, "twilio")


@pytest.fixture(scope="session")
def tried_out(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Hotline]:
    """With simulated telephones, as `make run` starts it."""
    yield from started(tmp_path_factory, migrated_sqlite, "simulator")
