//! The columns of the wing `exchange`, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    signing_keys (kid) {
        kid -> Text,
        private_key -> Text,
        created_at -> Instant,
        retired_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    remembered_answers (caller_id, idempotency_key) {
        caller_id -> Uid,
        idempotency_key -> Text,
        fingerprint -> Text,
        status -> BigInt,
        location -> Nullable<Text>,
        revision -> Nullable<BigInt>,
        body -> Text,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    events (seq) {
        seq -> BigInt,
        id -> Uid,
        position -> Nullable<BigInt>,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Uid,
        organisation_id -> Nullable<Uid>,
        occurred_at -> Instant,
        state -> Nullable<Text>,
        actor_id -> Nullable<Uid>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    event_audiences (audience, seq) {
        seq -> BigInt,
        audience -> Text,
    }
}

allow_tables_to_appear_in_same_query!(signing_keys, remembered_answers, events, event_audiences);
