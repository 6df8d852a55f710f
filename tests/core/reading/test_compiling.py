"""How an entry of a word file is written, and what is made of it once, so that texts are looked up quickly."""

import pytest

from hotline.core.reading import Combination, WordFile, compile_lexicon
from hotline.core.reading.compiling import spell
from hotline.core.reading.lexicon import BIT, Lexicon
from hotline.core.reading.weighing import Scale
from hotline.core.reading.words import written_out


def sv(*acute: str, **more: tuple[str, ...]) -> Lexicon:
    return compile_lexicon({"sv": WordFile("sv", {"acute": acute, **more})})


@pytest.mark.parametrize(
    ("entry", "forms"),
    [("slår", ["slår"]), ("skrik(|a|er)", ["skrik", "skrika", "skriker"]), ("(han|hon) slår", ["han slår", "hon slår"]),
     ("(a|b)(c|d)", ["ac", "ad", "bc", "bd"]), ("slå(r(|s)|tt)", ["slår", "slårs", "slått"]),
     ("(jo|)  då", ["jo då", "då"]),
     ("(ja|)", ["ja", ""])],
)  # fmt: skip
def test_brackets_stand_for_every_form(entry: str, forms: list[str]) -> None:
    assert list(written_out(entry)) == forms


@pytest.mark.parametrize(
    ("entry", "form"),
    [("HJÄLP mig", "hjalp mig"), ("slå*", "sla*"), ("*MORD", "*mord"), ("*mord*", "*mord*"), ("{me} slår", "{me} slar"),
     ("bryter .. in", "bryter .. in"), ("3-åring", "3 aring"), ("Max*", "max*"), ("*xax", "*xax")],
)  # fmt: skip
def test_entries_are_normalised_and_their_signs_are_kept(entry: str, form: str) -> None:
    assert list(spell(entry)) == [form]


def test_words_beginnings_and_endings_are_looked_up_apart() -> None:
    lexicon = sv("dör", "blod*", "*mord", hit=("dör",))
    assert dict(sv("xax").words) == {"xax": ((0, BIT["acute"]),)}
    assert dict(lexicon.words) == {"dor": ((0, BIT["acute"] | BIT["hit"]),)}
    assert dict(lexicon.prefixes) == {"blod": ((0, BIT["acute"]),)}
    assert dict(lexicon.suffixes) == {"mord": ((0, BIT["acute"]),)}


def test_a_phrase_of_words_alone_is_found_by_its_first_word_the_longest_first() -> None:
    lexicon = sv("han dör", "han dör nu snart", "hon dör 2")
    assert lexicon.plain["han dor"] == ((0, BIT["acute"]),)
    assert dict(lexicon.plain_lengths) == {"han": (4, 2), "hon": (3,)}
    assert lexicon.words["han"] == ((0, BIT["common"]),)
    assert lexicon.words["2"] == ((0, 0),)


def test_a_phrase_with_classes_is_found_by_its_longest_word() -> None:
    tongue = sv("{me} slog sönder fönstret", ".. han .. dör ..").tongue("sv")
    ((phrase,), (gap,)) = (tongue.phrases[key] for key in ("fonstret", "han"))
    assert (phrase.elements, phrase.anchor) == ((BIT["me"], "slog", "sonder", "fonstret"), 3)
    assert (phrase.others, phrase.slots) == (("slog", "sonder"), (BIT["me"],))
    assert gap.elements == ("han", None, "dor")


def test_the_words_of_a_phrase_show_its_language_and_its_numbers_show_none() -> None:
    words = sv("{me} slog 2 .. gånger").words
    assert dict(words) == {"slog": ((0, BIT["common"]),), "ganger": ((0, BIT["common"]),), "2": ((0, 0),)}


def test_a_phrase_of_classes_alone_is_found_by_its_rarest_one() -> None:
    tongue = sv("{other} {weapon}", "{child|me} {drunk}", "{child} {me|drunk|cold}").tongue("sv")
    many = BIT["me"] | BIT["drunk"] | BIT["cold"]
    assert [key for key, _ in tongue.slot_phrases] == [BIT["weapon"], BIT["drunk"], many]
    assert tongue.slot_anchors == BIT["weapon"] | many


def test_a_part_of_a_word_in_a_phrase_is_a_class_of_its_own() -> None:
    lexicon = sv("{me} blöd*", "{me} *sår", "{me} blöd*")
    bits = [key for key, _ in lexicon.tongue("sv").slot_phrases]
    assert bits == [BIT["me"]] * 3
    assert lexicon.prefixes["blod"][0][1] == 1 << len(BIT)
    assert lexicon.suffixes["sar"][0][1] == 1 << (len(BIT) + 1)


