//! What stands in a message: klussen that every employee of the organisation may see at this moment, and nobody's name.

use std::collections::HashSet;

use domain::exchange::channels::{Channel, ChannelKind};
use domain::market::assignments::{Assignment, Sight};
use domain::market::criteria::AssignmentCriteria;
use domain::parties::persons::PersonLanguage;
use domain::{AssignmentId, Language, OrganisationId};
use interchange::chat::{self, Message, Told};
use persistence::market::assignments;
use persistence::{PageRequest, View};
use uuid::Uuid;

use super::finding::Eyes;
use crate::market::assignments::klussen;
use crate::problem::Problem;

/// What is told of these klussen, as far as the channel may still know of them, the newest first.
pub(super) fn told(
    view: &mut View<'_>,
    channel: &Channel,
    ids: &[AssignmentId],
    public_url: &str,
) -> Result<Vec<Told>, Problem> {
    let (mut eyes, mut seen) = (Eyes::default(), Vec::new());
    for assignment in assignments::find_many(view, ids)? {
        if eyes.see(view, channel.organisation, &assignment)? {
            seen.push(assignment);
        }
    }
    seen.sort_unstable_by_key(|assignment| std::cmp::Reverse(assignment.id));
    shown(view, seen, public_url)
}

/// The newest klussen that every employee of the organisation may see and that fit.
pub(super) fn newest(
    view: &mut View<'_>,
    organisation: OrganisationId,
    criteria: &AssignmentCriteria,
    most: u32,
    public_url: &str,
) -> Result<Vec<Told>, Problem> {
    let mut eyes = Eyes::default();
    let Some(reach) = eyes.reach(view, organisation)?.cloned() else { return Ok(Vec::new()) };
    let sight = Sight { reach, ..Sight::default() };
    let page = assignments::list(view, &criteria.into(), &sight, &PageRequest::first(most))?;
    shown(view, page.items, public_url)
}

fn shown(view: &mut View<'_>, found: Vec<Assignment>, public_url: &str) -> Result<Vec<Told>, Problem> {
    let now = view.now();
    let has_page = |one: &&Assignment| one.public_standing(now).is_some_and(|standing| standing.is_open());
    let with_page: HashSet<Uuid> = found.iter().filter(has_page).map(|one| one.id.into()).collect();
    let klussen = klussen(view, found, public_url)?.into_iter();
    Ok(klussen.map(|klus| Told { has_page: with_page.contains(&klus.id), klus }).collect())
}

/// The message that tells of these klussen.
pub(super) fn message(kind: ChannelKind, language: PersonLanguage, told: &[Told]) -> Result<Message, Problem> {
    chat::message(kind, spoken(language), told).map_err(|error| Problem::internal(&error))
}

/// The message that tests a channel.
pub(super) fn test_message(channel: &Channel) -> Result<Message, Problem> {
    let details = &channel.details;
    chat::test_message(details.kind, spoken(details.language), &details.name).map_err(|error| Problem::internal(&error))
}

fn spoken(language: PersonLanguage) -> Language {
    match language {
        PersonLanguage::Dutch => Language::Dutch,
        PersonLanguage::English => Language::English,
    }
}
