"""What the proof says of words: on a handful of them, each list with one word too many."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hotline.core.flow import Choice, Script, Texts
from hotline.core.proof import Finding, known_rows
from hotline.core.proof.known import urgent
from hotline.core.proof.words import word_findings
from hotline.core.reading import Option, Row, WordFile, compile_lexicon
from tests.proof.small import choices, script, step

ANSWERS = {
    "yes": ("ja",), "no": ("nej",), "dont_know": ("vet inte",), "or": ("eller",), "filler": ("tack",),
    "last": ("sist",), "all": ("alla",),
}  # fmt: skip
GROUPS = {"staff": ("jobbar här",), "alarm": ("det brinner",)}
ORDERED = {"numbers": (("ett",), ("två",))}
SV = WordFile("sv", {"acute": ("brinner", "kniv")}, GROUPS, ANSWERS, ORDERED, cries=("det brinner nu",))
EN = WordFile("en", {"acute": ("fire",)}, answers={"yes": ("yes",)}, cries=("a fire",))
LABELS = (Option("1", ("pågår", "just nu")), Option("2", ("igår",)), Option("3", ("hej då",)))


def speaking(sv: WordFile = SV, labels: Mapping[str, tuple[Option, ...]] | None = None) -> Script:
    """Words for an alarm lead to the 112 text; the third answer to the first question is urgent by itself."""
    made = script(step("now", choices=choices("now", key_3=Choice("reach", frozenset({"red"})))))
    words = compile_lexicon({"sv": sv, "en": EN})
    anywhere = replace(made.anywhere, words={"staff": "bye", "alarm": "called"})
    said: Texts = replace(made.texts["sv"], labels=labels or {"now": LABELS})
    return replace(made, read_lexicon=lambda: words, anywhere=anywhere, texts={**made.texts, "sv": said})


def found(made: Script) -> list[Finding]:
    return list(word_findings(made))


def test_where_cries_are_heard_and_answers_are_none_nothing_is_said() -> None:
    assert found(speaking()) == []


def test_a_cry_that_is_not_heard_is_named() -> None:
    (one,) = found(speaking(replace(SV, cries=("hjälp", "kniv"))))
    assert (one.file, one.steps, one.text) == ("words/sv.yaml", ("cries",), "'hjälp' is not heard as danger")
    (none,) = found(speaking(replace(SV, cries=())))
    assert (none.file, none.steps, none.text[:12]) == ("words/sv.yaml", ("cries",), "has no cries")


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_danger(name: str) -> None:
    (one,) = found(speaking(replace(SV, answers={**ANSWERS, name: ("kniv",)})))
    assert (one.file, one.steps) == ("words/sv.yaml", ("answers", name))
    assert one.text == "'kniv' is an answer, but is heard as danger (kniv)"


def test_no_number_is_danger_nor_words_that_lead_elsewhere_than_to_112() -> None:
    (number,) = found(speaking(replace(SV, ordered={"numbers": (("ett",), ("kniv",))})))
    assert number.steps == ("ordered", "numbers")
    (group,) = found(speaking(replace(SV, groups={**GROUPS, "staff": ("min kniv",)})))
    assert (group.steps, group.text) == (("groups", "staff"), "'min kniv' is an answer, but is heard as danger (kniv)")


@pytest.mark.parametrize(("one", "other"), [("yes", "no"), ("yes", "dont_know"), ("no", "dont_know")])
def test_no_word_says_two_of_yes_no_and_dont_know(one: str, other: str) -> None:
    (twice,) = found(speaking(replace(SV, answers={**ANSWERS, one: ("a", "jaså"), other: ("jaså", "b")})))
    assert (twice.file, twice.steps) == ("words/sv.yaml", ("answers", other))
    assert twice.text == f"'jasa' means {one} and {other}: it could not be understood"
    assert found(speaking(replace(SV, answers={"yes": ("a",), "filler": ("a",), "or": ("a",)}))) == []


def labelled(*options: Option, step_name: str = "now") -> list[Finding]:
    return found(speaking(labels={step_name: options, "consent": (Option("1", ("igår",)),)}))


def test_a_label_stands_for_one_answer_of_a_step() -> None:
    (one,) = labelled(Option("1", ("igår", "idag")), Option("2", ("IGÅR",)))
    assert (one.file, one.steps) == ("texts/sv.yaml", ("labels", "now", "2"))
    assert one.text == "'IGÅR' stands for 1 as well: it could not be understood"
    assert labelled(Option("1", ("igår", "igår"))) == []


def test_a_label_is_danger_only_where_its_answer_is_urgent_or_none_of_the_script() -> None:
    (one,) = labelled(Option("2", ("min kniv",)))
    assert (one.file, one.steps) == ("texts/sv.yaml", ("labels", "now", "2"))
    assert one.text == "'min kniv' is a label, but is heard as danger (kniv)"
    assert labelled(Option("1", ("brinner",)), Option("3", ("kniv",))) == []
    assert labelled(Option("1", ("kniv",)), step_name="no such step") == []


@pytest.mark.parametrize(
    ("flags", "is_urgent"), [((), False), (("child", "told_112"), False), (("red",), True), (("going_on",), True),
                             (("blows",), True), (("child", "blows"), True)],
)  # fmt: skip
def test_an_answer_is_urgent_by_what_is_noted_of_it(flags: tuple[str, ...], *, is_urgent: bool) -> None:
    assert urgent(Choice("reach", frozenset(flags))) is is_urgent


def test_all_that_is_certain_is_a_row() -> None:
    rows = list(known_rows(speaking()))
    assert rows[0] == Row("sv", "det brinner nu", "acute")
    assert [row for row in rows if row.language == "en"] == [Row("en", "a fire", "acute"), Row("en", "yes", "other")]
    quiet = [*(entry for entries in ANSWERS.values() for entry in entries), "ett", "tva", "jobbar har"]
    labels = ["igår"]  # the others stand for urgent answers
    assert [row.text for row in rows if row.language == "sv"][1:] == [*quiet, *labels]
    assert {row.label for row in rows if row.language == "sv"} == {"acute", "other"}
