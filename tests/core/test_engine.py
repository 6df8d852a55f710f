"""What follows from what a caller does, act by act: what is said, what is kept, and where the conversation stands."""

import pytest

from hotline.core.effects import AddToCase, Ask, BringForward, Connect, FileReport, HangUp, Say, Tally
from hotline.core.hearing import Heard, Place
from hotline.core.turn import Act
from tests.core.talking import (
    NUMBER,
    REFERENCE,
    REPORTED_BY_CALL,
    REPORTED_BY_TEXT,
    calling,
    standing,
    texting,
)

ONE_KEY, A_NUMBER = Ask("sv", 1, 8), Ask("sv", 16, 15)


def test_the_first_text_is_kept_and_answered_with_112_and_the_first_question() -> None:
    caller = texting(" Hej ")
    assert caller.names == ["opening", "now"]
    assert caller.now.words == ("Hej",)


def test_a_call_hears_112_twice_and_that_there_are_other_languages() -> None:
    caller = calling()
    assert caller.names == ["opening", "opening", "languages", "languages", "now"]
    assert [one.language for one in caller.effects if isinstance(one, Say)] == ["sv", "sv", "fi", "en", "sv"]
    assert caller.rows == [ONE_KEY]


def test_a_picture_is_answered_and_moves_nothing() -> None:
    assert texting().does(Act.PICTURE).names == ["opening", "now"]
    asked = texting("Hej", "2")
    before = asked.now
    assert asked.does(Act.PICTURE).names == ["picture"]
    assert asked.here == before


def test_an_empty_text_has_the_question_again() -> None:
    asked = texting("Hej", "2")
    before = asked.now
    assert asked.says("  ").names == ["silence", "who"]
    assert asked.here == before


def test_a_silent_call_is_asked_twice_again_and_then_ends() -> None:
    caller = calling("2")
    for silences in (1, 2):
        caller.does(Act.SILENCE)
        assert (caller.names, caller.rows, caller.now.silences) == (["silence", "who"], [ONE_KEY], silences)
    caller.does(Act.SILENCE)
    assert (caller.names, caller.rows, caller.here) == (["give_up"], [Tally("gave_up"), HangUp()], None)


def test_who_falls_silent_after_consent_has_reported() -> None:
    caller = calling(*REPORTED_BY_CALL)
    for _ in range(3):
        caller.does(Act.SILENCE)
    assert caller.names == ["saved"]
    assert caller.rows == [BringForward(REFERENCE, broken_off=True), Tally("gave_up"), HangUp()]
    assert caller.here is None


def test_a_text_that_says_nothing_known_is_kept_and_asked_again_then_given_a_telephone_number() -> None:
    caller = texting("Hej", "2", "hund")
    assert (caller.names, caller.now.misses) == (["not_understood", "who"], 1)
    assert caller.says("katt").names == ["give_up"]
    assert (caller.now.step, caller.now.misses, caller.now.words) == ("who", 0, ("Hej", "hund", "katt"))
    assert caller.rows == []


def test_wrong_keys_end_a_call_and_are_no_words() -> None:
    caller = calling("2", "5")
    assert (caller.names, caller.rows, caller.now.words) == (["not_understood", "who"], [ONE_KEY], ())
    assert (caller.says("5").names, caller.rows) == (["give_up"], [Tally("gave_up"), HangUp()])


@pytest.mark.parametrize("act", [Act.SILENCE, Act.KEYS])
def test_an_answer_ends_the_counting(act: Act) -> None:
    caller = calling("2").does(act, "5" if act is Act.KEYS else "").says("1")
    assert (caller.now.step, caller.now.before, caller.now.misses, caller.now.silences) == ("what", "who", 0, 0)


def test_zero_goes_one_question_back_then_to_the_first_and_ends_there() -> None:
    caller = standing(texting("Hej", "2", "1"), misses=1, silences=1, after="what").says("0")
    assert (caller.now.step, caller.now.before, caller.now.after) == ("who", "", "")
    assert (caller.now.misses, caller.now.silences, caller.names) == (0, 0, ["who"])
    assert caller.says("0").names == ["now"]
    assert (caller.says("0").names, caller.rows, caller.here) == (["bye"], [Tally("bye")], None)


@pytest.mark.parametrize("steps", [("0",), ("Ekgatan 4", "0")])
def test_who_takes_back_what_was_reported_is_heard_and_cancels_nothing(steps: tuple[str, ...]) -> None:
    caller = texting(*REPORTED_BY_TEXT, *steps)
    assert caller.names == ["withdrawn"]
    assert AddToCase(REFERENCE, "withdrawn", "0") in caller.rows
    assert caller.now.complete


def test_what_was_taken_back_before_the_place_goes_now() -> None:
    assert texting(*REPORTED_BY_TEXT, "0").rows == [AddToCase(REFERENCE, "withdrawn", "0"), BringForward(REFERENCE)]


