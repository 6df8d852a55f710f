"""Rules about words, on a handful of words of a made-up language: nothing here changes when the shipped words do."""

import pytest

from hotline.core.reading import (
    Chosen,
    Combination,
    DontKnow,
    Option,
    Unclear,
    WordFile,
    compile_lexicon,
    read_choice,
    read_danger,
    read_red,
)

CLASSES = {
    "acute": ("dör", "bryter .. in", "*mord", "{me} blöd*", "brinn(er|)"),
    "alarm": ("larm",),
    "weapon": ("kniv*",),
    "choke": ("stryp*",),
    "hit": ("slår",),
    "hit_past": ("slog",),
    "victim": ("henne", "honom"),
    "me": ("mig",),
    "self": ("jag",),
    "other": ("han",),
    "child": ("barn*",),
    "help": ("hjälp",),
    "help_with": ("med", "att"),
    "hurry": ("skynda",),
    "negation": ("inte",),
    "negation_both": ("aldrig",),
    "denial": ("stämmer inte att",),
    "subject": ("hon",),
    "clause": ("medan",),
    "but": ("men",),
    "now": ("nu",),
    "past": ("igår",),
    "over": ("slut",),
    "topic": ("tvätt*",),
    "polite": ("snälla",),
    "common": ("och", "är"),
}
SV = WordFile(
    language="sv",
    classes=CLASSES,
    answers={
        "yes": ("ja", "jo"),
        "no": ("nej",),
        "dont_know": ("vet inte", "ingen aning", "det vet jag faktiskt inte"),
        "or": ("eller",),
        "filler": ("tack", "tror"),
        "last": ("sista",),
    },
    ordered={"numbers": (("en", "ett"), ("två",), ("tre",)), "ordinals": (("första",), ("andra",))},
    combinations=(
        Combination("hits somebody", (("hit",), ("victim", "me", "child")), none_of=("topic",)),
        Combination("weapon somewhere", (("weapon",), ("other",)), within="sentence", sure=True, red=True),
        Combination("child and cry", (("child",), ("alarm",)), within="message"),
    ),
)
LEXICON = compile_lexicon({"sv": SV}, {})
OPTIONS = (Option("1", ("pågår nu",)), Option("2", ("har hänt förut",)), Option("3", ("vet inte",)))

DANGER = (
    "slår", "han slår",
    "dör", "han dör", "DÖR!!", "slår henne", "han slår barnen", "han slår mig nu", "självmord", "rånmord",
    "bryter sig in", "bryter dörren in", "mig blöder", "brinner", "hjälp", "snälla hjälp mig", "hjälp mig nu",
    "han slår inte. han slår henne", "hon inte, han slår henne", "inte jag men han slår henne",
    "slut men han slår henne",
    "han slog igår. han slår henne nu", "kniven. och han är arg", "han har kniv", "barnen och larm",
    "barnen gråter. larm", "inte är han dum och larmar och gör så att han slår henne",
)  # fmt: skip
CALM = (
    "", "hej", "hon slår på stort", "han inte slår henne", "slår aldrig henne", "henne slår han aldrig",
    "det stämmer inte att han slår henne", "han slår henne. slut", "han slår henne, men slut nu", "slog henne igår",
    "han slår henne medan tvätten går", "hjälp med tvätten", "hjälp mig med tvätten", "hjälp att flytta",
    "mord i bok inte",
    "mordet", "han bryter", "barnen", "sluter",
)  # fmt: skip
RED = {
    "han har kniv": True, "kniven": True, "strypt henne igår": True, "han dör": False, "han slår henne": False,
    "inte kniv": False, "han hade kniv igår": True,
}  # fmt: skip


@pytest.mark.parametrize("text", DANGER)
def test_what_tells_of_danger_now_is_danger(text: str) -> None:
    assert read_danger(LEXICON, text)


@pytest.mark.parametrize("text", CALM)
def test_what_is_denied_past_over_or_about_the_laundry_is_none(text: str) -> None:
    assert read_danger(LEXICON, text) is None


