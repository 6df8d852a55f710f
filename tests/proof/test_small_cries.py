"""All that is tried of a cry in a small script: in each language, as each answer, red or not, once."""

from dataclasses import replace
from itertools import product

import pytest

from hotline.core.conversation import Conversation
from hotline.core.crying import cries_at, cry, every_cry_at, first_cries, is_heard
from hotline.core.hearing import UNCLEAR, Answer, Heard, NoNumber, Number, Place
from hotline.core.reading import Chosen, Danger, DontKnow
from tests.proof.small import script

SCRIPT, NUMBER = script(), Number("+46701740655")
CRIES = {"": "(danger, ?)", "sv": "han slår henne nu", "en": "he is hitting her now", "pl": "(danger, pl)"}
SHOWN: dict[Answer, str] = {
    UNCLEAR: "", Chosen("1"): " 1", Chosen("2"): " 2", Chosen("3"): " 3", DontKnow(): " (DontKnow)",
    Place(): ", Ekgatan 12", NUMBER: ", +46701740655", NoNumber(): " (NoNumber)",
}  # fmt: skip
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "now": (Chosen("1"), Chosen("2"), DontKnow()), "called": (Chosen("1"), DontKnow()), "reach": (),
    "consent": (Chosen("1"), Chosen("2"), Chosen("3"), DontKnow()), "place": (Place(),), "number": (NUMBER, NoNumber()),
}  # fmt: skip


def here(step: str, *, complete: bool = False) -> Conversation:
    return Conversation("v", "en", step, complete=complete)


def tried(language: str, answer: Answer = UNCLEAR, *, red: bool = False) -> tuple[str, Heard]:
    words = CRIES[language] + SHOWN[answer] + " (red)" * red
    return words, Heard(Danger((language,) if language else (), ""), red, answer)


@pytest.mark.parametrize("step", ANSWERS)
def test_on_a_step_a_cry_is_tried_in_each_language_and_as_each_answer_to_it(step: str) -> None:
    found = [tried(one) for one in CRIES] + [tried("en", answer) for answer in ANSWERS[step]]
    assert list(cries_at(SCRIPT, here(step))) == found
    assert list(cries_at(SCRIPT, here(step, complete=True))) == found[:4]


@pytest.mark.parametrize("step", ANSWERS)
def test_once_on_a_step_it_is_tried_in_all_ways_there_are(step: str) -> None:
    answers = (UNCLEAR, *ANSWERS[step])
    found = [tried(one, answer, red=red) for one, answer, red in product(CRIES, answers, (False, True))]
    assert list(every_cry_at(SCRIPT, here(step))) == [*found, cry("so")]
    assert cry("so") == ("(danger, so)", Heard(Danger(("so",), "")))
    assert len(list(every_cry_at(SCRIPT, here(step, complete=True)))) == 4 * 2 + 1


def test_where_nothing_is_foreign_a_cry_in_no_language_stands_for_it() -> None:
    alone = replace(SCRIPT, foreign={})
    assert [words for words, _ in cries_at(alone, here("place"))][:3] == [CRIES[one] for one in ("", "sv", "en")]
    assert {heard.danger for _, heard in every_cry_at(alone, here("place")) if heard.danger} == {
        Danger((one,) if one else (), "") for one in ("", "sv", "en")
    }


def test_the_first_words_are_taken_for_each_language_whatever_their_own() -> None:
    found = list(first_cries(SCRIPT))
    foreign = {**CRIES, "so": "(danger, so)"}
    assert [words for words, _ in found] == [
        f"{foreign[one]}{' (red)' * red}" + (f" ({taken or '?'})" if taken != one else "")
        for one, taken, red in product(foreign, ("", "sv", "en"), (False, True))
    ]
    assert found[0][1] == Heard(Danger((), ""))
    assert found[9][1] == Heard(Danger(("sv",), ""), red=True, language="sv")
    assert found[10][1] == Heard(Danger(("sv",), ""), language="en")


@pytest.mark.parametrize(
    ("step", "voice", "complete", "heard"),
    [("now", True, False, True), ("now", False, True, True), ("now", True, True, False), ("reach", True, False, False),
     ("reach", False, False, False)],
)  # fmt: skip
def test_nobody_is_heard_while_it_rings_or_after_a_call(step: str, *, voice: bool, complete: bool, heard: bool) -> None:
    assert is_heard(SCRIPT, here(step, complete=complete), voice=voice) is heard
