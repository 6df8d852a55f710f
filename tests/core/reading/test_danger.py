"""Texts that tell of danger, and those that only sound like it."""

import pytest

from hotline.core.reading import Lexicon, read_danger, read_red
from hotline.core.reading.danger import tokens_of
from hotline.web.phone import LONGEST_TEXT

ACUTE = {
    "violence in the present tense needs no 'now'": (
        "mannen pucklar på kvinnan",
        "han slår henne",
        "she is hitting him",
    ),
    "one word is enough": ("kniv", "help", "hjälp", "کمک", "🆘", "apua", "допоможіть", "ช่วยด้วย", "upomoć"),
    "a cry drawn out or misspelt": (
        "hjääääälp",
        "HJÄLP!!!",
        "hjalp mig",
        "han misshandalr henne",
        "stryptagg på henne",
    ),
    "width, case and signs between letters": ("ＨＪÄＬＰ", "h\u00adjälp", "hjälp\u200b mig"),
    "past and now in one message": ("han slog mig förra veckan och står utanför nu",),
    "a denial of something else": (
        "ingen slår nån just nu men 3-åringen står utelåst på balkongen i snöstorm",
        "det är inte tvn, hon skriker på riktigt",
        "skojar inte, han slår ihjäl henne",
        "not a party, a fight, someone is getting really hurt",
    ),
    "a denial that is itself the danger": ("hon rör sig inte", "he won't stop hitting her", "pappa andas inte"),
    "a child alone": ("2-åring ensam på balkongen, minus 8, ingen öppnar", "lapsi yksin parvekkeella"),
    "somebody at the door": ("exet står i porten och vägrar gå", "someone is trying to break in"),
    "suicide": ("jag vill inte leva längre", "she took all her pills", "en halua enää elää"),
    "confession": ("jag har haft ihjäl min son", "I killed my wife"),
    "silence after screams": ("banging then the scream sounded like he was going to die. now there is just silence",),
    "an everyday matter beside it": ("de bråkar om en tvättid och han tar stryptag på henne",),
}
HARMLESS = {
    "idiom": ("jag ska slå en signal", "ska bara döda lite tid", "jag dör av skratt", "my feet are killing me"),
    "work and sport": ("sparkad från jobbet", "Djurgården slog AIK 3-1", "we got beaten 4-0"),
    "accident while cooking": ("skar mig på kniven när jag lagade mat",),
    "names that hold a danger word": ("Slagvägen 3", "jag bor i Knivsta", "Hotellet i Hotagen"),
    "help with an errand": ("hjälp med parkering", "I need help moving a sofa", "tack för hjälpen"),
    "denied": ("inget pågår", "ingen slår nån", "no knife, nobody is hurt", "ingen kniv", "kukaan ei lyö ketään"),
    "over": ("falskt larm, det var tvn", "ambulans har redan varit här", "Polisen är här", "just kidding"),
    "only the word 'nu'": ("nu", "vad gör ni nu", "now"),
    "nothing at all": ("", "...", "?", "👍", "hej", "tja"),
    "another language's harmless word": (
        "Min kille är snäll",
        "det tog slut",
        "en bit kaka",
        "barn",
        "how do I secure my balcony",
    ),
}


def _each(kinds: dict[str, tuple[str, ...]]) -> list[str]:
    return [text for texts in kinds.values() for text in texts]


@pytest.mark.parametrize("text", _each(ACUTE))
def test_that_danger_is_read(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text) is not None


@pytest.mark.parametrize("text", _each(HARMLESS))
def test_that_an_everyday_text_raises_no_alarm(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mannen slår henne", "sv"),
        ("he is hitting her", "en"),
        ("hän hakkaa vaimoaan", "fi"),
        ("جاري يضرب زوجته الآن", "ar"),
        ("شوهرم مرا میزند", "fa"),
        ("mindi ayuu haystaa", "so"),
        ("ሰብኣየይ ይወቅዓኒ ኣሎ", "ti"),
        ("on ma nóż", "pl"),
        ("допоможіть він з ножем", "uk"),
        ("соседка бьет ребенка", "ru"),
        ("komşum karısını dövüyor", "tr"),
        ("mi marido me pega", "es"),
        ("muž me tuče", "bs"),
        ("муж ме туче помозите", "bs"),
        ("สามีตีฉัน", "th"),
    ],
)
def test_that_danger_names_the_writers_language_first(lexicon: Lexicon, text: str, language: str) -> None:
    danger = read_danger(lexicon, text)
    assert danger is not None
    assert danger.languages[0] == language


