"""What is seen of the texts of a small script: each is in every language, leads with 112, and names known facts."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hotline.core.flow import Helpline, Script, Texts
from hotline.core.municipality import Municipality
from hotline.core.proof.finding import Finding, Forbidden, Rules
from hotline.core.proof.offers import offer_findings
from hotline.core.proof.texts import text_findings
from hotline.core.reading import Option, WordFile, compile_lexicon
from hotline.core.speaking import seconds_until
from tests.proof.small import SPACIOUS, script, texts, town

CALM = (Forbidden("lugn", "nobody is told to be calm"),)
RULES = Rules(forbidden={"sv": CALM, "en": CALM})
Said = tuple[str, tuple[str | int, ...], str]


def said(made: Script, rules: Rules = RULES, **towns: Municipality) -> list[Said]:
    """(file, place, text) of all but the keys that texts name, which the small ones do not."""
    keys = list(offer_findings(made))
    found: list[Finding] = list(text_findings(made, towns or {"town": town()}, rules))
    assert [one for one in found if one in keys] == keys
    return [(one.file, one.steps, one.text) for one in found if one not in keys]


def worded(language: str = "sv", /, **other: Mapping[str, str]) -> Script:
    """With these variants of texts in one language."""
    made: Texts = texts(language)
    return script(texts={**script().texts, language: replace(made, wordings={**made.wordings, **other})})


def test_of_a_small_script_nothing_is_said() -> None:
    assert said(script()) == []


def test_what_no_text_may_say_is_written_for_each_language_and_found_where_it_stands() -> None:
    (none,) = said(script(), Rules(forbidden={"sv": CALM}))
    assert (none[:2], none[2][:26]) == (("forbidden.yaml", ("patterns",)), "nothing is forbidden in en")
    (one,) = said(worded("en", bye={"sms": "112 bye.", "voice": "112. Lugn."}))
    assert one == ("texts/en.yaml", ("texts", "bye", "voice"), "says 'lugn': nobody is told to be calm")


@pytest.mark.parametrize(("language", "other"), [("sv", "en"), ("en", "sv")])
def test_each_language_has_every_variant_that_another_has(language: str, other: str) -> None:
    missing = f"texts.bye.sms is missing; it exists in {other}"
    assert said(worded(language, bye={"voice": "112 bye."})) == [(f"texts/{language}.yaml", ("texts", "bye"), missing)]


def labelled(step_name: str, *keys: str, language: str = "sv") -> list[Said]:
    options = tuple(Option(key, ("ja",)) for key in keys)
    made = {one: replace(text, labels={"now": (Option("1", ()),)}) for one, text in script().texts.items()}
    of = made[language]
    return said(script(texts={**made, language: replace(of, labels={**of.labels, step_name: options})}))


def test_labels_are_of_answers_and_in_every_language() -> None:
    assert labelled("now", "1") == []
    assert labelled("now", language="en") == [
        ("texts/en.yaml", ("labels", "now"), "labels.now.1 is missing; it exists in sv")
    ]
    wrong = ("texts/sv.yaml", ("labels", "now", "9"), "labels.now.9 names no answer of the script")
    assert wrong in labelled("now", "1", "9")
    nowhere = ("texts/sv.yaml", ("labels", "song", "1"), "labels.song.1 names no answer of the script")
    assert nowhere in labelled("song", "1")


def test_what_texts_name_of_a_municipality_stands_in_the_file_of_each() -> None:
    lines = {"bris": Helpline("116 111", "116 111")}
    made = replace(worded(bye={"sms": "112 {zoo} {bank} {telephone} {bris} {time}", "voice": "112"}), helplines=lines)
    rich = town(facts=(("bank", "B"), ("zoo", "Z")))
    assert said(made, rich=rich) == []
    assert said(made, rich=rich, half=town(facts=(("bank", "B"),)), poor=town(facts=())) == [
        ("municipalities/half.yaml", ("facts",), "texts name {zoo}: write here what it is"),
        ("municipalities/poor.yaml", ("facts",), "texts name {bank}: write here what it is"),
        ("municipalities/poor.yaml", ("facts",), "texts name {zoo}: write here what it is"),
    ]


@pytest.mark.parametrize("name", ["opening", "called"])
@pytest.mark.parametrize(
    ("words", "variants"),
    [("Ring polisen.", ["sms", "voice"]), ("x" * 37 + "112", []), ("x" * 38 + "112", ["sms"])],
)
def test_opening_and_the_112_text_lead_with_112(name: str, words: str, variants: list[str]) -> None:
    found = said(worded(**{name: {"sms": words, "voice": words}}))
    assert found == [("texts/sv.yaml", ("texts", name, one), "must lead with 112") for one in variants]


def test_a_voice_says_112_within_the_scripts_bound() -> None:
    late = {"sms": "x" * 30 + " 112", "voice": "x" * 30 + " 112"}
    took = seconds_until(late["voice"], "112")
    assert took
    assert said(replace(worded(called=late), bounds=replace(SPACIOUS, seconds_to_112=took))) == []
    bound = replace(SPACIOUS, seconds_to_112=took - 0.25)
    assert said(replace(worded(called=late), bounds=bound)) == [
        (
            "texts/sv.yaml",
            ("texts", "called", "voice"),
            f"112 is said after {took:.1f} s; {took - 0.25:g} s are allowed",
        )
    ]


def foreign(**languages: Mapping[str, str]) -> Script:
    return script(foreign={**script().foreign, **languages})


def test_who_is_understood_is_answered() -> None:
    words = compile_lexicon({one: WordFile(one) for one in ("sv", "pl", "fa", "any")})
    (one,) = said(script(read_lexicon=lambda: words))
    assert one[:2] == ("texts/foreign.yaml", ("fa",))
    assert one[2].startswith("words of danger are read in fa, but nobody is answered in it")
    assert len(said(replace(foreign(fa={"opening": "112"}), read_lexicon=lambda: words))) == 1
    assert said(replace(foreign(fa={"called": "112"}), read_lexicon=lambda: words)) == []


@pytest.mark.parametrize(("name", "place"), [("called", "danger"), ("opening", "opening")])
@pytest.mark.parametrize(
    ("words", "faults"),
    [("ż" * 37 + "112", []), ("ż" * 38 + "112", ["must lead with 112"]), ("112" + "ż" * 67, []),
     ("112" + "ż" * 68, ["takes 2 segments; 1 are allowed"]),
     ("112, 113", ["holds the number 113: put it into helplines.yaml and name it here in braces"])],
)  # fmt: skip
def test_a_text_in_a_foreign_language_leads_with_112_and_is_short(
    name: str, place: str, words: str, faults: list[str]
) -> None:
    made = replace(foreign(pl={"called": "112", name: words}), bounds=replace(SPACIOUS, segments=1))
    assert said(made) == [("texts/foreign.yaml", ("pl", place), fault) for fault in faults]


def test_a_foreign_opening_names_keys_of_languages_alone() -> None:
    found = offer_findings(foreign(pl={"called": "112 4", "opening": "112 7 0 5"}))
    assert [(one.file, one.steps, one.text) for one in found if one.file == "texts/foreign.yaml"] == [
        ("texts/foreign.yaml", ("pl", "opening"), "offers 5, which is no answer here")
    ]
