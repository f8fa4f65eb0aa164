//! The columns of responses and their dossiers, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::market::assignments;
use super::parties::employments;

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    responses (id) {
        id -> Uid,
        revision -> BigInt,
        assignment_id -> Uid,
        person_id -> Uid,
        motivation -> Text,
        learning_goal -> Nullable<Text>,
        minutes_per_week -> Nullable<BigInt>,
        total_minutes -> Nullable<BigInt>,
        channel -> Text,
        home_organisation_id -> Nullable<Uid>,
        home_employment_id -> Nullable<Uid>,
        home_policy_id -> Nullable<Uid>,
        state -> Text,
        placement_stage -> Nullable<Text>,
        outcome_reason -> Nullable<Text>,
        outcome_note -> Nullable<Text>,
        outcome_at -> Nullable<Instant>,
        reopening_offered_at -> Nullable<Instant>,
        submitted_at -> Nullable<Instant>,
        accepted_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    response_advisers (response_id) {
        response_id -> Uid,
        person_id -> Uid,
        shared_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    signals (id) {
        id -> Uid,
        response_id -> Uid,
        light -> Text,
        colour -> Text,
        part -> Text,
        set_by_id -> Uid,
        policy_id -> Nullable<Uid>,
        reason -> Nullable<Text>,
        moment -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    consent_requests (id) {
        id -> Uid,
        revision -> BigInt,
        response_id -> Uid,
        employee_id -> Uid,
        employment_id -> Uid,
        home_organisation_id -> Uid,
        manager_id -> Nullable<Uid>,
        minutes_per_week -> Nullable<BigInt>,
        total_minutes -> Nullable<BigInt>,
        start_date -> Date,
        end_date -> Date,
        host_id -> Uid,
        title -> Text,
        intended_result -> Text,
        policy_id -> Nullable<Uid>,
        silence -> Text,
        state -> Text,
        remind_at -> Nullable<Instant>,
        expires_at -> Instant,
        reminded_at -> Nullable<Instant>,
        escalated_at -> Nullable<Instant>,
        decided_by_id -> Nullable<Uid>,
        decided_part -> Nullable<Text>,
        refusal_reason -> Nullable<Text>,
        decision_text -> Nullable<Text>,
        conditions -> Nullable<Text>,
        decided_at -> Nullable<Instant>,
        conditions_accepted_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    conversations (id) {
        id -> Uid,
        revision -> BigInt,
        response_id -> Uid,
        planned_at -> Instant,
        place -> Nullable<Text>,
        state -> Text,
        held_at -> Nullable<Instant>,
        employee_click -> Nullable<Text>,
        employee_said_at -> Nullable<Instant>,
        employee_note -> Nullable<Text>,
        client_click -> Nullable<Text>,
        client_said_at -> Nullable<Instant>,
        client_note -> Nullable<Text>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    offers (id) {
        id -> Uid,
        revision -> BigInt,
        response_id -> Uid,
        made_by_id -> Uid,
        minutes_per_week -> Nullable<BigInt>,
        total_minutes -> Nullable<BigInt>,
        start_date -> Date,
        end_date -> Date,
        charge_basis -> Text,
        hourly_rate_cents -> Nullable<BigInt>,
        valid_until -> Instant,
        state -> Text,
        decline_reason -> Nullable<Text>,
        note -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(responses, response_advisers, signals, consent_requests, conversations, offers);

// Responses are found by what they respond to.
allow_tables_to_appear_in_same_query!(responses, assignments);

// Who left, and who has another manager.
allow_tables_to_appear_in_same_query!(responses, employments);
allow_tables_to_appear_in_same_query!(consent_requests, employments);
