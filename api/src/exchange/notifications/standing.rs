//! Where somebody stands with the thing a notification is about: asked when it is made, and again when it is read.

use domain::{OrganisationId, Part, Parts};
use persistence::View;
use persistence::exchange::{channels, webhooks};
use persistence::market::{assignments, conversations, offers};
use persistence::placements::{
    arrangements, charge_statements, endorsements, placements, secondment_agreements, timesheets,
};
use uuid::Uuid;

use crate::access::Actor;
use crate::market::consent_requests;
use crate::market::responses::dossier::Dossier;
use crate::placements::standing::{of_arrangement, of_placement, of_statement};
use crate::problem::Problem;

/// What somebody has to do with a thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Concern {
    /// The parts they play.
    pub(super) parts: Parts,
    home: Option<OrganisationId>,
    host: Option<OrganisationId>,
}

impl Concern {
    /// The organisation for which they play this part.
    pub(super) fn organisation(&self, role: Option<Part>) -> Option<OrganisationId> {
        match role? {
            Part::Client | Part::HostFinance => self.host,
            _ => self.home,
        }
    }

    /// What somebody has to do with this thing at this moment; nothing where they may not know of it.
    pub(super) fn find(view: &mut View<'_>, actor: &Actor, noun: &str, id: Uuid) -> Result<Option<Self>, Problem> {
        let found = match noun {
            "assignment" => of_assignment(view, actor, id),
            "response" => of_response(view, actor, id),
            "conversation" => of_conversation(view, actor, id),
            "offer" => offers::get(view, id.into())
                .map_err(Problem::from)
                .and_then(|offer| of_response(view, actor, offer.response.into())),
            "consent request" => consent_requests::open(view, actor, id.into())
                .map(|(consent, parts)| Some(Self { parts, home: Some(consent.home), host: None })),
            "charge statement" => of_charge(view, actor, id),
            "endorsement" => of_endorsement(view, actor, id),
            "arrangement" => of_an_arrangement(view, actor, id),
            "placement" => of_a_placement(view, actor, id),
            "secondment agreement" => secondment_agreements::get(view, id.into())
                .map_err(Problem::from)
                .and_then(|agreement| of_a_placement(view, actor, agreement.placement.into())),
            "timesheet" => of_timesheet(view, actor, id),
            "channel" => channels::get(view, id.into())
                .map_err(Problem::from)
                .and_then(|channel| of_connection(view, actor, channel.organisation)),
            "webhook subscription" => webhooks::get(view, id.into())
                .map_err(Problem::from)
                .and_then(|subscription| of_connection(view, actor, subscription.organisation)),
            // These are addressed to the person alone.
            _ => Ok(Some(Self::default())),
        };
        match found {
            Err(problem) if problem.is_absence() => Ok(None),
            found => Ok(found?.filter(|concern| is_addressed_alone(noun) || !concern.parts.is_empty())),
        }
    }
}

fn is_addressed_alone(noun: &str) -> bool {
    matches!(noun, "role assignment" | "membership" | "client consent")
}

fn of_assignment(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let assignment = assignments::get(view, id.into())?;
    let is_owned = assignment.is_owned_by(actor.person);
    let host = Some(assignment.organisation);
    Ok(is_owned.then(|| Concern { parts: vec![Part::Client], home: None, host }))
}

fn of_response(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let Some(Dossier { response, assignment, parts }) = Dossier::find(view, actor, id.into())? else { return Ok(None) };
    let home = response.home.map(|home| home.organisation);
    Ok(Some(Concern { parts, home, host: Some(assignment.organisation) }))
}

fn of_conversation(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let conversation = conversations::get(view, id.into())?;
    let found = of_response(view, actor, conversation.response.into())?;
    Ok(found.map(|concern| Concern {
        parts: concern.parts.iter().copied().filter(|part| matches!(part, Part::Employee | Part::Client)).collect(),
        ..concern
    }))
}

fn of_an_arrangement(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let arrangement = arrangements::get(view, id.into())?;
    let standing = of_arrangement(view, actor, &arrangement)?;
    Ok(Some(Concern { parts: standing.parts, home: Some(arrangement.home), host: None }))
}

fn of_a_placement(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let placement = placements::get(view, id.into())?;
    let standing = of_placement(view, actor, &placement)?;
    Ok(Some(Concern { parts: standing.parts, home: Some(placement.home), host: Some(placement.host) }))
}

/// The hours are the employee's own until they are submitted to the client.
fn of_timesheet(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let timesheet = timesheets::get(view, id.into())?;
    let found = of_a_placement(view, actor, timesheet.placement.into())?;
    let is_meant = |part: &Part| *part == Part::Employee || (*part == Part::Client && timesheet.submitted_at.is_some());
    Ok(found.map(|concern| Concern { parts: concern.parts.iter().copied().filter(is_meant).collect(), ..concern }))
}

fn of_charge(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let statement = charge_statements::get(view, id.into())?;
    let standing = of_statement(view, actor, &statement)?;
    Ok(Some(Concern { parts: standing.parts, home: Some(statement.issuer), host: Some(statement.recipient) }))
}

/// What an organisation is connected with is for who administers it.
fn of_connection(view: &mut View<'_>, actor: &Actor, organisation: OrganisationId) -> Result<Option<Concern>, Problem> {
    let administers = actor.administers(view, organisation)?;
    let parts = vec![Part::OrganisationAdministrator];
    Ok(administers.then_some(Concern { parts, home: Some(organisation), host: None }))
}

fn of_endorsement(view: &mut View<'_>, actor: &Actor, id: Uuid) -> Result<Option<Concern>, Problem> {
    let endorsement = endorsements::get(view, id.into())?;
    let placement = placements::get(view, endorsement.placement)?;
    let parts = endorsement.parts_of(actor.person);
    Ok(Some(Concern { parts, home: Some(placement.home), host: Some(placement.host) }))
}