def test_that_a_sign_alone_is_of_no_language(lexicon: Lexicon) -> None:
    danger = read_danger(lexicon, "🆘🆘")
    assert danger is not None
    assert danger.languages == ()


@pytest.mark.parametrize(
    "text",
    ["han hade kniv förra veckan", "han tog stryptag på mig i helgen", "he strangled me last year", "hon dödshotades"],
)
def test_that_weapon_choking_and_threat_to_kill_are_red_in_any_tense(lexicon: Lexicon, text: str) -> None:
    assert read_red(lexicon, text)


@pytest.mark.parametrize("text", ["ingen kniv", "he has no gun", "de skriker på varandra", "Knivsta", "hej"])
def test_that_what_is_denied_or_milder_is_not_red(lexicon: Lexicon, text: str) -> None:
    assert not read_red(lexicon, text)


@pytest.mark.parametrize("text", ["hej ", "9", "a,", "🙂"])
def test_that_the_last_words_of_the_longest_text_are_read(lexicon: Lexicon, text: str) -> None:
    cry = "\n\nhan slår henne nu"
    assert read_danger(lexicon, (text * LONGEST_TEXT)[: LONGEST_TEXT - len(cry)] + cry)


def test_that_a_very_long_text_is_read_in_bounded_time(lexicon: Lexicon) -> None:
    assert read_danger(lexicon, "hej " * 100_000) is None
    assert len(tokens_of(lexicon, "a " * 100_000).words) == 1000
    assert len(tokens_of(lexicon, " " + "a " * 100_000).words) == 1000
    assert len(tokens_of(lexicon, "  " + "a " * 100_000).words) == 999


@pytest.mark.parametrize(
    "text",
    [
        "Ekgatan 4", "Vasagatan 8 lgh 1203", "Kyrkogatan 5", "gruvgatan 9 trappa B", "Norra Järnvägsgatan 27 vån 2",
        "Hyttgatan 38, fjärde våningen", "Torggatan 31 tredje vån till höger", "Bergslagsvägen 14",
    ],
)  # fmt: skip
def test_that_an_address_is_danger_in_no_language(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text) is None


@pytest.mark.parametrize("text", ["hjälp Ekgatan 4", "han slår henne, Vasagatan 8", "Storgatan 5 blod i trappan"])
def test_that_a_cry_with_an_address_is_a_cry(lexicon: Lexicon, text: str) -> None:
    assert read_danger(lexicon, text) is not None


@pytest.mark.parametrize("quiet", ["nya Bond-filmen var grym, massor av explosioner.", "tvättiden var bokad igen\n"])
def test_a_cry_in_a_sentence_of_its_own_is_heard_whatever_stands_around_it(lexicon: Lexicon, quiet: str) -> None:
    assert read_danger(lexicon, quiet) is None
    assert read_danger(lexicon, f"{quiet} han slår henne nu. {quiet}")


@pytest.mark.parametrize(
    "place",
    [
        "Ekgatan 4, portkod 1234", "Bergvägen 12B, 2 tr, dörrkod 0815", "Storgatan 3, uppgång C, lgh 1202",
        "på dörren står det Andersson", "i huset bredvid Konsum", "hon bor själv", "De bor en trappa upp",
        "lägenheten under min på Ekgatan 4", "12 Oak Road, door code 1234", "third floor, name on the door is Jones",
    ],
)  # fmt: skip
def test_where_it_is_is_no_danger(lexicon: Lexicon, place: str) -> None:
    assert read_danger(lexicon, place) is None
