"""Every lock of the house, and which doors it is on. A door that none names, or two name, has no known lock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule


@dataclass(frozen=True)
class Lock:
    """`holds`: whether this rule's door is one of its. `methods`: all that such a door may take."""

    name: str
    holds: Callable[[str], bool]
    methods: frozenset[str]


def at(*rules: str) -> Callable[[str], bool]:
    return lambda rule: rule in rules


def below(start: str) -> Callable[[str], bool]:
    return lambda rule: rule.startswith(start)


BUTTONS = at("/phone/<act>", "/phone/desk/<int:place>/<act>", "/phone/suffer", "/phone/heal")
READ, POST = frozenset({"GET", "HEAD"}), frozenset({"POST"})
LOCKS = (
    Lock("Twilio's signature", below("/twilio/"), POST),
    Lock("open: says what this is, and no more than that it lives", at("/", "/healthz", "/readyz"), READ),
    Lock("a token, or this very machine", at("/metrics"), READ),
    Lock("files of ours, the same for everybody", at("/static/<path:filename>", "/phone/static/<path:filename>"), READ),
    Lock("recorded voices, of which the carrier is told", at("/recordings/<municipality>/<language>/<name>"), READ),
    Lock("this machine's own page, looking", at("/phone", "/phone/state"), READ),
    Lock("this machine's own page, pressing a button", BUTTONS, POST),
    Lock("the simulated account and its token", below("/simulator/"), READ | POST | {"DELETE"}),
)
SIMULATED = ("/phone", "/simulator/")


def locks_of(rule: Rule) -> list[Lock]:
    return [lock for lock in LOCKS if lock.holds(rule.rule)]


def at_fault(app: Flask) -> Iterator[str]:
    """Doors with no lock, two locks, or more methods than their lock allows."""
    for rule in app.url_map.iter_rules():
        found = locks_of(rule)
        if len(found) != 1:
            yield f"{rule.rule} has {len(found)} locks"
        elif more := (rule.methods or set()) - found[0].methods - {"OPTIONS"}:
            yield f"{rule.rule} takes {sorted(more)}"
