//! The columns of webhooks; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    webhook_subscriptions (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        description -> Nullable<Text>,
        url -> Text,
        event_types -> Text,
        about_organisation_id -> Nullable<Uid>,
        network_id -> Nullable<Uid>,
        paused -> Bool,
        verified_at -> Nullable<Instant>,
        disabled_at -> Nullable<Instant>,
        disabled_reason -> Nullable<Text>,
        allowed_rate -> Nullable<BigInt>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    webhook_keys (id) {
        id -> Uid,
        subscription_id -> Uid,
        secret -> Binary,
        seed -> Binary,
        created_at -> Instant,
        retires_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    webhook_queues (subscription_id) {
        subscription_id -> Uid,
        position -> BigInt,
        due_at -> Nullable<Instant>,
        resume_at -> Nullable<Instant>,
        failing_since -> Nullable<Instant>,
        leased_by -> Nullable<Uid>,
        leased_until -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    webhook_deliveries (subscription_id, position) {
        subscription_id -> Uid,
        position -> BigInt,
        event_id -> Uid,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Uid,
        organisation_id -> Nullable<Uid>,
        occurred_at -> Instant,
        state -> Text,
        tries -> BigInt,
        due_at -> Nullable<Instant>,
        attempts -> Jsonb,
        modified_at -> Instant,
    }
}

joinable!(webhook_queues -> webhook_subscriptions (subscription_id));
allow_tables_to_appear_in_same_query!(webhook_subscriptions, webhook_queues);
