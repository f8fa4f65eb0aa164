//! Secondment agreements: three parties sign one text, and each signature is bound to what was shown.

mod drafting;
pub(super) mod items;
mod reading;
mod rendering;
mod signing;
mod template_types;
mod templates;
mod types;

use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::organisations::Organisation;
use domain::placements::cost_rates::rate_on;
use domain::placements::placements::Placement;
use domain::placements::secondment_agreements::{
    Agreement, AgreementFacts, AgreementState, AgreementTemplate, AgreementText, PartyFacts,
};
use domain::{AgreementId, Change, EventKind, Part, Refusal, TextEnum};
use persistence::market::assignments;
use persistence::parties::{employments, organisations, persons};
use persistence::placements::{
    agreement_templates, arrangements, cost_rates, placements, secondment_agreements as kept,
};
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{AgreementView, Beside};
use super::standing::{Standing, manager_of, of_placement, people_of};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(templates::create_agreement_template)
        .service(templates::list_agreement_templates)
        .service(templates::get_agreement_template)
        .service(drafting::create_agreement)
        .service(drafting::revise_agreement)
        .service(reading::list_agreements)
        .service(reading::get_agreement)
        .service(reading::get_agreement_html)
        .service(reading::get_agreement_pdf)
        .service(signing::propose_agreement)
        .service(signing::sign_agreement)
        .service(signing::withdraw_agreement);
}

/// A version of an agreement with its placement, for who may know of it; to anybody else it is not there.
fn open(view: &mut View<'_>, actor: &Actor, id: AgreementId) -> Result<(Agreement, Placement, Standing), Problem> {
    let agreement = kept::get(view, id)?;
    let placement = placements::get(view, agreement.placement)?;
    let standing = of_placement(view, actor, &placement)?;
    if standing.is_nobody() {
        return Err(Refusal::hidden("secondment agreement").into());
    }
    let standing = as_party(view, &placement, standing)?;
    Ok((agreement, placement, standing))
}

/// Where somebody stands with the agreement: an administrator is a party only where the employment has no manager.
fn as_party(view: &mut View<'_>, placement: &Placement, standing: Standing) -> Result<Standing, Problem> {
    let mut standing = standing;
    if manager_of(view, placement.employment)?.is_some() {
        standing.parts.retain(|part| *part != Part::OrganisationAdministrator);
    }
    Ok(standing)
}

/// Takes a step with an agreement at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: AgreementId,
    seen: &IfMatch,
    decide: impl FnOnce(&mut Work<'_>, Agreement, &Placement, &[Part]) -> Result<Agreement, Problem>,
) -> Answer<AgreementView> {
    let (agreement, placement, standing) = open(work, actor, id)?;
    seen.expect(agreement.revision)?;
    let from = agreement.state;
    let agreement = decide(work, agreement, &placement, &standing.parts)?;
    let agreement = kept::save(work, agreement)?;
    tell(work, Some(from), &agreement)?;
    Ok(Reply::current(agreement.revision, shown(work, agreement, &standing.parts)?))
}

/// Tells the people of the placement.
fn tell(work: &mut Work<'_>, from: Option<AgreementState>, agreement: &Agreement) -> Result<(), Problem> {
    let placement = placements::get(work, agreement.placement)?;
    let moved = from != Some(agreement.state);
    let kind = if moved { EventKind::AgreementStateChanged } else { EventKind::AgreementSigned };
    let change = Change::new(kind, agreement.id).to(people_of(work, &placement)?);
    let change = if moved { change.states(from.map(TextEnum::as_str), agreement.state.as_str()) } else { change };
    Ok(ledger::record(work, change)?)
}

/// An agreement as somebody with these parts sees it: its words are fixed, or as they would be now.
fn shown(view: &mut View<'_>, agreement: Agreement, parts: &[Part]) -> Result<AgreementView, Problem> {
    let placement = placements::get(view, agreement.placement)?;
    let facts = facts_of(view, &placement)?;
    let beside = Beside {
        text: text_of(view, &agreement, &placement, &facts)?,
        value_cents: agreement.terms.value_cents(&placement, facts.cents_per_hour),
        warnings: agreement.terms.warnings(&placement, facts.cents_per_hour),
    };
    Ok(AgreementView::of(agreement, beside, parts))
}

/// The words of an agreement.
fn text_of(
    view: &mut View<'_>,
    agreement: &Agreement,
    placement: &Placement,
    facts: &AgreementFacts,
) -> Result<AgreementText, Problem> {
    if let Some(fixed) = &agreement.laid_down {
        return Ok(fixed.text.clone());
    }
    let template = template_of(view, agreement)?;
    Ok(agreement.words(placement, template.as_ref(), facts))
}

fn template_of(view: &mut View<'_>, agreement: &Agreement) -> Result<Option<AgreementTemplate>, Problem> {
    Ok(agreement.template.map(|id| agreement_templates::get(view, id)).transpose()?)
}

/// What the words name besides what is agreed.
fn facts_of(view: &mut View<'_>, placement: &Placement) -> Result<AgreementFacts, Problem> {
    let home = organisations::get(view, placement.home)?;
    let host = organisations::get(view, placement.host)?;
    let employment = employments::get(view, placement.employment)?;
    let details = assignments::get(view, placement.assignment)?.details;
    let versions = arrangements::versions(view, placement.arrangement)?;
    let first = placement.period().start;
    let holds = versions.iter().filter(|one| one.holds_on(first)).max_by_key(|one| one.version);
    let guarantee = holds.or(versions.first()).map(|one| &one.terms.return_guarantee);
    let rates = cost_rates::of_employment(view, placement.employment)?;
    let bare_wage = rate_on(&rates, first).map(|rate| rate.components.cents_per_hour());
    Ok(AgreementFacts {
        home: party(&home),
        host: party(&host),
        employee: persons::get(view, placement.person)?.name.full(),
        function: employment.terms.function,
        title: details.title,
        intended_result: details.intended_result.unwrap_or_default(),
        notice_weeks: guarantee.map_or(0, |guarantee| guarantee.notice_weeks),
        cents_per_hour: match placement.charge_basis {
            ChargeBasis::BareWage => bare_wage,
            ChargeBasis::PublicRate | ChargeBasis::OwnRate => placement.hourly_rate_cents,
            ChargeBasis::None => None,
        },
    })
}

fn party(organisation: &Organisation) -> PartyFacts {
    let identifiers = &organisation.details.identifiers;
    let identifier = identifiers.iter().min_by_key(|one| one.scheme);
    PartyFacts {
        name: organisation.details.name.clone(),
        identifier: identifier.map_or_else(|| "zonder registernummer".to_owned(), ToString::to_string),
    }
}
