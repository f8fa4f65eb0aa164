//! The columns of SCIM, as both databases have them; the parity test compares.

use diesel::table;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    scim_tokens (id) {
        id -> Uid,
        organisation_id -> Uid,
        hash -> Text,
        label -> Text,
        created_by_id -> Nullable<Uid>,
        created_at -> Instant,
        expires_at -> Instant,
        last_used_date -> Nullable<Date>,
    }
}
