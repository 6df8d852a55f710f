"""Which conversations go otherwise in another version of the script: what callers will notice, not which lines changed.

At every place that both versions have, the same is done in both; each difference is told once, with the shortest
conversation that shows it and the number of places where the same is answered otherwise in the same way. Behind a
difference the two are not followed side by side: what comes there is compared where both come to it.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from .conversation import changed
from .effects import Effect, FileReport, HangUp
from .exploring import Move, Path, Ways, shown, step_place, told, whole_place, written
from .flow import Script
from .hearing import UNCLEAR
from .proof.known import known_rows
from .reading import read_danger
from .wording import UnsayableError

REPORTED, NOTED, HEARD = "is reported otherwise", "is noted otherwise", "is heard otherwise"


@dataclass(frozen=True)
class Difference:
    """`way`: the moves up to the answer that differs. `old`, `new`: that answer, in the lines of a transcript."""

    kind: str
    way: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class Pair:
    """The same act in the same place of both versions; `path`: the way to it. `old`, `new`: the way after it."""

    path: Path
    old: Path
    new: Path


def differences(old: Ways, new: Ways) -> Iterator[Difference]:
    """One language, channel and hour of both; `new` decides the order."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[Path, int]] = {}
    for pair in _pairs(old, new):
        kind = _kind(pair)
        if kind:
            key = kind, tuple(_lines(kind, pair.old, pair)), tuple(_lines(kind, pair.new, pair))
            way, places = found.get(key, (pair.new, 0))
            found[key] = (way, places + 1)
    for (kind, was, now), (path, places) in found.items():
        yield Difference(kind, tuple(written(move) for move, _ in path.moves), was, now, places)


def heard_otherwise(old: Script, new: Script) -> Iterator[tuple[str, Difference]]:
    """(language, difference): of all that certainly is a cry or an answer, what is danger in one version alone."""
    rows = {(row.language, row.text): None for script in (old, new) for row in known_rows(script)}
    for language, text in rows:
        was, now = (read_danger(script.lexicon, text) is not None for script in (old, new))
        if was != now:
            lines = ("no danger", "danger")
            yield language, Difference(HEARD, (text,), (lines[was],), (lines[now],), 1)


def _pairs(old: Ways, new: Ways) -> Iterator[Pair]:
    """Everything that can be done in both: at first, and at each place that both have."""
    yield Pair(Path(), old.begin(), new.begin())
    firsts = ((*each.openings(), *(() if each.voice else each.first_cries())) for each in (old, new))
    yield from (Pair(Path(), _after(old, Path(), was), _after(new, Path(), now)) for was, now in _moves(*firsts))
    known = {step_place(path.last) for path in _places(old) if path.last}
    for path in _places(new):
        if path.last is None or step_place(path.last) not in known:
            continue
        # From the very same conversation, so that only what is done here can differ.
        before = path.last.before if path.last.before in old.script.steps else ""
        here = Path(path.moves, changed(path.last, before=before))
        for was, now in _moves(old.everything(path.last), new.everything(path.last)):
            yield Pair(here, _after(old, here, was), _after(new, here, now))


def _places(ways: Ways) -> list[Path]:
    """The shortest way to every place."""
    found: dict[Hashable, Path] = {}
    waiting = deque([ways.begin(), *(_after(ways, Path(), move) for move in ways.openings())])
    while waiting:
        path = waiting.popleft()
        here = path.last
        if here and here.language == ways.language and whole_place(here) not in found:
            found[whole_place(here)] = path
            waiting.extend(_after(ways, path, move) for move in ways.everything(here))
    return list(found.values())


def _after(ways: Ways, path: Path, move: Move) -> Path:
    """What cannot be said is answered with nothing."""
    try:
        return ways.go_on(path, move)
    except UnsayableError:
        return Path((*path.moves, (move, ())))


def _moves(old: Iterable[Move], new: Iterable[Move]) -> Iterator[tuple[Move, Move]]:
    """What can be done in either; where only one version knows it, the other hears no answer in it, but any danger."""
    olds = {(move.act, move.words): move for move in old}
    news = {(move.act, move.words): move for move in new}
    for key, move in {**news, **olds}.items():
        unknown = replace(move, heard=replace(move.heard, answer=UNCLEAR, wish=""))
        yield olds.get(key, unknown), news.get(key, unknown)


def _kind(pair: Pair) -> str:
    """How the two answers differ, or ""."""
    old, new = pair.old.moves[-1][1], pair.new.moves[-1][1]
    if bool(old) != bool(new):
        return "cannot be answered"
    if (pair.old.last is None) != (pair.new.last is None) or _hangs_up(old) != _hangs_up(new):
        return "ends otherwise"
    if _filed(old) != _filed(new):
        return REPORTED
    if _said(old) != _said(new):
        return "answers otherwise"
    if _noted(pair.old) != _noted(pair.new):
        return NOTED
    there = pair.old.last, pair.new.last
    return "goes on otherwise" if there[0] and there[1] and there[0].step != there[1].step else ""


def _hangs_up(effects: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, HangUp) for effect in effects)


def _filed(effects: tuple[Effect, ...]) -> list[tuple[bool, int]]:
    """Whether a report holds the number, and how long it waits; what was told before it is compared there."""
    return [
        (effect.report.caller is not None, effect.wait_minutes) for effect in effects if isinstance(effect, FileReport)
    ]


def _noted(path: Path) -> frozenset[str]:
    return path.last.flags if path.last else frozenset()


def _said(effects: tuple[Effect, ...]) -> list[str]:
    return [line for effect in effects if (line := shown(effect))]


def _lines(kind: str, path: Path, pair: Pair) -> list[str]:
    """As in a transcript; where that looks the same, what differs."""
    effects, more = path.moves[-1][1], ""
    if kind == NOTED:
        alone = _noted(path) - (_noted(pair.old) & _noted(pair.new))
        more = f", noted: {', '.join(sorted(alone)) or 'nothing'}"
    elif kind == REPORTED:
        reports = (f"{'with' if number else 'without'} the number, in {wait} min" for number, wait in _filed(effects))
        more = f", report: {' '.join(reports) or 'none'}"
    step = path.last.step if path.last else "the end"
    return [*list(told(*path.moves[-1]))[1:], f"({step}{more})"]
