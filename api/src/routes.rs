//! Every operation, once: this one registration feeds router and document.

use utoipa_actix_web::service_config::ServiceConfig;

/// The base path: the major version of the interface.
pub const BASE: &str = "/v1";

/// Registers every operation.
pub fn configure(config: &mut ServiceConfig<'_>) {
    crate::parties::configure(config);
    crate::profiles::configure(config);
    crate::exchange::configure(config);
    crate::market::configure(config);
    crate::placements::configure(config);
    crate::reference::configure(config);
}
