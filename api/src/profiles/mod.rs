//! What a person shows, and to whom: the operations.

mod availabilities;
mod availability_types;
mod own;
mod own_profile;
mod own_profile_types;
mod profile_facets;
mod profile_skill_types;
mod profile_skills;
mod profile_views;
pub(crate) mod public_profiles;
pub(crate) mod seen;
pub(crate) mod seen_profile_types;
mod seen_profiles;
mod skills;
mod visibility;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(own_profile::get_own_profile)
        .service(own_profile::revise_own_profile)
        .service(visibility::get_own_visibility)
        .service(visibility::replace_own_visibility)
        .service(profile_skills::add_profile_skill)
        .service(profile_skills::list_profile_skills)
        .service(profile_skills::get_profile_skill)
        .service(profile_skills::revise_profile_skill)
        .service(profile_skills::delete_profile_skill)
        .service(availabilities::add_availability)
        .service(availabilities::list_availabilities)
        .service(availabilities::get_availability)
        .service(availabilities::revise_availability)
        .service(availabilities::delete_availability)
        .service(profile_views::list_profile_views)
        .service(seen_profiles::list_profiles)
        .service(profile_facets::count_profiles)
        .service(seen_profiles::get_profile)
        .service(public_profiles::list_public_profiles)
        .service(public_profiles::get_public_profile)
        .service(skills::list_skills)
        .service(skills::get_skill);
}
