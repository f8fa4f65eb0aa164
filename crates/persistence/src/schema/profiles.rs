//! The columns of the wing `profiles`, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::parties::{employments, memberships, persons};

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    skills (id) {
        id -> Uid,
        uri -> Text,
        label -> Text,
        alternative_labels -> Jsonb,
        kind -> Text,
        sort_text -> Text,
        search_text -> Text,
    }
}

table! {
    reference_lists (name) {
        name -> Text,
        digest -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    profiles (id) {
        id -> Uid,
        revision -> BigInt,
        person_id -> Uid,
        headline -> Nullable<Text>,
        core_qualities -> Jsonb,
        interests -> Jsonb,
        ambition -> Nullable<Text>,
        experience -> Nullable<Text>,
        education_level -> Nullable<Text>,
        entrepreneurship_level -> Nullable<Text>,
        level -> Text,
        adviser_id -> Nullable<Uid>,
        paused_until -> Nullable<Instant>,
        name_on_public_card -> Bool,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    profile_fields_of_work (profile_id, position) {
        profile_id -> Uid,
        position -> BigInt,
        name -> Text,
        search_text -> Text,
    }
}

table! {
    use crate::columns::Uid;

    profile_networks (profile_id, network_id) {
        profile_id -> Uid,
        network_id -> Uid,
        person_id -> Uid,
    }
}

table! {
    use crate::columns::Uid;

    profile_hidden_organisations (profile_id, organisation_id) {
        profile_id -> Uid,
        organisation_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    profile_skills (id) {
        id -> Uid,
        revision -> BigInt,
        profile_id -> Uid,
        skill_id -> Nullable<Uid>,
        free_text -> Nullable<Text>,
        search_text -> Text,
        level -> Nullable<Text>,
        wants_to_use -> Bool,
        wants_to_learn -> Bool,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    availabilities (id) {
        id -> Uid,
        revision -> BigInt,
        profile_id -> Uid,
        pattern -> Text,
        minutes_per_week -> Nullable<BigInt>,
        weekdays -> Text,
        start_date -> Nullable<Date>,
        end_date -> Nullable<Date>,
        max_distance_kilometres -> Nullable<BigInt>,
        remote -> Bool,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    profile_views (id) {
        id -> Uid,
        profile_id -> Uid,
        viewer_id -> Uid,
        organisation_id -> Nullable<Uid>,
        basis -> Text,
        viewed_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    profile_offers (profile_id) {
        profile_id -> Uid,
        offered -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    offered_skills (skill_id, profile_id) {
        skill_id -> Uid,
        profile_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    profile_terms (profile_id, term) {
        profile_id -> Uid,
        term -> Text,
    }
}

allow_tables_to_appear_in_same_query!(
    skills,
    profiles,
    profile_terms,
    profile_fields_of_work,
    profile_networks,
    profile_hidden_organisations,
    profile_skills,
    availabilities,
    profile_views,
    profile_offers,
    offered_skills
);
allow_tables_to_appear_in_same_query!(profile_networks, memberships);
allow_tables_to_appear_in_same_query!(profile_networks, employments);
allow_tables_to_appear_in_same_query!(profiles, memberships);
allow_tables_to_appear_in_same_query!(profiles, employments);
allow_tables_to_appear_in_same_query!(profiles, persons);
