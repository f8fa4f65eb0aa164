//! Consent requests: the employee asks, the home organisation decides, silence never grants.

mod asking;
mod deciding;
mod reading;
mod types;

use std::collections::BTreeSet;

use domain::market::assignments::Assignment;
use domain::market::consent_requests::{ConsentDue, ConsentRequest, ConsentState};
use domain::market::responses::Response;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope, in_force};
use domain::{
    Audience, Change, ConsentRequestId, EmploymentId, EventKind, Moment, OrganisationId, Part, Parts, Refusal,
    TextEnum, local_date,
};
use persistence::market::{assignments, consent_requests as kept, responses};
use persistence::parties::{employments, organisations, role_assignments};
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::reading::shown;
use self::types::ConsentRequestView;
use super::responses::dossier::owners;
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(asking::create_consent_request)
        .service(asking::accept_consent_conditions)
        .service(asking::withdraw_consent_request)
        .service(reading::list_consent_requests)
        .service(reading::get_consent_request)
        .service(reading::list_consent_signals)
        .service(deciding::grant_consent)
        .service(deciding::refuse_consent)
        .service(deciding::revoke_consent)
        .service(deciding::set_consent_signal);
}

/// A consent request as it is kept, with the parts the caller plays in it; to anybody else it is not there. Who takes
/// over from a silent manager sees it from then on.
pub(crate) fn open(
    view: &mut View<'_>,
    actor: &Actor,
    id: ConsentRequestId,
) -> Result<(ConsentRequest, Parts), Problem> {
    let consent = kept::get(view, id)?;
    let now = view.now();
    let mut parts = Parts::new();
    if consent.employee == actor.person {
        parts.push(Part::Employee);
    }
    if consent.manager == Some(actor.person) {
        parts.push(Part::HomeManager);
    }
    if consent.clone().as_of(now).escalated_at.is_some() {
        for (role, part) in DECIDERS {
            if actor.has_role(view, *role, consent.home)? {
                parts.push(*part);
            }
        }
    }
    if parts.is_empty() { Err(Refusal::hidden("consent request").into()) } else { Ok((consent, parts)) }
}

/// Who decides on what was escalated.
const DECIDERS: &[(Role, Part)] = &[
    (Role::MobilityAdviser, Part::MobilityAdviser),
    (Role::OrganisationAdministrator, Part::OrganisationAdministrator),
];

/// Takes a step with a consent request at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: ConsentRequestId,
    seen: &IfMatch,
    decide: impl FnOnce(ConsentRequest, &[Part], Moment) -> Result<ConsentRequest, Refusal>,
) -> Answer<ConsentRequestView> {
    let (consent, parts) = open(work, actor, id)?;
    seen.expect(consent.revision)?;
    let now = work.now();
    let from = consent.clone().as_of(now).state;
    let consent = keep(work, from, decide(consent, &parts, now)?)?;
    Ok(Reply::current(consent.revision, shown(work, &consent, &parts)?))
}

/// Keeps a changed consent request, and tells those concerned.
pub(super) fn keep(
    work: &mut Work<'_>,
    from: ConsentState,
    consent: ConsentRequest,
) -> Result<ConsentRequest, Problem> {
    let consent = kept::save(work, consent)?;
    tell(work, Some(from), &consent)?;
    Ok(consent)
}

/// Puts what is still to be answered about an employment to the manager it has now.
pub(crate) fn follow_manager(work: &mut Work<'_>, employment: EmploymentId) -> Result<(), Problem> {
    let manager = employments::get(work, employment)?.terms.manager;
    for consent in kept::asked_about(work, employment)? {
        if consent.manager != manager && consent.due(work.now()).is_none_or(|due| due == ConsentDue::Remind) {
            let (from, now) = (consent.state, work.now());
            keep(work, from, consent.hand_over(manager, &[Part::Service], now)?)?;
        }
    }
    Ok(())
}

/// Keeps that the manager was reminded, and reminds.
pub(super) fn remind(work: &mut Work<'_>, consent: ConsentRequest) -> Result<(), Problem> {
    let consent = kept::save(work, consent)?;
    let audiences = consent.manager.map(Audience::Person);
    Ok(ledger::record(work, Change::new(EventKind::ConsentReminder, consent.id).to(audiences))?)
}

/// Tells the employee, the manager who is asked, and after escalation those who decide. The owners of the assignment
/// hear only that their dossier changed, and only when the colour of the light does.
fn tell(work: &mut Work<'_>, from: Option<ConsentState>, consent: &ConsentRequest) -> Result<(), Problem> {
    let mut audiences = vec![Audience::Person(consent.employee)];
    audiences.extend(consent.manager.map(Audience::Person));
    if consent.escalated_at.is_some() {
        audiences.extend(deciders(work, consent.home)?);
    }
    let change = Change::new(EventKind::ConsentStateChanged, consent.id);
    let change = change.states(from.map(TextEnum::as_str), consent.state.as_str()).to(audiences);
    ledger::record(work, change)?;
    let is_green = |state| state == ConsentState::Granted;
    let turned = from.is_some_and(is_green) != is_green(consent.state) || consent.state == ConsentState::Revoked;
    if turned {
        let (_, assignment) = dossier_of(work, consent)?;
        ledger::record(work, Change::new(EventKind::ResponseChanged, consent.response).to(owners(&assignment)))?;
    }
    Ok(())
}

/// Those who decide on what was escalated at this organisation; whoever has left has no role in it any more.
fn deciders(view: &mut View<'_>, home: OrganisationId) -> Result<Vec<Audience>, Problem> {
    let today = local_date(view.now());
    let above = organisations::ancestors(view, home)?;
    let mut holders = BTreeSet::new();
    for organisation in &above {
        for (role, _) in DECIDERS {
            holders.extend(role_assignments::holders(view, *role, Scope::Organisation(*organisation))?);
        }
    }
    let mut people = Vec::new();
    for person in holders {
        let (roles, employments) = (role_assignments::of_person(view, person)?, employments::of_person(view, person)?);
        let roles = in_force(roles, &employments, today);
        if DECIDERS.iter().any(|(role, _)| holds(&roles, *role, &above)) {
            people.push(Audience::Person(person));
        }
    }
    Ok(people)
}

/// Whether one of these roles is this role, in one of these organisations.
pub(super) fn holds(roles: &[RoleAssignment], role: Role, organisations: &[OrganisationId]) -> bool {
    roles.iter().any(|given| {
        given.role == role && matches!(given.scope, Scope::Organisation(id) if organisations.contains(&id))
    })
}

/// The dossier that a consent request belongs to.
fn dossier_of(view: &mut View<'_>, consent: &ConsentRequest) -> Result<(Response, Assignment), Problem> {
    let response = responses::get(view, consent.response)?;
    let assignment = assignments::get(view, response.assignment)?;
    Ok((response, assignment))
}
