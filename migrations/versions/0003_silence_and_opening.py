"""When the carrier is asked about what it is silent about, who was told a moment ago, and whether a case was opened.

Forward only. New columns are empty for rows of the release before, which does not know them: such a delivery is not
asked about, and such an acknowledgement counts as opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("deliveries", sa.Column("address_hash", sa.LargeBinary(), nullable=True))
    op.add_column("deliveries", sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_deliveries_address_hash"), "deliveries", ["address_hash"], unique=False)
    op.create_index(op.f("ix_deliveries_state_look_at"), "deliveries", ["state", "look_at"], unique=False)
    # Whoever acknowledged under the release before had heard the case.
    op.execute("UPDATE alerts SET opened_at = acknowledged_at WHERE state = 'acknowledged'")
