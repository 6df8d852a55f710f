"""Scales fitted on a handful of words: the same at every run, whoever weighs the words again."""

from collections.abc import Mapping

import pytest

from hotline.core.reading import Row, WordFile, compile_lexicon
from hotline.core.reading.danger import features_in
from hotline.core.reading.fitting import FEWEST_ACUTE, Fitted, fit
from hotline.core.reading.weighing import STRETCH

LEXICON = compile_lexicon({
    "sv": WordFile("sv", {"weapon": ("kniv",), "common": ("han", "vill")}),
    "fi": WordFile("fi", {"weapon": ("veitsi",), "common": ("on", "talo")}),
    "en": WordFile("en", {"weapon": ("knife",), "common": ("he", "will")}),
    "bs": WordFile("bs", {"weapon": ("nož",), "common": ("on",)}),
    "any": WordFile("any", {"acute": ("🆘",)}),
})  # fmt: skip
ACUTE = {"sv": "han har kniv", "fi": "on veitsi", "en": "he has a knife", "hr": "on ima nož", "sr": "on ima nož"}
CALM = {"sv": "han vill ha mat", "fi": "on talo", "en": "he will eat", "hr": "on ima", "sr": "on ima"}
WORDS = ("röd", "blå", "grön", "gul", "vit", "svart", "brun")
KNOWN = [Row("sv", "kniv on", "other"), Row("sv", "brödkniv", "other"), Row("fi", "talo 3", "other")]


def rows(language: str, acute: int, everyday: int) -> list[Row]:
    """Every seventh everyday one sounds like the others."""
    return [
        *(Row(language, f"{ACUTE[language]} {WORDS[n % 7]} {n // 7}", "acute") for n in range(acute)),
        *(Row(language, f"{(CALM if n % 7 else ACUTE)[language]} {WORDS[n % 6]} {n // 6}", "other")
          for n in range(everyday)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Mapping[str, Fitted]:
    """Croatian and Serbian rows are weighed as one language."""
    some = [*rows("sv", 110, 60), *rows("fi", 100, 50), *rows("en", FEWEST_ACUTE - 1, 50)]
    return fit(LEXICON, [*some, *rows("hr", 60, 30), *rows("sr", 40, 20)], known=KNOWN)


# As fitted once: acute and everyday messages, shares missed and taken for danger, bias, how many words have a weight.
EXPECTED = {
    "bs": (100, 50, 0.0, 0.16, -435, 94),
    "fi": (100, 50, 0.0, 0.16, -394, 68),
    "sv": (110, 60, 0.045, 0.15, -628, 257),
}
WEIGHTS = {"sv": {"brodkniv": -30, "mat": -30, "on": -60, "talo": -30}, "fi": {"veitsi": 29, "talo": -68, "kniv": -39}}
KINDS = {"{rule}": 40, "{weapon}": 40}


def test_what_is_fitted_is_the_same_on_every_machine(found: Mapping[str, Fitted]) -> None:
    assert {
        name: (
            one.acute,
            one.everyday,
            round(one.misses, 3),
            round(one.alarms, 3),
            one.scale.bias,
            len(one.scale.words),
        )
        for name, one in found.items()
    } == EXPECTED
    for name, weights in WEIGHTS.items():
        assert {word: found[name].scale.words.get(word) for word in weights} == weights
    assert found["fi"].scale.kinds == found["bs"].scale.kinds == KINDS


def test_stretches_of_letters_are_weighed_where_there_are_many_messages(found: Mapping[str, Fitted]) -> None:
    stretched = {name: any(word.startswith(STRETCH) for word in one.scale.words) for name, one in found.items()}
    assert stretched == {"sv": True, "fi": False, "bs": False}


@pytest.mark.parametrize("language", ["sv", "fi", "bs"])
def test_what_is_known_to_be_an_answer_is_none_though_a_rule_sees_danger_in_it(
    found: Mapping[str, Fitted], language: str
) -> None:
    scale = found[language].scale
    assert [scale.is_danger(language, features_in(LEXICON, language, row.text)) for row in KNOWN] == [False] * 3
    assert scale.is_danger(language, features_in(LEXICON, language, ACUTE["hr" if language == "bs" else language]))


def test_a_language_without_everyday_messages_has_nothing_taken_for_danger() -> None:
    one = fit(LEXICON, rows("sv", FEWEST_ACUTE, 0))["sv"]
    assert (one.acute, one.everyday, one.misses, one.alarms) == (FEWEST_ACUTE, 0, 0, 0)


def test_what_is_known_is_learnt_alike_in_whatever_order_it_comes() -> None:
    some = rows("fi", FEWEST_ACUTE, 40)
    assert fit(LEXICON, some, known=KNOWN) == fit(LEXICON, some, known=KNOWN[::-1]) != fit(LEXICON, some)


def test_of_too_few_messages_nothing_is_fitted() -> None:
    assert fit(LEXICON, rows("sv", FEWEST_ACUTE - 1, 40), known=KNOWN) == {}
