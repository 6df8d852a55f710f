"""What must hold of the words people use: every cry is heard, and no cry is also an ordinary answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from hotline.core.conversation import Conversation
from hotline.core.flow import Kind, Script
from hotline.core.hearing import hear
from hotline.core.reading import normalise, read_danger
from hotline.core.turn import Act, Channel, Turn

from .finding import Finding
from .known import answer_lists, labels, leads_to_112, urgent

ANY_TIME = datetime(2026, 2, 3, 13, 5, tzinfo=UTC)
SAYINGS = ("yes", "no", "dont_know")
NO_WORDS: frozenset[str] = frozenset()


def word_findings(script: Script) -> Iterator[Finding]:
    """Everything that does not hold of the words."""
    yield from _cries(script)
    yield from _answers(script)
    yield from _sayings(script)
    yield from _labels(script)


def _cries(script: Script) -> Iterator[Finding]:
    """Each cry is heard as danger at a step of every kind, and as the first words."""
    steps = {step.kind: step.name for step in script.steps.values() if step.kind not in (Kind.END, Kind.CONNECT)}
    for tongue in script.lexicon.tongues:
        if not tongue.cries:
            yield Finding(f"words/{tongue.name}.yaml", ("cries",), "has no cries: name some that must never be missed")
        for cry in tongue.cries:
            turn = Turn(Channel.SMS, Act.TEXT, ANY_TIME, cry)
            for step in (None, *steps.values()):
                here = Conversation(script.version, next(iter(script.texts)), step) if step else None
                if hear(script, tuple(script.texts), turn, here).danger is None:
                    where = f"at {step}" if step else "as the first words"
                    yield Finding(f"words/{tongue.name}.yaml", ("cries",), f"{cry!r} is not heard as danger ({where})")
                    break


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
