"""Texts that come in, in every shape that Twilio documents."""

import sqlite3
from dataclasses import replace

import pytest

from hotline.ports import StoreAwayError
from tests.web.doors import CALLER, Door, messages_of

TELEPHONE = "0240-66"


def test_the_first_answer_says_112_first(door: Door) -> None:
    said = messages_of(door.text("Hej"))
    assert "112" in said[0]
    assert 1 <= len(said) <= 2


def test_a_repeated_text_gets_the_same_bytes_and_moves_nothing(door: Door) -> None:
    first, again = door.text("Hej", "SM1"), door.text("Hej", "SM1")
    other = door.text("2", "SM2")
    assert first.data == again.data != other.data
    assert door.text("2", "SM2").data == other.data


def test_an_empty_text_is_answered(door: Door) -> None:
    assert "112" in messages_of(door.text(""))[0]


def test_a_picture_is_politely_not_taken(door: Door) -> None:
    assert "112" in door.text("", NumMedia="1", MediaUrl0="https://example.org/1").text


def test_a_picture_with_words_is_answered_for_its_words(door: Door) -> None:
    assert "Ring 112" in door.text("han slår henne nu", NumMedia="1").text


@pytest.mark.parametrize("sender", ["", "ANONYMOUS", "Telia", "+266696687", "71234"])
def test_a_sender_that_is_no_number_gets_112_and_leaves_nothing(door: Door, sender: str) -> None:
    before = door.memory.rows.copy()
    answer = door.text("Hej", From=sender)
    assert answer.status_code == 200
    assert "112" in answer.text
    assert replace(door.memory.rows, answers={}) == before  # that it was answered is all that is known


def test_a_line_that_nobody_owns_gets_112_and_a_telephone_number(door: Door) -> None:
    answer = door.text("Hej", To="+46700000000")
    assert answer.status_code == 200
    assert "112" in answer.text
    assert "socialtjänsten" in answer.text


@pytest.mark.parametrize("form", ["{}", " {} ", "00{}", "tel:{}", "whatsapp:{}"])
def test_our_own_number_is_never_answered_however_it_is_written(door: Door, form: str) -> None:
    """The answer would come back as a text, and be answered."""
    line = form.format(door.line).replace("00+", "00")
    assert messages_of(door.text("Hej", From=line)) == []


@pytest.mark.parametrize("word", ["STOP", "END", "QUIT", "CANCEL", "START", "HELP"])
def test_an_opt_out_word_is_answered_and_obeyed_by_nobody(door: Door, word: str) -> None:
    assert "112" in door.text(word, OptOutType="STOP").text
    assert messages_of(door.text("Hej", "SM2"))


def test_a_text_without_any_id_gets_112(door: Door) -> None:
    answer = door.text("Hej", sid="")
    assert (answer.status_code, "112" in answer.text) == (200, True)


def test_control_characters_do_not_break_the_answer(door: Door) -> None:
    assert messages_of(door.text("Hej\x00\x1b[2J\ud7ff"))


def test_six_digits_of_no_officer_are_a_callers_answer(door: Door) -> None:
    door.text("Hej")
    assert messages_of(door.text("123456", "SM2"))


def test_a_database_that_is_away_gives_503_and_no_answer(door: Door) -> None:
    door.fail_with(StoreAwayError("OperationalError"))
    answer = door.text("Hej")
    assert (answer.status_code, answer.data) == (503, b"")


def test_any_other_fault_gives_112_and_not_a_word_of_the_fault(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    door.fail_with(sqlite3.ProgrammingError("Storgatan 4"))
    answer = door.text("Storgatan 4")
    assert answer.status_code == 200
    assert "112" in messages_of(answer)[0]
    assert "Storgatan" not in answer.text + "".join(capfd.readouterr())


def test_a_caller_has_one_conversation_per_municipality(door: Door) -> None:
    door.text("Hej", "SM1")
    elsewhere = door.text("Hej", "SM2", To="+46846500440")
    assert "112" in elsewhere.text
    assert len(door.memory.rows.states) == 2
    assert CALLER not in elsewhere.text
