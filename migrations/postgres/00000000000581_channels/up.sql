-- Chats of an organisation in which klussen are told. Whoever knows the address can post there: it has to be kept as it is.
CREATE TABLE channels (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    kind text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    criteria jsonb NOT NULL,
    frequency text NOT NULL,
    language text NOT NULL,
    paused boolean NOT NULL,
    verified_at timestamptz,
    disabled_at timestamptz,
    disabled_reason text,
    next_telling_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);
CREATE INDEX channels_by_organisation ON channels (organisation_id, id);
CREATE INDEX channels_to_tell ON channels (next_telling_at) WHERE next_telling_at IS NOT NULL;

-- What a channel is or was told of: each klus once, however often it opens wider.
CREATE TABLE channel_hits (
    channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    found_at timestamptz NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (channel_id, assignment_id)
);
CREATE INDEX channel_hits_waiting ON channel_hits (channel_id) WHERE told_at IS NULL;
CREATE INDEX channel_hits_by_assignment ON channel_hits (assignment_id);

-- Messages: while one waits, or somebody is sending it, it is due at a moment.
CREATE TABLE channel_deliveries (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    assignment_ids jsonb NOT NULL,
    state text NOT NULL,
    tries bigint NOT NULL,
    due_at timestamptz,
    attempts jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((state = 'PENDING') = (due_at IS NOT NULL))
);
CREATE INDEX channel_deliveries_by_channel ON channel_deliveries (channel_id, id);
CREATE INDEX channel_deliveries_due ON channel_deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX channel_deliveries_by_age ON channel_deliveries (modified_at);

-- What opened before is not told.
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'channels', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;
