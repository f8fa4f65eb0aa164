//! Reading consent requests: one's own, those one is asked, those that silence passed on.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::Path;
use domain::market::consent_requests::ConsentRequest;
use domain::market::signals::LightName;
use domain::parties::role_assignments::Scope;
use domain::{ConsentRequestId, OrganisationId, Part, PersonId};
use persistence::market::consent_requests::{self as kept, ConsentPart, ConsentReader};
use persistence::market::signals;
use persistence::parties::{organisations, persons};
use persistence::{Page, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::{ConsentRequestPage, ConsentRequestView};
use super::{DECIDERS, open};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::market::responses::light_types::{SignalPage, SignalView};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which consent requests are wanted
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRequestQuery {
    /// True for those that others ask of you, false for those you asked yourself
    #[param(nullable = false, example = true)]
    addressed: Option<bool>,
}

/// List consent requests
///
/// Newest first: those you asked, those you are asked as manager, and those that went to you as mobility adviser or
/// administrator because nobody answered in time.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])), params(ConsentRequestQuery, PagingParams), responses(
    (status = 200, description = "A page of consent requests", body = ConsentRequestPage),
))]
#[get("/consent-requests")]
pub(crate) async fn list_consent_requests(
    caller: Caller,
    query: Query<ConsentRequestQuery>,
    paging: Paging,
) -> Answer<ConsentRequestPage> {
    caller
        .read(move |view, actor| {
            let part = match query.0.addressed {
                None => ConsentPart::Any,
                Some(true) => ConsentPart::Addressed,
                Some(false) => ConsentPart::Asked,
            };
            let reader = ConsentReader { person: actor.person, escalated_to: decides_in(view, actor)? };
            let page = kept::list(view, &reader, part, &paging.request)?;
            Ok(paging.reply(shown_all(view, actor, page)?, ConsentRequestPage::new))
        })
        .await
}

/// Get a consent request
///
/// For the employee, the manager who is asked, and after escalation those who decide.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request")), responses(
    (status = 200, description = "The consent request", body = ConsentRequestView),
))]
#[get("/consent-requests/{consentRequestId}")]
pub(crate) async fn get_consent_request(caller: Caller, id: Path<ConsentRequestId>) -> Answer<ConsentRequestView> {
    caller
        .read(move |view, actor| {
            let (consent, parts) = open(view, actor, *id)?;
            Ok(Reply::current(consent.revision, shown(view, &consent, &parts)?))
        })
        .await
}

/// List what was said about conflicts of interest
///
/// What the employee declared (G4) and how it was answered, newest first: nothing else of the dossier.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), PagingParams), responses(
    (status = 200, description = "A page of signals", body = SignalPage),
))]
#[get("/consent-requests/{consentRequestId}/signals")]
pub(crate) async fn list_consent_signals(
    caller: Caller,
    id: Path<ConsentRequestId>,
    paging: Paging,
) -> Answer<SignalPage> {
    caller
        .read(move |view, actor| {
            let (consent, parts) = open(view, actor, *id)?;
            let page = signals::list(view, consent.response, Some(LightName::Integrity), &paging.request)?;
            Ok(paging.reply(page.map(|signal| SignalView::of(signal, &parts)), SignalPage::new))
        })
        .await
}

/// A consent request as it stands at this moment, for somebody with these parts.
pub(super) fn shown(
    view: &mut View<'_>,
    consent: &ConsentRequest,
    parts: &[Part],
) -> Result<ConsentRequestView, Problem> {
    let name = persons::get(view, consent.employee)?.name.full();
    let host = organisations::get(view, consent.question.host)?.details.name;
    Ok(ConsentRequestView::of(consent.clone().as_of(view.now()), name, host, parts))
}

fn shown_all(
    view: &mut View<'_>,
    actor: &Actor,
    page: Page<ConsentRequest>,
) -> Result<Page<ConsentRequestView>, Problem> {
    let now = view.now();
    let people: Vec<PersonId> = page.items.iter().map(|consent| consent.employee).collect();
    let hosts: Vec<OrganisationId> = page.items.iter().map(|consent| consent.question.host).collect();
    let names: HashMap<_, _> =
        persons::find_many(view, &people)?.into_iter().map(|person| (person.id, person.name.full())).collect();
    let hosts: HashMap<_, _> =
        organisations::find_many(view, &hosts)?.into_iter().map(|host| (host.id, host.details.name)).collect();
    Ok(page.map(|consent| {
        // Only whether it is one's own decides on what is shown.
        let part = if consent.employee == actor.person { Part::Employee } else { Part::HomeManager };
        let name = names.get(&consent.employee).cloned().unwrap_or_default();
        let host = hosts.get(&consent.question.host).cloned().unwrap_or_default();
        ConsentRequestView::of(consent.as_of(now), name, host, &[part])
    }))
}

/// The organisations in which the caller decides on what was escalated: their scopes, with those below.
fn decides_in(view: &mut View<'_>, actor: &Actor) -> Result<Vec<OrganisationId>, Problem> {
    let scopes: Vec<OrganisationId> = actor
        .roles
        .iter()
        .filter(|given| DECIDERS.iter().any(|(role, _)| *role == given.role))
        .filter_map(|given| if let Scope::Organisation(id) = given.scope { Some(id) } else { None })
        .collect();
    Ok(organisations::descendants(view, &scopes)?)
}
