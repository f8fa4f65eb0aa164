//! Who takes part: the operations.

mod account_activations;
pub(crate) mod account_claims;
mod employment_types;
mod employments;
mod membership_transitions;
mod membership_types;
mod memberships;
mod mobility_policies;
mod mobility_policy_types;
mod network_types;
mod networks;
mod organisation_types;
mod organisations;
mod person_types;
mod persons;
mod role_assignment_types;
mod role_assignments;
pub(crate) mod sessions;
mod unit_types;
mod units;

pub(crate) use sessions::{SESSION_HOURS, hash_of};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::delete_current_session)
        .service(account_activations::activate_account)
        .service(account_claims::create_claim_code)
        .service(account_claims::claim_account)
        .service(organisations::create_organisation)
        .service(organisations::list_organisations)
        .service(organisations::get_organisation)
        .service(organisations::revise_organisation)
        .service(persons::get_me)
        .service(persons::create_person)
        .service(persons::list_persons)
        .service(persons::get_person)
        .service(persons::revise_person)
        .service(persons::create_activation_token)
        .service(persons::close_person)
        .service(persons::reopen_person)
        .service(employments::create_employment)
        .service(employments::list_organisation_employments)
        .service(employments::list_employments)
        .service(employments::get_employment)
        .service(employments::revise_employment)
        .service(role_assignments::create_role_assignment)
        .service(role_assignments::list_role_assignments)
        .service(role_assignments::get_role_assignment)
        .service(role_assignments::delete_role_assignment)
        .service(units::create_unit)
        .service(units::list_units)
        .service(units::get_unit)
        .service(units::revise_unit)
        .service(units::delete_unit)
        .service(mobility_policies::create_mobility_policy)
        .service(mobility_policies::list_mobility_policies)
        .service(mobility_policies::get_current_mobility_policy)
        .service(mobility_policies::get_mobility_policy)
        .service(networks::create_network)
        .service(networks::list_networks)
        .service(networks::get_network)
        .service(networks::revise_network)
        .service(memberships::create_membership)
        .service(memberships::list_network_memberships)
        .service(memberships::list_memberships)
        .service(memberships::get_membership)
        .service(membership_transitions::admit_membership)
        .service(membership_transitions::refuse_membership)
        .service(membership_transitions::accept_membership)
        .service(membership_transitions::decline_membership)
        .service(membership_transitions::end_membership);
}
