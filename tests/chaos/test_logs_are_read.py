"""The logs of programs that are killed are read line by line, whatever has become of a line."""

import pytest

from tests.chaos.hotline import events


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{"event": "a"}', ["a"]),
        ('{"event": "a"}{"event": "b"}', ["a", "b"]),
        ('{"event": "a", "room": {"event": "b"}', []),
        ('{"event": "a"}{"event": "b", "ro', ["a"]),
        ("Listening", []),
        ("{}", []),
    ],
)
def test_two_processes_may_have_written_into_one_line(line: str, found: list[str]) -> None:
    assert [one["event"] for one in events(line)] == found
