//! Responses: who answers, and the dossier that follows.

mod changing;
mod creating;
pub(crate) mod dossier;
mod due;
mod ending;
pub(crate) mod light_types;
pub(crate) mod lights;
mod profile;
pub(super) mod reading;
mod selecting;
pub(crate) mod types;

pub(super) use due::due;
pub(crate) use ending::{keep_lapsed, leave_behind};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(creating::create_response)
        .service(creating::submit_response)
        .service(creating::accept_response_reopening)
        .service(reading::list_responses)
        .service(reading::list_assignment_responses)
        .service(reading::get_response)
        .service(changing::revise_response)
        .service(changing::withdraw_response)
        .service(changing::share_response)
        .service(selecting::consider_response)
        .service(selecting::invite_to_talk)
        .service(selecting::reject_response)
        .service(selecting::offer_response_reopening)
        .service(lights::set_signal)
        .service(lights::list_signals)
        .service(lights::get_requirements)
        .service(profile::get_responder_profile);
}
