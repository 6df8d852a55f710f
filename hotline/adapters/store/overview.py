"""Which cases there are, newest first, for the simulator's page. No content: only references."""

from sqlalchemy import Engine, select

from hotline.adapters.tables import alerts


def newest_references(engine: Engine, most: int) -> list[str]:
    """References of the alerts raised last."""
    newest = select(alerts.c.reference).order_by(alerts.c.raised_at.desc()).limit(most)
    with engine.connect() as connection:
        return [str(reference) for reference in connection.scalars(newest)]
