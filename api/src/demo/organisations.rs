//! The public bodies of the Netherlands, and the networks of the demonstration.

use domain::local_date;
use domain::parties::identifiers::{IdentifierScheme, OrganisationIdentifier};
use domain::parties::memberships::{Member, Membership};
use domain::parties::mobility_policies::{MobilityPolicy, PolicyTerms};
use domain::parties::networks::{Admission, Network, NetworkDetails, Surroundings};
use domain::parties::organisations::{Organisation, OrganisationDetails, OrganisationKind};
use domain::parties::units::Unit;
use domain::{NetworkId, OrganisationId, Part};
use persistence::Work;
use persistence::parties::{memberships, mobility_policies, networks, organisations, units};

use super::data::{self, DemoNetwork, DemoPolicy, DemoUnit, PublicBody};
use super::fill::{Filled, known};
use crate::problem::Problem;

const MUNICIPALITIES: &str = include_str!("data/municipalities.csv");
const PROVINCES: &str = include_str!("data/provinces.csv");
const WATER_BOARDS: &str = include_str!("data/water-boards.csv");
const UNITS: &str = include_str!("data/units.json");
const POLICIES: &str = include_str!("data/policies.json");
const NETWORKS: &str = include_str!("data/networks.json");

pub(super) fn fill_organisations(work: &mut Work<'_>, filled: &mut Filled) -> Result<(), Problem> {
    for body in data::table::<PublicBody>(MUNICIPALITIES)? {
        let name = format!("Gemeente {}", body.name);
        let id = register(work, &body, name, OrganisationKind::Municipality)?;
        filled.organisations.insert(format!("gm{}", body.code), id);
    }
    for body in data::table::<PublicBody>(PROVINCES)? {
        let name = format!("Provincie {}", body.name);
        let id = register(work, &body, name, OrganisationKind::Province)?;
        filled.organisations.insert(body.code, id);
    }
    for body in data::table::<PublicBody>(WATER_BOARDS)? {
        let id = register(work, &body, body.name.clone(), OrganisationKind::WaterBoard)?;
        filled.organisations.insert(body.code, id);
    }
    Ok(())
}

fn register(
    work: &mut Work<'_>,
    body: &PublicBody,
    name: String,
    kind: OrganisationKind,
) -> Result<OrganisationId, Problem> {
    let identifier = |scheme, value: &str| OrganisationIdentifier { scheme, value: value.to_owned() };
    let is_province = kind == OrganisationKind::Province;
    let details = OrganisationDetails {
        name,
        kind,
        layer: kind.layer(),
        identifiers: vec![
            identifier(IdentifierScheme::Cbs, &body.cbs_code),
            identifier(IdentifierScheme::Tooi, &body.tooi_uri),
        ],
        parent: None,
        town: body.seat.clone(),
        province: if is_province { Some(body.cbs_code.clone()) } else { body.province_code.clone() },
        invoicing_address: None,
        vat_number: None,
        iban: None,
        invoicing_email: None,
        commitment_statement: None,
    };
    let organisation = Organisation::register(work.id(), details, work.now())?;
    Ok(organisations::insert(work, organisation)?.id)
}

pub(super) fn fill_units(work: &mut Work<'_>, filled: &mut Filled) -> Result<(), Problem> {
    for demo in data::list::<DemoUnit>(UNITS)? {
        let now = work.now();
        let unit = Unit {
            id: work.id(),
            revision: 1,
            organisation: known(&filled.organisations, &demo.organisation)?,
            name: demo.name,
            parent: demo.parent.map(|parent| known(&filled.units, &parent)).transpose()?,
            created_at: now,
            modified_at: now,
        };
        filled.units.insert(demo.key, units::insert(work, unit)?.id);
    }
    Ok(())
}

pub(super) fn fill_policies(work: &mut Work<'_>, filled: &Filled) -> Result<(), Problem> {
    for demo in data::list::<DemoPolicy>(POLICIES)? {
        let id = known(&filled.organisations, &demo.organisation)?;
        if demo.commitment_statement.is_some() {
            let mut organisation = organisations::get(work, id)?;
            organisation.details.commitment_statement = demo.commitment_statement;
            organisations::save(work, organisation)?;
        }
        let terms = PolicyTerms {
            valid_from: local_date(work.now()),
            summary: demo.summary,
            max_exempted_days: demo.max_exempted_days,
            consent_term_working_days: demo.consent_term_working_days,
            silence: demo.silence,
            internal_first_working_days: demo.internal_first_window_working_days,
            excluded_functions: demo.excluded_functions,
            allowed_variants: demo.allowed_variants,
            default_charge_basis: demo.default_charge_basis,
            private_hosts_allowed: demo.private_hosts_allowed,
            open_to_all_employees: demo.open_to_all_employees,
            internal_consent_required: demo.internal_consent_required,
            review_required: false,
            text_url: demo.text_url,
        };
        let policy = MobilityPolicy::lay_down(work.id(), id, None, terms, work.now())?;
        mobility_policies::insert(work, policy)?;
    }
    Ok(())
}

pub(super) fn fill_networks(work: &mut Work<'_>, filled: &mut Filled) -> Result<(), Problem> {
    for demo in data::list::<DemoNetwork>(NETWORKS)? {
        let details = NetworkDetails {
            name: demo.name,
            description: demo.description,
            kind: demo.kind,
            scale_level: demo.scale_level,
            admission: demo.admission,
            regions: demo.regions,
            parent: demo.parent.map(|parent| known(&filled.networks, &parent)).transpose()?,
            pledge_minimum_people: demo.pledge_minimum_people,
            pledge_minimum_assignments: demo.pledge_minimum_assignments,
            internal_first_ceiling_working_days: demo.internal_first_ceiling_working_days,
            public_rate_ceiling_cents: demo.public_rate_ceiling_cents,
            review_required: demo.review_required,
            programme_label: demo.programme_label,
        };
        let surroundings = Surroundings {
            ancestors: details.parent.into_iter().collect(),
            parent_admission: parent_admission(work, details.parent)?,
            below: Vec::new(),
        };
        let network = Network::found(work.id(), details, &surroundings, work.now())?;
        let network = networks::insert(work, network)?;
        for code in &demo.members {
            join(work, &network, Member::Organisation(known(&filled.organisations, code)?))?;
        }
        for key in &demo.member_people {
            join(work, &network, Member::Person(known(&filled.people, key)?))?;
        }
        filled.networks.insert(demo.key, network.id);
    }
    Ok(())
}

fn parent_admission(work: &mut Work<'_>, parent: Option<NetworkId>) -> Result<Option<Admission>, Problem> {
    Ok(parent.map(|parent| networks::get(work, parent)).transpose()?.map(|parent| parent.details.admission))
}

/// An active membership: asked for, or offered and taken.
fn join(work: &mut Work<'_>, network: &Network, member: Member) -> Result<(), Problem> {
    use domain::parties::memberships::{MembershipAction, MembershipState};
    let now = work.now();
    let both = [Part::NetworkCoordinator, Part::OrganisationAdministrator, Part::Employee];
    let membership = Membership::begin(work.id(), network.id, network.details.admission, member, &both, now)?;
    let membership = match membership.state {
        MembershipState::Invited => membership.step(MembershipAction::Accept, &both, now)?,
        _ => membership,
    };
    memberships::insert(work, membership)?;
    Ok(())
}
