"""How many of the posts that a platform counts were seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number to each coverage; older ones have none."""
    op.add_column("coverages", sa.Column("accounted", sa.Integer))


def downgrade() -> None:
    """The way back."""
    op.drop_column("coverages", "accounted")
