//! The columns of staff and of what follows from it, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::parties::employments;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    staff_members (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        person_id -> Uid,
        employment_id -> Uid,
        employee_number -> Nullable<Text>,
        external_id -> Nullable<Text>,
        user_name -> Nullable<Text>,
        user_name_key -> Nullable<Text>,
        given_name -> Text,
        infix -> Nullable<Text>,
        family_name -> Text,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        language -> Text,
        function -> Nullable<Text>,
        department -> Nullable<Text>,
        cost_center -> Nullable<Text>,
        manager -> Nullable<Text>,
        contract_minutes_per_week -> Nullable<BigInt>,
        working_days_per_week -> Nullable<BigInt>,
        start_date -> Nullable<Date>,
        end_date -> Nullable<Date>,
        active -> Bool,
        sent -> Nullable<Text>,
        inactive_since -> Nullable<Date>,
        left_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    person_codes (hash) {
        hash -> Text,
        person_id -> Uid,
        purpose -> Text,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(staff_members, employments);
