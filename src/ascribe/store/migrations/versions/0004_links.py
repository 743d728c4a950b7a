"""What linking keeps: features and keys of accounts, links, and every id that an incident was given."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("link_waiting", "linked_account", "link_key", "link", "link_decision", "incident_name")


def upgrade() -> None:
    op.create_table(
        "link_waiting",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.id"], name=op.f("fk_link_waiting_reading_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_link_waiting")),
    )
    op.create_table(
        "linked_account",
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("offers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_linked_account_account_account")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_linked_account_document_document")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_linked_account")),
    )
    op.create_index(op.f("ix_linked_account_document"), "linked_account", ["document"])
    op.create_table(
        "link_key",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_link_key_account_account")),
        sa.PrimaryKeyConstraint("key", "account", name=op.f("pk_link_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["account.id"], name=op.f("fk_link_one_account")),
        sa.ForeignKeyConstraint(["other"], ["account.id"], name=op.f("fk_link_other_account")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_other"), "link", ["other"])
    op.create_table(
        "link_decision",
        sa.Column("decision", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision", name=op.f("pk_link_decision")),
    )
    op.create_table(
        "incident_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_incident_name_document_document")),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_incident_name_account_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_name")),
        sa.UniqueConstraint("incident_id", name=op.f("uq_incident_name_incident_id")),
    )
    op.create_index(op.f("ix_incident_name_document"), "incident_name", ["document"])
    op.create_index(op.f("ix_incident_name_account"), "incident_name", ["account"])
    # Everything waits to be linked; an incident's first account, which was its earliest, is its founder.
    op.execute("INSERT INTO link_waiting (reading) SELECT id FROM reading")
    op.execute(
        'INSERT INTO incident_name (id, incident_id, document, start, "end", account) '
        'SELECT i.id, i.incident_id, r.document, e.start, e."end", m.account FROM incident AS i '
        "JOIN incident_member AS m ON m.incident = i.id AND m.position = 0 JOIN account AS a ON a.id = m.account "
        "JOIN reading AS r ON r.id = a.reading JOIN evidence AS e ON e.account = a.id AND e.position = 0"
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
