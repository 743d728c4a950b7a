"""What people decided of accounts and statements, and what it changed: rows that can be added and not changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEPT = ("judgement", "judgement_effect")


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["withdraws"], ["judgement.id"], name=op.f("fk_judgement_withdraws_judgement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_judgement_judgement_id")),
        sa.UniqueConstraint("withdraws", name=op.f("uq_judgement_withdraws")),
    )
    op.create_table(
        "judgement_effect",
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgement.id"], name=op.f("fk_judgement_effect_judgement_judgement")),
        sa.PrimaryKeyConstraint("judgement", name=op.f("pk_judgement_effect")),
    )
    for table in _KEPT:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'a judgement is never changed or deleted; withdraw it'); END"
            )


def downgrade() -> None:
    for table in reversed(_KEPT):
        op.drop_table(table)
