//! Events and reference.

use super::*;

pub(super) fn rows() -> Vec<Row> {
    vec![
        row("listEvents", "GET /events").signed_in(200),
        row("getLatestEvent", "GET /events/latest").signed_in(200),
        row("streamEvents", "GET /events/stream?after=01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").signed_in(410),
        row("createJoinCode", "POST /me/join-codes").signed_in(200),
        row("joinIdentities", "POST /me/identity-joins").body(json!({"joinCode": "unknown"})).signed_in(400),
        row("getGlossary", "GET /glossary").open(200),
        row("listLifecycles", "GET /lifecycles").open(200),
        row("getLifecycle", "GET /lifecycles/memberships").open(200),
        row("listVocabularies", "GET /vocabularies").open(200),
        row("getVocabulary", "GET /vocabularies/Role").open(200),
        row("listVariants", "GET /variants").open(200),
        row("listProblemTypes", "GET /problem-types").open(200),
        row("getProblemType", "GET /problem-types/not_found").open(200),
        row("listScopes", "GET /scopes").open(200),
    ]
}

pub(super) fn thing(_: &Scene<'_>, _: &str) -> Option<String> {
    None
}
