CREATE TABLE signing_keys (
    kid text PRIMARY KEY NOT NULL,
    private_key text NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);

CREATE TABLE remembered_answers (
    caller_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    status bigint NOT NULL,
    location text,
    revision bigint,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (caller_id, idempotency_key)
);
CREATE INDEX remembered_answers_by_moment ON remembered_answers (created_at);

CREATE TABLE events (
    seq bigserial PRIMARY KEY NOT NULL,
    id uuid NOT NULL,
    position bigint,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    organisation_id uuid,
    occurred_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX events_by_id ON events (id);
CREATE UNIQUE INDEX events_by_position ON events (position);
CREATE INDEX events_without_position ON events (seq) WHERE position IS NULL;

CREATE TABLE event_audiences (
    seq bigint NOT NULL REFERENCES events (seq),
    audience text NOT NULL,
    PRIMARY KEY (audience, seq)
);
CREATE INDEX event_audiences_by_seq ON event_audiences (seq);
