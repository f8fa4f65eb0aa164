//! The columns of staff feeds and staff imports, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    staff_feeds (organisation_id) {
        organisation_id -> Uid,
        revision -> BigInt,
        leading_source -> Nullable<Text>,
        mapping -> Nullable<Jsonb>,
        limits -> Jsonb,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    staff_imports (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        mode -> Text,
        state -> Text,
        fingerprint -> Text,
        generated_at -> Nullable<Instant>,
        first_load -> Bool,
        fields -> Text,
        row_count -> BigInt,
        employees_before -> BigInt,
        limits -> Jsonb,
        planned -> Jsonb,
        applied -> Jsonb,
        chunks -> BigInt,
        chunks_applied -> BigInt,
        submitted_by_id -> Nullable<Uid>,
        decided_by_id -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
        reason -> Nullable<Text>,
        attempts -> BigInt,
        leased_until -> Nullable<Instant>,
        finished_at -> Nullable<Instant>,
        results_until -> Instant,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    staff_import_chunks (import_id, number) {
        import_id -> Uid,
        number -> BigInt,
        first_row -> BigInt,
        row_count -> BigInt,
        pending -> Bool,
        outcomes -> Jsonb,
        items -> Nullable<Text>,
        results -> Text,
        forget_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(staff_feeds, staff_imports, staff_import_chunks);
