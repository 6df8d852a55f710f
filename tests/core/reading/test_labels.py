"""Which option somebody means who answers with its words instead of its number."""

import pytest

from hotline.core.reading import Option, WordFile, compile_lexicon
from hotline.core.reading.labels import named
from hotline.core.reading.phrasing import words_of

SV = WordFile(
    language="sv",
    answers={
        "or": ("eller", "och"),
        "filler": ("jag", "det", "en", "ett"),
        "all": ("båda", "både"),
        "either": ("eller",),
    },
)
TONGUE = compile_lexicon({"sv": SV}).tongue("sv")
WHO = (
    Option("1", ("Ett barn", "flicka")),
    Option("2", ("En vuxen",)),
    Option("3", ("Både barn och vuxen",)),
    Option("4", ("Mig själv",)),
    Option("5", ("Skrik eller dunsar i natt", "2 gånger")),
)


def key(text: str) -> str | None:
    return named(TONGUE, words_of(text), WHO)


@pytest.mark.parametrize(
    ("text", "option"),
    [("ett barn", "1"), ("EN VUXEN!", "2"), ("mig själv", "4"), ("både barn och vuxen", "3")],
)
def test_the_words_of_an_option_are_that_option(text: str, option: str) -> None:
    assert key(text) == option


@pytest.mark.parametrize("text", ["både vuxen och barn", "vuxen både barn", "båda", "Både"])
def test_both_is_the_option_that_holds_both(text: str) -> None:
    assert key(text) == "3"


def test_both_of_something_that_no_option_tells_is_none() -> None:
    assert key("båda hundarna") is None


def test_both_is_nothing_where_no_option_begins_with_such_a_word() -> None:
    assert named(TONGUE, ["bada"], (*WHO[:2], Option("6", ("både och",)))) is None
    assert named(None, ["bada"], WHO) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [("barnet", "1"), ("barnens", "1"), ("barn i huset", "1"), ("barnbidra", "1"), ("barnbidrag", None), ("ba", None),
     ("flickor", "1"), ("flickors", "1"), ("flickorna", None), ("flockor", None), ("vuxna", "2"), ("vilja", None),
     ("vuxens", "2"),     ("dunsarna", "5"), ("skrik natt", "5"), ("hund", None), ("jag", None)],
)  # fmt: skip
def test_an_inflected_word_is_still_that_word_and_another_word_is_not(text: str, option: str | None) -> None:
    assert key(text) == option


@pytest.mark.parametrize("text", ["barn eller vuxen", "barnet eller", "barn vuxen"])
def test_what_may_be_two_options_is_none_of_them(text: str) -> None:
    assert key(text) == ""


def test_the_option_is_chosen_of_which_the_larger_share_is_said() -> None:
    two = (Option("1", ("slag skrik dunsar rop",)), Option("2", ("slag",)), Option("3", ("hot",)))
    assert named(TONGUE, ["slag"], two) == "2"
    assert named(TONGUE, ["slag", "skrik"], two[:1] + two[2:]) == "1"
    assert named(TONGUE, ["slag", "hot"], two) == ""


def test_of_two_that_are_said_wholly_the_longer_one_is_meant() -> None:
    two = (Option("1", ("slag",)), Option("2", ("slag natt",)))
    assert named(TONGUE, ["slag", "om", "natt"], two) == "2"


def test_numbers_and_fillers_in_a_label_need_not_be_said() -> None:
    assert key("gånger") == "5"
    assert key("några gånger det") == "5"


@pytest.mark.parametrize(("more", "option"), [(13, "1"), (14, "")])
def test_a_story_is_no_answer(more: int, option: str) -> None:
    assert named(TONGUE, ["barn", *(["hund"] * more)], WHO) == option
    assert named(None, ["barn", *(["hund"] * more)], WHO) == option


def test_without_options_nothing_is_named() -> None:
    assert named(TONGUE, ["barn"], ()) is None
    assert named(TONGUE, ["barn"], (Option("1"), Option("2"))) is None


def test_an_option_that_has_the_same_words_as_another_is_not_guessed() -> None:
    assert named(TONGUE, ["barn"], (Option("1", ("barn",)), Option("2", ("barn",)))) == ""
