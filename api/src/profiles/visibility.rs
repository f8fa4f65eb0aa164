//! The visibility of the own profile.

use actix_web::{get, put};
use chrono::{DateTime, Utc};
use domain::parties::role_assignments::Role;
use domain::profiles::visibility::{Visibility, VisibilityLevel};
use domain::{NetworkId, OrganisationId, PersonId, truncate};
use persistence::View;
use persistence::parties::{organisations, role_assignments};
use persistence::profiles::viewers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::own;
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// To whom the own profile is to be shown
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileVisibilityInput {
    /// How wide: each level holds the ones before it
    level: VisibilityLevel,
    /// The networks of V3: networks that you belong to, at least one; empty at every other level
    #[serde(default)]
    #[schema(max_items = 20)]
    network_ids: Vec<NetworkId>,
    /// The adviser or coach who sees the whole profile from V1 on: somebody with the role `MOBILITY_ADVISER`
    adviser_id: Option<PersonId>,
    /// Organisations for whose people the profile does not exist at V3 and V4, typically the own one; those above and
    /// below it in the same concern included. Not possible at V5: what everybody may read without signing in cannot be
    /// hidden from one organisation. To respond to a klus there still shows the profile to the owner of that klus
    #[serde(default)]
    #[schema(max_items = 20)]
    hidden_from_organisation_ids: Vec<OrganisationId>,
    /// Until this moment nobody else sees it, as at V0; at most two years from now
    #[schema(example = "2027-04-01T09:00:00Z")]
    paused_until: Option<DateTime<Utc>>,
    /// Whether the public card of V5 shows the name
    #[serde(default)]
    #[schema(example = false)]
    name_on_public_card: bool,
}

/// To whom the own profile is shown (zichtbaarheid)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileVisibility)]
pub struct ProfileVisibilityView {
    /// How wide: each level holds the ones before it; V2 unless chosen otherwise
    level: VisibilityLevel,
    /// The networks of V3
    #[schema(max_items = 20)]
    network_ids: Vec<NetworkId>,
    /// The adviser or coach who sees the whole profile from V1 on
    adviser_id: Option<PersonId>,
    /// Organisations for whose people the profile does not exist at V3 and V4
    #[schema(max_items = 20)]
    hidden_from_organisation_ids: Vec<OrganisationId>,
    /// Until this moment nobody else sees it, as at V0
    #[schema(example = "2027-04-01T09:00:00Z")]
    paused_until: Option<DateTime<Utc>>,
    /// Whether the public card of V5 shows the name
    #[schema(example = false)]
    name_on_public_card: bool,
}

/// Get the visibility of the own profile
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), responses(
    (status = 200, description = "To whom it is shown", body = ProfileVisibilityView),
))]
#[get("/profile/visibility")]
pub(crate) async fn get_own_visibility(caller: Caller) -> Answer<ProfileVisibilityView> {
    caller
        .read(|view, actor| {
            let profile = own::find(view, actor)?;
            Ok(Reply::current(profile.revision, profile.visibility.into()))
        })
        .await
}

/// Choose to whom the own profile is shown
///
/// Replaces the whole choice and takes effect at once. V0: only me. V1: and the adviser I chose. V2 (until chosen
/// otherwise): and the owner of a klus I responded to, for the life of that dossier. V3: and clients in the chosen
/// networks, who see a card without a name. V4: and clients in the whole of government, the same card. V5: and
/// everybody: a public card. Being somebody's line manager shows nothing, and takes away what a client would see at V3
/// and V4.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(crate::body::IfMatchParam),
    request_body = ProfileVisibilityInput, responses(
    (status = 200, description = "Chosen, and in effect", body = ProfileVisibilityView),
))]
#[put("/profile/visibility")]
pub(crate) async fn replace_own_visibility(
    caller: Caller,
    seen: IfMatch,
    body: Body<ProfileVisibilityInput>,
) -> Answer<ProfileVisibilityView> {
    caller
        .write(move |work, actor| {
            let profile = own::find(work, actor)?;
            seen.expect(profile.revision)?;
            let visibility = chosen(work, profile.person, body.0.clone().into())?;
            let profile = own::keep(work, profile.show(visibility, work.now()))?;
            own::announce(work, profile.id, actor)?;
            Ok(Reply::current(profile.revision, profile.visibility.into()))
        })
        .await
}

fn chosen(view: &mut View<'_>, owner: PersonId, wish: Visibility) -> Result<Visibility, Problem> {
    let belongs_to = viewers::networks_of_person(view, owner)?;
    let known: Vec<OrganisationId> =
        organisations::find_many(view, &wish.hidden_from)?.into_iter().map(|organisation| organisation.id).collect();
    let roles = wish.adviser.map(|adviser| role_assignments::of_person(view, adviser)).transpose()?.unwrap_or_default();
    let may_advise = wish.adviser != Some(owner) && roles.iter().any(|given| given.role == Role::MobilityAdviser);
    Ok(wish.choose(&belongs_to, &known, may_advise, view.now())?)
}

impl From<ProfileVisibilityInput> for Visibility {
    fn from(input: ProfileVisibilityInput) -> Self {
        let ProfileVisibilityInput {
            level,
            network_ids,
            adviser_id,
            hidden_from_organisation_ids,
            paused_until,
            name_on_public_card,
        } = input;
        Self {
            level,
            networks: network_ids,
            adviser: adviser_id,
            hidden_from: hidden_from_organisation_ids,
            paused_until: paused_until.map(truncate),
            name_on_public_card,
        }
    }
}

impl From<Visibility> for ProfileVisibilityView {
    fn from(visibility: Visibility) -> Self {
        let Visibility { level, networks, adviser, hidden_from, paused_until, name_on_public_card } = visibility;
        Self {
            level,
            network_ids: networks,
            adviser_id: adviser,
            hidden_from_organisation_ids: hidden_from,
            paused_until,
            name_on_public_card,
        }
    }
}
