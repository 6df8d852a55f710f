"""What a cry is answered with, wherever it is said: 112 first, in words that the writer reads; what it did stands."""

import pytest

from hotline.core.effects import AddToCase, Ask, BringForward, FileReport, HangUp, Say, Tally
from hotline.core.hearing import Heard
from hotline.core.turn import Act
from tests.core.talking import REFERENCE, REPORTED_BY_CALL, REPORTED_BY_TEXT, Caller, calling, standing, texting

CRY = "han slår henne nu"


def spoken(caller: Caller) -> list[tuple[str, str]]:
    return [(one.name, one.language) for one in caller.effects if isinstance(one, Say)]


def test_a_cry_as_the_first_words_gets_112_alone_and_goes_on_after_it() -> None:
    caller = texting(CRY)
    assert spoken(caller) == [("called", "sv")]
    assert (caller.now.step, caller.now.after, caller.now.words) == ("called", "who", (CRY,))
    assert caller.now.flags == {"going_on", "told_112"}
    assert caller.says("1").names == ["who"]


def test_a_weapon_in_it_is_noted_too() -> None:
    assert texting("han har en kniv mot henne").now.flags == {"going_on", "told_112", "red"}
    assert texting("Hej", "2", "1").means(Heard(red=True), "he strangled me last year").now.flags == {"red"}


@pytest.mark.parametrize(
    ("cry", "language"), [("he is hitting her now", "en"), ("mies lyö vaimoaan nyt", "fi"), (CRY, "sv")]
)
def test_whose_first_words_are_a_cry_goes_on_in_their_language(cry: str, language: str) -> None:
    caller = texting(cry)
    assert (spoken(caller), caller.now.language) == ([("called", language)], language)


def test_one_word_in_another_language_is_enough_to_go_on_in_it() -> None:
    caller = texting("help")
    assert (spoken(caller), caller.now.language) == ([("called", "en")], "en")


def test_whose_language_is_known_by_an_answer_keeps_it_although_the_first_question_comes_again() -> None:
    caller = texting("jag jobbar på Bärkehus", "1", "help")
    assert (spoken(caller), caller.now.language) == ([("called", "en")], "sv")


def test_later_a_cry_in_another_language_is_answered_in_it_and_the_conversation_stays_in_its_own() -> None:
    caller = texting("Hej", "2", "he is hitting her now")
    assert spoken(caller) == [("called", "en")]
    assert caller.now.language == "sv"


def test_a_cry_in_no_language_is_answered_in_swedish_and_english_and_later_in_that_of_the_conversation() -> None:
    assert spoken(texting("🆘🆘")) == [("called", "sv"), ("called", "en")]
    assert spoken(texting("Hej", "2", "🆘🆘")) == [("called", "sv")]


def test_a_language_without_a_script_has_its_112_and_the_first_sentence_of_ours_and_the_way_to_them() -> None:
    caller = texting("on ma nóż")
    foreign, ours = [one for one in caller.effects if isinstance(one, Say)]
    assert (foreign.language, ours.language, ours.name) == ("pl", "sv", "called")
    assert "112" in foreign.text
    assert ours.text.startswith("Ring 112 nu. Call 112 now. ")
    assert all(key in ours.text for key in "789")


def test_a_cry_in_the_middle_asks_the_question_again_after_the_112_text() -> None:
    caller = standing(texting("Hej", "2", "1"), misses=1, silences=1).says(CRY)
    assert (caller.now.step, caller.now.after, caller.now.misses, caller.now.silences) == ("called", "what", 0, 0)
    assert caller.now.words == ("Hej", CRY)
    assert caller.says("2").names == ["what"]


def test_a_cry_that_answers_the_question_whether_it_goes_on_is_not_asked_that_again() -> None:
    assert texting("Hej", CRY).now.after == "who"
    assert texting("Hej", "1", CRY).now.after == "who"


def test_a_cry_between_two_keeps_the_way_on() -> None:
    assert texting("Hej", "2", "1", CRY, "hon skriker på hjälp").now.after == "what"


