"""A fresh town for each story."""

import pytest

from tests.usecases.town import Town


@pytest.fixture
def town() -> Town:
    return Town()
