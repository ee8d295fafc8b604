"""The first tables.

A migration keeps the schema as it was then: it does not import `survey.collection.schema`, which
goes on.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.Column("disabled", sa.Integer(), nullable=False),
        sa.CheckConstraint("disabled IN (0, 1)", name=op.f("ck_accounts_disabled")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts")),
        **STRICT,
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        **STRICT,
    )
    op.create_table(
        "guesses",
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_guesses")),
        **STRICT,
    )
    op.create_table(
        "waves",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("min_cell", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Text(), nullable=True),
        sa.Column("erase_on", sa.Text(), nullable=False),
        sa.Column("erased_on", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("created_on", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("access IN ('invited', 'open')", name=op.f("ck_waves_access")),
        sa.CheckConstraint("mode IN ('anonymous', 'named')", name=op.f("ck_waves_mode")),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'frozen')", name=op.f("ck_waves_state")
        ),
        sa.CheckConstraint("min_cell >= 1", name=op.f("ck_waves_min_cell")),
        sa.CheckConstraint("round >= 1", name=op.f("ck_waves_round")),
        sa.ForeignKeyConstraint(["previous"], ["waves.id"], name=op.f("fk_waves_previous")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waves")),
        **STRICT,
    )
    op.create_table(
        "freezes",
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("frozen_on", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_freezes_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave", "number", name=op.f("pk_freezes")),
        **STRICT,
    )
    op.create_table(
        "groups",
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.CheckConstraint("quota IS NULL OR quota >= 1", name=op.f("ck_groups_quota")),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_groups_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave", "id", name=op.f("pk_groups")),
        **STRICT,
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("revoked", sa.Integer(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=True),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("reminded_on", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('respondent', 'preview', 'self')", name=op.f("ck_invitations_kind")
        ),
        sa.CheckConstraint("revoked IN (0, 1)", name=op.f("ck_invitations_revoked")),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_invitations_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
        **STRICT,
    )
    op.create_index(op.f("ix_invitations_wave"), "invitations", ["wave"], unique=False)
    op.create_table(
        "paper_sheets",
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text(), nullable=False),
        sa.CheckConstraint("entry IN (1, 2)", name=op.f("ck_paper_sheets_entry")),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_paper_sheets_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave", "sheet", "entry", name=op.f("pk_paper_sheets")),
        **STRICT,
    )
    op.create_table(
        "spent",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_spent_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_spent")),
        **STRICT,
    )
    op.create_table(
        "answered",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_hash"],
            ["invitations.token_hash"],
            name=op.f("fk_answered_token_hash"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_answered_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_answered")),
        **STRICT,
    )
    op.create_index(op.f("ix_answered_wave"), "answered", ["wave"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Text(), nullable=True),
        sa.Column("invitation", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "source IN ('web', 'paper', 'preview')", name=op.f("ck_sessions_source")
        ),
        sa.CheckConstraint("state IN ('answering', 'submitted')", name=op.f("ck_sessions_state")),
        sa.ForeignKeyConstraint(
            ["invitation"],
            ["invitations.token_hash"],
            name=op.f("fk_sessions_invitation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["wave"], ["waves.id"], name=op.f("fk_sessions_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        **STRICT,
    )
    op.create_index(op.f("ix_sessions_wave"), "sessions", ["wave"], unique=False)
    op.create_table(
        "answers",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["sessions.id"],
            name=op.f("fk_answers_session"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session", "question", name=op.f("pk_answers")),
        **STRICT,
    )
