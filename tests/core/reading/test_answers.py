"""People answer a numbered question in many ways; each is taken for what it says, or asked again."""

import pytest

from hotline.core.reading import Chosen, DontKnow, Lexicon, Option, Unclear, read_choice, read_place, read_words

FOUR = tuple(Option(key, ()) for key in "1234")
WHO = (
    Option("1", ("Ett barn",)),
    Option("2", ("En vuxen",)),
    Option("3", ("Både barn och vuxen",)),
    Option("4", ("Mig själv",)),
)
YES_NO = tuple(Option(key, ()) for key in "123")


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "2.",
        '"2"',
        "#2",
        "(2)",
        "２",
        "②",
        "2️⃣",
        "٢",
        "۲",
        "nr 2",
        "svar: 2",
        "alternativ 2",
        "2 tror jag",
        "två",
        "tva",
        "TVÅ!",
        "jag väljer 2",
        "den andra",
        "nummer två",
        "kaksi",
        "two",
        "اثنين",
        "dos",
        "laba",
        "2, tack",
        "oj fel, 2",
        "2 förlåt",
        "oops 2",
        "tvåa",
    ],
)
def test_that_two_is_understood_however_it_is_written(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Chosen("2")


@pytest.mark.parametrize(
    "text",
    [
        "1 eller 2",
        "1-4",
        "12",
        "5",
        "0",
        "",
        "?",
        "va",
        "alla",
        "två eller tre",
        "1,2",
        "huh",
        "۱۲",
        "fattar inte",
        "1 2",
    ],
)
def test_that_what_could_be_two_answers_or_none_is_asked_again(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, FOUR) == Unclear()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("barnet", "1"),
        ("det gäller barnet", "1"),
        ("en vuxen kvinna", "2"),
        ("både barn och vuxen", "3"),
        ("mig själv", "4"),
    ],
)
def test_that_an_options_words_choose_it(lexicon: Lexicon, text: str, key: str) -> None:
    assert read_choice(lexicon, "sv", text, WHO) == Chosen(key)


def test_that_the_last_one_is_the_last_option(lexicon: Lexicon) -> None:
    assert read_choice(lexicon, "sv", "den sista", FOUR) == Chosen("4")


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "JA.",
        "japp",
        "det stämmer",
        "ja det gör det",
        "✅",
        "👍",
        "joo",
        "yes",
        "نعم",
        "так",
        "እወ",
        "haa",
        "sí",
        "det tror jag",
    ],
)
def test_that_yes_is_understood_in_every_language(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, YES_NO, yes_no=True) == Chosen("1")


@pytest.mark.parametrize(
    "text", ["nej", "nä", "nepp", "ei", "no", "لا", "maya", "нет", "ne", "hayır", "👎", "nej tack"]
)
def test_that_no_is_understood_in_every_language(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, YES_NO, yes_no=True) == Chosen("2")


@pytest.mark.parametrize("text", ["vet inte", "ve int", "osäker", "kan vara", "en tiedä", "idk", "لا أعرف", "не знаю"])
def test_that_not_knowing_is_the_third_option_or_an_answer_of_its_own(lexicon: Lexicon, text: str) -> None:
    assert read_choice(lexicon, "sv", text, YES_NO, yes_no=True) == Chosen("3")
    assert read_choice(lexicon, "sv", text, YES_NO[:2], yes_no=True) == DontKnow()


def test_that_yes_and_no_together_are_asked_again(lexicon: Lexicon) -> None:
    assert read_choice(lexicon, "sv", "ja eller nej", YES_NO, yes_no=True) == Unclear()


def test_that_a_word_is_read_in_the_conversations_language_first(lexicon: Lexicon) -> None:
    assert read_choice(lexicon, "fi", "en", YES_NO, yes_no=True) == Chosen("2")
    assert read_choice(lexicon, "sv", "en", FOUR) == Chosen("1")


@pytest.mark.parametrize("text", ["bjorkvagen 3 b", "ovanför pizzerian på torget", "Lindvägen 8", "vån 2", "huset"])
def test_that_any_words_may_tell_a_place(lexicon: Lexicon, text: str) -> None:
    assert read_place(lexicon, text)


@pytest.mark.parametrize("text", ["", "👍", "?", "vet inte", "varför", "...", "nej", "why"])
def test_that_what_is_plainly_no_place_is_asked_again(lexicon: Lexicon, text: str) -> None:
    assert not read_place(lexicon, text)


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("staff", "jag jobbar på Bärkehus"),
        ("staff", "vaktmästare här"),
        ("mandated", "hej, jag är lärare på skolan"),
        ("mandated", "hälsocentralen här"),
        ("carrier_optout", "STOP"),
        ("carrier_optout", "stopp"),
        ("back", "tillbaka"),
        ("language:en", "English"),
        ("language:fi", "suomeksi"),
        ("help_question", "vem är det här?"),
        ("out_of_scope", "min cykel är stulen"),
    ],
)
def test_that_a_group_of_words_is_recognised(lexicon: Lexicon, group: str, text: str) -> None:
    assert read_words(lexicon, text, [group]) == group


@pytest.mark.parametrize(("group", "text"), [("carrier_optout", "stop hitting me"), ("staff", "hej"), ("unknown", "x")])
def test_that_other_texts_are_of_no_group(lexicon: Lexicon, group: str, text: str) -> None:
    assert read_words(lexicon, text, [group]) == ""
