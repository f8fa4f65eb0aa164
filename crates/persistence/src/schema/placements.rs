//! The columns of the wing `placements`, as both databases have them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::parties::employments;
use super::responses::{consent_requests, responses};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    arrangements (id) {
        id -> Uid,
        revision -> BigInt,
        series_id -> Uid,
        version -> BigInt,
        person_id -> Uid,
        employment_id -> Uid,
        home_organisation_id -> Uid,
        policy_id -> Nullable<Uid>,
        variant -> Text,
        start_date -> Date,
        end_date -> Nullable<Date>,
        exempted_minutes_per_week -> BigInt,
        own_risk_minutes_per_week -> BigInt,
        original_contract_minutes_per_week -> Nullable<BigInt>,
        acquisition_plan -> Nullable<Text>,
        income_effect -> Nullable<Text>,
        return_guarantee -> Jsonb,
        own_company -> Nullable<Jsonb>,
        programme_label -> Nullable<Text>,
        state -> Text,
        drafted_by -> Text,
        employee_signature -> Nullable<Jsonb>,
        home_signature -> Nullable<Jsonb>,
        reason -> Nullable<Text>,
        ended_on -> Nullable<Date>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    placements (id) {
        id -> Uid,
        revision -> BigInt,
        response_id -> Uid,
        assignment_id -> Uid,
        offer_id -> Uid,
        person_id -> Uid,
        employment_id -> Uid,
        home_organisation_id -> Uid,
        host_organisation_id -> Uid,
        arrangement_id -> Uid,
        hours -> Text,
        stretches -> Jsonb,
        start_date -> Date,
        last_date -> Date,
        charge_basis -> Text,
        hourly_rate_cents -> Nullable<BigInt>,
        light_flow -> Bool,
        return_plan -> Jsonb,
        talks_weeks -> BigInt,
        talks_date -> Date,
        state -> Text,
        notice -> Nullable<Jsonb>,
        cancelled -> Nullable<Text>,
        returned -> Nullable<Jsonb>,
        converted -> Nullable<Jsonb>,
        confirmed_at -> Nullable<Instant>,
        risk_told_at -> Nullable<Instant>,
        talks_told_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    agreement_templates (id) {
        id -> Uid,
        network_id -> Uid,
        version -> BigInt,
        title -> Text,
        clauses -> Jsonb,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    secondment_agreements (id) {
        id -> Uid,
        revision -> BigInt,
        placement_id -> Uid,
        version -> BigInt,
        template_id -> Nullable<Uid>,
        terms -> Jsonb,
        state -> Text,
        laid_down -> Nullable<Jsonb>,
        signatures -> Jsonb,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    agreement_renderings (agreement_id, form) {
        agreement_id -> Uid,
        form -> Text,
        content -> Binary,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    cost_rates (id) {
        id -> Uid,
        employment_id -> Uid,
        valid_from -> Date,
        gross_pay_cents -> BigInt,
        choice_budget_cents -> BigInt,
        employer_charges_cents -> BigInt,
        other_actual_cost_cents -> BigInt,
        other_actual_cost_description -> Nullable<Text>,
        laid_down_by_id -> Uid,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    timesheets (id) {
        id -> Uid,
        revision -> BigInt,
        placement_id -> Uid,
        monday -> Date,
        number -> BigInt,
        state -> Text,
        rejection -> Nullable<Text>,
        decided_by_id -> Nullable<Uid>,
        submitted_at -> Nullable<Instant>,
        decided_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    timesheet_lines (id) {
        id -> Uid,
        timesheet_id -> Uid,
        day -> Date,
        minutes -> BigInt,
        note -> Nullable<Text>,
        reverses_id -> Nullable<Uid>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    charge_statements (id) {
        id -> Uid,
        revision -> BigInt,
        kind -> Text,
        counters_id -> Nullable<Uid>,
        placement_id -> Uid,
        issuer_id -> Uid,
        recipient_id -> Uid,
        month -> Date,
        vat -> Jsonb,
        buyer_references -> Jsonb,
        total_cents -> BigInt,
        state -> Text,
        number_year -> Nullable<BigInt>,
        number_sequence -> Nullable<BigInt>,
        dispute -> Nullable<Text>,
        issued_at -> Nullable<Instant>,
        due_date -> Nullable<Date>,
        paid_date -> Nullable<Date>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    charge_statement_lines (timesheet_line_id) {
        timesheet_line_id -> Uid,
        statement_id -> Uid,
        timesheet_id -> Uid,
        day -> Date,
        minutes -> BigInt,
        cents_per_hour -> BigInt,
        amount_cents -> BigInt,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    evaluations (id) {
        id -> Uid,
        placement_id -> Uid,
        party -> Text,
        by_id -> Uid,
        result -> Text,
        learned -> Nullable<Text>,
        brought_back -> Nullable<Text>,
        effect_on_department -> Nullable<Text>,
        backfill_needed -> Nullable<Bool>,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    endorsements (id) {
        id -> Uid,
        revision -> BigInt,
        placement_id -> Uid,
        person_id -> Uid,
        by_id -> Uid,
        part -> Text,
        text -> Text,
        state -> Text,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    charge_statement_documents (statement_id, form) {
        statement_id -> Uid,
        form -> Text,
        content -> Binary,
    }
}

allow_tables_to_appear_in_same_query!(
    timesheets,
    timesheet_lines,
    charge_statements,
    charge_statement_lines,
    placements,
    secondment_agreements,
);
allow_tables_to_appear_in_same_query!(placements, responses);
// They are blocked by consent that was lost, and by an arrangement that is paused.
allow_tables_to_appear_in_same_query!(placements, consent_requests);
allow_tables_to_appear_in_same_query!(placements, arrangements);
allow_tables_to_appear_in_same_query!(placements, employments);
