//! The columns of the wing `market`, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::parties::organisations;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignments (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        unit_id -> Nullable<Uid>,
        owner_id -> Uid,
        kind -> Text,
        title -> Text,
        minutes_per_week -> Nullable<BigInt>,
        total_minutes -> Nullable<BigInt>,
        weekly_minutes -> Nullable<BigInt>,
        start_date -> Nullable<Date>,
        end_date -> Nullable<Date>,
        positions -> BigInt,
        scale_level -> Text,
        region -> Nullable<Text>,
        region_text -> Nullable<Text>,
        remote -> Text,
        charge_basis -> Text,
        external_hire_minutes -> Nullable<BigInt>,
        external_hire_hourly_rate_cents -> Nullable<BigInt>,
        programme_label -> Nullable<Text>,
        programme_text -> Nullable<Text>,
        state -> Text,
        deadline -> Nullable<Instant>,
        published_at -> Nullable<Instant>,
        listed_at -> Instant,
        closed_at -> Nullable<Instant>,
        ending_reason -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_texts (assignment_id) {
        assignment_id -> Uid,
        description -> Text,
        intended_result -> Nullable<Text>,
        deliverables -> Jsonb,
        planning -> Nullable<Text>,
        location -> Nullable<Text>,
        review_remarks -> Nullable<Text>,
        ending_note -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    assignment_terms (assignment_id, term) {
        assignment_id -> Uid,
        term -> Text,
        weight -> BigInt,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_co_owners (assignment_id, person_id) {
        assignment_id -> Uid,
        place -> BigInt,
        person_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_rings (assignment_id, ring) {
        assignment_id -> Uid,
        ring -> Text,
        place -> BigInt,
        opens_at -> Instant,
        closes_at -> Nullable<Instant>,
        reason -> Nullable<Text>,
        set_by -> Uid,
        announce_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_ring_networks (assignment_id, ring, network_id) {
        assignment_id -> Uid,
        ring -> Text,
        network_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_skills (assignment_id, place) {
        assignment_id -> Uid,
        place -> BigInt,
        is_required -> Bool,
        skill_id -> Nullable<Uid>,
        label -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_education_levels (assignment_id, level) {
        assignment_id -> Uid,
        level -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    assignment_interests (assignment_id, place) {
        assignment_id -> Uid,
        place -> BigInt,
        interest -> Text,
        interest_text -> Text,
    }
}

allow_tables_to_appear_in_same_query!(
    assignments,
    assignment_texts,
    assignment_terms,
    assignment_co_owners,
    assignment_rings,
    assignment_ring_networks,
    assignment_skills,
    assignment_education_levels,
    assignment_interests
);

// Lists are narrowed by what is known of the organisation.
allow_tables_to_appear_in_same_query!(assignments, organisations);
