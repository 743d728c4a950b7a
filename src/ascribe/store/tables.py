"""The tables of a casebook: one row a statement, one row a piece of evidence.

Truth is in `document`, `blob`, `sighting`, `reading`, `skipped`, `account`, `statement`, `evidence`, `judgement` and
`judgement_effect`. `incident`, `incident_member` and `passage` are derived and can be rebuilt, as can the views and the
search index, which are not declared here because they are made anew whenever the schema or the program asks for it.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

# Migrations need a name for every constraint, and databases differ in the names they invent.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# The text stands last of what is read often: SQLite walks through a long value to reach the columns after it.
# `metadata_hash` is of all columns between `id` and `text`, so that a change behind the casebook's back is noticed.
document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, nullable=False, unique=True),
    Column("bytes_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("title", Text),
    Column("author", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("language", Text),
    Column("publication", Text),
    Column("encoding", Text),
    Column("pages", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("near_copy_of", Text),
    Column("added_at", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("metadata_hash", Text),
)

blob = Table(
    "blob",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bytes_id", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("packing", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# `bytes_kept` says that the bytes were stored, in whichever row of `blob`, so that they can be missed.
sighting = Table(
    "sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bytes_id", Text, nullable=False),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("bytes_kept", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("bytes_id", "document", "name"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    UniqueConstraint("document", "extractor", "version"),
)

skipped = Table(
    "skipped",
    metadata,
    Column("reading", ForeignKey("reading.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading", ForeignKey("reading.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text),
    UniqueConstraint("reading", "key"),
)

# `type` is kept so that a statement can be read after its property has left the schema; `low` and `high` are the
# type's bounds, `shown` its words: both derived, for sorting, filtering and views.
statement = Table(
    "statement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("reading", ForeignKey("reading.id"), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("shown", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("speaker", Text),
    Column("perpetrator_side", Boolean, nullable=False),
    Column("stance", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("reading", "content"),
    Index(None, "account"),
)

# Position 0 is the account's anchor. Rows without a statement are passages about the account itself. The key is
# clustered: all evidence of an account lies together and needs no further index.
evidence = Table(
    "evidence",
    metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("statement", ForeignKey("statement.id")),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident_id", Text, nullable=False, unique=True),
)

incident_member = Table(
    "incident_member",
    metadata,
    Column("incident", ForeignKey("incident.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Index(None, "account"),
    sqlite_with_rowid=False,
)

passage = Table(
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index(None, "document"),
)

# Rows are added and never changed: triggers refuse it. A withdrawal is a row of its own, which names the judgement that
# it withdraws. `judgement_id` is the hash of all other columns and of the row before, so that a change shows.
judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("judgement_id", Text, nullable=False, unique=True),
    Column("verdict", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("correction", Text),
    Column("signed_by", Text, nullable=False),
    Column("signed_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdraws", ForeignKey("judgement.id"), unique=True),
)

# What a judgement changed, as it was when it was made: noted in the same transaction, and never changed either.
judgement_effect = Table(
    "judgement_effect",
    metadata,
    Column("judgement", ForeignKey("judgement.id"), primary_key=True),
    Column("changes", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# Linking: all of it can be dropped and made again but `incident_name`. A reading waits here until it has been linked.
link_waiting = Table(
    "link_waiting",
    metadata,
    Column("reading", ForeignKey("reading.id"), primary_key=True),
)

# What is compared of an account, and the keys under which others find it (as eight bytes each).
linked_account = Table(
    "linked_account",
    metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("features", Text, nullable=False),
    Column("offers", LargeBinary, nullable=False),
    Index(None, "document"),
)

link_key = Table(
    "link_key",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("account", ForeignKey("account.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# Two accounts that are linked. No weight: the first reprints the second.
link = Table(
    "link",
    metadata,
    Column("one", ForeignKey("account.id"), primary_key=True),
    Column("other", ForeignKey("account.id"), primary_key=True),
    Column("weight", Float),
    Column("outcomes", Text, nullable=False),
    Index(None, "other"),
    sqlite_with_rowid=False,
)

# The decisions that the last linking obeyed, so that the next one sees what has changed.
link_decision = Table(
    "link_decision",
    metadata,
    Column("decision", Text, primary_key=True),
)

# Every id that an incident was ever given belongs for good to one account, its founder: an incident is called by the
# oldest id among its accounts', and the others lead to it. `start` and `end` are the founder's anchor, to find it again
# when the document is read anew; `account` is empty while it is sought.
incident_name = Table(
    "incident_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident_id", Text, nullable=False, unique=True),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("account", ForeignKey("account.id")),
    Index(None, "document"),
    Index(None, "account"),
)