@pytest.mark.parametrize(("key", "number"), [("1", None), ("2", NUMBER)])
def test_consent_makes_a_report_of_what_was_told_and_waits_for_the_place(key: str, number: str | None) -> None:
    (row,) = texting("Hej", "2", "1", "4", "2", key).rows
    assert isinstance(row, FileReport)
    assert (row.report.reference, row.report.municipality, row.report.channel) == (REFERENCE, "smedjebacken", "sms")
    assert row.report.answers == (("now", "2"), ("who", "1"), ("what", "4"), ("pattern", "2"), ("consent", key))
    assert (row.report.own_words, row.report.caller, row.wait_minutes) == (("Hej",), number, 5)
    assert row.report.flags == frozenset()


def test_an_urgent_report_waits_for_no_place() -> None:
    (row,) = texting("Hej", "2", "2", "1", "1", "1").rows
    assert isinstance(row, FileReport)
    assert row.report.flags == {"child", "red", "repeated"}
    assert row.wait_minutes == 0


def test_what_is_serious_is_answered_with_112_unless_112_was_said_already() -> None:
    assert texting("Hej", "2", "1", "1").names == ["serious", "pattern"]
    assert texting("Hej", "1", "1", "1", "1").names == ["pattern"]


def test_the_place_ends_a_report_that_takes_what_is_said_later() -> None:
    caller = texting(*REPORTED_BY_TEXT, " Ekgatan 4 ")
    assert caller.names == ["saved"]
    assert caller.rows == [AddToCase(REFERENCE, "place", "Ekgatan 4"), BringForward(REFERENCE), Tally("reported")]
    assert caller.says("Det är lägenhet 1203").rows == [AddToCase(REFERENCE, "words", "Det är lägenhet 1203")]
    assert caller.names == ["added"]


def test_what_is_plainly_no_place_is_asked_for_once_more_and_then_taken() -> None:
    caller = texting(*REPORTED_BY_TEXT, "vet inte")
    assert (caller.names, caller.now.step, caller.now.misses) == (["place_unclear"], "place", 1)
    assert caller.rows == [AddToCase(REFERENCE, "words", "vet inte")]
    assert AddToCase(REFERENCE, "place", "vet inte") in caller.says("vet inte").rows


def test_a_weapon_told_of_later_makes_it_urgent() -> None:
    caller = texting(*REPORTED_BY_TEXT, "Ekgatan 4").means(Heard(red=True), "he strangled me last year")
    assert caller.rows == [
        AddToCase(REFERENCE, "words", "he strangled me last year"),
        BringForward(REFERENCE, urgent=True),
    ]


def test_a_weapon_told_of_with_the_place_makes_it_urgent() -> None:
    caller = texting(*REPORTED_BY_TEXT).means(
        Heard(red=True, answer=Place()), "Ekgatan 4, han hotade med kniv i lördags"
    )
    assert BringForward(REFERENCE, urgent=True) in caller.rows
    assert "red" in caller.now.flags


def test_what_makes_it_urgent_comes_after_what_is_added() -> None:
    caller = texting(*REPORTED_BY_TEXT).means(Heard(red=True), "he strangled me last year, I do not know where")
    words = AddToCase(REFERENCE, "words", "he strangled me last year, I do not know where")
    assert caller.rows == [words, BringForward(REFERENCE, urgent=True)]


def test_what_is_told_beside_an_answer_goes_along_as_it_was_written() -> None:
    caller = texting("Hej", "nej inte nu, men igår slogs de", "ett barn som bor hos sin pappa", "2", "vet inte", "1")
    assert caller.now.answers[:2] == (("now", "2"), ("who", "2"))
    (row,) = [row for row in caller.rows if isinstance(row, FileReport)]
    assert row.report.own_words == ("Hej", "nej inte nu, men igår slogs de", "ett barn som bor hos sin pappa")


@pytest.mark.parametrize(
    "answer", ["barn", "ett barn", "det gäller ett barn", "2 tack", "nummer två", "både barn och vuxen"]
)
def test_an_answer_that_tells_nothing_more_is_no_word_of_the_report(answer: str) -> None:
    assert texting("Hej", "nej det gör det inte", answer).now.words == ("Hej",)


@pytest.mark.parametrize("beside", ["2. Två flickor", "barn. De bor hos farmor", "ett barn, fyra", "barnen bor nere"])
def test_whatever_is_told_beside_is(beside: str) -> None:
    caller = texting("Hej", "2", beside)
    assert (caller.now.step, caller.now.words) == ("what", ("Hej", beside))


def test_an_answer_after_consent_is_added_and_what_is_told_beside_it() -> None:
    caller, words = texting(*REPORTED_BY_TEXT, "han slår henne nu"), "1, jag ringde för en stund sedan"
    added = [AddToCase(REFERENCE, "answer", "called=1"), AddToCase(REFERENCE, "words", words)]
    assert caller.says(words).rows == added
    assert caller.names == ["place"]


def test_one_after_the_end_begins_anew_in_the_same_language() -> None:
    caller = texting("Hello, my neighbour is shouting", "2", "1", "4", "2", "1", "Ekgatan 4", "1")
    assert caller.names == ["opening", "now"]
    assert (caller.now.language, caller.now.reference, caller.now.answers) == ("en", "", ())