def test_a_cry_in_place_of_a_place_is_added_and_makes_it_urgent() -> None:
    caller = texting(*REPORTED_BY_TEXT, CRY)
    assert caller.rows == [AddToCase(REFERENCE, "words", CRY), BringForward(REFERENCE, urgent=True)]
    assert (caller.names, caller.now.after) == (["called"], "place")
    caller.says("jag har ringt")
    assert caller.rows == [AddToCase(REFERENCE, "answer", "called=1")]


def test_a_cry_with_an_address_is_the_place() -> None:
    caller = texting(*REPORTED_BY_TEXT, "han slår henne, Ekgatan 4")
    assert AddToCase(REFERENCE, "place", "han slår henne, Ekgatan 4") in caller.rows
    assert [row for row in caller.rows if isinstance(row, BringForward)] == [BringForward(REFERENCE, urgent=True)]
    assert caller.names[0] == "called"


def test_a_cry_after_the_end_has_112_and_is_added() -> None:
    caller = texting(*REPORTED_BY_TEXT, "Ekgatan 4", "nu slår han henne igen, hon skriker")
    assert caller.names == ["called"]
    assert [type(row) for row in caller.rows] == [AddToCase, BringForward]
    assert BringForward(REFERENCE, urgent=True) in caller.rows
    assert caller.now.complete


def test_a_cry_as_the_last_answer_is_counted_as_a_report() -> None:
    caller = texting(*REPORTED_BY_TEXT, "han slår henne nu, Ekgatan 4")
    assert caller.names == ["called", "saved"]
    assert Tally("reported") in caller.effects


@pytest.mark.parametrize("key", ["1", "2", "1.", "ja"])
def test_a_key_after_that_says_whether_112_was_called_and_the_next_one_begins_anew(key: str) -> None:
    caller = texting(*REPORTED_BY_TEXT, "Ekgatan 4", CRY, CRY, key)
    said = "2" if key == "2" else "1"
    assert (caller.names, caller.rows) == (["added"], [AddToCase(REFERENCE, "answer", f"called={said}")])
    assert caller.says("1").names == ["opening", "now"]


@pytest.mark.parametrize("words", ["ok", "👍", "ja men vågar inte", "ok jag gör det", "ja ska ringa", "visst"])
@pytest.mark.parametrize("place", [(), ("Ekgatan 4",)])
def test_who_only_agrees_has_not_said_that_112_was_called(words: str, place: tuple[str, ...]) -> None:
    caller = texting(*REPORTED_BY_TEXT, *place, CRY, words)
    assert [row for row in caller.rows if isinstance(row, AddToCase)] == [AddToCase(REFERENCE, "words", words)]
    assert "says_called_112" not in caller.now.flags


def test_a_cry_after_taking_back_is_answered_as_any_other() -> None:
    caller = texting(*REPORTED_BY_TEXT, "0", CRY, "1")
    assert (caller.names, caller.rows) == (["added"], [AddToCase(REFERENCE, "answer", "called=1")])


def test_words_after_that_are_added_and_0_still_takes_back() -> None:
    caller = texting(*REPORTED_BY_TEXT, "Ekgatan 4", CRY)
    assert caller.says("tredje våningen").rows == [AddToCase(REFERENCE, "words", "tredje våningen")]
    assert caller.says(CRY).says("0").rows == [AddToCase(REFERENCE, "withdrawn", "0")]


def test_whoever_has_called_112_while_the_place_is_asked_for_is_heard() -> None:
    caller = texting(*REPORTED_BY_TEXT, CRY, "1")
    assert AddToCase(REFERENCE, "answer", "called=1") in caller.rows
    assert caller.names == ["place"]


def test_a_cry_beside_an_answer_loses_neither() -> None:
    caller = texting("Hej", "2", "1", "3", "2, jag hörde honom slå henne nu")
    assert ("pattern", "2") in caller.now.answers
    assert caller.now.words == ("Hej", "2, jag hörde honom slå henne nu")


@pytest.mark.parametrize("where", [(CRY,), ("Ekgatan 4", CRY)])
def test_a_cry_with_yes_in_it_does_not_say_that_112_was_called(where: tuple[str, ...]) -> None:
    caller = texting(*REPORTED_BY_TEXT, *where, "ja, han har en kniv")
    assert [row for row in caller.rows if isinstance(row, AddToCase)] == [
        AddToCase(REFERENCE, "words", "ja, han har en kniv")
    ]
    assert caller.names == ["called"]
    assert "says_called_112" not in caller.now.flags


