"""What certainly is danger and what certainly is an answer, as the script and the word files have it.

What may enter: lists of words. What may not: how they are heard (`words` proves that).
"""

from collections.abc import Iterable, Iterator

from hotline.core.flow import Choice, Script
from hotline.core.reading import Row
from hotline.core.reading.lexicon import Tongue

ANSWERS = ("yes", "no", "dont_know", "or", "filler", "last", "all")
URGENT = frozenset({"red", "going_on", "blows"})


def known_rows(script: Script) -> Iterator[Row]:
    """Every cry as danger, and everything that is answered with as none."""
    for tongue in script.lexicon.tongues:
        yield from (Row(tongue.name, cry, "acute") for cry in tongue.cries)
        for _, name, entries in answer_lists(tongue):
            if not leads_to_112(script, name):
                yield from (Row(tongue.name, entry, "other") for entry in entries)
    yield from (Row(language, label, "other") for language, _, _, label, choice in labels(script) if not urgent(choice))


def answer_lists(tongue: Tongue) -> Iterator[tuple[str, str, Iterable[str]]]:
    """(section, name, entries) of everything in a word file that is answered with."""
    yield from (("answers", name, tongue.answers.get(name, ())) for name in ANSWERS)
    yield from (("ordered", name, forms) for name, forms in tongue.ordered.items())
    for name, entries in tongue.groups.items():
        yield "groups", name, [" ".join(words) for words in entries]


def leads_to_112(script: Script, group: str) -> bool:
    """Words that lead to the 112 text anyway may be danger as well."""
    return script.anywhere.words.get(group) == script.anywhere.danger


def labels(script: Script) -> Iterator[tuple[str, str, str, str, Choice | None]]:
    """(language, step, key, label, what it leads to) of every answer that has words of its own."""
    for language, texts in script.texts.items():
        for step, options in texts.labels.items():
            choices = script.steps[step].choices if step in script.steps else {}
            for option in options:
                yield from ((language, step, option.key, label, choices.get(option.key)) for label in option.labels)


def urgent(choice: Choice | None) -> bool:
    """Whether an answer is urgent by itself: then its label may be danger as well (it counts as both)."""
    return choice is None or bool(choice.flags & URGENT)
