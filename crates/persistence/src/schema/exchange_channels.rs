//! The columns of channels in which klussen are told; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    channels (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        kind -> Text,
        name -> Text,
        address -> Text,
        criteria -> Jsonb,
        frequency -> Text,
        language -> Text,
        paused -> Bool,
        verified_at -> Nullable<Instant>,
        disabled_at -> Nullable<Instant>,
        disabled_reason -> Nullable<Text>,
        next_telling_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    channel_hits (channel_id, assignment_id) {
        channel_id -> Uid,
        assignment_id -> Uid,
        found_at -> Instant,
        told_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    channel_deliveries (id) {
        id -> Uid,
        revision -> BigInt,
        channel_id -> Uid,
        assignment_ids -> Jsonb,
        state -> Text,
        tries -> BigInt,
        due_at -> Nullable<Instant>,
        attempts -> Jsonb,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

joinable!(channel_deliveries -> channels (channel_id));
allow_tables_to_appear_in_same_query!(channels, channel_hits, channel_deliveries);
