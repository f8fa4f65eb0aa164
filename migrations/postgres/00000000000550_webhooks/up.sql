CREATE TABLE webhook_subscriptions (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    description text,
    url text NOT NULL,
    event_types text NOT NULL,
    about_organisation_id uuid REFERENCES organisations (id),
    network_id uuid REFERENCES networks (id),
    paused boolean NOT NULL,
    verified_at timestamptz,
    disabled_at timestamptz,
    disabled_reason text,
    allowed_rate bigint,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);
CREATE INDEX webhook_subscriptions_by_organisation ON webhook_subscriptions (organisation_id, id);
CREATE INDEX webhook_subscriptions_by_about ON webhook_subscriptions (about_organisation_id);
CREATE INDEX webhook_subscriptions_by_network ON webhook_subscriptions (network_id);

-- What signs: it has to be kept as it is. Whoever reads the database can sign.
CREATE TABLE webhook_keys (
    id uuid PRIMARY KEY NOT NULL,
    subscription_id uuid NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    secret bytea NOT NULL,
    seed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    retires_at timestamptz
);
CREATE INDEX webhook_keys_by_subscription ON webhook_keys (subscription_id, id);

-- How far the telling has come, and who does it now: beside the subscription, which its organisation changes meanwhile.
CREATE TABLE webhook_queues (
    subscription_id uuid PRIMARY KEY NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    due_at timestamptz,
    resume_at timestamptz,
    failing_since timestamptz,
    leased_by uuid,
    leased_until timestamptz
);

-- An event of which the outbox may have forgotten by then: so it is whole.
CREATE TABLE webhook_deliveries (
    subscription_id uuid NOT NULL REFERENCES webhook_subscriptions (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    organisation_id uuid,
    occurred_at timestamptz NOT NULL,
    state text NOT NULL,
    tries bigint NOT NULL,
    due_at timestamptz,
    attempts jsonb NOT NULL,
    modified_at timestamptz NOT NULL,
    PRIMARY KEY (subscription_id, position),
    CHECK ((state = 'PENDING') = (due_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (subscription_id, position) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (modified_at);
