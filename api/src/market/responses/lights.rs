//! The lights of a dossier, what was said about them, and the requirements laid beside what is stated.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::market::consent_requests::is_consent_required;
use domain::market::lights::{self, Light};
use domain::market::requirements::{Qualification, RequirementReport};
use domain::market::signals::{Signal, SignalDraft as Saying};
use domain::parties::mobility_policies::PolicyTerms;
use domain::profiles::sight::{Viewer, may_see};
use domain::vocabulary::SkillReference;
use domain::{Change, EventKind, PersonId, Refusal, ResponseId, local_date};
use persistence::market::{consent_requests, conversations, signals};
use persistence::parties::mobility_policies;
use persistence::profiles::profiles::{self, StatedQualification};
use persistence::profiles::{skills, viewers};
use persistence::{View, Work, ledger};

use super::dossier::{Dossier, concerned};
use super::light_types::{LightView, RequirementReportView, SignalDraft, SignalPage, SignalView};
use crate::body::Post;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Say something about a light
///
/// The employee says S2 (that they have read the policy of their organisation, by its id) and G4 (whether they have
/// a conflict of interest), the client S3, an adviser with whom the dossier is shared S2. The other lights follow from
/// what happens. What was said stays; the next signal follows it. The home organisation answers a declared conflict of
/// interest at the consent request: `POST /consent-requests/{consentRequestId}/signals`.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response")),
    request_body = SignalDraft, responses(
    (status = 200, description = "Said; the light as it is now", body = LightView),
    (status = 409, description = "The response is a draft, or it has ended"),
))]
#[post("/responses/{responseId}/signals")]
pub(crate) async fn set_signal(caller: Caller, id: Path<ResponseId>, post: Post<SignalDraft>) -> Answer<LightView> {
    caller
        .post(post, move |work, actor, draft| {
            let dossier = Dossier::open(work, actor, *id)?.settle(work)?;
            let light = say(work, actor.person, &dossier, draft)?;
            Ok(Reply::shown(LightView::of(&light, &dossier.parts)))
        })
        .await
}

/// List what was said about the lights of a dossier
///
/// Newest first. What the employee told of a conflict of interest is for the home organisation: the client reads the
/// colour.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response"), PagingParams), responses(
    (status = 200, description = "A page of signals", body = SignalPage),
))]
#[get("/responses/{responseId}/signals")]
pub(crate) async fn list_signals(caller: Caller, id: Path<ResponseId>, paging: Paging) -> Answer<SignalPage> {
    caller
        .read(move |view, actor| {
            let Dossier { response, parts, .. } = Dossier::open(view, actor, *id)?;
            let page = signals::list(view, response.id, None, &paging.request)?;
            Ok(paging.reply(page.map(|signal| SignalView::of(signal, &parts)), SignalPage::new))
        })
        .await
}

/// Get the requirements of the assignment, laid beside what the employee states
///
/// Reported, never a score and never a rejection: the client weighs.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response")), responses(
    (status = 200, description = "Each requirement, and whether it is met", body = RequirementReportView),
))]
#[get("/responses/{responseId}/requirements")]
pub(crate) async fn get_requirements(caller: Caller, id: Path<ResponseId>) -> Answer<RequirementReportView> {
    caller
        .read(move |view, actor| {
            let dossier = Dossier::read(view, actor, *id)?;
            let report = requirements_of(view, &dossier)?;
            let concept =
                |skill: &SkillReference| if let SkillReference::Concept(id) = skill { Some(*id) } else { None };
            let concepts: Vec<_> = report.skills.iter().filter_map(|(skill, _)| concept(skill)).collect();
            let labels = skills::labels(view, &concepts)?;
            Ok(Reply::shown(RequirementReportView::of(report, &labels)))
        })
        .await
}

/// Keeps what somebody with these parts says about a light, tells those concerned, and gives the light as it is then.
pub(crate) fn say(
    work: &mut Work<'_>,
    person: PersonId,
    dossier: &Dossier,
    draft: SignalDraft,
) -> Result<Light, Problem> {
    let SignalDraft { light, colour, policy_id, reason } = draft;
    let saying = Saying { light, colour, set_by: person, policy: policy_id, reason };
    let signal = Signal::set(work.id(), &dossier.response, saying, &dossier.parts, work.now())?;
    signals::insert(work, signal)?;
    let change = Change::new(EventKind::ResponseChanged, dossier.response.id);
    ledger::record(work, change.to(concerned(&dossier.response, &dossier.assignment)))?;
    let lights = lights_of_dossier(work, dossier)?;
    let light = lights.into_iter().find(|one| one.name == light);
    Ok(light.ok_or_else(|| Refusal::hidden("light"))?)
}

/// The lights of the dossier, from everything that was said and done in it.
pub(crate) fn lights_of_dossier(view: &mut View<'_>, dossier: &Dossier) -> Result<[Light; 6], Problem> {
    let now = view.now();
    let Dossier { response, assignment, parts: _ } = dossier;
    let requirements = requirements_of(view, dossier)?;
    let consent = consent_requests::last_of(view, &[response.id])?.pop();
    let consent_required = match response.home {
        None => true,
        Some(home) => {
            let policy = home.policy.map(|policy| mobility_policies::get(view, policy)).transpose()?;
            let terms = policy.map_or_else(|| PolicyTerms::platform_default(local_date(now)), |policy| policy.terms);
            is_consent_required(&terms, assignment, home.organisation)
        }
    };
    Ok(lights::lights(&lights::Dossier {
        response,
        signals: &signals::of_response(view, response.id)?,
        requirements: &requirements,
        consent: consent.as_ref(),
        consent_required,
        conversations: &conversations::of_response(view, response.id)?,
        now,
    }))
}

fn requirements_of(view: &mut View<'_>, dossier: &Dossier) -> Result<RequirementReport, Problem> {
    let stated = shown_to_client(view, dossier.response.person, dossier.assignment.owner)?;
    Ok(RequirementReport::of(&dossier.assignment.details, &stated))
}

/// What somebody states of themselves, as far as their visibility shows it to the client they responded to.
fn shown_to_client(view: &mut View<'_>, person: PersonId, client: PersonId) -> Result<Qualification, Problem> {
    let Some(profile) = profiles::find_of_person(view, person)? else { return Ok(Qualification::default()) };
    let owner = viewers::owner(view, person)?;
    let client = Viewer { person: Some(client), responders: vec![person], ..Viewer::default() };
    if may_see(&profile, &owner, &client, view.now()).is_none() {
        return Ok(Qualification::default());
    }
    let StatedQualification { education, skills } = profiles::qualification_of(view, person)?;
    Ok(Qualification { education, skills })
}
