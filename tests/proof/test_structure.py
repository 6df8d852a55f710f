"""What is seen of a script without walking it, on the shipped one with a single thing changed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hotline.core.flow import Choice, Filing, Kind, Script, Step, Unconnected
from hotline.core.proof import Finding
from hotline.core.proof.structure import standing_findings, structure_findings
from tests.web.doors import the_scripts

SHIPPED = the_scripts().current


def with_steps(**steps: Step) -> Script:
    return replace(SHIPPED, steps={**SHIPPED.steps, **steps})


def changed(name: str, **more: object) -> Script:
    return with_steps(**{name: replace(SHIPPED.steps[name], **more)})  # type: ignore[arg-type]  # as each test names them


def anywhere(**more: object) -> Script:
    return replace(SHIPPED, anywhere=replace(SHIPPED.anywhere, **more))  # type: ignore[arg-type]  # as each test names them


def found(script: Script) -> list[Finding]:
    return [*standing_findings(script), *structure_findings(script)]


def says(script: Script, words: str, *place: str) -> bool:
    return any(words in one.text and one.steps == place for one in found(script))


def test_of_the_shipped_one_nothing_is_said() -> None:
    assert found(SHIPPED) == []


@pytest.mark.parametrize(
    ("step", "without"),
    [("who", {"choices": {}}), ("called", {"to": ""}), ("place", {"to": ""}), ("number", {"to": ""}),
     ("number", {"none": ""}), ("reach", {"otherwise": {}})],
)  # fmt: skip
def test_a_step_has_what_its_kind_needs(step: str, without: dict[str, object]) -> None:
    (name,) = without
    told = f"a step of kind {SHIPPED.steps[step].kind} needs `{name}`"
    assert Finding.at_step(step, told) in found(changed(step, **without))


@pytest.mark.parametrize(
    ("step", "name", "value"),
    [("who", "to", "what"), ("who", "none", "what"), ("bye", "to", "what"), ("place", "yes_no", True),
     ("place", "none", "saved"), ("place", "choices", {"1": Choice("saved")}), ("bye", "yes_no", True),
     ("number", "choices", {"1": Choice("saved")}), ("reach", "to", "what"), ("called", "none", "who"),
     ("called", "otherwise", {Unconnected.BUSY: "who"})],
)  # fmt: skip
def test_a_step_has_nothing_that_its_kind_has_not(step: str, name: str, value: object) -> None:
    assert says(changed(step, **{name: value}), f"has no `{name}`", "steps", step, name)


@pytest.mark.parametrize("why", list(Unconnected))
def test_whatever_keeps_a_call_from_a_person_leads_on(why: Unconnected) -> None:
    others = {key: to for key, to in SHIPPED.steps["reach"].otherwise.items() if key is not why}
    assert says(changed("reach", otherwise=others), f"`{why.value}`", "steps", "reach", "otherwise")


@pytest.mark.parametrize(("key", "taken"), [("0", "goes back"), ("7", "changes to sv"), ("9", "changes to en")])
def test_a_key_that_means_something_everywhere_is_no_answer(key: str, taken: str) -> None:
    script = changed("who", choices={**SHIPPED.steps["who"].choices, key: Choice("reach")})
    assert says(script, f"the key {key} {taken}", "steps", "who", "choices", key)


@pytest.mark.parametrize("missing", ["1", "2"])
def test_yes_and_no_are_both_there(missing: str) -> None:
    left: Mapping[str, Choice] = {
        key: choice for key, choice in SHIPPED.steps["pattern"].choices.items() if key != missing
    }
    assert says(changed("pattern", choices=left), "yes is 1", "steps", "pattern", "choices")
    assert not says(changed("pattern", choices=left, yes_no=False), "yes is 1", "steps", "pattern", "choices")


def test_whoever_reports_may_do_so_without_a_number() -> None:
    only = {**SHIPPED.steps["consent"].choices, "1": Choice("place", file=Filing.WITH_NUMBER)}
    assert says(changed("consent", choices=only), "without_number", "steps", "consent", "choices")
    only = {"1": Choice("place", file=Filing.WITHOUT_NUMBER), "2": Choice("nothing")}
    assert not says(changed("consent", choices=only), "without_number", "steps", "consent", "choices")


def test_each_language_has_a_key_and_each_key_a_language() -> None:
    more = replace(SHIPPED, language_keys={**SHIPPED.language_keys, "5": "pl"})
    assert says(more, "no texts in pl", "language_keys", "5")
    assert says(replace(SHIPPED, language_keys={"7": "sv", "8": "fi"}), "changes to en", "language_keys")


@pytest.mark.parametrize(("name", "step"), [("danger", "who"), ("leave", "called"), ("reported", "who")])
def test_the_112_text_is_a_question_and_an_end_is_an_end(name: str, step: str) -> None:
    script = anywhere(**{name: step})
    assert says(script, "it must be of kind", "anywhere", name)


def test_a_conversation_begins_with_a_question() -> None:
    assert says(replace(SHIPPED, start="called"), "asks nothing", "start")


@pytest.mark.parametrize("where", ["words", "first_words"])
def test_what_is_understood_everywhere_has_words_in_every_language(where: str) -> None:
    more = {**getattr(SHIPPED.anywhere, where), "song": "bye"}
    script = anywhere(**{where: more})
    assert says(script, "has no words for song", "anywhere", where, "song")


def test_a_step_that_nothing_leads_to_is_named_and_so_is_one_without_an_end() -> None:
    assert says(with_steps(song=Step("song", Kind.END)), "no way leads here", "steps", "song")
    lost = Step("lost", Kind.ANYTHING, to="lost")
    script = with_steps(lost=lost, bye2=Step("bye2", Kind.ANYTHING, to="lost"))
    assert says(script, "could never finish", "steps", "lost")
    assert says(script, "could never finish", "steps", "bye2")
    assert not says(script, "could never finish", "steps", "who")


def test_ends_that_go_on_are_told_and_looked_at_once() -> None:
    ends = {name: replace(one, to="bye") for name, one in SHIPPED.steps.items() if one.kind is Kind.END}
    told = [one for one in found(with_steps(**ends)) if one.steps[-1] == "to"]
    assert [one.steps for one in told] == [("steps", name, "to") for name in ends]
    assert {one.text for one in told} == {"a step of kind end has no `to`"}


def reaching(name: str, to: str, **more: str) -> Step:
    return Step(
        name, Kind.CONNECT, otherwise=dict.fromkeys(Unconnected, to) | {Unconnected(k): v for k, v in more.items()}
    )


def test_who_is_asked_nothing_does_not_go_in_a_circle() -> None:
    script = with_steps(reach=reaching("reach", "what", closed="other"), other=reaching("other", "what", again="reach"))
    assert says(script, "circle without asking anything: reach → ", "steps", "reach")
    assert says(script, " → reach → what → other", "steps", "other")
    assert not says(script, "circle", "steps", "who")
    assert says(with_steps(reach=reaching("reach", "reach")), "reach → reach", "steps", "reach")


def test_a_circle_through_the_stand_in_of_a_call_is_one_too_and_one_through_a_ring_is_none() -> None:
    stand_in = replace(SHIPPED.steps["what"], on_voice="reach")
    assert says(with_steps(what=stand_in), "circle", "steps", "what")
    assert not says(with_steps(reach=reaching("reach", "what", busy="reach")), "circle", "steps", "reach")
