//! The columns of the wing `insight`, as both databases have them; the parity test compares.

use diesel::table;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    audit_events (id) {
        id -> Uid,
        occurred_at -> Instant,
        actor_id -> Nullable<Uid>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Uid,
        organisation_id -> Nullable<Uid>,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        oauth_client_id -> Nullable<Uid>,
    }
}
