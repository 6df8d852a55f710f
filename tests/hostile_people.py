"""The people of tests/hostile.py: what they do with their telephones, and what they get.

Whatever comes to a telephone is unexpected until the story says that it came.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

from hotline.adapters.simulated_call import Call
from hotline.adapters.simulated_carrier import SimulatedCarrier
from tests.hostile_ground import Time

LINE = "+46846500400"
CODE = re.compile(r"\b\d{6}\b")


class Place(Protocol):
    """Where people live."""

    carrier: SimulatedCarrier
    time: Time


class Person:
    """Somebody with a telephone."""

    def __init__(self, town: Place, number: str, name: str, pin: str = "") -> None:
        self.town, self.number, self.name, self.pin = town, number, name, pin
        self.phone = town.carrier.phone(number)
        self.unread: list[str] = []
        self.last_text = ""
        self.seen = 0
        self.noticed: set[str] = set()

    def __str__(self) -> str:
        return self.number

    # texts

    def texts(self, *bodies: str, line: str = LINE) -> str:
        """Texts one after the other; what the last one is answered with ("" for nothing)."""
        answers: list[str] = []
        for body in bodies:
            self.look()
            answers = self.phone.text(line, body)
            self.seen = len(self.phone.messages)
        return "\n".join(answers)

    def look(self) -> list[str]:
        """All texts that the story has not spoken of."""
        new = list(self.phone.messages)[self.seen :]
        self.unread += [one.text for one in new if not one.mine]
        self.seen = len(self.phone.messages)
        return self.unread

    def gets_text(self, *words: str) -> str:
        """The oldest text that the story has not spoken of holds all these words."""
        assert self.look(), f"{self}: no text has come by {self.town.time.shown()}; expected {words}"
        text = self.unread.pop(0)
        assert all(word in text for word in words), f"{self}: expected {words} and got {text!r}"
        self.last_text = text
        return text

    def gets_texts(self) -> list[str]:
        """All that the story has not spoken of."""
        texts, self.unread = self.look(), []
        return texts

    def gets_no_text(self) -> None:
        assert not self.look(), f"{self}: by {self.town.time.shown()} there are texts: {self.unread}"

    # calls

    def ringing(self) -> Call | None:
        call = self.phone.current
        return call if call is not None and call.outcome == "ringing" else None

    def rings(self) -> None:
        """It rings now."""
        call = self.ringing()
        assert call is not None, f"{self}: it does not ring at {self.town.time.shown()}"
        self.noticed.add(call.sid)

    def rings_within(self, **units: float) -> None:
        """As timedelta; time passes until it rings."""
        until = self.town.time.at + timedelta(**units)
        while self.ringing() is None and self.town.time.at < until:
            self.town.time.passes(seconds=1)
        self.rings()

    def does_not_ring(self) -> None:
        assert self.ringing() is None, f"{self}: it rings at {self.town.time.shown()}"
        assert not self.missed(), f"{self}: it rang at {[f'{one.created}' for one in self.missed()]}"

    def rang(self, times: int = 1) -> None:
        """So many calls came, and are over, that the story has not spoken of."""
        missed = [one for one in self.missed() if not one.live]
        assert len(missed) == times, f"{self}: by {self.town.time.shown()} it rang {len(missed)} times, not {times}"
        self.noticed |= {one.sid for one in missed}

    def missed(self) -> list[Call]:
        """Calls to this telephone that the story has not spoken of."""
        all_calls = self.town.carrier.book.calls.values()
        return [one for one in all_calls if one.phone == self.number and one.rang and one.sid not in self.noticed]

    def picks_up(self) -> None:
        self.rings()
        self.phone.pick_up()

    def rejects(self) -> None:
        self.rings()
        self.phone.reject()

    def presses(self, keys: str) -> None:
        self.phone.press(keys)

    def hangs_up(self) -> None:
        self.phone.hang_up()

    def hears(self, *words: str) -> str:
        """All that has been said in this call so far holds these words."""
        assert self.phone.current is not None, f"{self}: there is no call"
        said = " ".join(one.text for _, one in self.phone.current.spoken)
        assert all(word in said for word in words), f"{self}: expected {words} and heard {said!r}"
        return said

    def may_be_told(self) -> None:
        """What came to this telephone does not matter here."""
        self.gets_texts()
        self.noticed |= {one.sid for one in self.missed()}

    def unexpected(self) -> Iterator[str]:
        """What the story has not spoken of."""
        yield from (f"{self.name} ({self}) got the text {text!r}" for text in self.look())
        yield from (f"{self.name}'s telephone ({self}) rang at {one.created:%H.%M.%S} UTC" for one in self.missed())


class Neighbour(Person):
    """Somebody who hears something through the wall."""

    def reports(self, *, red: bool = False, place: str = "Ekgatan 4") -> None:
        """A whole conversation: nothing going on now, an adult, weapons or blows, once, without a number, a place."""
        self.texts("Hej", "2", "1", "1" if red else "4", "2", "1")
        self.texts(place)

    def calls(self, *, hidden: bool = False) -> None:
        self.phone.call(LINE, hidden=hidden)


class Officer(Person):
    """Somebody at social services: has a PIN, and gets codes."""

    def code(self) -> str:
        """The first one in the text that was read last."""
        found = CODE.findall(self.last_text)
        assert found, f"{self}: there is no code in {self.last_text!r}"
        return str(found[0])

    def texts_back_the_code(self) -> str:
        return self.texts(self.code())

    def gives_pin(self) -> None:
        self.presses(f"{self.pin}#")

    def takes_the_call(self, *words: str) -> str:
        """Picks up, gives the PIN, hears the report with these words, presses 1. What was heard."""
        self.picks_up()
        self.gives_pin()
        self.hears(*words)
        self.presses("1")
        return self.hears("kvitterat")

    def is_told(self) -> bool:
        """It rings, or there is a text that the story has not spoken of."""
        return self.ringing() is not None or bool(self.look())

    def is_told_within(self, **units: float) -> None:
        """As timedelta; time passes until then. Over which channel is the hotline's affair."""
        until = self.town.time.at + timedelta(**units)
        while not self.is_told() and self.town.time.at < until:
            self.town.time.passes(seconds=1)
        assert self.is_told(), f"{self}: has been told of nothing by {self.town.time.shown()}"

    def takes_it(self, *words: str) -> str:
        """Picks up, or texts back the code and is called; then as above."""
        if self.ringing() is None:
            self.gets_text()
            self.texts_back_the_code()
            self.rings_within(seconds=5)
        return self.takes_the_call(*words)
