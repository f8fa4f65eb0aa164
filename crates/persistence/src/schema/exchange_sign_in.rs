//! The columns of identity providers and of signing in through them; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    identity_providers (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        name -> Text,
        issuer -> Text,
        client_id -> Text,
        authentication -> Text,
        client_secret -> Nullable<Text>,
        staff_claim -> Text,
        staff_key -> Text,
        algorithms -> Text,
        clock_skew_seconds -> BigInt,
        audiences -> Jsonb,
        email_domains -> Jsonb,
        enabled -> Bool,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    identity_provider_domains (domain) {
        domain -> Text,
        provider_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    sign_ins (id) {
        id -> Uid,
        client_id -> Uid,
        redirect_uri -> Text,
        state -> Text,
        scope -> Text,
        challenge -> Text,
        provider_id -> Uid,
        ticket_hash -> Text,
        browser_hash -> Text,
        nonce -> Text,
        verifier -> Text,
        person_id -> Nullable<Uid>,
        expires_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    authorization_codes (hash) {
        hash -> Text,
        client_id -> Uid,
        redirect_uri -> Text,
        state -> Text,
        scope -> Text,
        challenge -> Text,
        person_id -> Uid,
        expires_at -> Instant,
        session_id -> Nullable<Uid>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    client_consents (id) {
        id -> Uid,
        person_id -> Uid,
        client_id -> Uid,
        scopes -> Text,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(
    identity_providers,
    identity_provider_domains,
    sign_ins,
    authorization_codes,
    client_consents
);
