//! The log of who opened the own profile.

use std::collections::HashMap;

use actix_web::get;
use chrono::{DateTime, Utc};
use domain::profiles::profile_views::ProfileView;
use domain::profiles::sight::ViewBasis;
use domain::{OrganisationId, PersonId, ProfileViewId};
use persistence::View;
use persistence::parties::{organisations, persons};
use persistence::profiles::profile_views as kept;
use serde::Serialize;
use utoipa::ToSchema;

use super::own;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::Answer;

/// One view of the own profile by somebody else (inzage)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileView)]
pub struct ProfileViewView {
    /// Identifies it
    id: ProfileViewId,
    /// Who opened it
    viewer_id: PersonId,
    /// The name of who opened it
    #[schema(max_length = 400, example = "Fatma Yildiz")]
    viewer_name: String,
    /// On behalf of which organisation
    organisation_id: Option<OrganisationId>,
    /// The name of that organisation
    #[schema(max_length = 200, example = "Gemeente Oss")]
    organisation_name: Option<String>,
    /// Why they might see it
    basis: ViewBasis,
    /// When
    #[schema(example = "2026-11-21T09:00:00Z")]
    viewed_at: DateTime<Utc>,
}

page_of!(
    /// A page of views
    ProfileViewPage as ProfileViewPage, ProfileViewView
);

/// List who opened the own profile, newest first
///
/// Every time somebody who is signed in opens it stands here, with the reason why they might. Cards in a list are not
/// opened, and of who reads a public card without signing in nothing is known.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of views", body = ProfileViewPage),
))]
#[get("/profile/views")]
pub(crate) async fn list_profile_views(caller: Caller, paging: Paging) -> Answer<ProfileViewPage> {
    caller
        .read(move |view, actor| {
            let profile = own::find(view, actor)?;
            let page = kept::list(view, profile.id, &paging.request)?;
            let names = Names::of(view, &page.items)?;
            Ok(paging.reply(page.map(|seen| names.name(&seen)), ProfileViewPage::new))
        })
        .await
}

struct Names {
    people: HashMap<PersonId, String>,
    organisations: HashMap<OrganisationId, String>,
}

impl Names {
    fn of(view: &mut View<'_>, seen: &[ProfileView]) -> Result<Self, Problem> {
        let people: Vec<PersonId> = seen.iter().map(|seen| seen.viewer).collect();
        let places: Vec<OrganisationId> = seen.iter().filter_map(|seen| seen.organisation).collect();
        let people = persons::find_many(view, &people)?;
        let places = organisations::find_many(view, &places)?;
        Ok(Self {
            people: people.into_iter().map(|person| (person.id, person.name.full())).collect(),
            organisations: places.into_iter().map(|place| (place.id, place.details.name)).collect(),
        })
    }

    fn name(&self, seen: &ProfileView) -> ProfileViewView {
        let ProfileView { id, profile: _, viewer, organisation, basis, viewed_at } = *seen;
        ProfileViewView {
            id,
            viewer_id: viewer,
            viewer_name: self.people.get(&viewer).cloned().unwrap_or_default(),
            organisation_id: organisation,
            organisation_name: organisation.and_then(|id| self.organisations.get(&id).cloned()),
            basis,
            viewed_at,
        }
    }
}