@pytest.mark.parametrize("where", [(), ("2", "1")])
def test_who_hangs_up_before_consent_is_only_counted(where: tuple[str, ...]) -> None:
    caller = calling(*where).does(Act.HANG_UP)
    assert (caller.here, caller.effects) == (None, (Tally("left"),))
    assert caller.does(Act.HANG_UP).effects == ()


def test_who_hangs_up_after_consent_has_reported() -> None:
    caller = calling(*REPORTED_BY_CALL).does(Act.HANG_UP)
    assert caller.effects == (BringForward(REFERENCE, broken_off=True), Tally("broken_off"))
    assert standing(calling(*REPORTED_BY_CALL), complete=True).does(Act.HANG_UP).effects == ()


def test_in_office_hours_a_call_is_connected_once() -> None:
    caller = calling("2", "2", office_open=True)
    assert caller.names == ["connecting"]
    assert isinstance(caller.rows[0], Connect)
    assert caller.now.tried
    assert caller.does(Act.BRIDGED).effects == (Tally("connected"),)


@pytest.mark.parametrize("why", ["busy", "no_answer", "refused", "failed", "", "whatever the carrier says"])
def test_a_call_that_nobody_took_goes_on_with_the_questions(why: str) -> None:
    caller = calling("2", "1", office_open=True).does(Act.NOT_BRIDGED, why)
    assert (caller.names, caller.now.step, caller.now.tried) == (["not_reached", "what"], "what", True)


def test_who_was_not_connected_once_is_not_connected_again() -> None:
    caller = calling("2", "1", office_open=True).does(Act.NOT_BRIDGED, "busy").says("0", "1")
    assert (caller.names, caller.rows) == (["what"], [ONE_KEY])


def test_who_is_to_be_connected_is_announced_by_what_is_urgent() -> None:
    caller = calling("1", "2", "2", office_open=True)
    texts = ("whisper", "whisper_going_on", "whisper_child", "whisper_accept")
    assert caller.rows == [Connect("sv", " ".join(caller.words(name) for name in texts))]


def test_who_spoke_of_a_weapon_is_announced_by_it() -> None:
    caller = calling("2", office_open=True).means(Heard(red=True), "he strangled me last year").says("1")
    texts = ("whisper", "whisper_red", "whisper_accept")
    assert caller.rows == [Connect("sv", " ".join(caller.words(name) for name in texts))]


def test_a_number_to_call_back_is_typed_or_the_callers_own_or_none() -> None:
    for keys, note in (("1", NUMBER), ("0701740699#", "+46701740699")):
        caller = calling(*REPORTED_BY_CALL, keys)
        assert (caller.rows, caller.names) == ([AddToCase(REFERENCE, "call_back", note), ONE_KEY], ["when"])
    caller = calling(*REPORTED_BY_CALL, "0")
    assert (caller.names[:2], caller.rows[:2]) == (
        ["no_number", "saved"], [AddToCase(REFERENCE, "call_back", "-"), BringForward(REFERENCE)],
    )  # fmt: skip


def test_a_number_that_is_none_is_asked_for_once_more() -> None:
    caller = calling(*REPORTED_BY_CALL, "12#")
    assert (caller.names, caller.rows, caller.now.misses) == (["not_understood", "number"], [A_NUMBER], 1)
    assert caller.says("12#").names[0] == "no_number"


def test_who_withholds_their_number_is_asked_to_type_one() -> None:
    caller = calling(*REPORTED_BY_CALL, number=None)
    assert (caller.names, caller.rows[-1]) == (["number_withheld"], A_NUMBER)
    assert caller.says("1").names == ["not_understood", "number_withheld"]


def test_when_and_how_to_call_back_joins_the_report() -> None:
    caller = calling(*REPORTED_BY_CALL, "1", "2")
    assert caller.rows == [AddToCase(REFERENCE, "call_back", "when=2"), ONE_KEY]
    assert caller.says("1").rows == [
        AddToCase(REFERENCE, "call_back", "may_say=1"), BringForward(REFERENCE), Tally("reported"), HangUp(),
    ]  # fmt: skip


def test_of_whoever_is_worried_about_themselves_nothing_is_kept() -> None:
    caller = texting("Hej", "2", "4")
    assert (caller.now.step, caller.now.words, caller.now.answers) == ("self", (), ())
    assert (caller.says("1").names, caller.rows, caller.here) == (["more_numbers"], [Tally("more_numbers")], None)


def test_not_knowing_is_an_answer_where_there_is_one() -> None:
    assert texting("Hej", "vet inte").now.answers == (("now", "3"),)
    assert texting("Hej", "2", "1", "4", "vet inte").now.answers[-1] == ("pattern", "3")
    assert texting("Hej", "2", "vet inte").names == ["not_understood", "who"]


def test_whatever_is_said_after_the_112_text_the_questions_go_on() -> None:
    caller = texting("Hej", "1", "jag väntar lite")
    assert (caller.names, caller.now.step, caller.now.before) == (["who"], "who", "called")
    assert caller.now.words == ("Hej", "jag väntar lite")
