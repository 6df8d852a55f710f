"""Fixtures of the forgers' tests: one running hotline for all of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.forged.hotline import Hotline, hotline


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Hotline]:
    folder = tmp_path_factory.mktemp("forged")
    url = f"sqlite:///{shutil.copy(migrated_sqlite, folder / 'hotline.sqlite')}"
    with hotline(url, folder) as started:
        yield started
