"""How long a case is kept: the municipality's own calendar, and never a day too short."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.core.keeping import Keeping, Purged, certificate

ZONE = "Europe/Stockholm"
DECISION = "Socialnämnden 2026-10-12 § 88"


@pytest.mark.parametrize(
    ("since", "count", "unit", "ends"),
    [
        ("2026-11-25T10:00", 30, "day", "2026-12-25T23:00"),
        ("2028-02-29T10:00", 1, "year", "2029-02-28T23:00"),  # the whole of 28 February is kept
        ("2027-02-28T10:00", 1, "year", "2028-02-28T23:00"),
        ("2027-08-31T10:00", 6, "month", "2028-02-29T23:00"),
        ("2026-12-31T10:00", 2, "month", "2027-02-28T23:00"),
        ("2026-11-25T23:30", 1, "day", "2026-11-27T23:00"),  # it is the 26th already in Smedjebacken
        ("2027-03-27T10:00", 1, "day", "2027-03-28T22:00"),  # the night on which the clock goes forward
        ("2027-03-27T22:30", 1, "day", "2027-03-28T22:30"),  # 23.30: the next midnight but one is 23 h 30 min away
        ("2027-10-30T10:00", 1, "day", "2027-10-31T23:00"),  # and the one on which it goes back
    ],
)
def test_a_period_ends_with_its_last_day(since: str, count: int, unit: str, ends: str) -> None:
    moment = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert Keeping(DECISION, count, unit).ends(moment, ZONE) == datetime.fromisoformat(ends).replace(tzinfo=UTC)


@given(
    since=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001 - made aware in the next step
    count=st.integers(1, 40),
    unit=st.sampled_from(["year", "month", "day"]),
)
def test_nothing_goes_before_the_shortest_time_is_over(since: datetime, count: int, unit: str) -> None:
    keeping = Keeping(DECISION, count, unit)
    assert keeping.ends(since, ZONE) - since >= keeping.shortest
    assert keeping.ends(since, ZONE) - since <= timedelta(days=count * {"year": 366, "month": 31, "day": 1}[unit] + 2)


def test_a_certificate_names_decision_time_count_and_who() -> None:
    keeping = Keeping(DECISION, 3, "month")
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    purged = Purged(["AB23"], {"cases": 1, "addenda": 2, "numbers": 0})
    text = certificate("Smedjebackens kommun", keeping, purged, at=at, by="worker:one 0.1.0", can_forget=True)
    told = (DECISION, "3 mån", "2026-11-25T12:00:00+00:00", "worker:one 0.1.0", "Ärenden: 1", "Tillägg: 2", "AB23")
    assert [one for one in told if one not in text] == []
    assert "förstörs" in text
    assert "hos operatören: inte raderat än" in text


def test_a_certificate_does_not_claim_what_cannot_be_done() -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    purged = Purged([], {}, at - timedelta(days=2))
    text = certificate("X", Keeping(DECISION, 1, "day"), purged, at=at, by="", can_forget=False)
    assert "kan inte förstöras" in text
    assert "hos operatören: raderat och kontrollerat för tiden före 2026-11-23T12:00" in text
