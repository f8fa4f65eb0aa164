//! Klussen as they are shown outside the interface: on pages, in feeds, as cards.

use std::collections::HashMap;

use domain::market::assignments::{Assignment, AssignmentDetails, PublicStanding};
use domain::vocabulary::SkillReference;
use domain::{AssignmentId, OrganisationId, SkillId};
use interchange::publishing::Klus;
use persistence::View;
use persistence::market::assignments as kept;
use persistence::parties::organisations;
use persistence::profiles::skills;

use super::show::concepts;
use crate::problem::Problem;
use crate::routes::BASE;

/// A klus that is open to everybody or was, and how it stands; nothing for any other.
pub(crate) fn public_klus(
    view: &mut View<'_>,
    id: AssignmentId,
    public_url: &str,
) -> Result<Option<(Klus, PublicStanding)>, Problem> {
    let now = view.now();
    let Some(assignment) = kept::find(view, id)? else { return Ok(None) };
    let Some(standing) = assignment.public_standing(now) else { return Ok(None) };
    let klus = klussen(view, vec![assignment], public_url)?.pop();
    Ok(klus.map(|klus| (klus, standing)))
}

/// Klussen as they are shown outside, in the same order. Only published ones are.
pub(crate) fn klussen(
    view: &mut View<'_>,
    assignments: Vec<Assignment>,
    public_url: &str,
) -> Result<Vec<Klus>, Problem> {
    let mut hosts: Vec<OrganisationId> = assignments.iter().map(|one| one.organisation).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let hosts: HashMap<OrganisationId, String> =
        organisations::find_many(view, &hosts)?.into_iter().map(|host| (host.id, host.details.name)).collect();
    let mut asked: Vec<SkillId> = assignments.iter().flat_map(concepts).collect();
    asked.sort_unstable();
    asked.dedup();
    let labels = skills::labels(view, &asked)?;
    let now = view.now();
    let shown = assignments.into_iter().filter_map(|assignment| {
        let page = assignment.public_standing(now).map(|_| format!("{public_url}/klussen/{}", assignment.id));
        let link = page.unwrap_or_else(|| format!("{public_url}{BASE}/assignments/{}", assignment.id));
        let host = hosts.get(&assignment.organisation)?.clone();
        klus(assignment.as_of(now), host, &labels, link)
    });
    Ok(shown.collect())
}

/// Who owns it, who may see it and what hiring would have cost stay inside.
fn klus(assignment: Assignment, host: String, labels: &HashMap<SkillId, String>, link: String) -> Option<Klus> {
    let Assignment { id, details, deadline, published_at, modified_at, .. } = assignment;
    let AssignmentDetails {
        kind,
        title,
        description,
        intended_result,
        effort,
        start_date,
        end_date,
        region,
        location,
        remote,
        required_skills,
        preferred_skills,
        ..
    } = details;
    let label = |skill: SkillReference| match skill {
        SkillReference::Concept(id) => labels.get(&id).cloned(),
        SkillReference::FreeText(label) => Some(label),
    };
    Some(Klus {
        id: id.into(),
        title,
        organisation: host,
        kind,
        description,
        intended_result,
        region,
        location,
        remote,
        effort,
        start_date,
        end_date,
        skills: required_skills.into_iter().chain(preferred_skills).filter_map(label).collect(),
        deadline,
        published_at: published_at?,
        modified_at,
        link,
    })
}
