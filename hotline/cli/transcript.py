"""A conversation as people read it: `>` is the neighbour, `<` the hotline, `*` what happens besides.

What may not enter: how the telephones work and where the words come from.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

SILENCE, HANG_UP = "", "/hang-up"
DESK_DOES = {"/answer": "pick_up", "/busy": "reject", "/no-answer": "ignore"}
HAPPENS = {
    "ringing": "* The telephone of social services rings.",
    "whispered": "* Whoever picks up hears:",
    "bridged": "* Connected: caller and social services hear each other.",
    "ended": "* The call is over.",
}


class Telephone(Protocol):
    """A simulated telephone. `shown` has its call as plain values under "call"."""

    def text(self, line: str, body: str) -> list[str]: ...
    def call(self, line: str, *, hidden: bool = False) -> object: ...
    def press(self, keys: str) -> None: ...
    def keep_silent(self) -> None: ...
    def pick_up(self) -> None: ...
    def reject(self) -> None: ...
    def ignore(self) -> None: ...
    def hang_up(self) -> None: ...
    def shown(self) -> dict[str, Any]: ...


def of_texts(phone: Telephone, line: str, said: Iterable[str]) -> Iterator[str]:
    """Each element of `said` is one text; lines are given as soon as they are known."""
    for body in said:
        yield f"> {body}"
        for answer in phone.text(line, body):
            yield from quoted("<", answer)
        fault = phone.shown()["messages"][-1]["fault"]
        if fault:
            yield f"* No answer: {fault}"


def of_call(phone: Telephone, desk: Telephone, line: str, said: Iterable[str], *, hidden: bool) -> Iterator[str]:
    """Each element of `said`: keys, "" for silence, /hang-up, or what social services do, as in `move`."""
    ears, desk_ears = Ears(phone, "<"), Ears(desk, "*")
    yield "> (calls)"
    phone.call(line, hidden=hidden)
    last = yield from happening(ears, desk_ears, "")
    for act in said:
        if last == "ended":
            return
        yield f"> {act or '(silence)'}"
        move(phone, desk, act)
        last = yield from happening(ears, desk_ears, last)


def happening(ears: "Ears", desk_ears: "Ears", last: str) -> Generator[str, None, str]:
    """What is heard and what has changed since; gives back the name of how it stands."""
    yield from ears.new()
    now = what_happens(ears.phone.shown()["call"])
    if now and now != last:
        yield HAPPENS[now]
    if now == "ringing":
        whisper = list(desk_ears.new())
        yield from ([HAPPENS["whispered"], *whisper] if whisper else [])
    return now


@dataclass
class Ears:
    """Remembers how much of a telephone's call has been written down."""

    phone: Telephone
    mark: str
    heard: int = 0

    def new(self) -> Iterator[str]:
        call = self.phone.shown()["call"]
        for one in call["spoken"] if call else ():
            if one["n"] > self.heard:
                self.heard = one["n"]
                yield from quoted(self.mark, one["text"] or one["recording"])


def move(phone: Telephone, desk: Telephone, act: str) -> None:
    """One act of the caller, or of social services: /answer, /accept (the key that connects), /busy, /no-answer."""
    if act == SILENCE:
        phone.keep_silent()
    elif act == HANG_UP:
        phone.hang_up()
    elif act == "/accept":
        desk.press("1")
    elif act in DESK_DOES:
        getattr(desk, DESK_DOES[act])()
    else:
        phone.press(act)


def what_happens(call: dict[str, Any]) -> str:
    """A name in HAPPENS, or "" while the hotline speaks and listens."""
    if not call["live"]:
        return "ended"
    if call["bridged"]:
        return "bridged"
    return "ringing" if call["ringing_on"] else ""


def quoted(mark: str, text: str) -> Iterator[str]:
    """The mark before the first line, and the same width before the others."""
    first, *others = text.splitlines() or [""]
    yield f"{mark} {first}"
    yield from (f"  {other}" for other in others)
