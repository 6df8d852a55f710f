"""The proof of a small script: every place is walked once, every cry tried once on a step, and ends are near."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from hotline.core.costing import trips
from hotline.core.exploring import Ways, whole_place, written
from hotline.core.flow import Bounds, Choice, Kind, Script, Texts
from hotline.core.municipality import Municipality
from hotline.core.proof import Finding, Matter, Rules, prove, spoken_findings
from hotline.core.proof.ends import Ends
from hotline.core.proof.offers import offer_findings
from hotline.core.proof.walking import Gap, Turning, all_ways, walked
from tests.proof.small import NAMES, SPACIOUS, by_call, by_text, choices, script, step, texts, town

SHOWN = ["text, open", "text, closed", "call, open", "call, open, withheld", "call, closed", "call, closed, withheld"]
EVERY = list(all_ways(script(), town()))
CRIES_MISSING = "has no cries: name some that must never be missed"
GROUPS = list(product(("sv", "en"), ("staff", "out_of_scope")))
UNSAID = "in that language nobody can say it"
Place = tuple[str, Hashable] | None
each = pytest.mark.parametrize("ways", EVERY, ids=[one.shown for one in EVERY])


def turnings(ways: Ways) -> list[Turning]:
    return [one for one in walked(ways) if isinstance(one, Turning)]


def test_each_language_with_a_script_is_walked_on_each_channel_at_each_hour() -> None:
    assert [one.shown for one in EVERY] == [f"{language}, {how}" for language in ("sv", "en") for how in SHOWN]
    more = replace(town(), languages=("tlh", "en"))
    assert [one.shown for one in all_ways(script(), more)] == [f"en, {how}" for how in SHOWN]


@each
def test_in_a_small_script_everything_holds(ways: Ways) -> None:
    assert list(spoken_findings(script(), [ways])) == []


def by_place(ways: Ways) -> dict[Place, list[Turning]]:
    """In the order in which the places were walked."""
    found: dict[Place, list[Turning]] = {}
    for one in turnings(ways):
        here = one.before.last
        found.setdefault((here.language, whole_place(here)) if here else None, []).append(one)
    return found


@each
def test_everything_is_done_once_on_every_place_and_every_cry_once_on_every_step(ways: Ways) -> None:
    cried: set[Hashable] = set()
    for done in by_place(ways).values():
        here = done[0].before.last
        expected = list(ways.everything(here)) if here else list(ways.beginnings())
        step_of = (here.step, not here.before, bool(here.reference), here.complete) if here else None
        if here and step_of not in cried:
            expected += ways.every_danger(here)
        assert [one.move for one in done] == expected
        cried.add(step_of)


@each
def test_every_place_that_is_come_to_is_walked_in_its_own_language(ways: Ways) -> None:
    places = by_place(ways)
    after = [one.after.last for done in places.values() for one in done]
    assert {(here.language, whole_place(here)) for here in after if here and here.language == ways.language} <= {
        *places
    }
    # Only a call begins in another language than its own, or goes on in that of a cry.
    assert any(place and place[0] != ways.language for place in places) is ways.voice


def without(name: str, language: str = "sv") -> Script:
    """Nobody wrote this text."""
    mute = texts(language)
    left: Texts = replace(mute, wordings={one: words for one, words in mute.wordings.items() if one != name})
    return script(texts={**script().texts, language: left})


def test_what_cannot_be_said_is_told_with_the_way_to_it_and_the_rest_is_walked() -> None:
    gaps = [one for one in walked(by_text(without("place"))) if isinstance(one, Gap)]
    assert {(one.text, one.language) for one in gaps} == {("place", "sv")}
    assert [written(move) for move, _ in gaps[0].path.moves] == ["Hej", "2", "1"]
    assert gaps[0].path.moves[-1][1] == ()
    assert "number" in {one.step for one in turnings(by_text(without("place")))}


def bounded(**bounds: float) -> Script:
    made: Bounds = replace(SPACIOUS, **bounds)  # type: ignore[arg-type]  # as each test names them
    return script(bounds=made)


def about_ends(ways: Ways) -> list[Finding]:
    ends = Ends()
    for one in turnings(ways):
        ends.add(one)
    return list(ends.findings(ways))


@pytest.mark.parametrize("by", [by_text, by_call])
def test_from_everywhere_answers_lead_to_an_end_soon_and_hanging_up_is_none(by: Callable[[Script], Ways]) -> None:
    assert about_ends(by(bounded(turns=2))) == []
    (one,) = about_ends(by(bounded(turns=1)))
    assert (one.steps, one.text) == (("steps", "called"), "no end can be reached from here in 1 turns")
    assert "112 called." in one.shown.splitlines()[-1]


def test_a_person_is_called_as_soon_as_is_stated_on_the_longest_way() -> None:
    took = max(one.to_person or 0 for one in trips(by_call()))
    assert about_ends(by_call(bounded(seconds_to_person=took))) == []
    late = bounded(seconds_to_person=took - 0.5)
    (one,) = about_ends(by_call(late))
    assert one.steps == ("steps", "now")
    assert one.text == f"a call is connected after {took:.0f} s of speech; {took - 0.5:g} s are allowed"
    assert "(rings social services" in one.shown.splitlines()[-1]
    others = (by_call(late, office_open=False), by_call(late, caller=None), by_text(late))
    assert [about_ends(ways) for ways in others] == [[], [], []]


def test_a_call_that_is_never_put_through_is_told_where_somebody_could_be_rung() -> None:
    past = script(step("now", choices=choices("now", key_2=Choice("leave"))),
                  step("called", choices=choices("called", key_1=Choice("leave")), to="leave"))  # fmt: skip
    (one,) = about_ends(by_call(past))
    assert (one.steps, one.text) == (("steps", "now"), "no call is ever connected to a person")
    nobody = replace(past, steps={name: one for name, one in past.steps.items() if one.kind is not Kind.CONNECT})
    assert about_ends(by_call(nobody)) == about_ends(by_text(past)) == []


def test_each_text_of_the_small_script_is_there() -> None:
    assert set(NAMES) >= set(script().steps)


def proved(made: Script, **towns: Municipality) -> list[tuple[str, str]]:
    """(file, text) of all that is said but of the keys that texts name, which the small ones do not."""
    keys = {one.text for one in offer_findings(made)}
    rules = Rules(forbidden={"sv": ()})
    found = prove(Matter(made, towns or {"town": town()}, rules, datetime(2026, 12, 1, 12, tzinfo=UTC)))
    return [(one.file, one.text) for one in found if one.text not in keys]


def test_everything_is_proved_in_each_municipality_and_only_what_stands_is_walked() -> None:
    other = town(languages=("en",), telephone="112")
    wordless = [("triage.yaml", f"words/{one}.yaml has no words for {group}: {UNSAID}") for one, group in GROUPS]
    wordless.append(("forbidden.yaml", "nothing is forbidden in en: write what no text may say"))
    assert proved(script()) == [*wordless, *((f"words/{one}.yaml", CRIES_MISSING) for one in ("sv", "en"))]
    told = proved(without("place", "en"), town=town(), other=other)
    assert ("municipalities/other.yaml", "112 is no telephone number") in told
    silent = ("texts/en.yaml", "place is to be said, and cannot be: a caller would meet silence")
    assert told.count(silent) > proved(without("place", "en")).count(silent) > 0
    falling = replace(without("place"), steps={**script().steps, "place": step("place", to="")})
    assert ("triage.yaml", "a step of kind place needs `to`") in proved(falling)
    assert not any("meet silence" in text for _, text in proved(falling))
