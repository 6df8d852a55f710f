"""A carrier and a mail server written by hand: what telephones and mailboxes got. For tests only; decides nothing."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.ports import CarrierError, Copy, Received
from tests.fakes import Memory


@dataclass(frozen=True)
class Handed:
    """What a telephone or a mailbox got. `kind`: text, call or email."""

    kind: str
    to: str
    body: str
    token: str
    sender: str = ""


@dataclass
class FakeCarrier:
    """Telephones and mailboxes. `faults`: raised one by one, nothing handed over; `store`: must be at rest."""

    store: Memory
    handed: list[Handed] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    came_in: list[tuple[str, Received]] = field(default_factory=list)
    held: list[Copy] = field(default_factory=list)
    stubborn: set[str] = field(default_factory=set)  # what it does not erase yet, by its own id
    broken: set[str] = field(default_factory=set)  # what it fails at when it is to erase it
    states: dict[str, str] = field(default_factory=dict)  # what it says when it is asked, by its own id
    before_answer: Callable[[Handed], None] = lambda _: None  # what happens before we hear that it was taken

    def text(self, *, sender: str, to: str, body: str, token: str) -> str:
        return self._hand(Handed("text", to, body, token, sender))

    def call(self, *, sender: str, to: str, token: str) -> str:
        return self._hand(Handed("call", to, "", token, sender))

    def send(self, *, to: str, subject: str, body: str) -> str:
        return self._hand(Handed("email", to, f"{subject}\n{body}", ""))

    def answers(self) -> None:
        assert self.store.open_works == 0, "the carrier is asked while a transaction is open"
        if self.faults:
            raise self.faults[0]

    def state_of(self, carrier_id: str) -> str:
        assert self.store.open_works == 0, "the carrier is asked while a transaction is open"
        return self.states.get(carrier_id, "delivered")

    def took(self, *, sender: str, to: str, words: str, since: datetime, apart_from: Collection[str]) -> str | None:
        del sender, since
        kind = "text" if words else "call"
        found = [
            carrier_id
            for number, each in enumerate(self.handed, 1)
            if (each.kind, each.to) == (kind, to) and words in each.body
            for carrier_id in [f"{'SM' if words else 'CA'}{number:032}"]
        ]
        return next((one for one in reversed(found) if one not in apart_from), None)

    def received(self, line: str, since: datetime) -> Sequence[Received]:
        assert self.store.open_works == 0, "the carrier is asked while a transaction is open"
        return [each for to, each in self.came_in if to == line and each.at >= since]

    def copies(self, line: str, since: datetime) -> Sequence[Copy]:
        assert self.store.open_works == 0, "the carrier is asked while a transaction is open"
        del line
        if self.faults:
            raise self.faults.pop(0)
        return [one for one in self.held if one.at >= since]

    def erase(self, copy: Copy) -> bool:
        assert self.store.open_works == 0, "the carrier is spoken to while a transaction is open"
        if copy.carrier_id in self.broken:
            raise CarrierError("a fault of its own", hard=False)
        if copy.carrier_id in self.stubborn:
            return False
        self.held.remove(copy)
        return True

    def _hand(self, what: Handed) -> str:
        assert self.store.open_works == 0, "the carrier is spoken to while a transaction is open"
        if self.faults:
            raise self.faults.pop(0)
        if what.to in self.refused:
            raise CarrierError(f"{what.to} is refused", hard=True)
        self.handed.append(what)
        self.before_answer(what)
        return f"{'CA' if what.kind == 'call' else 'SM'}{len(self.handed):032}"
