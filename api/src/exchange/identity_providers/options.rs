//! How somebody signs in, by the domain of their e-mail address alone: nothing is told of people.

use actix_web::get;
use domain::exchange::identity_providers::domain_of;
use domain::{IdentityProviderId, OrganisationId, Refusal};
use persistence::exchange::identity_providers as kept;
use persistence::parties::organisations;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Query, Visitor};
use crate::reply::{Answer, Reply};

/// Whose options are asked for
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SignInOptionsQuery {
    /// The work e-mail address; only what stands behind the @ is looked at
    #[param(max_length = 254, example = "sanne.devries@oss.example")]
    email: String,
}

/// How people with addresses of this domain sign in
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SignInOptions)]
pub struct SignInOptionsView {
    /// The domain
    #[schema(max_length = 253, example = "oss.example")]
    email_domain: String,
    /// The identity provider that serves the domain; null where none does, and a password is the way in
    identity_provider: Option<ServingProviderView>,
}

/// The identity provider that serves a domain
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ServingProvider)]
pub struct ServingProviderView {
    /// Identifies it
    id: IdentityProviderId,
    /// How people call it
    #[schema(max_length = 120, example = "Aanmelden met Oss")]
    name: String,
    /// Its issuer
    #[schema(format = "uri", max_length = 400, example = "https://login.oss.example/v2.0")]
    issuer: String,
    /// The organisation whose people it knows
    organisation_id: OrganisationId,
    /// How that organisation is called
    #[schema(max_length = 200, example = "Gemeente Oss")]
    organisation_name: String,
}

/// Ask how somebody signs in
///
/// The domain of the address leads to the identity provider that serves it. Nothing tells whether there is such a person.
#[utoipa::path(tag = "sessions", params(SignInOptionsQuery), responses(
    (status = 200, description = "How people of this domain sign in", body = SignInOptionsView),
))]
#[get("/sign-in-options")]
pub(crate) async fn get_sign_in_options(
    visitor: Visitor,
    query: Query<SignInOptionsQuery>,
) -> Answer<SignInOptionsView> {
    let domain = domain_of(&query.0.email)
        .ok_or_else(|| Refusal::invalid("email", "must be an e-mail address, such as sanne@oss.example"))?;
    visitor
        .read(move |view, _| {
            let found = kept::find_by_domain(view, &domain)?.filter(|provider| provider.details.enabled);
            let identity_provider = match found {
                None => None,
                Some(provider) => Some(ServingProviderView {
                    id: provider.id,
                    name: provider.details.name,
                    issuer: provider.details.issuer,
                    organisation_id: provider.organisation,
                    organisation_name: organisations::get(view, provider.organisation)?.details.name,
                }),
            };
            Ok(Reply::shown(SignInOptionsView { email_domain: domain, identity_provider }))
        })
        .await
}
