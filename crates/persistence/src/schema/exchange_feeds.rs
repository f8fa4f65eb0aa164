//! The columns of feeds, as both databases have them; the parity test compares.

use diesel::table;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    feeds (id) {
        id -> Uid,
        owner_id -> Uid,
        organisation_id -> Nullable<Uid>,
        name -> Text,
        criteria -> Text,
        hash -> Text,
        created_at -> Instant,
    }
}
