"""What links showed, and in which posts they stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the page to each link; those followed before have none. Create the history and the places."""
    op.add_column("links", sa.Column("page", sa.LargeBinary()))
    op.create_table(
        "link_readings",
        sa.Column("link_id", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("capture", sa.String(length=64), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_readings_link_id")),
        sa.PrimaryKeyConstraint("link_id", "content", name=op.f("pk_link_readings")),
    )
    op.create_table(
        "link_places",
        sa.Column("link_id", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_link_places_post_id")),
        sa.PrimaryKeyConstraint("link_id", "post_id", name=op.f("pk_link_places")),
    )
    op.create_index(op.f("ix_link_places_post_id"), "link_places", ["post_id"])
    op.create_index(op.f("ix_links_resolved_at"), "links", ["resolved_at"])


def downgrade() -> None:
    """The way back."""
    op.drop_index(op.f("ix_links_resolved_at"), "links")
    op.drop_table("link_places")
    op.drop_table("link_readings")
    op.drop_column("links", "page")
