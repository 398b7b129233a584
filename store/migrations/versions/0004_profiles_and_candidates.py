"""History of profiles, states of credentials, screenshots, candidates for accounts nobody has filed.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "profile_snapshots",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("evidence", sa.String(length=64), nullable=False),
        sa.Column("inspection_id", sa.String(length=60), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_profile_snapshots_account_id")),
        sa.PrimaryKeyConstraint("account_id", "number", name=op.f("pk_profile_snapshots")),
    )
    op.create_table(
        "credential_states",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_credential_states")),
    )
    op.create_table(
        "credential_alerts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("inspection_id", sa.String(length=60), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "cause", name=op.f("pk_credential_alerts")),
    )
    op.create_table(
        "shots",
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.String(length=64), nullable=False),
        sa.Column("shot", sa.String(length=64), nullable=False),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("inspection_id", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "page", "marks", name=op.f("pk_shots")),
    )
    op.create_index("ix_shots_inspection_id", "shots", ["inspection_id"])
    op.create_table(
        "candidates",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    op.create_table(
        "dismissed_candidates",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissed_candidates")),
    )


def downgrade() -> None:
    """Drop them."""
    for name in (
        "dismissed_candidates",
        "candidates",
        "shots",
        "credential_alerts",
        "credential_states",
        "profile_snapshots",
    ):
        op.drop_table(name)
