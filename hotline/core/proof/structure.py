"""What can be seen of a script without walking it: each step has what its kind needs, and leads somewhere."""

from collections.abc import Iterator, Mapping
from itertools import chain

from hotline.core.flow import Filing, Kind, Script, Step, Unconnected

from .finding import STRUCTURE, Finding

NEEDS: Mapping[Kind, set[str]] = {
    Kind.CHOICE: {"choices"},
    Kind.ANYTHING: {"to"},
    Kind.PLACE: {"to"},
    Kind.NUMBER: {"to", "none"},
    Kind.CONNECT: {"otherwise"},
    Kind.END: set(),
}
MAY: Mapping[Kind, set[str]] = {Kind.ANYTHING: {"choices", "yes_no"}, Kind.CHOICE: {"yes_no"}}
AT_ONCE = (Unconnected.BY_TEXT, Unconnected.CLOSED, Unconnected.AGAIN)  # the caller is asked nothing in between
LOCKED_KEYS = {"0": "goes back"}


def standing_findings(script: Script) -> Iterator[Finding]:
    """What must hold before it can be walked: each step has what its kind needs, and none turns on the spot."""
    for step in script.steps.values():
        yield from _kind(step)
    yield from _anywhere(script)
    yield from _circles(script)


def structure_findings(script: Script) -> Iterator[Finding]:
    """Everything else that does not hold of the structure."""
    for step in script.steps.values():
        yield from _keys(script, step)
        yield from _consent(step)
    yield from _languages(script)
    yield from _groups(script)
    yield from _reachable(script)
    yield from _ending(script)


def _kind(step: Step) -> Iterator[Finding]:
    held = {name for name in ("choices", "to", "none", "otherwise", "yes_no") if getattr(step, name)}
    for name in sorted(NEEDS[step.kind] - held):
        yield Finding.at_step(step.name, f"a step of kind {step.kind} needs `{name}`")
    for name in sorted(held - NEEDS[step.kind] - MAY.get(step.kind, set())):
        yield Finding.at_step(step.name, f"a step of kind {step.kind} has no `{name}`", name)
    if step.kind is Kind.CONNECT:
        for why in Unconnected:
            if why not in step.otherwise:
                text = f"nothing is said for `{why.value}`: a caller who is not connected would be left alone"
                yield Finding.at_step(step.name, text, "otherwise")


def _keys(script: Script, step: Step) -> Iterator[Finding]:
    taken = LOCKED_KEYS | {key: f"changes to {language}" for key, language in script.language_keys.items()}
    for key in step.choices:
        if key in taken:
            text = f"the key {key} {taken[key]} at every step, and cannot be an answer"
            yield Finding.at_step(step.name, text, "choices", key)
    if step.yes_no and not {"1", "2"} <= set(step.choices):
        yield Finding.at_step(step.name, "yes is 1 and no is 2: both are needed where `yes_no` is true", "choices")


def _consent(step: Step) -> Iterator[Finding]:
    """Whoever reports may do so without their number, wherever they may do so with it."""
    ways = {choice.file for choice in step.choices.values()}
    if Filing.WITH_NUMBER in ways and Filing.WITHOUT_NUMBER not in ways:
        text = "a report can be made here, but not without the number: one answer must file without_number"
        yield Finding.at_step(step.name, text, "choices")


def _languages(script: Script) -> Iterator[Finding]:
    """Each language has one key, each key a language."""
    for key, language in script.language_keys.items():
        if language not in script.texts:
            yield Finding(STRUCTURE, ("language_keys", key), f"there are no texts in {language}")
    for language in script.texts:
        if language not in script.language_keys.values():
            yield Finding(STRUCTURE, ("language_keys",), f"no key changes to {language}: nobody could ask for it")


def _anywhere(script: Script) -> Iterator[Finding]:
    anywhere = script.anywhere
    kinds = {"danger": Kind.ANYTHING, "leave": Kind.END, "reported": Kind.END}
    for name, kind in kinds.items():
        step = script.steps[getattr(anywhere, name)]
        if step.kind is not kind:
            text = f"{step.name} is of kind {step.kind}; it must be of kind {kind}"
            yield Finding(STRUCTURE, ("anywhere", name), text)
    if script.steps[script.start].kind is not Kind.CHOICE:
        yield Finding(STRUCTURE, ("start",), f"{script.start} asks nothing; a conversation begins with a question")


def _groups(script: Script) -> Iterator[Finding]:
    """What is understood at every step can be said in every language."""
    anywhere = script.anywhere
    for language in script.texts:
        groups = script.lexicon.tongue(language).groups
        for where, group in [("words", one) for one in anywhere.words] + [
            ("first_words", one) for one in anywhere.first_words
        ]:
            if not groups.get(group):
                text = f"words/{language}.yaml has no words for {group}: in that language nobody can say it"
                yield Finding(STRUCTURE, ("anywhere", where, group), text)


def _reachable(script: Script) -> Iterator[Finding]:
    seen: set[str] = set()
    waiting = [script.start, *(to for _, to in script.anywhere.leads())]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [to for _, to in script.steps[name].leads()]
    for name in script.steps:
        if name not in seen:
            yield Finding.at_step(name, "no way leads here: take the step out, or lead to it")


def _ending(script: Script) -> Iterator[Finding]:
    """Backwards from the ends: whatever is not met cannot end."""
    ends = {name for name, step in script.steps.items() if step.kind is Kind.END}
    grown = True
    while grown:
        more = {name for name, step in script.steps.items() if any(to in ends for _, to in step.leads())}
        grown = not more <= ends
        ends |= more
    for name in script.steps:
        if name not in ends:
            yield Finding.at_step(name, "no way leads from here to an end: a caller could never finish")


def _circles(script: Script) -> Iterator[Finding]:
    for name in script.steps:
        seen, here = [name], set(_at_once(script.steps[name]))
        while here and name not in here:
            seen += sorted(here)
            here = set(chain.from_iterable(_at_once(script.steps[one]) for one in here)) - set(seen) | (
                {name} & set(chain.from_iterable(_at_once(script.steps[one]) for one in here))
            )
        if name in here:
            text = f"goes in a circle without asking anything: {' → '.join([*dict.fromkeys(seen), name])}"
            yield Finding.at_step(name, text)


def _at_once(step: Step) -> list[str]:
    """Where a step may lead without waiting for anybody."""
    stand_in = [step.on_voice] if step.on_voice else []
    return stand_in + [step.otherwise[why] for why in AT_ONCE if why in step.otherwise]
