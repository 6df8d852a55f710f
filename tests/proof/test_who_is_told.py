"""At every hour of the coming weeks somebody is told, on a municipality that is open from eight to four each day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from hotline.core.alert import Contact, Level, Means, Shift
from hotline.core.municipality import Hours, Municipality
from hotline.core.proof.finding import Rules
from hotline.core.proof.municipality import municipality_findings
from tests.proof.small import NAMES, script, texts

TODAY = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday
EVA = Contact("Eva", Means.CALL, "+46701740605", "1234")
HOURS = Hours(tuple((day, time(8), time(16)) for day in range(7)), zone="UTC")
NIGHT = (Level((EVA,), 5),)
TOWN = Municipality(
    "town", "Town", "+46240660335", "0240-660 335", ("+46846500400",), HOURS, (Level((EVA,), 5),), NIGHT,
    languages=("sv",), voices=(("sv", "a voice"),),
)  # fmt: skip
Said = tuple[str, tuple[str | int, ...], str]


def said(town: Municipality = TOWN, rules: Rules = Rules()) -> list[Said]:  # noqa: B008 - it is frozen
    return [(one.file, one.steps, one.text) for one in municipality_findings("town", town, script(), rules, TODAY)]


def nobody(how: str, times: int, *spans: str, place: str) -> list[Said]:
    text = f"{how} alert would reach nobody {times} times in the next 60 days: {', '.join(spans)}"
    return [("municipalities/town.yaml", (place,), text)]


def test_where_somebody_is_told_at_every_hour_nothing_is_said() -> None:
    assert said() == []


def test_nights_on_which_nobody_would_be_woken_are_named_the_first_three() -> None:
    days = ("2026-12-01 16:00 to 2026-12-02", "2026-12-02 16:00 to 2026-12-03", "2026-12-03 16:00 to 2026-12-04")
    found = nobody("an urgent", 54, *(f"{day} 08:00 UTC" for day in days), place="by_night")  # on holidays it is closed
    assert said(replace(TOWN, by_night=())) == found


def on(*days: int, begins: time = time(8), ends: time = time(16)) -> Contact:
    return replace(EVA, shifts=(Shift(weekly=tuple((day, begins, ends) for day in days)),))


def test_half_an_hour_without_anybody_is_named() -> None:
    short = on(*range(7), begins=time(0), ends=time(23, 30))
    spans = [f"2026-12-0{day} 23:30 to 2026-12-0{day + 1} 00:00 UTC" for day in (1, 2, 3)]
    found = nobody("an urgent", 60, *spans, place="by_night")
    assert said(replace(TOWN, by_night=(Level((short,), 5),))) == found


def closed(*days: int) -> Municipality:
    return replace(TOWN, hours=replace(HOURS, closed=frozenset(date(2026, 12, day) for day in days)))


def test_what_can_wait_waits_for_the_office_to_open_but_for_no_more_than_a_week() -> None:
    assert said(closed(*range(3, 9))) == []
    span = "2026-12-02 16:00 to 2026-12-10 08:00 UTC"
    assert said(closed(*range(3, 10))) == nobody("a raised or ordinary", 1, span, place="hours")


def test_an_office_that_never_opens_is_named_up_to_the_last_day_that_is_looked_at() -> None:
    never = replace(TOWN, hours=replace(HOURS, weekly=()))
    span = "2026-12-01 12:00 to 2027-01-30 12:00 UTC"
    assert said(never) == nobody("a raised or ordinary", 1, span, place="hours")
    assert said(replace(never, by_night=())) == nobody("an urgent or raised or ordinary", 1, span, place="by_night")


def test_somebody_in_any_level_is_somebody_and_a_mail_is_nobody() -> None:
    mail = Contact("Eva", Means.EMAIL, "eva@example.org")
    levels = (Level((mail, on()), 5), Level((mail, on(*range(7), begins=time(0), ends=time(0))), 5))
    assert said(replace(TOWN, by_night=levels)) == []
    assert [one[1] for one in said(replace(TOWN, by_night=(Level((mail,), 5),)))] == [("by_night",)]


def read_aloud(*names: str) -> Rules:
    return Rules(recorded=frozenset(("town", "sv", name) for name in names))


@pytest.mark.parametrize(
    ("missing", "named"),
    [([], ""), (["bye"], "bye"), (["saved", "bye", "about"], "about, bye, saved"),
     (["saved", "bye", "added", "about"], "about, added, bye …")],
)  # fmt: skip
def test_without_a_voice_every_spoken_text_has_been_read_aloud(missing: Sequence[str], named: str) -> None:
    found = said(replace(TOWN, voices=()), read_aloud(*(name for name in NAMES if name not in missing)))
    text = f"sv has no voice, and nobody has read aloud {named}"
    assert found == ([("municipalities/town.yaml", ("voices",), text)] if named else [])


def test_what_is_only_written_is_read_aloud_by_nobody() -> None:
    made = texts("sv")
    written = replace(made, wordings={**made.wordings, "bye": {"sms": "112", "sms_closed": "112"}})
    only = replace(script(), texts={"sv": written})
    names = read_aloud(*(name for name in NAMES if name != "bye"))
    assert list(municipality_findings("town", replace(TOWN, voices=()), only, names, TODAY)) == []
    closed_only = replace(written, wordings={**made.wordings, "bye": {"sms": "112", "voice_closed": "112"}})
    spoken = replace(script(), texts={"sv": closed_only})
    assert len(list(municipality_findings("town", replace(TOWN, voices=()), spoken, names, TODAY))) == 1


def test_each_fault_of_a_number_stands_in_the_file_of_the_municipality() -> None:
    wrong = replace(TOWN, telephone="0240-1", languages=("sv", "tlh"), by_day=(Level((replace(EVA, pin=""),), 5),))
    assert {(one[0], one[1]) for one in said(wrong)} == {
        ("municipalities/town.yaml", place) for place in (("telephone",), ("languages", 1), ("by_day", 0))
    }


def test_a_helplines_number_is_checked_in_the_file_of_helplines() -> None:
    old = Rules(checked={"bris": TODAY.date() - timedelta(days=8)}, stale_after_days=7)
    assert said(rules=old) == [
        (
            "helplines.yaml",
            ("lines", "bris", "checked_on"),
            "was last checked 8 days ago: ring it, then change the date",
        )
    ]
    assert said(rules=replace(old, stale_after_days=8)) == []
