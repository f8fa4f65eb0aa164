//! The columns of OAuth clients and of tokens that were used or taken back; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

use super::parties::{persons, sessions};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    oauth_clients (id) {
        id -> Uid,
        revision -> BigInt,
        organisation_id -> Uid,
        kind -> Text,
        grant_type -> Text,
        name -> Text,
        description -> Nullable<Text>,
        redirect_uris -> Jsonb,
        scopes -> Text,
        jwks -> Nullable<Jsonb>,
        jwks_uri -> Nullable<Text>,
        disabled -> Bool,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    oauth_secrets (id) {
        id -> Uid,
        client_id -> Uid,
        hash -> Text,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    used_tokens (issuer, token_id) {
        issuer -> Text,
        token_id -> Text,
        expires_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    revoked_tokens (token_id) {
        token_id -> Uid,
        expires_at -> Instant,
    }
}

allow_tables_to_appear_in_same_query!(oauth_clients, oauth_secrets, used_tokens, revoked_tokens);
// What a token stands on is asked in one statement.
allow_tables_to_appear_in_same_query!(revoked_tokens, sessions);
allow_tables_to_appear_in_same_query!(revoked_tokens, persons);