def test_after_the_end_a_foreign_cry_has_its_own_112() -> None:
    caller = texting(*REPORTED_BY_TEXT, "Ekgatan 4", "on ma nóż")
    assert spoken(caller) == [("called", "pl"), ("called", "sv")]
    assert "7" not in caller.words("called")
    assert "Ring 112" in [one.text for one in caller.effects if isinstance(one, Say)][1]


@pytest.mark.parametrize("last", ["on ma nóż", "0"])
def test_where_nobody_asked_whether_112_was_called_1_begins_anew(last: str) -> None:
    assert texting(*REPORTED_BY_TEXT, "Ekgatan 4", CRY, last, "1").names == ["opening", "now"]
    assert texting(*REPORTED_BY_TEXT, CRY, "0", "1").names == ["opening", "now"]


def test_an_older_conversation_that_was_taken_back_at_the_112_text_asks_nothing_either() -> None:
    caller = standing(texting(*REPORTED_BY_TEXT, CRY), complete=True)
    assert (caller.now.step, caller.now.after) == ("called", "place")
    assert caller.says("1").names == ["opening", "now"]


def test_a_cry_instead_of_a_key_joins_the_report_and_the_question_comes_again() -> None:
    caller = calling(*REPORTED_BY_CALL, "1").does(Act.SPEECH, f" {CRY} ")
    assert caller.rows[:2] == [AddToCase(REFERENCE, "words", CRY), BringForward(REFERENCE, urgent=True)]
    assert caller.says("2").names == ["when"]


def test_a_cry_with_consent_in_it_is_a_report_that_waits_for_nothing() -> None:
    caller = texting("Hej", "2", "1", "4", "2", "1, han slår henne nu")
    (row,) = [row for row in caller.rows if isinstance(row, FileReport)]
    assert row.wait_minutes == 0
    assert "going_on" in row.report.flags
    assert not any(isinstance(row, BringForward) for row in caller.rows)


def test_in_a_call_the_keys_are_listened_for_after_112() -> None:
    caller = calling("2").does(Act.SPEECH, CRY)
    assert (caller.names, caller.rows) == (["called"], [Ask("sv", 1, 8)])


@pytest.mark.parametrize(
    ("asked", "name"), [("STOP", "opt_out"), ("vem är det här?", "about"), ("English", "now"), ("9", "now")]
)
def test_words_that_mean_the_same_at_every_step(asked: str, name: str) -> None:
    assert name in texting("Hej", asked).names


def test_the_carriers_word_first_has_112_before_it() -> None:
    assert texting("STOP").names == ["opening", "opt_out"]
    assert texting("STOP").rows == []


def test_who_writes_at_work_is_led_elsewhere_at_once() -> None:
    assert texting("jag jobbar på Bärkehus").names == ["opening", "staff"]
    caller = texting("hej, jag är lärare på skolan")
    assert (caller.names, caller.rows, caller.here) == (["opening", "mandated"], [Tally("mandated")], None)
    assert texting("min cykel är stulen").names == ["opening", "scope"]
    assert texting("Hej", "2", "jag jobbar på Bärkehus").now.before == "who"


def test_another_language_goes_on_with_the_same_question() -> None:
    caller = standing(texting("Hej", "2", "1"), misses=1).says("suomeksi")
    assert (spoken(caller), caller.now.language, caller.now.misses) == ([("what", "fi")], "fi", 0)
    assert spoken(texting("Hej", "English")) == [("opening", "en"), ("now", "en")]
    assert spoken(calling("8"))[:2] == [("opening", "fi"), ("now", "fi")]
    assert spoken(texting("English")) == [("opening", "en"), ("now", "en")]


def test_once_there_is_a_report_other_wishes_are_words() -> None:
    caller = texting(*REPORTED_BY_TEXT, "vem är det här?")
    assert caller.names in (["place_unclear"], ["saved"])
    assert texting(*REPORTED_BY_TEXT, "STOP").names == ["opt_out"]


def test_the_end_of_a_call_hangs_up() -> None:
    caller = calling("2", "1", "4", "2", "2")
    assert (caller.names, caller.rows) == (["call_yourself"], [Tally("call_yourself"), HangUp()])
