"""Faults are put where they should be, and a test that looks there notices them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.__main__ import ROOT, cases, lower_bound
from tests.mutation.equal import EQUAL
from tests.mutation.faults import broken, faults_in
from tests.mutation.rooms import ROOMS

SOURCE = '''"""A room."""
LIMIT: int = 3
Either = int | str

@cache
def far(steps: int, *, late: bool = False) -> str | None:
    """How far."""
    if steps < LIMIT and not late:
        raise ValueError("not far")
    names = [one for one in "ab" if one in "a b"]
    pairs = zip(names, "b", strict=True)
    return f"{steps + 1} km"
'''
CHANGES = {
    "3 → 4", "False → True", "steps < LIMIT → steps <= LIMIT", "steps < LIMIT → steps >= LIMIT", "not late → late",
    "steps < LIMIT and (not late) → steps < LIMIT or not late", "'ab' → 'abx'", "'b' → 'bx'", "1 → 2",
    "one in 'a b' → one not in 'a b'",
    "steps + 1 → steps - 1", "return f'{steps + 1} km' → return None",
    "if steps < LIMIT and (not late): → if not (steps < LIMIT and (not late)):",
}  # fmt: skip
TRIAL = """
import sys
from pathlib import Path
from tests.mutation.faults import broken, faults_in
from tests.mutation.trial import passes
room, tests = Path(sys.argv[1]), [sys.argv[2]]
source = room.read_text(encoding="utf-8")
print(passes(tests, 60))
for fault in faults_in(source):
    print(passes(tests, 3, room, broken(source, fault.number)), fault.change)
"""
WATCHED = 'def looked(n: int) -> bool:\n    while n > 3:\n        n -= 1\n    return n == 3\n\n\nUNSEEN = "a"\n'


def test_faults_are_put_into_what_is_done_and_not_into_words_for_people() -> None:
    assert {fault.change for fault in faults_in(SOURCE)} == CHANGES


def test_a_fault_is_told_with_its_line_and_made_there_alone() -> None:
    fault = next(one for one in faults_in(SOURCE) if one.change == "not late → late")
    assert (fault.line, fault.text) == (8, "if steps < LIMIT and not late:")
    made: dict[str, object] = {"cache": lambda one: one}
    exec(compile(broken(SOURCE, fault.number), "room.py", "exec"), made)  # noqa: S102 - what a fault does is what is tried
    assert made["far"](1) == "2 km"  # type: ignore[operator]  # the function above


def test_what_a_test_looks_at_is_noticed_even_when_it_never_ends(tmp_path: Path) -> None:
    (room := tmp_path / "room.py").write_text(WATCHED, encoding="utf-8")
    (look := tmp_path / "test_look.py").write_text(
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nfrom room import looked\n\n\n"
        "def test_look():\n    assert [looked(n) for n in (2, 3, 8)] == [False, True, True]\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-c", TRIAL, str(room), str(look)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0] == "True"
    assert {line for line in told[1:] if line.startswith("True")} == {"True 'a' → 'ax'"}
    assert len(told) > 6


def test_every_room_and_every_test_of_it_is_there() -> None:
    assert [pattern for pattern in ROOMS if not list(ROOT.glob(pattern))] == []
    assert {test for tests in ROOMS.values() for test in tests if not (ROOT / test).exists()} == set()
    core = {path for path in (ROOT / "hotline" / "core").rglob("*.py") if path.name != "__init__.py"}
    assert core - {path for pattern in ROOMS for path in ROOT.glob(pattern)} == set()


def test_what_changes_nothing_still_stands_in_the_code() -> None:
    left_out = {(name, line) for name, line, _ in EQUAL}
    assert [one for one in left_out if one[1] not in (ROOT / one[0]).read_text(encoding="utf-8")] == []
    assert not any(case.equal for case in cases("adapters/vault"))


@pytest.mark.parametrize(("killed", "tried", "least"), [(0, 0, 0.0), (90, 100, 0.84), (300, 300, 0.99), (0, 10, 0.0)])
def test_of_a_sample_no_more_is_claimed_than_it_shows(killed: int, tried: int, least: float) -> None:
    assert lower_bound(killed, tried) == pytest.approx(least, abs=0.01)
