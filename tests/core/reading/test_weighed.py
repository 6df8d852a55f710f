"""A text is weighed as a whole, on a handful of weights: but no answer, no address, and no language hardly touched."""

import pytest

from hotline.core.reading import Danger, WordFile, compile_lexicon, read_danger
from hotline.core.reading.weighing import Scale

SV = WordFile("sv", {"place": ("gatan",), "common": ("och", "plan 2"), "choke": ("stryper",), "weapon": ("kniv",)},
              answers={"yes": ("ja", "ja då")}, ordered={"numbers": (("ett",),)})  # fmt: skip
EN = WordFile("en", {"common": ("and", "the"), "weapon": ("knife",)})
SCALE = Scale(-10, {"ljud": 30, "gatan": 30, "ja": 30, "ett": 30, "hund": -500, "katt": 5, "2": 30}, {"{weapon}": 1})
LEXICON = compile_lexicon({"sv": SV, "en": EN}, {"sv": SCALE, "en": Scale(-10, {"noise": 30}, {})})


@pytest.mark.parametrize(
    ("text", "evidence"),
    [("ljud", "ljud"), ("ljud katt", "ljud, katt"), ("gatan", "gatan"), ("gatan ljud 4", "ljud, gatan"),
     ("ja ljud", "ljud, ja"), ("ja och gatan", "ja, gatan"), ("gatan 4 bor", "gatan"),
     ("katt katt ljud", "ljud, katt")],
)  # fmt: skip
def test_words_that_weigh_enough_are_danger_though_none_of_them_means_it(text: str, evidence: str) -> None:
    assert read_danger(LEXICON, text) == Danger(("sv",), evidence, guessed=True)


@pytest.mark.parametrize(
    "text",
    [
        "katt",
        "ljud hund",
        "gatan 4",
        "gatan 4 b",
        "4 gatan",
        "ja",
        "ja då",
        "ja ett",
        "ett 4",
        "",
        "4",
        "okänt",
        "2 okänt",
    ],
)
def test_too_little_weight_an_answer_and_an_address_are_none(text: str) -> None:
    assert read_danger(LEXICON, text) is None


@pytest.mark.parametrize(
    ("text", "danger"),
    [("stryper", True), ("stryper hund", True), ("stryper hund hund", True), ("kniv", True), ("kniv hund", False),
     ("kniv. hund", False), ("stryper. hund", True), ("hund. stryper. hund", True)],
)  # fmt: skip
def test_a_sentence_that_a_rule_is_sure_of_is_weighed_alone_too(text: str, *, danger: bool) -> None:
    found = read_danger(LEXICON, text)
    assert (found is not None) is danger
    assert found is None or not found.guessed


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("the noise", ("en",)),
        ("ljud and the", ()),
        ("ljud noise", ("sv", "en")),
        ("och och och och ljud noise", ("sv",)),
    ],
)
def test_only_a_language_that_is_written_weighs(text: str, languages: tuple[str, ...]) -> None:
    found = read_danger(LEXICON, text)
    assert (found.languages if found else ()) == languages
