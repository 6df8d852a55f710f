"""What is proved after the storm, from outside: with the keyring and the database, by no word of the program's."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from hotline.adapters.store import SqlStore
from hotline.adapters.tables import cases, deliveries
from hotline.core.alert import AlertState
from hotline.core.case import Priority
from hotline.ports import CaseFile
from hotline.usecases.delivering import Municipalities
from tests.chaos.book import Book, name_of
from tests.chaos.climbing import standing_still

AFTERWARDS = datetime(2100, 1, 1, tzinfo=UTC)  # when the proof reads: any time will do


@dataclass
class Found:
    """`lost`: promised, and no case, or another one. `doubled`: two for one contact, or one text kept twice.

    `mute`: no alert that runs. `unasked`: a case of somebody who was told of none. `unsaid`: told after consent, and
    not kept. `own`: what the program reports of itself, by kind. `nameless`: cases of callers who hung up early.
    `files`: all that could be read.
    """

    cases: int = 0
    own: Counter[str] = field(default_factory=Counter)
    nameless: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    mute: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    acknowledged: int = 0
    climbing: int = 0
    rung_twice: int = 0
    to_hand_over: list[float] = field(default_factory=list)
    files: list[CaseFile] = field(default_factory=list)

    def count(self, case: CaseFile) -> None:
        """How far its alert came, and how fast."""
        self.files.append(case)
        state = case.alert.state
        self.acknowledged += state is AlertState.ACKNOWLEDGED
        self.climbing += state is AlertState.TRIGGERED
        if state is AlertState.CLOSED:
            self.mute.append(case.report.reference)
        self.rung_twice += sum(one.attempts > 1 for one in case.deliveries)
        sent = [one.sent_at for one in case.deliveries if one.sent_at]
        if sent and case.alert.priority == Priority.URGENT:
            # Due from the moment of consent, whatever retries came after.
            self.to_hand_over.append((min(sent) - case.alert.raised_at).total_seconds())

    def compare(self, known: dict[str, list[CaseFile]], book: Book) -> None:
        """Every contact's cases with what was promised to it."""
        for name, cases_of in known.items():
            if len(cases_of) > 1:
                self.doubled.append(name)
            if name not in book.told.keys() | book.left | book.given_up:
                self.unasked.append(name)
        for name, reference in book.told.items():
            if reference not in [one.report.reference for one in known.get(name, ())]:
                self.lost.append(name)
        self.lost += [name for name in book.left if name not in known]
        for name, texts in book.said.items():
            kept = Counter(one.text for case in known.get(name, ()) for one in case.addenda)
            self.unsaid += [f"{name}: {text}" for text in texts if not kept[text]]
            self.doubled += [f"{name}: {text}" for text in texts if kept[text] > 1]

    def agrees(self, book: Book) -> bool:
        """As many cases as were promised and as the program made itself; who never got an answer may be one, or none.

        Whoever was told is one case each by `compare`; here the sum and those without a name are compared.
        """
        due = len(book.told) + len(book.left) + book.unnamed + self.own.total()
        unsure = len(book.given_up)
        return 0 <= self.cases - due <= unsure and 0 <= self.nameless - book.unnamed <= unsure

    @property
    def quick(self) -> bool:
        """Urgent reports, from consent to the carrier: 95 of 100 within two seconds, 99 within five."""
        return share(self.to_hand_over, 0.95) <= 2.0 and share(self.to_hand_over, 0.99) <= 5.0

    @property
    def kept(self) -> bool:
        return not (self.lost or self.doubled or self.mute or self.unasked or self.unsaid)


def look(url: str, keys: str, book: Book | None = None, towns: Municipalities | None = None) -> Found:
    """Every case opened; with `book` what was promised is compared, with `towns` every alert is looked at closely."""
    store, found = SqlStore(url, keys), Found()
    known: dict[str, list[CaseFile]] = defaultdict(list)
    for reference in everything(store):
        found.cases += 1
        with store.begin() as work:
            case = work.read_case(reference, "the proof", AFTERWARDS)
        if case is None:
            found.mute.append(reference)
            continue
        found.count(case)
        if case.report.own:
            found.own["".join(one.kind for one in case.addenda[:1])] += 1
        elif name := name_of(case):
            known[name].append(case)
        else:
            found.nameless += 1
    if towns is not None:
        found.mute += standing_still(store, [one.alert for one in found.files], towns)
    if book is not None:
        found.compare(known, book)
    store.close()
    return found


def everything(store: SqlStore) -> Sequence[str]:
    """The references of all cases."""
    with store.engine.connect() as connection:
        return list(connection.scalars(select(cases.c.reference)))


def waiting(url: str, keys: str) -> int:
    """How many deliveries are still on their way."""
    store = SqlStore(url, keys)
    with store.engine.connect() as connection:
        states = list(connection.scalars(select(deliveries.c.state)))
    store.close()
    return sum(state in {"due", "sending"} for state in states)


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else 0.0
