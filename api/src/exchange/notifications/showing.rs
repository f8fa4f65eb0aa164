//! A notification as its reader may see it now: nothing that they could not read themselves.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use domain::exchange::notifications::Notification;
use domain::{AssignmentId, Language, OrganisationId, TextEnum as _};
use persistence::View;
use persistence::market::assignments;
use persistence::parties::organisations;
use uuid::Uuid;

use super::standing::Concern;
use super::types::{NotificationSubjectView, NotificationView};
use crate::access::Actor;
use crate::exchange::events::address_of;
use crate::market::standing::Viewer;
use crate::problem::Problem;

/// What the reader may know at this moment of what the notifications are about.
struct Known {
    concerns: HashMap<(String, Uuid), Option<Concern>>,
    seen: HashSet<AssignmentId>,
    names: HashMap<OrganisationId, String>,
}

/// One notification.
pub(super) fn shown(
    view: &mut View<'_>,
    actor: &Actor,
    notification: Notification,
    language: Language,
) -> Result<NotificationView, Problem> {
    let mut shown = all_shown(view, actor, vec![notification], language)?;
    shown.pop().ok_or_else(|| Problem::internal(&"a notification that is not shown"))
}

/// Many of them.
pub(in crate::exchange) fn all_shown(
    view: &mut View<'_>,
    actor: &Actor,
    notifications: Vec<Notification>,
    language: Language,
) -> Result<Vec<NotificationView>, Problem> {
    let known = Known::of(view, actor, &notifications)?;
    Ok(notifications.into_iter().map(|notification| known.show(notification, language)).collect())
}

impl Known {
    fn of(view: &mut View<'_>, actor: &Actor, notifications: &[Notification]) -> Result<Self, Problem> {
        let mut concerns = HashMap::new();
        for Notification { subject_kind, subject_id, .. } in notifications.iter().filter(|one| one.finding.is_none()) {
            let key = (subject_kind.clone(), *subject_id);
            if let Entry::Vacant(unknown) = concerns.entry(key) {
                unknown.insert(Concern::find(view, actor, subject_kind, *subject_id)?);
            }
        }
        let organisations: Vec<OrganisationId> = notifications.iter().filter_map(|one| one.organisation).collect();
        let names = organisations::find_many(view, &organisations)?;
        let names = names.into_iter().map(|organisation| (organisation.id, organisation.details.name)).collect();
        let found = notifications.iter().filter_map(|one| one.finding.as_ref());
        let found: HashSet<AssignmentId> = found.flat_map(|finding| finding.assignments.iter().copied()).collect();
        Ok(Self { concerns, seen: seen_of(view, actor, found)?, names })
    }

    fn show(&self, notification: Notification, language: Language) -> NotificationView {
        let Notification { id, kind, subject_kind, subject_id, organisation, role, state, finding, .. } = notification;
        let search = finding.as_ref().map(|finding| finding.search);
        let assignment_ids: Vec<AssignmentId> =
            finding.into_iter().flat_map(|finding| finding.assignments).filter(|id| self.seen.contains(id)).collect();
        let knows = match search {
            Some(search) => subject_id == Uuid::from(search) || !assignment_ids.is_empty(),
            None => match self.concerns.get(&(subject_kind.clone(), subject_id)) {
                Some(Some(concern)) => role.is_none_or(|role| concern.parts.contains(&role)),
                _ => false,
            },
        };
        let organisation = organisation.filter(|_| knows);
        let address = address_of(&subject_kind, subject_id, organisation);
        NotificationView {
            id,
            kind,
            group: kind.group(),
            title: kind.label(language),
            subject: knows.then_some(NotificationSubjectView { kind: subject_kind, id: subject_id, address }),
            role: role.filter(|_| knows),
            organisation_id: organisation,
            organisation_name: organisation.and_then(|id| self.names.get(&id).cloned()),
            state: state.filter(|_| knows),
            saved_search_id: search,
            assignment_count: assignment_ids.len(),
            assignment_ids,
            occurred_at: notification.occurred_at,
            read_at: notification.read_at,
        }
    }
}

/// Those of the klussen that the reader sees at this moment.
fn seen_of(view: &mut View<'_>, actor: &Actor, found: HashSet<AssignmentId>) -> Result<HashSet<AssignmentId>, Problem> {
    if found.is_empty() {
        return Ok(HashSet::new());
    }
    let (viewer, now) = (Viewer::of(view, Some(actor))?, view.now());
    let found: Vec<AssignmentId> = found.into_iter().collect();
    let seen = assignments::find_many(view, &found)?.into_iter().filter(|one| viewer.sight.sees(one, now));
    Ok(seen.map(|assignment| assignment.id).collect())
}
