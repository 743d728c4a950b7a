"""What was stored can be missed: whether bytes were kept, and a hash of what is known about a document."""

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HASHED = (
    "document_id",
    "bytes_id",
    "name",
    "format",
    "title",
    "author",
    "publisher",
    "url",
    "language",
    "publication",
    "encoding",
    "pages",
    "notes",
    "restricted",
    "near_copy_of",
    "added_at",
    "characters",
)


def upgrade() -> None:
    op.add_column("document", sa.Column("metadata_hash", sa.Text(), nullable=True))
    op.add_column("sighting", sa.Column("bytes_kept", sa.Boolean(), server_default=sa.false(), nullable=False))
    bind = op.get_bind()
    bind.execute(sa.text("UPDATE sighting SET bytes_kept = 1 WHERE bytes_id IN (SELECT bytes_id FROM blob)"))
    document = sa.table("document", sa.column("id"), sa.column("metadata_hash"), *map(sa.column, _HASHED))
    known = sa.select(document.c.id, *(document.c[name] for name in _HASHED))
    for row in bind.execute(known).mappings().all():
        about = [bool(row[name]) if name == "restricted" else row[name] for name in _HASHED]
        words = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
        made = sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
        bind.execute(sa.update(document).where(document.c.id == row["id"]).values(metadata_hash=made))


def downgrade() -> None:
    op.drop_column("sighting", "bytes_kept")
    op.drop_column("document", "metadata_hash")
