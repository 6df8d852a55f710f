"""The language that somebody writes in is known from few words."""

import pytest

from hotline.core.reading import Lexicon, normalise, read_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hej", "sv"),
        ("hello", "en"),
        ("moi", "fi"),
        ("grannen skriker på sin fru", "sv"),
        ("my neighbour is shouting", "en"),
        ("naapuri huutaa vaimolleen", "fi"),
        ("مرحبا كيف الحال", "ar"),
        ("سلام من کمک میخواهم", "fa"),
        ("ሰላም ከመይ ኣለኹም", "ti"),
        ("Dzień dobry, sąsiad krzyczy", "pl"),
        ("Привіт, сусід кричить", "uk"),
        ("Здравствуйте, сосед кричит", "ru"),
        ("สวัสดี", "th"),
    ],
)
def test_that_the_language_of_a_text_is_read(lexicon: Lexicon, text: str, language: str) -> None:
    assert read_language(lexicon, text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("چرا پدر", "fa"), ("ظلم ضرب", "ar"), ("їжа є", "uk"), ("выход", "ru"), ("љубав ђ", "bs"), ("ሕማቕ", "ti"),
     ("źle śpię", "pl"), ("ğ ışık", "tr"), ("¿qué mañana?", "es"), ("kjøre blåbær", "no"), ("ئەو", "ku"),
     ("አማርኛ", "am"), ("heiß draußen", "de"), ("HEIẞ", "de")],
)  # fmt: skip
def test_letters_that_one_language_alone_writes_tell_it(lexicon: Lexicon, text: str, language: str) -> None:
    assert read_language(lexicon, text) == language


@pytest.mark.parametrize("text", ["ja", "no", "2", "", "👍", "en", "si", "da", "ok", "..."])
def test_that_a_bare_answer_tells_no_language(lexicon: Lexicon, text: str) -> None:
    assert read_language(lexicon, text) is None


@pytest.mark.parametrize(
    ("written", "plain"),
    [("HJÄÄÄLP", "hjaalp"), ("can’t", "cant"), ("نمی‌دانم", "نميدانم"), ("٤", "4"), ("１", "1"), ("Đorđe", "dorde")],
)
def test_that_there_is_one_way_of_writing(written: str, plain: str) -> None:
    assert normalise(written) == plain


def test_that_writing_it_twice_changes_nothing(lexicon: Lexicon) -> None:
    for word in lexicon.words:
        assert normalise(word) == word
