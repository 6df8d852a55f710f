"""What conversations cost: segments, seconds and money of every way through the script, question by question.

What may enter: the script and the carrier's prices as values. What may not: how often anybody takes which way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import TypeVar

from .conversation import Conversation
from .effects import Connect, FileReport, Say, Tally
from .exploring import Move, Path, Ways
from .flow import Kind, Script
from .municipality import Municipality
from .speaking import seconds, seconds_until
from .turn import Act, Channel
from .wording import segments

NUMBER = "112"
Number = TypeVar("Number", int, float)
THINKING = 3.0  # seconds until a key is pressed: counted into what a call costs
READ_OUT_MINUTES = 2  # a call to social services: the PIN, the report, the acknowledgement


@dataclass(frozen=True)
class Prices:
    """The carrier's, in `currency`: a segment sent, a text received, a begun minute of a call in or out.

    `assumed`: nobody has compared them with the carrier's own list yet.
    """

    currency: str
    text_out: float
    text_in: float
    call_in: float
    call_out: float
    assumed: bool


@dataclass(frozen=True)
class Trip:
    """One way from the opening to an end. `seconds`: of speech; `to_112`, `to_person`: until these, or None."""

    outcome: str
    turns: int
    segments: int
    seconds: float
    to_112: float | None
    to_person: float | None
    files: bool


@dataclass(frozen=True)
class Cost:
    """All ways to one outcome, in one language, on one channel. Pairs are (least, most); money in the currency.

    `municipality`: its name. `office_open`: whether a call can be put through.
    """

    municipality: str
    language: str
    channel: Channel
    office_open: bool
    outcome: str
    ways: int
    segments: tuple[int, int]
    seconds: tuple[float, float]
    to_112: float | None
    to_person: float | None
    money: tuple[float, float]


def trips(ways: Ways) -> Iterator[Trip]:
    """Every way that comes to no step twice; misunderstandings, ways back and cries make them longer."""
    first = ways.begin()
    waiting = [(first, frozenset[str]())]
    while waiting:
        path, been = waiting.pop()
        here = path.last
        if here is None or here.complete:
            yield trip(path)
        elif here.step not in been:
            waiting.extend((ways.go_on(path, move), been | {here.step}) for move in _moves(ways, here))


def _moves(ways: Ways, here: Conversation) -> Iterator[Move]:
    if ways.script.steps[here.step].kind is Kind.CONNECT:
        yield Move(Act.BRIDGED)
        return
    yield from ways.answers(here)


def trip(path: Path) -> Trip:
    """What one conversation was answered with."""
    effects = [effect for _, answered in path.moves for effect in answered]
    said = [effect.text for effect in effects if isinstance(effect, Say)]
    connects = [number for number, effect in enumerate(effects) if isinstance(effect, Connect)]
    before = [effect.text for effect in effects[: connects[0]] if isinstance(effect, Say)] if connects else []
    return Trip(
        outcome=next((effect.outcome for effect in reversed(effects) if isinstance(effect, Tally)), "left"),
        turns=len(path.moves),
        segments=sum(map(segments, said)),
        seconds=sum(map(seconds, said)),
        to_112=seconds_until(" ".join(said), NUMBER),
        to_person=sum(map(seconds, before)) if connects else None,
        files=any(isinstance(effect, FileReport) for effect in effects),
    )


def money(one: Trip, channel: Channel, prices: Prices) -> float:
    """What the carrier takes for a conversation, and for telling one officer of a report; not for what is said after a
    caller has been put through.
    """
    if channel is Channel.VOICE:
        own = ceil((one.seconds + THINKING * one.turns) / 60) * prices.call_in
    else:
        own = one.turns * prices.text_in + one.segments * prices.text_out
    return own + (READ_OUT_MINUTES * prices.call_out if one.files else 0.0)


def costs(script: Script, municipality: Municipality, prices: Prices) -> Iterator[Cost]:
    """Per language, channel, hour and outcome."""
    languages = [one for one in municipality.languages if one in script.texts]
    for language, channel, office_open in product(languages, Channel, (True, False)):
        ways = Ways(script, municipality, language, channel, office_open)
        found = list(trips(ways))
        for outcome in dict.fromkeys(one.outcome for one in found):
            yield _cost(ways, [one for one in found if one.outcome == outcome], prices)


def _cost(ways: Ways, found: list[Trip], prices: Prices) -> Cost:
    return Cost(
        ways.municipality.name,
        ways.language,
        ways.channel,
        ways.office_open,
        found[0].outcome,
        len(found),
        _ends([one.segments for one in found]),
        _ends([one.seconds for one in found]),
        max((one.to_112 for one in found if one.to_112 is not None), default=None),
        max((one.to_person for one in found if one.to_person is not None), default=None),
        _ends([money(one, ways.channel, prices) for one in found]),
    )


def _ends(values: Iterable[Number]) -> tuple[Number, Number]:
    ordered = sorted(values)
    return ordered[0], ordered[-1]
