"""The newest cases for the simulator's page: how far each has come, never what was told."""

from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from hotline.adapters.tables import alerts
from hotline.ports import Begin

MOST_SHOWN = 20


def newest_references(engine: Engine, most: int) -> list[str]:
    """References of the alerts raised last."""
    newest = select(alerts.c.reference).order_by(alerts.c.raised_at.desc()).limit(most)
    with engine.connect() as connection:
        return [str(reference) for reference in connection.scalars(newest)]


def states(engine: Engine, begin: Begin) -> list[dict[str, str]]:
    """The newest cases, each name → value as shown."""
    references = newest_references(engine, MOST_SHOWN)
    with begin(looking=True) as work:
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
