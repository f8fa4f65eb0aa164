CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY NOT NULL,
    private_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE TABLE remembered_answers (
    caller_id BLOB NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    location TEXT,
    revision INTEGER,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller_id, idempotency_key)
) STRICT;
CREATE INDEX remembered_answers_by_moment ON remembered_answers (created_at);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id BLOB NOT NULL,
    position INTEGER,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    organisation_id BLOB,
    occurred_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_id ON events (id);
CREATE UNIQUE INDEX events_by_position ON events (position);
CREATE INDEX events_without_position ON events (seq) WHERE position IS NULL;

CREATE TABLE event_audiences (
    seq INTEGER NOT NULL REFERENCES events (seq),
    audience TEXT NOT NULL,
    PRIMARY KEY (audience, seq)
) STRICT;
CREATE INDEX event_audiences_by_seq ON event_audiences (seq);
