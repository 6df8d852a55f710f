"""What a word may mean, and where a phrase stands: beginnings, endings, misspellings, gaps, and harmless sayings."""

import pytest

from hotline.core.reading import WordFile, compile_lexicon
from hotline.core.reading.danger import Look, look_at
from hotline.core.reading.lexicon import BIT
from hotline.core.reading.senses import meanings_of

SV = WordFile("sv", {
    "attack": ("misshandlar", "sparkar", "kastar ut {child}", "{child} .. kastas", "drar i {child} hår",
               "i {child} ansikte"),
    "acute": ("brinner upp", "slår vad om livet", "*mord", "bryter .. in", "{me} blöd*"),
    "hit": ("slår", "slå*"),
    "child": ("barn", "barnet"),
    "me": ("mig",),
    "det": ("mitt", "lilla"),
    "negation": ("inte",),
    "quiet": ("tyst",),
    "denial": ("inte sant",),
    "topic": ("tvättid", "slagga", "slår vad varje dag"),
    "idiom": ("slår vad", "slår till ..  .. handen", "mord i", "lägger ner"),
    "help": ("rör sig inte",),
    "common": ("och",),
})  # fmt: skip
FI = WordFile("fi", {"cry": ("kirkuu", "itkeeköhän"), "common": ("och",)})
AR = WordFile("ar", {"cry": ("صراخ",)})
LEXICON = compile_lexicon({"sv": SV, "fi": FI, "ar": AR})


def meaning(word: str) -> dict[str, set[str]]:
    """Language → classes."""
    return {
        LEXICON.languages[number]: {name for name, bit in BIT.items() if bits & bit}
        for number, bits in meanings_of(LEXICON, word)
    }


@pytest.mark.parametrize(
    ("word", "known"),
    [("barn", {"sv": {"child"}}), ("slaende", {"sv": {"hit"}}), ("sla", {"sv": {"hit"}}), ("sl", {}),
     ("ranmord", {"sv": {"acute"}}), ("åmord", {"sv": {"acute"}}),
     ("mord", {"sv": {"common"}}), ("och", {"sv": {"common"}, "fi": {"common"}}),
     ("barrn", {"sv": {"child"}}), ("barnn", {"sv": {"child"}}), ("kirrkuu", {}), ("hund", {}), ("ba", {})],
)  # fmt: skip
def test_a_word_is_known_as_it_stands_by_its_beginning_or_its_ending(word: str, known: dict[str, set[str]]) -> None:
    assert meaning(word) == known


@pytest.mark.parametrize(
    "word", ["mishandlar", "misshandlarr", "misshanldar", "misshandla", "missxandlar", "sparkarr", "spaarkar"]
)
def test_one_letter_amiss_in_a_long_word_of_danger_is_forgiven(word: str) -> None:
    assert meaning(word) == {"sv": {"attack"}}


@pytest.mark.parametrize("word", ["mishanldar", "isshandlar", "tvattidd", "itkekohan", "sparka", "sparkr"])
def test_two_letters_the_first_one_or_another_word_are_not(word: str) -> None:
    assert meaning(word) == {}


@pytest.mark.parametrize(
    ("word", "known"), [("وصراخ", True), ("صصراخ", True), ("ورصراخ", False), ("غصراخ", False), ("xصراخ", False)]
)
def test_arabic_joins_small_words_to_the_next(word: str, *, known: bool) -> None:
    assert meaning(word) == ({"ar": {"cry"}} if known else {})


def look(text: str) -> Look:
    found = look_at(LEXICON, text)
    found.scene(0)
    return found


@pytest.mark.parametrize(
    ("text", "places"),
    [("bryter in", [(0, 2)]), ("han bryter sig in nu", [(1, 4)]), ("bryter a b c in", [(0, 5)]),
     ("bryter a b c d in", []), ("bryter sig. in", []), ("in bryter", []), ("bryter", []),
     ("brinner upp", [(0, 2)]), ("det brinner upp", [(1, 3)]), ("brinner. upp", []), ("brinner", []),
     ("kastar ut barn", [(0, 3)]), ("kastar ut mitt lilla barn", [(0, 5)]), ("kastar ut mitt", []),
     ("kastar ut en barn", []), ("kastar mitt ut barn", []),
     ("barn kastas", [(0, 2)]), ("barnet a b c kastas", [(0, 5)]), ("barnet a b c d kastas", []),
     ("mig blöder", [(0, 2)]), ("mig mitt blödde", [(0, 3)]), ("mig. blöder", []), ("blöder mig", []),
     ("drar i barnet hår", [(0, 4)]), ("drar i lilla barn hår", [(0, 5)]), ("i barn ansikte", [(0, 3)]),
     ("han i lilla barn ansikte", [(1, 5)]), ("i mitt lilla barn ansikte", [(0, 5)]), ("i en barn ansikte", []),
     ("lilla barn ansikte", []), ("i barn mitt ansikte", [])],
)  # fmt: skip
def test_a_phrase_is_found_where_it_stands_in_one_sentence(text: str, places: list[tuple[int, int]]) -> None:
    assert [(span.start, span.end) for span in look(text).senses[0].spans] == places


@pytest.mark.parametrize(
    ("text", "meant"),
    [("slår vad", {"idiom"}), ("han slår vad nu", {"idiom"}), ("vad slår", {"hit", "common"}),
     ("slår. vad", {"hit", "common"})],
)  # fmt: skip
def test_the_words_of_a_harmless_saying_count_for_nothing(text: str, meant: set[str]) -> None:
    masks = look(text).senses[0].masks
    assert {name for name, bit in BIT.items() if any(mask & bit for mask in masks)} == meant


def test_what_denies_within_a_phrase_is_taken_away_and_elsewhere_it_stays() -> None:
    assert not any(mask & BIT["negation"] for mask in look("hon rör sig inte").senses[0].masks)
    assert look("hon slår inte").senses[0].masks[2] & BIT["negation"]
    assert look("det är inte sant").senses[0].masks[2] & BIT["denial"]


def idioms(text: str) -> list[int]:
    """Where words stand that count for nothing."""
    return [at for at, mask in enumerate(look(text).senses[0].masks) if mask == BIT["idiom"]]


@pytest.mark.parametrize(
    ("text", "harmless"),
    [("slår vad om livet", []), ("slår vad om livet och lägger ner", [5, 6]), ("slår vad brinner upp", [0, 1]),
     ("slår vad varje dag", [0, 1]),
     ("slår vad om livet slår vad", [4, 5]), ("brinner upp slår vad", [2, 3]), ("lägger ner slår vad", [0, 1, 2, 3])],
)  # fmt: skip
def test_a_saying_gives_way_to_a_longer_phrase_of_danger_over_it_and_to_no_other(
    text: str, harmless: list[int]
) -> None:
    assert idioms(text) == harmless
    assert len(look(text).senses[0].spans) == ("upp" in text) + ("livet" in text)


def test_a_denial_that_ends_another_phrase_is_part_of_that_one() -> None:
    masks = look("hon rör sig inte sant").senses[0].masks
    assert [bool(mask & BIT["denial"]) for mask in masks] == [False, False, False, False, True]


def test_only_languages_that_know_a_word_are_asked_about_a_text() -> None:
    assert set(look_at(LEXICON, "hon kirkuu").senses) == {1}
    assert set(look_at(LEXICON, "och").senses) == {0, 1}
    assert look_at(LEXICON, "hund").senses == {}
    assert look_at(LEXICON, "hund hund").sense(1).masks == [0, 0]
