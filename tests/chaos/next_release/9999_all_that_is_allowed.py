"""What the next release may do to the database while this one runs, to every table.

Everything that tests/adapters/store/test_migrations.py allows.
"""

import sqlalchemy as sa
from alembic import op

from hotline.adapters.tables import REVISION, metadata

revision = "9999"
down_revision = REVISION
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("next_release", sa.Column("name", sa.String(length=64), primary_key=True))
    for table in metadata.tables:
        op.add_column(table, sa.Column("next_release", sa.String(length=64), nullable=True))
        op.create_index(f"ix_{table}_next_release", table, ["next_release"], unique=False)
    op.execute("UPDATE heartbeats SET next_release = 'seen'")
    op.execute("UPDATE cases SET next_release = 'seen'")
