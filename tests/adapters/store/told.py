"""Values as the use cases make them, and the shortest way to a filed case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.adapters.store import SqlStore
from hotline.core.alert import Alert, Contact, Delivery, Level, Means, Plan
from hotline.core.case import Report
from hotline.ports import Work

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
IDLE = timedelta(minutes=30)
LEASE = timedelta(seconds=10)
DESK = Contact("Socialkontoret", Means.CALL, "+46240660335", pin="4711")
DUTY = Contact("Jourtelefonen", Means.TEXT, "+46701740605", pin="1234", always=True)
PLAN = Plan((Level((DESK, DUTY), 10),))


def report(reference: str = "AB23", **changes: object) -> Report:
    told = Report(
        reference=reference,
        municipality="smedjebacken",
        channel="sms",
        language="sv",
        at=NOON,
        flags=frozenset({"red", "child"}),
        answers=(("who", "child"), ("what", "weapon")),
        own_words=("Han slog henne på Slagvägen 4",),
        caller="+46701740699",
        call_back="efter 17",
        flow="a1b2",
    )
    return replace(told, **changes)  # type: ignore[arg-type] # any field of a report may be changed by name


def alert(reference: str = "AB23", *, priority: int = 1, next_at: datetime = NOON) -> Alert:
    return Alert(reference, "smedjebacken", priority, PLAN, next_at=next_at, raised_at=NOON)


def delivery(token: str = "token-1", *, reference: str = "AB23", due_at: datetime = NOON) -> Delivery:  # noqa: S107 - it names a delivery here
    return Delivery(token, reference, DUTY, due_at, code="123456")


def filed(store: SqlStore, *, reference: str = "AB23", due_at: datetime = NOON, priority: int = 1) -> None:
    first = delivery(f"token-{reference}", reference=reference, due_at=due_at)
    with store.begin() as work:
        next_at = due_at + timedelta(minutes=10)
        work.file_case(report(reference), alert(reference, priority=priority, next_at=next_at), [first])


@contextmanager
def undone(store: SqlStore) -> Iterator[Work]:
    """A work in which something goes wrong at the very end."""
    with store.begin() as work:
        yield work
        raise RuntimeError("at the very end")
