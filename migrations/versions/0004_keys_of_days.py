"""Which key of the ring wrapped a case, when its number was removed, and certificates of what was deleted.

Forward only. The release before fills none of the new columns: such a case is wrapped with its municipality's one key,
and its number has not been looked for yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("key_name", sa.String(length=80), nullable=True))
    op.add_column("cases", sa.Column("number_dropped_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_cases_municipality_filed_at"), "cases", ["municipality", "filed_at"], unique=False)
    op.create_table(
        "certificates",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_certificates")),
    )
