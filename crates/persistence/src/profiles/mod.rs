//! What a person shows, and to whom, as it is kept.

pub mod availabilities;
pub mod nearest;
pub mod offers;
pub mod profile_facets;
pub mod profile_skills;
pub mod profile_views;
#[expect(clippy::module_inception, reason = "the wing is named for its main noun")]
pub mod profiles;
pub mod skills;
mod terms;
pub mod viewers;
pub mod visible;

pub(crate) use offers::refresh as refresh_offers;
pub(crate) use terms::refresh as refresh_terms;
