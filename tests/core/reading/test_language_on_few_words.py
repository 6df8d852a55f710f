"""The language of a text, on made-up lists: greetings count twice, shared words half, answers nothing."""

import pytest

from hotline.core.reading import WordFile, compile_lexicon, read_language
from hotline.core.reading.words import CLASSES


def words(language: str, *common: str, greeting: tuple[str, ...] = (), **answers: tuple[str, ...]) -> WordFile:
    assert {"common", "greeting"} <= set(CLASSES)
    return WordFile(language, {"common": common, "greeting": greeting}, answers=answers)


LEXICON = compile_lexicon({
    "sv": words("sv", "och", "bil", "pizza", "radio", "taxi", "ja", "alla", "sist", greeting=("hej",),
                yes=("ja",), all=("alla",), last=("sist",)),
    "en": words("en", "and", "car", "pizza", "radio", "no", "unsure", greeting=("hello",),
                no=("no",), dont_know=("unsure",)),
    "de": words("de", "und", "pizza", "taxi", "oder", **{"or": ("oder",)}),
    "no": words("no", "bil"),
    "ar": words("ar", "بيت"), "fa": words("fa", "خانه"), "uk": words("uk", "дім"), "ru": words("ru", "дом"),
    "th": words("th", "บ้าน"),
    "any": words("any", "🆘", "sos"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [("hej", "sv"), ("hello", "en"), ("och", "sv"), ("and the car", "en"), ("hej car", "sv"), ("hej and car", None),
     ("och and", None), ("och hej and", "sv"), ("pizza", None), ("pizza radio", None), ("pizza radio taxi och", "sv"),
     ("bil", None), ("hund", None), ("och 112", "sv"), ("alla alla", "sv"), ("no car", "en"), ("oder oder", "de")],
)  # fmt: skip
def test_it_is_told_only_where_one_language_clearly_leads(text: str, language: str | None) -> None:
    assert read_language(LEXICON, text) == language


@pytest.mark.parametrize("text", ["ja", "no", "unsure", "oder", "alla", "sist", "Ja!", "🆘", "sos", "112", "", "!?"])
def test_answers_numbers_and_signs_tell_none(text: str) -> None:
    assert read_language(LEXICON, text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("สวัสดี", "th"), ("hund สวัสดี", "th"), ("چ", "fa"), ("ة", "ar"), ("بب", None), ("ї", "uk"), ("ы", "ru"),
     ("вв", None), ("ß", "de"), ("søt", "no"), ("ñ", None)],
)  # fmt: skip
def test_a_script_or_a_letter_tells_the_language_that_writes_it(text: str, language: str | None) -> None:
    assert read_language(LEXICON, text) == language


def test_ordinals_and_numbers_are_answers_too() -> None:
    lexicon = compile_lexicon({"sv": WordFile("sv", {"common": ("två",)}, ordered={"numbers": (("ett",), ("två",))})})
    assert read_language(lexicon, "två") is None
    assert read_language(lexicon, "två två") == "sv"
