"""All that can be heard of a cry, so that a walk can try each: the engine sees nothing of the words but this.

A danger is read before the step is looked at (`hearing.meaning`), and of its languages the engine looks at one
(`danger.heard_in`); so whoever has tried every `Heard` below on a step has tried every danger phrase there.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from .conversation import Conversation
from .flow import Kind, Script
from .hearing import UNCLEAR, Answer, Heard, Number, Place, answers_to, is_over
from .reading import Chosen, Danger

CRIES = {"sv": "han slår henne nu", "fi": "mies lyö vaimoaan nyt", "en": "he is hitting her now"}
PLACE = "Ekgatan 12"


def cries_at(script: Script, here: Conversation) -> Iterator[tuple[str, Heard]]:
    """(words, heard): in no language that is known, in each with a script, in one without; and as each answer."""
    for language in ("", *script.texts, *list(script.foreign)[:1]):
        yield cry(language)
    yield from (cry(here.language, answer) for answer in _answers(script, here))


def every_cry_at(script: Script, here: Conversation) -> Iterator[tuple[str, Heard]]:
    """In every language, as every answer, red or not. Those without a script differ in the words of one text alone."""
    first, *alike = script.foreign or [""]
    answers = (UNCLEAR, *_answers(script, here))
    for language, answer, red in product(("", *script.texts, first), answers, (False, True)):
        yield cry(language, answer, red=red)
    yield from map(cry, alike)


def first_cries(script: Script) -> Iterator[tuple[str, Heard]]:
    """As the first words: in every language, taken for words of none that has a script, or of each that has."""
    for language, taken, red in product(("", *script.texts, *script.foreign), ("", *script.texts), (False, True)):
        words, heard = cry(language, red=red)
        shown = f" ({taken or '?'})" if taken != language else ""
        yield words + shown, replace(heard, language=taken or None)


def cry(language: str, answer: Answer = UNCLEAR, *, red: bool = False) -> tuple[str, Heard]:
    """Words of danger in a language, or in one that nobody knows (""), which may be an answer as well."""
    danger = Danger((language,) if language else (), "")
    words = CRIES.get(language, f"(danger, {language or '?'})") + _written(answer)
    return f"{words} (red)" if red else words, Heard(danger, red, answer)


def _answers(script: Script, here: Conversation) -> tuple[Answer, ...]:
    """After the last text nothing is an answer any more, unless it was the 112 text."""
    return () if is_over(script, here) else answers_to(script.steps[here.step])


def _written(answer: Answer) -> str:
    match answer:
        case Chosen(key):
            return f" {key}"
        case Place():
            return f", {PLACE}"
        case Number(number):
            return f", {number}"
    return "" if answer == UNCLEAR else f" ({type(answer).__name__})"


def is_heard(script: Script, here: Conversation, *, voice: bool) -> bool:
    """Nobody is while the telephone rings, or when a call is over."""
    return script.steps[here.step].kind is not Kind.CONNECT and not (voice and here.complete)
