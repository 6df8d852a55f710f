"""Which conversations go otherwise in another version of the script: what callers will notice, not which lines changed.

Both versions are walked side by side with the same moves; each difference is told once, with the shortest conversation
that shows it and the number of places where the same is answered otherwise in the same way.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from .effects import Effect, FileReport, HangUp, Say
from .exploring import Move, Path, Ways, shown, told, whole_place, written
from .hearing import NOTHING, Heard


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
    """The same conversation in both versions; None where one has ended."""

    old: Path
    new: Path


def differences(old: Ways, new: Ways) -> Iterator[Difference]:
    """One language, channel and hour of both; `new` decides the order."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[Path, int]] = {}
    for before, after in _walked(old, new):
        kind = _kind(after)
        if kind:
            key = kind, tuple(_lines(after.old)), tuple(_lines(after.new))
            way, places = found.get(key, (after.new, 0))
            found[key] = (way, places + 1)
        del before
    for (kind, was, now), (path, places) in found.items():
        yield Difference(kind, tuple(written(move) for move, _ in path.moves), was, now, places)


def _walked(old: Ways, new: Ways) -> Iterator[tuple[Pair, Pair]]:
    first = Pair(old.begin(), new.begin())
    yield Pair(Path(), Path()), first
    seen, waiting = {_place(first)}, deque([first])
    while waiting:
        pair = waiting.popleft()
        if pair.old.last is None or pair.new.last is None:
            continue
        for was, now in _moves(old, new, pair):
            after = Pair(old.go_on(pair.old, was), new.go_on(pair.new, now))
            yield pair, after
            same_language = after.new.last is not None and after.new.last.language == new.language
            if same_language and _place(after) not in seen:
                seen.add(_place(after))
                waiting.append(after)


def _moves(old: Ways, new: Ways, pair: Pair) -> Iterator[tuple[Move, Move]]:
    """What can be done in either; where only one version knows it, the other hears something that it does not know."""
    if pair.old.last is None or pair.new.last is None:
        return
    olds = {(move.act, move.words): move for move in old.everything(pair.old.last)}
    news = {(move.act, move.words): move for move in new.everything(pair.new.last)}
    for key in {**news, **olds}:
        yield olds.get(key, _unknown(*key)), news.get(key, _unknown(*key))


def _unknown(act: object, words: str) -> Move:
    sign = words if len(words) == 1 and words.isdigit() else ""
    return Move(act, words, Heard(sign=sign) if words else NOTHING)  # type: ignore[arg-type]  # an Act, from a key of ours


def _place(pair: Pair) -> tuple[object, object]:
    return tuple(whole_place(path.last) if path.last else None for path in (pair.old, pair.new))  # type: ignore[return-value]  # two of them


def _kind(pair: Pair) -> str:
    """How the two answers differ, or ""."""
    old, new = pair.old.moves[-1][1], pair.new.moves[-1][1]
    if (pair.old.last is None) != (pair.new.last is None) or _hangs_up(old) != _hangs_up(new):
        return "ends otherwise"
    if _filed(old) != _filed(new):
        return "is reported otherwise"
    if _said(old) != _said(new):
        return "answers otherwise"
    there = pair.old.last, pair.new.last
    if there[0] and there[1] and there[0].step != there[1].step:
        return "goes on otherwise"
    return ""


def _hangs_up(effects: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, HangUp) for effect in effects)


def _filed(effects: tuple[Effect, ...]) -> list[tuple[object, ...]]:
    """What a report says of itself, without the version that made it."""
    return [
        (effect.report.flags, effect.report.caller, effect.wait_minutes)
        for effect in effects
        if isinstance(effect, FileReport)
    ]


def _said(effects: tuple[Effect, ...]) -> list[str]:
    return [line for effect in effects if (isinstance(effect, Say) or shown(effect)) and (line := shown(effect))]


def _lines(path: Path) -> list[str]:
    step = path.last.step if path.last else "the end"
    return [*list(told(*path.moves[-1]))[1:], f"({step})"]
