"""Whatever comes to a door by chance: no 5xx, no fault inside, and nothing changed but what that door may change."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.doors import made
from tests.fuzz.near import asked_for

SMALL = settings(max_examples=asked_for(4), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def test_no_genuine_request_breaks_anything_or_changes_what_is_not_its_own(database_url: str) -> None:
    with made(database_url, "twilio") as house:

        @SMALL
        @given(st.data())
        def knock(data: st.DataObject) -> None:
            assert house.wrong_after_twilio(data) == []

        knock()


@pytest.mark.parametrize("carrier", ["twilio", "simulator"])
def test_no_other_door_breaks_whatever_is_asked(sqlite_url: str, carrier: str) -> None:
    with made(sqlite_url, carrier) as house:

        @SMALL
        @given(st.data())
        def knock(data: st.DataObject) -> None:
            assert house.wrong_after_anybody(data) == []

        knock()
