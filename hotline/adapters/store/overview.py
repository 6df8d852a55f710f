"""The newest cases for the simulator's page: how far each has come, never what was told."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from hotline.adapters.store import SqlStore
from hotline.adapters.tables import alerts

MOST_SHOWN = 20


def newest_references(store: SqlStore, most: int) -> list[str]:
    """References of the alerts raised last."""
    newest = select(alerts.c.reference).order_by(alerts.c.raised_at.desc()).limit(most)
    with store.looking() as connection:
        return [str(reference) for reference in connection.scalars(newest)]


def states(store: SqlStore) -> list[dict[str, str]]:
    """The newest cases, each name → value as shown."""
    references = newest_references(store, MOST_SHOWN)
    with store.begin(looking=True) as work:
        found = [work.find_alert(reference) for reference in references]
    return [
        {
            "reference": alert.reference,
            "priority": str(int(alert.priority)),
            "state": alert.state.value,
            "raised": alert.raised_at.astimezone(ZoneInfo("Europe/Stockholm")).strftime("%H.%M"),
            "acknowledged_by": alert.acknowledged_by,
        }
        for alert in found
        if alert
    ]
