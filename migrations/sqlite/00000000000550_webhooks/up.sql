CREATE TABLE webhook_subscriptions (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    description TEXT,
    url TEXT NOT NULL,
    event_types TEXT NOT NULL,
    about_organisation_id BLOB REFERENCES organisations (id),
    network_id BLOB REFERENCES networks (id),
    paused INTEGER NOT NULL,
    verified_at INTEGER,
    disabled_at INTEGER,
    disabled_reason TEXT,
    allowed_rate INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
) STRICT;
CREATE INDEX webhook_subscriptions_by_organisation ON webhook_subscriptions (organisation_id, id);
CREATE INDEX webhook_subscriptions_by_about ON webhook_subscriptions (about_organisation_id);
CREATE INDEX webhook_subscriptions_by_network ON webhook_subscriptions (network_id);

-- What signs: it has to be kept as it is. Whoever reads the database can sign.
CREATE TABLE webhook_keys (
    id BLOB PRIMARY KEY NOT NULL,
    subscription_id BLOB NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    seed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    retires_at INTEGER
) STRICT;
CREATE INDEX webhook_keys_by_subscription ON webhook_keys (subscription_id, id);

-- How far the telling has come, and who does it now: beside the subscription, which its organisation changes meanwhile.
CREATE TABLE webhook_queues (
    subscription_id BLOB PRIMARY KEY NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    due_at INTEGER,
    resume_at INTEGER,
    failing_since INTEGER,
    leased_by BLOB,
    leased_until INTEGER
) STRICT;

-- An event of which the outbox may have forgotten by then: so it is whole.
CREATE TABLE webhook_deliveries (
    subscription_id BLOB NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    organisation_id BLOB,
    occurred_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    due_at INTEGER,
    attempts BLOB NOT NULL,
    modified_at INTEGER NOT NULL,
    PRIMARY KEY (subscription_id, position),
    CHECK ((state = 'PENDING') = (due_at IS NOT NULL))
) WITHOUT ROWID, STRICT;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (subscription_id, position) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (modified_at);
