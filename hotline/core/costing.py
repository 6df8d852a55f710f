"""What conversations cost: segments, seconds and money of every way through the script, question by question.

What may enter: the script and the carrier's prices as values. What may not: how often anybody takes which way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import TypeVar

from .conversation import Conversation
from .effects import Connect, FileReport, Say, Tally
from .exploring import Move, Path, Ways
from .flow import Kind, Script, Unconnected
from .municipality import Municipality
from .speaking import seconds, seconds_until
from .telling import Prices, Telling
from .turn import Act, Channel
from .wording import segments

NUMBER = "112"
Number = TypeVar("Number", int, float)
THINKING = 3.0  # seconds until a key is pressed: counted into what a call costs


@dataclass(frozen=True)
class Trip:
    """One way from the opening to an end. `answers`: what the caller said, in order.

    `seconds`: of speech alone; `to_112`, `to_person`: of speech until 112 is said and until a person is rung, or None.
    `files`: a report. `bridged`: somebody answered, and was put through.
    """

    answers: tuple[str, ...]
    outcome: str
    turns: int
    segments: int
    seconds: float
    to_112: float | None
    to_person: float | None
    files: bool
    bridged: bool = False


@dataclass(frozen=True)
class Cost:
    """All ways to one outcome, in one language, on one channel. Pairs are (least, most); money in the currency.

    `municipality`: its name. `office_open`: whether a call can be put through. `money`: with what it takes to tell
    officers, where the way ends in a report.
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
    to_person: tuple[float, float] | None
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
        yield from (Move(Act.BRIDGED), Move(Act.NOT_BRIDGED, Unconnected.NO_ANSWER.value))
        return
    yield from ways.answers(here)


def trip(path: Path) -> Trip:
    """What one conversation was answered with."""
    effects = [effect for _, answered in path.moves for effect in answered]
    said = [effect.text for effect in effects if isinstance(effect, Say)]
    connects = [number for number, effect in enumerate(effects) if isinstance(effect, Connect)]
    before = [effect.text for effect in effects[: connects[0]] if isinstance(effect, Say)] if connects else []
    return Trip(
        answers=tuple(move.words for move, _ in path.moves),
        outcome=next((effect.outcome for effect in reversed(effects) if isinstance(effect, Tally)), "left"),
        turns=len(path.moves),
        segments=sum(map(segments, said)),
        seconds=sum(map(seconds, said)),
        to_112=seconds_until(" ".join(said), NUMBER),
        to_person=sum(map(seconds, before)) if connects else None,
        files=any(isinstance(effect, FileReport) for effect in effects),
        bridged=any(move.act is Act.BRIDGED for move, _ in path.moves),
    )


def money(one: Trip, channel: Channel, prices: Prices) -> float:
    """What the carrier takes for a conversation; of a call that is put through, its first minute with the office."""
    if channel is Channel.VOICE:
        own = ceil((one.seconds + THINKING * one.turns) / 60) * prices.call_in
        return own + (prices.call_in + prices.call_out if one.bridged else 0.0)
    return one.turns * prices.text_in + one.segments * prices.text_out


def every_way(script: Script, municipality: Municipality) -> Iterator[tuple[Ways, list[Trip]]]:
    """Per language, channel and hour."""
    languages = [one for one in municipality.languages if one in script.texts]
    for language, channel, office_open in product(languages, Channel, (True, False)):
        ways = Ways(script, municipality, language, channel, office_open)
        yield ways, list(trips(ways))


def cries(script: Script, municipality: Municipality) -> Mapping[str, int]:
    """Language ("": one that nobody knows) → segments of what a cry for help in it gets as first words, at most."""
    ways, found = (
        Ways(script, municipality, municipality.languages[0], Channel.SMS, office_open=False),
        dict[str, int](),
    )
    for move in ways.first_cries():
        language = next(iter(move.heard.danger.languages), "") if move.heard.danger else ""
        one = trip(ways.go_on(Path(), move))
        found[language] = max(one.segments, found.get(language, 0))
    return found


def costs(script: Script, municipality: Municipality, telling: Telling) -> Iterator[Cost]:
    """Per language, channel, hour and outcome."""
    for ways, found in every_way(script, municipality):
        for outcome in dict.fromkeys(one.outcome for one in found):
            yield _cost(ways, [one for one in found if one.outcome == outcome], telling)


def _cost(ways: Ways, found: list[Trip], telling: Telling) -> Cost:
    told = telling.of(ways.municipality, office_open=ways.office_open)
    paid = [(money(one, ways.channel, telling.prices), told if one.files else (0.0, 0.0)) for one in found]
    persons = [one.to_person for one in found if one.to_person is not None]
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
        _ends(persons) if persons else None,
        (min(own + least for own, (least, _) in paid), max(own + most for own, (_, most) in paid)),
    )


def _ends(values: Iterable[Number]) -> tuple[Number, Number]:
    ordered = sorted(values)
    return ordered[0], ordered[-1]