@pytest.mark.parametrize(("text", "red"), RED.items())
def test_weapons_and_choking_are_red_whenever_they_were(text: str, red: object) -> None:
    assert read_red(LEXICON, text) is red


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1", Chosen("1")), ("ett", Chosen("1")), ("1 tack", Chosen("1")), ("två", Chosen("2")), ("första",
        Chosen("1")),
        ("den andra", Unclear()), ("4", Unclear()), ("1 2", Unclear()), ("1 eller 2", Unclear()), ("1-2", Unclear()),
        ("1, 1", Unclear()), ("2. har hänt förut", Chosen("2")), ("1. har hänt förut", Unclear()), ("", Unclear()),
        ("pågår nu", Chosen("1")), ("nu pågår", Chosen("1")), ("ja", Chosen("1")), ("nej tack", Chosen("2")),
        ("jo, tror", Chosen("1")), ("vet inte", Chosen("3")), ("ja eller nej", Unclear()), ("ja nej", Unclear()),
        ("👍", Chosen("1")), ("👎", Chosen("2")), ("👍👎", Unclear()), ("🤷", Chosen("3")),
        ("hund", Unclear()),
        ("2 🙂", Chosen("2")), ("🙂", Unclear()), ("2 hund", Unclear()), ("1 eller", Unclear()), ("02", Chosen("2")),
        ("0", Unclear()), ("det vet jag faktiskt inte", Chosen("3")),
        ("sista", Chosen("3")), ("2) hund", Chosen("2")), ("4. hund", Unclear()),
        ("2 - har hänt förut", Chosen("2")), ("har hänt förut 2 gånger", Chosen("2")),
        ("har hänt förut 1 gång", Unclear()), ("1/2", Unclear()), ("ja 1/2", Chosen("1")), ("tack 2 tack", Chosen("2")),
        ("ja, hunden skäller", Chosen("1")), ("hunden skäller ja", Unclear()), ("nej men ja", Unclear()),
        ("vet inte, hunden skäller", Chosen("3")), ("👍 hund", Unclear()), ("ja 👎", Chosen("1")), ("tack", Unclear()),
    ],
)  # fmt: skip
def test_an_answer_is_taken_or_asked_again(text: str, answer: object) -> None:
    assert read_choice(LEXICON, "sv", text, OPTIONS, yes_no=True) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ja", Unclear()), ("nej", Unclear()), ("vet inte", DontKnow()), ("👍", Unclear()), ("2", Chosen("2")),
     ("ja, hunden", Unclear()), ("vet inte tack", DontKnow()), ("sista", Chosen("2"))],
)  # fmt: skip
def test_a_question_that_is_not_yes_or_no_takes_neither(text: str, answer: object) -> None:
    assert read_choice(LEXICON, "sv", text, OPTIONS[:2]) == answer


@pytest.mark.parametrize("sign", "👍✅✔☑👌🆗")
def test_every_sign_for_yes_is_yes(sign: str) -> None:
    assert read_choice(LEXICON, "sv", sign, OPTIONS, yes_no=True) == Chosen("1")


@pytest.mark.parametrize("sign", "👎❌✖🚫🙅")
def test_every_sign_for_no_is_no(sign: str) -> None:
    assert read_choice(LEXICON, "sv", sign, OPTIONS, yes_no=True) == Chosen("2")


EN = WordFile(
    "en", answers={"yes": ("yes",), "no": ("en",), "filler": ("well",)}, ordered={"numbers": (("one",), ("two",))}
)
BOTH = compile_lexicon({"sv": SV, "en": EN})


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [("sv", "yes", Chosen("1")), ("en", "ja", Chosen("1")), ("sv", "two", Chosen("2")), ("en", "en", Chosen("2")),
     ("sv", "en", Chosen("1")), ("en", "yes the dog", Chosen("1")), ("sv", "yes the dog", Chosen("1")),
     ("sv", "well yes", Chosen("1")), ("xx", "ja", Chosen("1")), ("xx", "ja hunden", Chosen("1"))],
)  # fmt: skip
def test_the_conversations_language_comes_first_and_may_go_on(language: str, text: str, answer: object) -> None:
    assert read_choice(BOTH, language, text, OPTIONS, yes_no=True) == answer


def test_who_does_not_know_means_the_one_option_that_says_so() -> None:
    unsure = (Option("1", ("barn",)), Option("4", ("vet inte",)))
    assert read_choice(LEXICON, "sv", "vet inte tack", unsure) == Chosen("4")
    assert read_choice(LEXICON, "sv", "ingen aning", unsure) == Chosen("4")
    assert read_choice(LEXICON, "xx", "ingen aning", unsure) == DontKnow()
    two = (*unsure, Option("5", ("vet inte",)))
    assert (
        read_choice(LEXICON, "sv", "vet inte tack", two) == read_choice(LEXICON, "sv", "ingen aning", two) == DontKnow()
    )


RO = WordFile("ro", {"acute": ("secure", "secure mea", "сокира"), "common": ("mea",)})
TWO = compile_lexicon({"sv": WordFile("sv", {"common": ("min", "hund", "stora", "sover", "gott")}), "ro": RO})


@pytest.mark.parametrize(
    ("text", "told"),
    [("secure", True), ("min hund secure", True), ("min stora hund secure", True),
     ("min stora hund sover secure", False),
     ("min stora hund sover secure mea", True), ("min stora hund sover gott сокира", True), ("min hund", False)],
)  # fmt: skip
def test_one_word_of_danger_among_many_of_another_language_is_an_accident(text: str, *, told: bool) -> None:
    assert (read_danger(TWO, text) is not None) is told


SIGNS = WordFile("any", {"acute": ("🆘",), "common": ("🙂",)})
ALL = compile_lexicon({"sv": SV, "en": EN, "any": SIGNS})


@pytest.mark.parametrize(
    ("text", "languages"), [("🆘", ()), ("han 🆘", ("sv",)), ("hund 🆘", ()), ("han slår henne 🙂", ("sv",))]
)
def test_a_sign_is_of_no_language_and_joins_the_one_that_is_written(text: str, languages: tuple[str, ...]) -> None:
    danger = read_danger(ALL, text)
    assert danger
    assert danger.languages == languages
