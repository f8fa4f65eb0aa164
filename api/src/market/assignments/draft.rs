//! Begin an assignment, and perhaps publish it in the same call.

use actix_web::post;
use domain::market::assignments::{Assignment, AssignmentDraft as Begun, AssignmentState};
use domain::parties::organisations::OrganisationStatus;
use domain::parties::role_assignments::Role;
use domain::vocabulary::SkillReference;
use domain::{EventKind, Faults, OrganisationId, Part, PersonId, Refusal, UnitId};
use persistence::market::assignments as kept;
use persistence::parties::{organisations, units};
use persistence::profiles::skills;
use persistence::{View, Work};

use super::announce;
use super::drafts::AssignmentDraft;
use super::publish::opened;
use super::show::shown;
use super::views::AssignmentView;
use crate::access::Actor;
use crate::body::Post;
use crate::caller::Caller;
use crate::market::standing::{Viewer, may_own, rules_of, terms_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Begin an assignment
///
/// Done by a client of the organisation, who owns it then, or by an administrator of the organisation. A draft may
/// leave out what publishing needs. With `publication` it is published in the same call, all or nothing: where the
/// organisation or a network named reviews, it is submitted for review.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])), request_body = AssignmentDraft, responses(
    (status = 201, description = "Drafted, or published", body = AssignmentView),
))]
#[post("/assignments")]
pub(crate) async fn create_assignment(caller: Caller, post: Post<AssignmentDraft>) -> Answer<AssignmentView> {
    caller
        .post(post, |work, actor, draft| {
            let assignment = drafted(work, actor, &draft)?;
            let (assignment, reviewing) = match &draft.publication {
                Some(publication) => {
                    let rules = rules_of(work, assignment.organisation)?;
                    let request = publication.request(actor.person);
                    opened(assignment, &request, &rules, &[Part::Client], work.now()).map_err(in_publication)?
                }
                None => (assignment, Vec::new()),
            };
            let assignment = kept::insert(work, assignment)?;
            match assignment.state {
                AssignmentState::Open => announce::published(work, None, &assignment)?,
                AssignmentState::InReview => announce::submitted(work, None, &assignment, &reviewing)?,
                _ => announce::kept_inside(work, EventKind::AssignmentChanged, None, &assignment)?,
            }
            let (path, revision) = (format!("/assignments/{}", assignment.id), assignment.revision);
            let viewer = Viewer::of(work, Some(actor))?;
            Ok(Reply::created(&path, shown(work, &viewer, assignment)?).revision(revision))
        })
        .await
}

fn drafted(work: &mut Work<'_>, actor: &Actor, draft: &AssignmentDraft) -> Result<Assignment, Problem> {
    let organisation = organisations::find(work, draft.organisation_id)?
        .filter(|organisation| organisation.status == OrganisationStatus::Active)
        .ok_or_else(|| Refusal::invalid("organisationId", "must be the id of an organisation that takes part"))?
        .id;
    let begins = actor.has_role(work, Role::Client, organisation)?
        || actor.has_role(work, Role::OrganisationAdministrator, organisation)?;
    let parts: &[Part] = if begins { &[Part::Client] } else { &[] };
    let owner = draft.owner_id.unwrap_or(actor.person);
    let mut faults = Faults::default();
    if begins {
        check_unit(work, draft.unit_id, organisation, &mut faults)?;
        check_owners(
            work,
            Some(owner).filter(|owner| *owner != actor.person),
            &draft.co_owner_ids,
            organisation,
            &mut faults,
        )?;
    }
    let default_basis = terms_of(work, organisation)?.default_charge_basis;
    let details = draft.details(default_basis, &mut faults);
    check_skills(work, "requiredSkills", &details.required_skills, &mut faults)?;
    check_skills(work, "preferredSkills", &details.preferred_skills, &mut faults)?;
    let begun = Begun { organisation, unit: draft.unit_id, owner, co_owners: draft.co_owner_ids.clone(), details };
    Ok(faults.and(Assignment::draft(work.id(), begun, parts, work.now()))?)
}

/// The same refusal, with the fields of the plan where they stand in the body.
fn in_publication(mut refusal: Refusal) -> Refusal {
    for fault in &mut refusal.faults {
        if fault.name == "deadline" || fault.name.starts_with("rings") {
            fault.name = format!("publication.{}", fault.name);
        }
    }
    refusal
}

fn check_unit(
    view: &mut View<'_>,
    unit: Option<UnitId>,
    organisation: OrganisationId,
    faults: &mut Faults,
) -> Result<(), Problem> {
    if let Some(unit) = unit {
        let fits = units::find(view, unit)?.is_some_and(|unit| unit.organisation == organisation);
        faults.unless(fits, "unitId", "must be a unit of the organisation");
    }
    Ok(())
}

/// Notes who cannot be an owner: klussen are owned by clients of the organisation, or who administers it.
pub(super) fn check_owners(
    view: &mut View<'_>,
    owner: Option<PersonId>,
    co_owners: &[PersonId],
    organisation: OrganisationId,
    faults: &mut Faults,
) -> Result<(), Problem> {
    let owner = owner.map(|owner| ("ownerId".to_owned(), owner));
    let co_owners = co_owners.iter().enumerate().map(|(index, person)| (format!("coOwnerIds.{index}"), *person));
    for (field, person) in owner.into_iter().chain(co_owners) {
        let fits = may_own(view, person, organisation)?;
        faults.unless(fits, &field, "must be somebody who publishes klussen for the organisation");
    }
    Ok(())
}

/// Notes which concepts the vocabulary does not have.
pub(super) fn check_skills(
    view: &mut View<'_>,
    field: &str,
    asked: &[SkillReference],
    faults: &mut Faults,
) -> Result<(), Problem> {
    let concept = |skill: &SkillReference| if let SkillReference::Concept(id) = skill { Some(*id) } else { None };
    let ids: Vec<_> = asked.iter().filter_map(concept).collect();
    let known = skills::labels(view, &ids)?;
    for (index, id) in asked.iter().enumerate().filter_map(|(index, skill)| Some((index, concept(skill)?))) {
        let reason = "must be the id of a skill of the vocabulary";
        faults.unless(known.contains_key(&id), &format!("{field}.{index}.skillId"), reason);
    }
    Ok(())
}
