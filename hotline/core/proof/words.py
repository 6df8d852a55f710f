"""What must hold of the words people use: every cry is heard, and no cry is also an ordinary answer."""

from collections.abc import Iterator
from itertools import combinations

from hotline.core.flow import Script
from hotline.core.hearing import meaning
from hotline.core.reading import normalise, read_danger
from hotline.core.turn import Act

from .finding import Finding
from .known import answer_lists, labels, leads_to_112, urgent

SAYINGS = ("yes", "no", "dont_know")
NO_WORDS: frozenset[str] = frozenset()


def word_findings(script: Script) -> Iterator[Finding]:
    """Everything that does not hold of the words."""
    yield from _cries(script)
    yield from _answers(script)
    yield from _sayings(script)
    yield from _labels(script)


def _cries(script: Script) -> Iterator[Finding]:
    """Each cry is heard as danger, written and spoken; whatever the step, since none has a part in the hearing."""
    for tongue in script.lexicon.tongues:
        if not tongue.cries:
            yield Finding(f"words/{tongue.name}.yaml", ("cries",), "has no cries: name some that must never be missed")
        for cry in tongue.cries:
            if any(meaning(script.lexicon, act, cry).danger is None for act in (Act.TEXT, Act.SPEECH)):
                yield Finding(f"words/{tongue.name}.yaml", ("cries",), f"{cry!r} is not heard as danger")


def _answers(script: Script) -> Iterator[Finding]:
    """No word for yes, no, a number, another language, back or work is danger: it could not be answered with."""
    for tongue in script.lexicon.tongues:
        for section, name, entries in answer_lists(tongue):
            for entry in entries:
                if (danger := read_danger(script.lexicon, entry)) and not leads_to_112(script, name):
                    text = f"{entry!r} is an answer, but is heard as danger ({danger.evidence})"
                    yield Finding(f"words/{tongue.name}.yaml", (section, name), text)


def _sayings(script: Script) -> Iterator[Finding]:
    """No word of a language says two of yes, no and don't know."""
    for tongue in script.lexicon.tongues:
        for one, other in combinations(SAYINGS, 2):
            for word in sorted(tongue.answers.get(one, NO_WORDS) & tongue.answers.get(other, NO_WORDS)):
                text = f"{word!r} means {one} and {other}: it could not be understood"
                yield Finding(f"words/{tongue.name}.yaml", ("answers", other), text)


def _labels(script: Script) -> Iterator[Finding]:
    """A label stands for one answer. It may be danger as well (it counts as both) if the answer is urgent by itself."""
    of: dict[tuple[str, str, str], str] = {}
    for language, step, key, label, choice in labels(script):
        where = (f"texts/{language}.yaml", ("labels", step, key))
        if (other := of.setdefault((language, step, normalise(label)), key)) != key:
            yield Finding(*where, f"{label!r} stands for {other} as well: it could not be understood")
        if not urgent(choice) and (danger := read_danger(script.lexicon, label)):
            yield Finding(*where, f"{label!r} is a label, but is heard as danger ({danger.evidence})")
