-- Chats of an organisation in which klussen are told. Whoever knows the address can post there: it has to be kept as it is.
CREATE TABLE channels (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    criteria BLOB NOT NULL,
    frequency TEXT NOT NULL,
    language TEXT NOT NULL,
    paused INTEGER NOT NULL,
    verified_at INTEGER,
    disabled_at INTEGER,
    disabled_reason TEXT,
    next_telling_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
) STRICT;
CREATE INDEX channels_by_organisation ON channels (organisation_id, id);
CREATE INDEX channels_to_tell ON channels (next_telling_at) WHERE next_telling_at IS NOT NULL;

-- What a channel is or was told of: each klus once, however often it opens wider.
CREATE TABLE channel_hits (
    channel_id BLOB NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    found_at INTEGER NOT NULL,
    told_at INTEGER,
    PRIMARY KEY (channel_id, assignment_id)
) STRICT;
CREATE INDEX channel_hits_waiting ON channel_hits (channel_id) WHERE told_at IS NULL;
CREATE INDEX channel_hits_by_assignment ON channel_hits (assignment_id);

-- Messages: while one waits, or somebody is sending it, it is due at a moment.
CREATE TABLE channel_deliveries (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    channel_id BLOB NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    assignment_ids BLOB NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    due_at INTEGER,
    attempts BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((state = 'PENDING') = (due_at IS NOT NULL))
) STRICT;
CREATE INDEX channel_deliveries_by_channel ON channel_deliveries (channel_id, id);
CREATE INDEX channel_deliveries_due ON channel_deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX channel_deliveries_by_age ON channel_deliveries (modified_at);

-- What opened before is not told.
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'channels', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;
