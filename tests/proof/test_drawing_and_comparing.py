"""`flows draw` shows every step and answer; `flows diff` says which conversations go otherwise, and no others."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hotline.adapters.flow_workshop import Workshop
from hotline.core.comparing import Difference, differences
from hotline.core.exploring import Ways
from hotline.core.flow import Kind
from hotline.core.turn import Channel
from tests.proof.commands import invoked, invoked_on, one_language
from tests.proof.fault import FI, FLOWS, SV, TRIAGE, copied, workshop

SCRIPT = workshop(FLOWS).script
SURE, UNSURE = '"2": {to: consent}\n', '      "3": {to: consent}\n'
NOTED = '      "3": {to: consent, flags: [repeated]}\n'
SVG = "{http://www.w3.org/2000/svg}"


class OnlyTheFirst(Workshop):
    """In a hurry."""

    def differences(self, old: str, new: str) -> Iterator[tuple[str, str, Difference]]:
        return islice(super().differences(old, new), 1)


def drawn(language: str) -> list[tuple[str, str]]:
    """(class, words) of every text in the drawing."""
    root = ET.fromstring(workshop(FLOWS).drawn(language))  # noqa: S314 - we drew it ourselves
    return [(text.get("class", ""), text.text or "") for text in root.iter(f"{SVG}text")]


def edited(flows: Path, file: str, old: str, new: str) -> Path:
    path = flows / file
    assert path.read_text(encoding="utf-8").count(old) == 1
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return flows


def first_difference(tmp_path: Path, file: str, old: str, new: str) -> tuple[str, Difference]:
    flows = edited(one_language(tmp_path / "new"), file, old, new)
    _, where, found = next(workshop(flows).differences(str(FLOWS), str(flows)))
    return where, found


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_every_step_is_drawn_once(language: str) -> None:
    names = [words.split(" (")[0] for kind, words in drawn(language) if kind == "name"]
    assert sorted(names[1:]) == sorted(SCRIPT.steps)
    assert names[0].startswith(f"triage {SCRIPT.version}")


def test_every_answer_and_every_failure_stands_on_an_arrow() -> None:
    labels = [words.split(", ") for kind, words in drawn("sv") if kind == "label"]
    answers = [key for step in SCRIPT.steps.values() for key in step.choices]
    connects = sum(step.kind is Kind.CONNECT for step in SCRIPT.steps.values())
    told = list(chain.from_iterable(labels))
    assert sorted(word for word in told if word.isdigit()) == sorted(answers)
    assert (told.count("by text"), told.count("by call"), told.count("no number")) == (connects, 1, 1)
    assert told.count("not connected") >= connects


def test_the_first_words_of_a_step_are_drawn() -> None:
    words = " ".join(text for kind, text in drawn("fi") if kind == "small")
    assert "Kenestä olet huolissasi?" in words
    assert "{" in words  # what a municipality fills in is shown as it is written


def test_a_drawing_is_printed_or_written(tmp_path: Path) -> None:
    printed = invoked_on(FLOWS, "draw", "--language", "en")
    written = invoked_on(FLOWS, "draw", "--language", "en", "--output", str(tmp_path / "flow.svg"))
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert (tmp_path / "flow.svg").read_text(encoding="utf-8") == printed.output


def test_a_language_without_texts_is_one_line() -> None:
    result = invoked_on(FLOWS, "draw", "--language", "de")
    assert (result.exit_code, result.output) == (1, "Error: There is no script in de\n")


def test_a_script_does_not_differ_from_itself(tmp_path: Path) -> None:
    flows = one_language(tmp_path)
    result = invoked_on(flows, "diff", str(FLOWS), str(flows))
    assert (result.exit_code, result.output) == (0, "Every conversation is answered and ends as before.\n")


EDITS = {
    "text": (SV, "Tack för att du bryr dig.", "Tack.", "answers otherwise", "Hej · 2 · 1 · 1 · 1 · 4"),
    "target": (TRIAGE, '"4": {to: nothing}', '"4": {to: bye}', "answers otherwise", "Hej · 2 · 1 · 1 · 1 · 4"),
    "flag": (TRIAGE, "{to: pattern, flags: [blows]}", "{to: pattern}", "is noted otherwise", "Hej · 2 · 1 · 2"),
    "new flag": (TRIAGE, UNSURE, NOTED, "is noted otherwise", "Hej · 2 · 1 · 1 · 3"),
    "removed": (TRIAGE, SURE + UNSURE, SURE, "answers otherwise", "Hej · 2 · 1 · 1 · ?"),
    "new": (TRIAGE, "{to: mandated}", '{to: mandated}\n      "3": {to: bye}', "ends otherwise", "Hej · 6 · 3"),
    "end": (TRIAGE, '"4": {to: pattern}', '"4": {to: nothing}', "ends otherwise", "Hej · 2 · 1 · 4"),
    "number": (TRIAGE, "with_number}", "without_number}", "is reported otherwise", "Hej · 2 · 1 · 1 · 1 · 2"),
    "first words": (TRIAGE, "_scope: scope}", "_scope: staff}", "answers otherwise", "(out_of_scope)"),
    "unsaid": (TRIAGE, "say: serious", "say: gone", "cannot be answered", "Hej · 2 · 1 · 1"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_callers_notice_is_told(tmp_path: Path, edit: tuple[str, str, str, str, str]) -> None:
    *change, kind, way = edit
    where, found = first_difference(tmp_path, *change)
    assert (where, found.kind, " · ".join(found.way)) == ("sv, text, open", kind, way)
    assert found.old != found.new


def test_a_target_on_calls_is_told_of_calls_alone(tmp_path: Path) -> None:
    flows = edited(copied(tmp_path), TRIAGE, '"1": {to: reach}', '"1": {to: what}')
    town = workshop(flows).municipalities["smedjebacken"]
    by_call, by_text = (
        [Ways(script, town, "sv", channel, office_open=True) for script in (SCRIPT, workshop(flows).script)]
        for channel in (Channel.VOICE, Channel.SMS)
    )
    found = next(differences(*by_call))
    assert (found.kind, found.way) == ("answers otherwise", ("(call)", "2", "1"))
    assert "rings social services" in found.old[-2]
    assert list(differences(*by_text)) == []


def test_a_difference_is_shown_as_conversation_with_exit_status_1(tmp_path: Path) -> None:
    flows = edited(copied(tmp_path), SV, "Tack för att du bryr dig.", "Tack.")
    result = invoked(
        OnlyTheFirst(flows, flows / "municipalities", flows, lambda _: None), "diff", str(FLOWS), str(flows)
    )
    assert result.exit_code == 1
    assert (
        "answers otherwise: Hej · 2 · 1 · 1 · 1 · 4   [Smedjebackens kommun: sv, text, open] (and at " in result.output
    )
    assert "  - < [sv] Tack för att du bryr dig. Inget" in result.output
    assert "  + < [sv] Tack. Inget" in result.output


class AlikeInMany(Workshop):
    """The same in five municipalities, and something else in one."""

    def differences(self, old: str, new: str) -> Iterator[tuple[str, str, Difference]]:
        one, other = (Difference("ends otherwise", (key,), (old,), (new,), 1) for key in "12")
        yield from ((f"{letter}by", "sv, call, open, withheld", one) for letter in "ABCDE")
        yield "Fby", "sv, text, open", other


def test_what_differs_alike_in_many_municipalities_is_told_once() -> None:
    result = invoked(AlikeInMany(FLOWS, FLOWS, FLOWS, lambda _: None), "diff", str(FLOWS), str(FLOWS))
    told = [line for line in result.output.splitlines() if "ends otherwise" in line]
    assert told == [
        "ends otherwise: 1   [Aby, Bby, Cby, 2 more: sv, call, open, withheld]",
        "ends otherwise: 2   [Fby: sv, text, open]",
    ]


def speaking(flows: Path, **languages: str) -> Path:
    """Each municipality speaks one language."""
    for name, language in languages.items():
        town = flows / "municipalities" / f"{name}.yaml"
        text = re.sub(r"(?m)^languages: .*$", f"languages: [{language}]", town.read_text(encoding="utf-8"))
        town.write_text(text, encoding="utf-8")
    return flows


def test_what_only_another_municipality_than_the_first_notices_is_told(tmp_path: Path) -> None:
    flows = speaking(copied(tmp_path), smedjebacken="en", exempelby="fi")
    edited(flows, FI, "Kiitos, että välität.", "Kiitos.")
    name, where, found = next(workshop(flows).differences(str(FLOWS), str(flows)))
    assert (name, where, found.kind) == ("Exempelby kommun", "fi, text, open", "answers otherwise")


def test_what_only_a_withheld_caller_notices_is_told(tmp_path: Path) -> None:
    old = 'number_withheld:\n    voice: "'
    flows = edited(one_language(tmp_path), SV, old, f"{old}Nå. ")
    _, where, found = next(workshop(flows).differences(str(FLOWS), str(flows)))
    assert (where, found.kind) == ("sv, call, open, withheld", "answers otherwise")


def test_what_cannot_be_compared_is_one_line(tmp_path: Path) -> None:
    flows = edited(one_language(tmp_path), TRIAGE, "start: now", "start: then")
    result = invoked_on(flows, "diff", str(FLOWS), str(flows))
    assert (result.exit_code, result.output) == (1, f"Error: {flows / TRIAGE}:6: start names then, which is no step\n")
    assert "neither a folder" in invoked_on(FLOWS, "diff", "0123456789abcdef", str(FLOWS)).output


def test_a_version_is_what_is_said_whatever_its_comments_and_order(tmp_path: Path) -> None:
    talk, more = "  talk: {kind: end}\n", "  more_numbers: {kind: end}\n"
    flows = edited(copied(tmp_path), TRIAGE, talk + more, f"  # Both end.\n{more}{talk}")
    edited(flows, SV, "locale: sv-SE\nreviewed: false\n", "reviewed: false\n\nlocale: 'sv-SE' # Sweden\n")
    assert workshop(flows).script.version == SCRIPT.version
    assert workshop(edited(flows, SV, "Säg var det är.", "Säg var det är!")).script.version != SCRIPT.version


def test_words_that_weigh_otherwise_are_told_with_what_is_no_longer_heard(tmp_path: Path) -> None:
    flows = copied(tmp_path)
    weights = flows / "weights" / "sv.json"
    weights.write_text(re.sub(r'"bias": -?\d+', '"bias": -9999', weights.read_text(encoding="utf-8")), encoding="utf-8")
    _, language, first = next(workshop(FLOWS, own_words=True).differences(str(FLOWS), str(flows)))
    assert (language, first.kind, first.old, first.new) == ("sv", "is heard otherwise", ("danger",), ("no danger",))
