"""A store on each database."""

from collections.abc import Iterator

import pytest

from hotline.adapters.store import SqlStore
from hotline.adapters.vault import new_key


@pytest.fixture(scope="session")
def keys() -> str:
    return new_key()


@pytest.fixture
def store(database_url: str, keys: str) -> Iterator[SqlStore]:
    store = SqlStore(database_url, keys)
    yield store
    store.close()
