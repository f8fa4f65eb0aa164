//! The columns of the wing `parties`, as both databases have them; the parity test compares.

use diesel::{allow_columns_to_appear_in_same_group_by_clause, allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    organisations (id) {
        id -> Uid,
        revision -> BigInt,
        name -> Text,
        search_text -> Text,
        kind -> Text,
        layer -> Text,
        parent_id -> Nullable<Uid>,
        town -> Nullable<Text>,
        province -> Nullable<Text>,
        invoicing_address -> Nullable<Jsonb>,
        vat_number -> Nullable<Text>,
        iban -> Nullable<Text>,
        invoicing_email -> Nullable<Text>,
        commitment_statement -> Nullable<Text>,
        status -> Text,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    organisation_identifiers (organisation_id, scheme) {
        organisation_id -> Uid,
        scheme -> Text,
        value -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    units (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        name -> Text,
        search_text -> Text,
        parent_id -> Nullable<Uid>,
        external_id -> Nullable<Text>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    mobility_policies (id) {
        id -> Uid,
        organisation_id -> Uid,
        version -> BigInt,
        valid_from -> Date,
        summary -> Text,
        max_exempted_days -> BigInt,
        consent_term_working_days -> BigInt,
        silence -> Text,
        internal_first_working_days -> BigInt,
        excluded_functions -> Jsonb,
        allowed_variants -> Text,
        default_charge_basis -> Text,
        private_hosts_allowed -> Bool,
        open_to_all_employees -> Bool,
        internal_consent_required -> Bool,
        review_required -> Bool,
        text_url -> Nullable<Text>,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    networks (id) {
        id -> Uid,
        revision -> BigInt,
        name -> Text,
        search_text -> Text,
        description -> Text,
        kind -> Text,
        scale_level -> Text,
        admission -> Text,
        regions -> Jsonb,
        region_text -> Text,
        parent_id -> Nullable<Uid>,
        pledge_minimum_people -> BigInt,
        pledge_minimum_assignments -> BigInt,
        internal_first_ceiling_working_days -> BigInt,
        public_rate_ceiling_cents -> Nullable<BigInt>,
        review_required -> Bool,
        programme_label -> Nullable<Text>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    persons (id) {
        id -> Uid,
        revision -> BigInt,
        given_name -> Text,
        infix -> Nullable<Text>,
        family_name -> Text,
        search_text -> Text,
        email -> Nullable<Text>,
        language -> Text,
        status -> Text,
        claimed_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    memberships (id) {
        id -> Uid,
        revision -> BigInt,
        network_id -> Uid,
        organisation_id -> Nullable<Uid>,
        person_id -> Nullable<Uid>,
        state -> Text,
        since -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    accounts (person_id) {
        person_id -> Uid,
        password_hash -> Nullable<Text>,
        activation_hash -> Nullable<Text>,
        activation_expires_at -> Nullable<Instant>,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    sessions (id) {
        id -> Uid,
        person_id -> Uid,
        created_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
        scope -> Nullable<Text>,
        oauth_client_id -> Nullable<Uid>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    refresh_tokens (hash) {
        hash -> Text,
        session_id -> Uid,
        created_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    login_attempts (subject) {
        subject -> Text,
        window_start -> Instant,
        failures -> BigInt,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    employments (id) {
        id -> Uid,
        revision -> BigInt,
        person_id -> Uid,
        organisation_id -> Uid,
        unit_id -> Nullable<Uid>,
        function -> Text,
        contract_minutes_per_week -> BigInt,
        working_days_per_week -> BigInt,
        manager_id -> Nullable<Uid>,
        start_date -> Date,
        end_date -> Nullable<Date>,
        hr_external_id -> Nullable<Text>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    role_assignments (id) {
        id -> Uid,
        person_id -> Uid,
        role -> Text,
        organisation_id -> Nullable<Uid>,
        network_id -> Nullable<Uid>,
        created_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(
    organisations,
    organisation_identifiers,
    units,
    mobility_policies,
    networks,
    persons,
    memberships,
    accounts,
    sessions,
    refresh_tokens,
    login_attempts,
    employments,
    role_assignments
);

allow_columns_to_appear_in_same_group_by_clause!(memberships::network_id, organisations::kind);
