"""What goes before what: a sorting hint that only what was told decides."""

from datetime import UTC, datetime

import pytest

from hotline.core.case import Priority, Report

AT = datetime(2027, 3, 9, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("flags", "priority"),
    [("going_on", 1), ("red", 1), ("child", 1), ("fault", 1), ("probe", 1), ("red blows repeated", 1),
     ("blows repeated", 2), ("blows repeated told_112", 2),
     ("blows", 3), ("repeated", 3), ("told_112 says_called_112", 3), ("missed", 3), ("", 3)],
)  # fmt: skip
def test_what_is_urgent_goes_first_then_blows_that_are_repeated(flags: str, priority: int) -> None:
    told = Report("K7Q2", "town", "sms", "sv", AT, flags=frozenset(flags.split()))
    assert told.priority is Priority(priority)


def test_nothing_is_urgent_unless_somebody_says_so() -> None:
    told = Report("K7Q2", "town", "sms", "sv", AT)
    assert (told.priority, told.caller, told.own_words, told.call_back) == (Priority.ORDINARY, None, (), "")


@pytest.mark.parametrize(("channel", "own"), [("hotline", True), ("sms", False), ("voice", False)])
def test_what_the_hotline_tells_of_itself_is_told_by_nobody_else(channel: str, *, own: bool) -> None:
    assert Report("K7Q2", "town", channel, "sv", AT).own is own
