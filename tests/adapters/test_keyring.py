"""Chains: each day has its key, the past can be destroyed, every copy of the ring does so alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.adapters.keyring import (
    Chain,
    KeyringError,
    Ring,
    destroyed,
    fixed_ring,
    forgotten,
    new_generation,
    new_key,
    read_ring,
    ring_text,
    with_chains,
)

FIRST = date(2026, 1, 1)
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))


def ring() -> Ring:
    return Ring((new_generation(BEGINS, ["ludvika", "smedjebacken"], FIRST), *fixed_ring(new_key()).generations))


def chain_of(one: Ring, municipality: str = "smedjebacken") -> Chain:
    found = one.generations[0].chain_of(municipality)
    assert found
    return found


def test_each_day_and_each_municipality_has_its_own_key() -> None:
    one = ring()
    keys = {
        chain_of(one, town).key_of(FIRST + timedelta(days=n)) for town in ("ludvika", "smedjebacken") for n in (0, 1)
    }
    assert len(keys) == 4
    assert None not in keys


@given(today=days, needed=st.sets(days))
def test_what_is_needed_stays_and_nothing_else_of_the_past(today: date, needed: set[date]) -> None:
    before, name = ring(), ""
    name = before.generations[0].name
    after = forgotten(before, "smedjebacken", {(name, day) for day in needed}, today)
    for number in range(61):
        day = FIRST + timedelta(days=number)
        stays = day in needed or day >= today - timedelta(days=2)
        assert chain_of(after).key_of(day) == (chain_of(before).key_of(day) if stays else None)
        assert chain_of(after, "ludvika").key_of(day) == chain_of(before, "ludvika").key_of(day)


@given(steps=st.lists(days, max_size=4).map(sorted), needed=st.sets(days))
def test_copies_on_two_machines_forget_alike_however_often_they_look(steps: list[date], needed: set[date]) -> None:
    one = other = ring()
    asked = {(one.generations[0].name, day) for day in needed}
    last = FIRST + timedelta(days=60)
    for today in [*steps, last]:
        one = forgotten(one, "smedjebacken", asked, today)
    other = forgotten(other, "smedjebacken", asked, last)
    assert [chain_of(one).key_of(day) for day in needed] == [chain_of(other).key_of(day) for day in needed]
    assert chain_of(one).first == chain_of(other).first


def test_a_clock_that_goes_back_destroys_nothing_and_brings_nothing_back() -> None:
    one = ring()
    name, needed = one.generations[0].name, FIRST + timedelta(days=40)
    later = forgotten(one, "smedjebacken", {(name, needed)}, FIRST + timedelta(days=60))
    assert forgotten(later, "smedjebacken", {(name, needed)}, FIRST) == later


def test_destroyed_keys_are_counted() -> None:
    one = ring()
    needed = {(one.generations[0].name, FIRST)}
    later = forgotten(one, "smedjebacken", needed, FIRST + timedelta(days=12))
    assert destroyed(one, later, "smedjebacken") == 9
    assert destroyed(later, forgotten(later, "smedjebacken", set(), FIRST + timedelta(days=12)), "smedjebacken") == 1


def test_a_ring_is_read_as_it_was_written() -> None:
    one = forgotten(ring(), "smedjebacken", set(), FIRST + timedelta(days=9))
    one = with_chains(one, ["borlange", "ludvika"], FIRST)
    assert read_ring(ring_text(one)) == one
    assert {chain.municipality for chain in one.generations[0].chains} == {"-", "borlange", "ludvika", "smedjebacken"}


def test_a_key_is_used_from_its_time_on() -> None:
    old, new = (new_generation(BEGINS + timedelta(days=n), [], FIRST) for n in (0, 9))
    one = Ring((new, old))
    assert [one.current(BEGINS + timedelta(days=n)) for n in (-1, 0, 8, 9)] == [old, old, old, new]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "key a 2026-01-01T00:00:00+00:00 c2hvcnQ",
        "chain a 2026-01-01 KEY",
        "day a b",
        "secret",
        "key KEY",
    ],
)
def test_a_file_that_is_no_ring_says_where_and_shows_nothing(text: str) -> None:
    key = new_key()
    with pytest.raises(KeyringError, match="HOTLINE_KEYS") as told:
        read_ring(text.replace("KEY", key))
    assert key not in str(told.value)


def test_a_ring_shows_no_key_by_accident() -> None:
    one = ring()
    assert repr(one.generations[0].root) not in repr(one)
    assert repr(chain_of(one).secret) not in repr(one)
