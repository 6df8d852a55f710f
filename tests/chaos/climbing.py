"""What "still climbing" means: somebody is told in a bounded time, and nothing that was due has been left lying."""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, create_engine, func, select

from hotline.adapters.store import SqlStore
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.tables import alerts, deliveries
from hotline.core.alert import Alert, AlertState, DeliveryState
from hotline.core.escalation import latest_move
from hotline.usecases.alerting import LEASE
from hotline.usecases.delivering import Municipalities, hours_of
from hotline.usecases.watching import look_at_promises
from tests.chaos.recovery import deliveries_due, moves_due

SLACK = timedelta(seconds=2)  # between what is read of an alert and what the clock says


def standing_still(store: SqlStore, all_alerts: Iterable[Alert], towns: Municipalities) -> Sequence[str]:
    """What waits for longer than its plan allows, is leased for ever, or is overdue by the store's own word."""
    now = SystemClock().now()
    overdue = look_at_promises(store.begin, now)
    far = [one.reference for one in all_alerts if not is_bounded(one, towns, now)]
    unsent = [f"{overdue.deliveries} deliveries"] if overdue.deliveries else []
    return [*far, *overdue.cases_without_alert, *overdue.alerts, *unsent, *held(store, now + LEASE + SLACK)]


def is_bounded(alert: Alert, towns: Municipalities, now: datetime) -> bool:
    """Whether somebody has opened the case, or its next step comes before the plan's longest time is over."""
    if alert.state is AlertState.ACKNOWLEDGED and alert.acknowledged_at is not None:
        longest = timedelta(minutes=towns[alert.municipality].open_minutes)
        return alert.opened_at is not None or alert.next_at <= alert.acknowledged_at + longest
    return (
        alert.state is AlertState.TRIGGERED and alert.next_at <= latest_move(alert, hours_of(alert, towns), now) + SLACK
    )


def held(store: SqlStore, after: datetime) -> Sequence[str]:
    """Cases of which a worker holds an alert or a delivery for longer than any lease lasts."""
    sending: ColumnElement[bool] = deliveries.c.state == DeliveryState.SENDING.value
    endless = (deliveries.c.leased_until > after) | deliveries.c.leased_until.is_(None)
    with store.engine.connect() as connection:
        of_alerts = connection.scalars(select(alerts.c.reference).where(alerts.c.leased_until > after)).all()
        return [*of_alerts, *connection.scalars(select(deliveries.c.reference).where(sending & endless))]


def settle(url: str, seconds: float) -> int:
    """Waits until all that is due now has been done, at most so many seconds; how much has not."""
    began, deadline = SystemClock().now(), time.monotonic() + seconds
    engine = create_engine(url)
    while True:
        with engine.connect() as connection:
            counts = [select(func.count()).select_from(of(began).subquery()) for of in (moves_due, deliveries_due)]
            left = sum(connection.scalar(count) or 0 for count in counts)
        if not left or time.monotonic() > deadline:
            engine.dispose()
            return left
        time.sleep(0.5)
