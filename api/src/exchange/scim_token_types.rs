//! Tokens for SCIM: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::exchange::scim_tokens::ScimToken;
use domain::{OrganisationId, PersonId, ScimTokenId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// A new token for SCIM
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScimTokenDraft {
    /// What it is for, to recognise it by
    #[schema(min_length = 1, max_length = 100, example = "Entra ID")]
    pub(super) label: String,
    /// Until when it is good: at most 366 days from now
    #[schema(example = "2027-11-21T09:00:00Z")]
    pub(super) expires_at: DateTime<Utc>,
}

/// A token with which an identity system provisions the staff of an organisation (SCIM-token)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScimToken)]
pub struct ScimTokenView {
    /// Identifies it
    id: ScimTokenId,
    /// Whose staff it provisions
    organisation_id: OrganisationId,
    /// What it is for
    #[schema(max_length = 100, example = "Entra ID")]
    label: String,
    /// Who made it
    created_by_id: Option<PersonId>,
    /// When
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// Until when it is good
    #[schema(example = "2027-11-21T09:00:00Z")]
    expires_at: DateTime<Utc>,
    /// On which day it was last used
    #[schema(example = "2026-11-23")]
    last_used_date: Option<NaiveDate>,
}

/// A new token for SCIM, with the secret that is shown this once
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewScimToken)]
pub struct NewScimTokenView {
    /// Identifies it
    id: ScimTokenId,
    /// Whose staff it provisions
    organisation_id: OrganisationId,
    /// What it is for
    #[schema(max_length = 100, example = "Entra ID")]
    label: String,
    /// When it was made
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// Until when it is good
    #[schema(example = "2027-11-21T09:00:00Z")]
    expires_at: DateTime<Utc>,
    /// The secret, for `Authorization: Bearer` at `/scim/v2`; it is shown only now
    #[schema(max_length = 200, example = "klusnet_scim_Zk2Q…")]
    token: String,
}

page_of!(
    /// A page of tokens for SCIM
    ScimTokenPage as ScimTokenPage, ScimTokenView
);

impl From<ScimToken> for ScimTokenView {
    fn from(token: ScimToken) -> Self {
        let ScimToken { id, organisation, label, created_by, created_at, expires_at, last_used } = token;
        Self {
            id,
            organisation_id: organisation,
            label,
            created_by_id: created_by,
            created_at,
            expires_at,
            last_used_date: last_used,
        }
    }
}

impl NewScimTokenView {
    /// The token with its secret.
    pub(super) fn of(token: ScimToken, secret: String) -> Self {
        // Who made it, made it now; it was not used yet.
        let ScimToken { id, organisation, label, created_by: _, created_at, expires_at, last_used: _ } = token;
        Self { id, organisation_id: organisation, label, created_at, expires_at, token: secret }
    }
}
