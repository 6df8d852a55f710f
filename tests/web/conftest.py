"""Fixtures of the doors' tests."""

import pytest

from tests.web.doors import Door, make_door


@pytest.fixture
def door() -> Door:
    """The hotline as Twilio sees it, on a Monday at noon."""
    return make_door()
