"""The tables. What can hold a private value is sealed; what joins and sorts is clear.

``posts`` hold what an account published, ``reads`` and ``coverages`` what one inspection really looked at, ``scans``
and ``findings`` what it found, ``cases`` and ``sightings`` what became of that over the nights, ``decisions`` what
people said. Nothing is deleted but the half-done findings of an abandoned inspection.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from store.columns import Instant, SealedJson, SealedText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table("meta", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("standing", String(20), nullable=False),
    Column("on_file", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("record", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

account_aliases = Table(
    "account_aliases",
    metadata,
    Column("alias", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False, index=True),
)

register_events = Table(
    "register_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("changes", JSON, nullable=False),
)

profiles = Table(
    "profiles",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("profile", SealedJson("profiles.profile"), nullable=False),
    Column("evidence", String(64), nullable=False),
    Column("fetched_at", Instant, nullable=False),
)

inspections = Table(
    "inspections",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("scope", String(64), nullable=False),
    Column("now", Instant, nullable=False),
    Column("account_ids", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("finished_at", Instant),
)

coverages = Table(
    "coverages",
    metadata,
    Column("inspection_id", String(60), ForeignKey("inspections.id"), primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("route", String(40), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("read", JSON, nullable=False),
    Column("newest_at", Instant),
    Column("platform_total", Integer),
    Column("accounted", Integer),
    Column("requests", Integer, nullable=False),
    Column("attempts", JSON, nullable=False),
    Column("finished_at", Instant),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("url", SealedText("posts.url"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", SealedText("posts.title"), nullable=False),
    Column("text", SealedText("posts.text"), nullable=False),
    Column("published_at", Instant),
    Column("original", Boolean),
    Column("repost_source", SealedText("posts.repost_source")),
    Column("images", SealedJson("posts.images"), nullable=False),
    Column("links", SealedJson("posts.links"), nullable=False),
    Column("attachments", SealedJson("posts.attachments"), nullable=False),
    Column("evidence", String(64), nullable=False),
    Column("revision", String(32), nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("gone_at", Instant),
    Column("first_inspection_id", String(60), nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_read_at", Instant),
    Column("scanned_revision", String(32)),
)

revisions = Table(
    "revisions",
    metadata,
    Column("post_id", Text, ForeignKey("posts.id"), primary_key=True),
    Column("revision", String(32), primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Column("evidence", String(64), nullable=False),
)

extractions = Table(
    "extractions",
    metadata,
    Column("post_id", Text, ForeignKey("posts.id"), primary_key=True),
    Column("revision", String(32), nullable=False),
    Column("segments", SealedJson("extractions.segments"), nullable=False),
    Column("unexamined", SealedJson("extractions.unexamined"), nullable=False),
    Column("links", SealedJson("extractions.links"), nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("url", SealedText("links.url"), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("status", Integer),
    Column("final_url", SealedText("links.final_url"), nullable=False),
    Column("detail", Text, nullable=False),
    Column("resolved_at", Instant, nullable=False, index=True),
    Column("page", SealedJson("links.page")),
)

link_readings = Table(
    "link_readings",
    metadata,
    Column("link_id", String(40), ForeignKey("links.id"), primary_key=True),
    Column("content", String(64), primary_key=True),
    Column("capture", String(64), nullable=False),
    Column("page", SealedJson("link_readings.page"), nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
)

link_places = Table(
    "link_places",
    metadata,
    Column("link_id", String(40), primary_key=True),
    Column("post_id", Text, ForeignKey("posts.id"), primary_key=True, index=True),
)

reads = Table(
    "reads",
    metadata,
    Column("inspection_id", String(60), ForeignKey("inspections.id"), primary_key=True),
    Column("post_id", Text, ForeignKey("posts.id"), primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("revision", String(32), nullable=False),
    Column("read_at", Instant, nullable=False),
)

scans = Table(
    "scans",
    metadata,
    Column("inspection_id", String(60), ForeignKey("inspections.id"), primary_key=True),
    Column("post_id", Text, ForeignKey("posts.id"), primary_key=True),
    Column("revision", String(32), nullable=False),
    Column("book", String(64), nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("inspection_id", String(60), ForeignKey("inspections.id"), primary_key=True),
    Column("fingerprint", String(40), primary_key=True),
    Column("rule_id", String(80), nullable=False),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("post_id", Text, nullable=False, index=True),
    Column("severity", String(20), nullable=False),
    Column("confidence", String(20), nullable=False),
    Column("evidence", String(64), nullable=False),
    Column("clauses", JSON, nullable=False),
    Column("body", SealedJson("findings.body"), nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("fingerprint", String(40), primary_key=True),
    Column("rule_id", String(80), nullable=False),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("post_id", Text, nullable=False, index=True),
    Column("presence", String(20), nullable=False),
    Column("opened_in", String(60), ForeignKey("inspections.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("seen_in", String(60), ForeignKey("inspections.id"), nullable=False),
    Column("seen_at", Instant, nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("inspection_id", String(60), ForeignKey("inspections.id"), primary_key=True),
    Column("fingerprint", String(40), ForeignKey("cases.fingerprint"), primary_key=True),
    Column("sighting", String(20), nullable=False),
    Column("seen_in", String(60), nullable=False),
    Column("detail", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", String(40), ForeignKey("cases.fingerprint"), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("reason", SealedText("decisions.reason"), nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("expires_at", Instant),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False),
    Column("inspection_id", String(60), nullable=False),
    Column("account_id", Text, nullable=False),
    Column("url", SealedText("captures.url"), nullable=False),
    Column("status", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("file", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("has_body", Boolean, nullable=False),
    Index("ix_captures_digest", "digest"),
    Index("ix_captures_inspection_id", "inspection_id"),
)

announcements = Table(
    "announcements",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("job", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("url", SealedText("announcements.url"), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
)

profile_snapshots = Table(
    "profile_snapshots",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("facts", SealedJson("profile_snapshots.facts"), nullable=False),
    Column("evidence", String(64), nullable=False),
    Column("inspection_id", String(60), nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
)

credential_states = Table(
    "credential_states",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("expires_at", Instant),
    Column("refusal", Text, nullable=False),
    Column("checked_at", Instant, nullable=False),
)

credential_alerts = Table(
    "credential_alerts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("cause", String(40), primary_key=True),
    Column("inspection_id", String(60), nullable=False),
    Column("alerted_at", Instant, nullable=False),
)

shots = Table(
    "shots",
    metadata,
    Column("post_id", Text, primary_key=True),
    Column("page", String(64), primary_key=True),
    Column("marks", String(64), primary_key=True),
    Column("shot", String(64), nullable=False),
    Column("marked", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("inspection_id", String(60), nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_shots_inspection_id", "inspection_id"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("body", SealedJson("candidates.body"), nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

dismissed_candidates = Table(
    "dismissed_candidates",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("dismissed_at", Instant, nullable=False),
)

register_records = Table(
    "register_records",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("account_id", Text, nullable=False, index=True),
    Column("body", SealedJson("register_records.body"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", String(40), nullable=False),
    Column("updated_at", Instant, nullable=False),
)

register_history = Table(
    "register_history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("key", Text, nullable=False),
    Column("body", SealedJson("register_history.body"), nullable=False),
    Column("until", Instant, nullable=False),
    Index("ix_register_history_key", "kind", "key"),
)

register_sheets = Table(
    "register_sheets",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("source", String(40), nullable=False),
    Column("imported_at", Instant, nullable=False),
)

#: Append-only by a trigger of the database; every entry seals the one before.
rectification_events = Table(
    "rectification_events",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("matter", String(80), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("body", SealedJson("rectification_events.body"), nullable=False),
    Column("digest", String(64), nullable=False),
)

#: Dismissals that reach beyond one finding, event by event; append-only by a trigger.
dismissal_events = Table(
    "dismissal_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("entry", Integer, nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("scope", String(20), nullable=False),
    Column("rule_id", String(80), nullable=False),
    Column("account_id", Text, nullable=False),
    Column("term_digest", String(64), nullable=False),
    Column("term", SealedText("dismissal_events.term"), nullable=False),
    Column("reason", SealedText("dismissal_events.reason"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("key", Text, primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("topic", String(20), nullable=False),
    Column("body", SealedJson("messages.body"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
)
