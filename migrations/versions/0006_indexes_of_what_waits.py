"""What waits stands in indexes that hold nothing else: a worker looks four times a second, however much there ever was.

Forward only. The whole indexes that the release before reads along stay until it is gone. Who files a report meanwhile
waits: a blink for thousands of cases; for a million seven seconds in SQLite, three in PostgreSQL.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_cases_with_a_number", "cases", ["municipality", "filed_at"], "number_dropped_at IS NULL"),
    ("ix_alerts_triggered", "alerts", ["state", "next_at"], "state = 'triggered'"),
    ("ix_alerts_unopened", "alerts", ["state", "next_at"], "state = 'acknowledged' AND opened_at IS NULL"),
    ("ix_deliveries_due", "deliveries", ["state", "priority", "due_at"], "state = 'due'"),
    ("ix_deliveries_due_beside", "deliveries", ["address_hash", "due_at"], "state = 'due'"),
    ("ix_deliveries_sending", "deliveries", ["state", "priority", "due_at"], "state = 'sending'"),
    ("ix_deliveries_sending_beside", "deliveries", ["state", "address_hash"], "state = 'sending'"),
    ("ix_deliveries_looked_after", "deliveries", ["state", "look_at"], "state = 'sent' AND look_at IS NOT NULL"),
    ("ix_deliveries_wrong", "deliveries", ["address_hash", "due_at"], "wrong_pins > 0"),
)
WHOLE = (
    ("ix_cases_filed_at_reference", "cases", ["filed_at", "reference"]),
    ("ix_cases_municipality_key_name", "cases", ["municipality", "key_name"]),
    ("ix_deliveries_address_hash_number", "deliveries", ["address_hash", "number"]),
)


def upgrade() -> None:
    for name, table, columns, rows in PARTIAL:
        where = sa.text(rows)
        op.create_index(op.f(name), table, columns, unique=False, sqlite_where=where, postgresql_where=where)
    for name, table, columns in WHOLE:
        op.create_index(op.f(name), table, columns, unique=False)
