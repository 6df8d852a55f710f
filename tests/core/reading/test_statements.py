"""Places, and words that mean one thing at every step, on a handful of words: long stories mean neither."""

import pytest

from hotline.core.reading import WordFile, compile_lexicon, read_place, read_words

SV = WordFile(
    language="sv",
    groups={"staff": ("vaktmästare", "jobbar på bolaget", "jag jobbar på ett bolag"), "stop": ("stopp", "sluta nu")},
    answers={
        "yes": ("ja",), "no": ("nej",), "dont_know": ("vet inte",), "no_place": ("här",), "all": ("alla",),
        "filler": ("tack",), "asks": ("vilken",), "or": ("eller",),
    },
)  # fmt: skip
EN = WordFile(language="en", groups={"stop": ("please stop now",)}, answers={"asks": ("which",), "no": ("no",)})
LEXICON = compile_lexicon({"sv": SV, "en": EN})
STORY = " ".join(["hund"] * 12)


@pytest.mark.parametrize(
    "text", ["Ekgatan 4", "hos grannen", "vilken 4", "4 ek", "B 12 hö", "60.142, 15.411", "บ้าน", "eller", "ja hemma"]
)
def test_any_words_may_tell_a_place(text: str) -> None:
    assert read_place(LEXICON, text)


@pytest.mark.parametrize(
    "text",
    ["", "4", "12 34", "b", "b 4", "...", "👍", "ja", "Nej!", "vet inte", "här", "alla", "tack", "vilken adress",
     "which street", "no", "60.1, 15.4"],
)  # fmt: skip
def test_what_is_plainly_no_place_is_none(text: str) -> None:
    assert not read_place(LEXICON, text)


@pytest.mark.parametrize(
    ("text", "group"),
    [("Vaktmästare!", "staff"), ("jobbar på bolaget", "staff"), ("hej jag jobbar på bolaget idag", "staff"),
     ("hej jag jobbar på ett bolag", "staff"), ("stopp", "stop"), ("oh please stop now", "stop"),
     ("hej vaktmästare", ""), ("stopp nu", ""), ("nu stopp", ""),
     ("nej sluta nu", "stop"), ("jobbar bolaget", ""), ("", ""), ("👍", ""),
     (f"{STORY} please stop", ""), (f"{STORY[:-10]} please stop now", "stop"), (f"{STORY} please stop now", "")],
)  # fmt: skip
def test_one_word_must_be_all_and_several_may_stand_in_a_short_statement(text: str, group: str) -> None:
    assert read_words(LEXICON, text, ["staff", "stop"]) == group


@pytest.mark.parametrize(("words", "group"), [(11, "stop"), (12, "")])
def test_a_statement_has_fourteen_words_at_most(words: int, group: str) -> None:
    assert read_words(LEXICON, f"{'hund ' * words}please stop now", ["stop"]) == group


def test_the_first_group_that_is_asked_for_wins_and_no_other_is_looked_at() -> None:
    both = compile_lexicon({"sv": WordFile("sv", groups={"a": ("hej",), "b": ("hej",)})})
    assert read_words(both, "hej", ["b", "a"]) == "b"
    assert read_words(both, "hej", ["unknown", "a"]) == "a"
    assert read_words(both, "hej", []) == ""
