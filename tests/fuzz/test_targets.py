"""A small run of each target, near to what is real; and everything that was ever found, again."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.near import asked_for, near
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parent / "found"


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_but_as_it_is_declared(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=asked_for(3))
    @given(near(target.seeds) | st.binary(max_size=80))
    def attempt(told: bytes) -> None:
        target.attempt(told)

    attempt()


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_real_is_accepted(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].attempt(seed)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_once_found_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name].attempt(path.read_bytes())
