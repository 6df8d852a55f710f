"""What is most urgent, and who was told last, is found without looking at all that waits or ever was told.

Forward only. The release before does not know the new column: what it writes has 0, and goes first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("priority", sa.Integer(), server_default="0", nullable=False))
    names = ["state", "priority", "due_at"]
    op.create_index(op.f("ix_deliveries_state_priority_due_at"), "deliveries", names, unique=False)
    op.create_index(op.f("ix_cases_filed_at"), "cases", ["filed_at"], unique=False)
    names = ["address_hash", "sent_at"]
    op.create_index(op.f("ix_deliveries_address_hash_sent_at"), "deliveries", names, unique=False)
