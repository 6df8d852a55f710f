"""Two versions of a small script: every conversation that goes otherwise is told once, and no other."""

from dataclasses import replace

import pytest

from hotline.core.comparing import Difference, differences, heard_otherwise
from hotline.core.flow import Choice, Filing, Kind, Script, Step
from hotline.core.reading import WordFile, compile_lexicon
from tests.proof.small import by_call, by_text, choices, script, step, texts

OLD = script()


def told(new: Script, old: Script = OLD, *, call: bool = False) -> list[Difference]:
    by = by_call if call else by_text
    return list(differences(by(old), by(new)))


def worded(**other: str) -> Script:
    return script(texts={**OLD.texts, "sv": texts("sv", **other)})


def short(found: list[Difference]) -> list[tuple[str, str, int]]:
    return [(one.kind, " · ".join(one.way), one.places) for one in found]


@pytest.mark.parametrize("call", [False, True])
def test_nothing_differs_from_itself_nor_what_only_another_language_says(*, call: bool) -> None:
    assert told(script(), call=call) == []
    assert told(script(texts={**OLD.texts, "en": texts("en", saved="112.")}), call=call) == []


def test_another_text_is_told_wherever_it_is_said_in_another_company() -> None:
    found = told(worded(consent="112 other."))
    assert {one.kind for one in found} == {"answers otherwise"}
    assert [" · ".join(one.way) for one in found] == [
        "Hej · 2", "Hej · 2 · (help_question)", "Hej · 2 · hm", "Hej · 2 · (silence)",
    ]  # fmt: skip
    assert (found[0].old, found[0].new) == (("< [sv] 112 consent.", "(consent)"), ("< [sv] 112 other.", "(consent)"))
    assert [one.places for one in found] == [22, 6, 3, 6]


def test_what_is_noted_otherwise_is_named_with_what_only_one_version_notes() -> None:
    found = told(script(step("now", choices=choices("now", key_1=Choice("called", frozenset({"going_on", "red"}))))))
    assert short(found)[0] == ("is noted otherwise", "Hej · 1", 2)
    assert (found[0].old[-1], found[0].new[-1]) == ("(called, noted: told_112)", "(called, noted: red)")
    fewer = told(script(step("now", choices=choices("now", key_1=Choice("called", frozenset({"told_112"}))))))
    assert (fewer[0].old[-1], fewer[0].new[-1]) == ("(called, noted: going_on)", "(called, noted: nothing)")


def test_whether_a_report_holds_the_number_and_how_long_it_waits_is_told() -> None:
    without = step("consent", choices=choices("consent", key_2=Choice("number", file=Filing.WITHOUT_NUMBER)))
    found = told(script(without))
    assert short(found)[0] == ("is reported otherwise", "Hej · 2 · 2", 2)
    assert found[0].old == ("  = FileReport", "< [sv] 112 number.", "(number, report: with the number, in 5 min)")
    assert found[0].new[-1] == "(number, report: without the number, in 5 min)"
    none = told(script(step("consent", choices=choices("consent", key_1=Choice("place", frozenset({"child"}))))))
    assert none[0].kind == "is reported otherwise"
    assert none[0].new[-1] == "(place, report: none)"


def test_a_way_that_ends_or_no_longer_does_is_told_as_an_end() -> None:
    ended = told(script(step("now", choices=choices("now", key_2=Choice("bye")))))
    assert (ended[0].kind, ended[0].way, ended[0].old[-1]) == ("ends otherwise", ("Hej", "2"), "(consent)")
    assert ended[0].new == ("  = Tally", "< [sv] 112 bye.", "(the end)")
    assert told(OLD, script(step("now", choices=choices("now", key_2=Choice("bye")))))[0].old[-1] == "(the end)"


def test_a_call_that_no_longer_hangs_up_ends_otherwise_though_a_report_is_there() -> None:
    found = told(script(step("number", to="leave")), call=True)
    assert (found[0].kind, found[0].way) == ("ends otherwise", ("(call)", "2", "busy", "1", "1#"))
    assert (found[0].old[-2:], found[0].new[-1]) == (("< (hangs up)", "(saved)"), "(leave)")


def test_a_way_to_another_step_that_says_the_same_goes_on_otherwise() -> None:
    twin = Step("twin", Kind.CHOICE, step("leave").choices)
    said = {
        one: replace(text, wordings={**text.wordings, "twin": text.wordings["leave"]})
        for one, text in OLD.texts.items()
    }
    new = replace(script(twin, step("consent", on_voice="twin")), texts=said)
    assert short(told(new, call=True))[0] == ("goes on otherwise", "(call) · 2 · busy", 12)
    assert told(new) == []


def test_what_can_no_longer_be_said_cannot_be_answered() -> None:
    mute = {name: words for name, words in OLD.texts["sv"].wordings.items() if name != "place"}
    new = script(texts={**OLD.texts, "sv": replace(OLD.texts["sv"], wordings=mute)})
    found = told(new)
    assert (found[0].kind, found[0].way, found[0].new) == ("cannot be answered", ("Hej", "2", "1"), ("(the end)",))
    assert told(OLD, new)[0].old == ("(the end)",)


def test_an_answer_that_only_one_version_knows_is_not_understood_in_the_other() -> None:
    more = script(step("now", choices=choices("now", key_3=Choice("consent"))))
    assert short(told(more))[0] == ("answers otherwise", "Hej · 3", 4)
    assert told(more)[0].old == ("< [sv] 112 not_understood.", "< [sv] 112 now.", "(now)")
    assert told(OLD, more)[0].new == ("< [sv] 112 not_understood.", "< [sv] 112 now.", "(now)")


def test_first_words_are_compared_too() -> None:
    new = replace(OLD, anywhere=replace(OLD.anywhere, first_words={"out_of_scope": "consent"}))
    assert short(told(new)) == [("ends otherwise", "(out_of_scope)", 1)]
    fewer = replace(OLD, anywhere=replace(OLD.anywhere, first_words={}))
    assert short(told(fewer)) == [("ends otherwise", "(out_of_scope)", 1)]


def test_a_cry_as_the_first_words_is_compared_by_text_and_a_call_begins_with_calling() -> None:
    new = worded(called="112 other.")
    assert [one.way for one in told(new)][:2] == [("(danger, ?)",), ("han slår henne nu (?)",)]
    assert {one.way[0] for one in told(new, call=True)} == {"(call)"}


def test_what_only_a_call_or_only_a_text_notices_is_told_of_that_alone() -> None:
    new = worded(leave="112 other.")
    assert told(new) == []
    assert short(told(new, call=True))[0] == ("answers otherwise", "(call) · 2 · busy", 12)


def hearing(*acute: str, cry: str = "brinner nu") -> Script:
    words = WordFile("sv", {"acute": acute}, answers={"yes": ("ja", "kniv")}, cries=(cry,))
    compiled = compile_lexicon({"sv": words})
    return replace(OLD, read_lexicon=lambda: compiled)


def test_what_is_danger_in_one_version_alone_is_told_of_each_cry_and_answer_of_either() -> None:
    one, other = hearing("brinner"), hearing("kniv", cry="en kniv")
    assert list(heard_otherwise(one, other)) == [
        ("sv", Difference("is heard otherwise", ("brinner nu",), ("danger",), ("no danger",), 1)),
        ("sv", Difference("is heard otherwise", ("kniv",), ("no danger",), ("danger",), 1)),
        ("sv", Difference("is heard otherwise", ("en kniv",), ("no danger",), ("danger",), 1)),
    ]
    assert list(heard_otherwise(one, one)) == []