def test_what_may_be_left_out_wholly_is_nothing() -> None:
    assert dict(sv("(jo|)").words) == {"jo": ((0, BIT["acute"]),)}
    assert dict(sv("..").words) == {}


def test_misspellings_are_looked_for_in_long_words_of_danger_in_swedish_and_english() -> None:
    assert sv("brinner").near["brinne"] == sv("brinner").near["brinner"] == ("brinner",)
    assert "rinner" not in sv("brinner").near
    assert dict(sv("brinna").near) == {}
    assert dict(sv(topic=("tvättid",)).near) == {}
    finnish = compile_lexicon(
        {"fi": WordFile("fi", {"acute": ("tappelu",)}), "en": WordFile("en", {"acute": ("burning",)})}
    )
    assert set(finnish.near["burnin"]) == {"burning"}
    assert "tappel" not in finnish.near


def test_a_word_that_weighs_is_known_with_its_languages() -> None:
    files = {name: WordFile(name, {"acute": (f"ord{name}",)}) for name in ("sv", "en", "fi", "any")}
    swedish = Scale(-10, {"katt": 5, "katt*": 5, "*kat*": 5, "^ katt": 5, "~kat": 5, "katt hem": 5, "112": 5}, {})
    lexicon = compile_lexicon(files, {"fi": Scale(-10, {"katt": -1, "yö": 2}, {}), "sv": swedish})
    assert dict(lexicon.weighed) == {"katt": (0, 2), "yö": (2,)}


def test_words_that_are_said_of_places_are_known_by_themselves() -> None:
    files = {"sv": WordFile("sv", answers={"place_words": ("mitt emot", "kyrkan"), "yes": ("ja",)}),
             "en": WordFile("en", answers={"place_words": ("next door",)})}  # fmt: skip
    assert compile_lexicon(files).landmarks == {"mitt", "emot", "kyrkan", "next", "door"}


def test_signs_that_all_share_come_last_whatever_the_order_of_the_files() -> None:
    lexicon = compile_lexicon({"any": WordFile("any", {"acute": ("🆘",)}), "sv": WordFile("sv", {"acute": ("🆘",)})})
    assert lexicon.languages == ("sv", "any")
    assert lexicon.words["🆘"] == ((0, BIT["acute"]), (1, BIT["acute"]))
    with pytest.raises(KeyError):
        lexicon.tongue("fi")


def test_a_script_without_spaces_is_cut_by_its_words_the_longest_first() -> None:
    lexicon = compile_lexicon({"th": WordFile("th", {"acute": ("ตี", "ตีฉัน", "ฉัน ตี")})})
    assert dict(lexicon.unspaced) == {"ต": ("ตีฉัน", "ตี"), "ฉ": ("ฉัน",)}


def test_a_combination_is_kept_with_all_that_it_needs() -> None:
    lexicon = compile_lexicon({"sv": WordFile("sv", combinations=(
        Combination("both", (("hit", "cry"), ("me",)), ("topic",), "sentence", sure=True, red=True),
    ))})  # fmt: skip
    (rule,) = lexicon.rules
    assert (rule.name, rule.needs) == ("both", (BIT["hit"] | BIT["cry"], BIT["me"]))
    assert (rule.without, rule.within, rule.sure, rule.red) == (BIT["topic"], "sentence", True, True)


def test_answers_groups_and_numbers_are_kept_as_texts_are_cut() -> None:
    lexicon = compile_lexicon({
        "sv": WordFile("sv", groups={"staff": ("jobbar på", "städ(are|ar)")}, answers={"yes": ("ja, då",)},
                       ordered={"numbers": (("ett", "en"), ("två",))}, cries=("Hjälp!",)),
        "en": WordFile("en", groups={"staff": ("i work here",)}),
    })  # fmt: skip
    assert lexicon.groups["staff"].entries == {"jobbar pa", "stadare", "stadar", "i work here"}
    assert lexicon.groups["staff"].widths == (2, 3)
    assert lexicon.answered == {"ja da", "ett", "en", "tva"}
    tongue = lexicon.tongue("sv")
    assert (tongue.ordered["numbers"], tongue.cries) == ({"ett": 1, "en": 1, "tva": 2}, ("Hjälp!",))
