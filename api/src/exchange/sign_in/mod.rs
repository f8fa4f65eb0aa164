//! Signing in for portals without a sign-in of their own: the authorisation code grant with PKCE (RFC 6749, 4.1, RFC 7636).
//!
//! `/oauth/authorize` holds the request against the client ([`asking`]) and sends the browser to the identity provider
//! ([`relying_party`]); `/oauth/callback` hears who it is ([`returning`]) and asks for consent once ([`consenting`]); the
//! portal exchanges its code at the token endpoint ([`codes`]). What people consented to they take back at
//! `/v1/me/client-consents`.

mod asking;
mod browser;
pub(crate) mod codes;
mod consenting;
mod consents;
mod leading;
mod pages;
mod relying_party;
mod returning;

use actix_web::web::ServiceConfig;
use chrono::TimeDelta;
use persistence::Work;
use persistence::exchange::sign_ins;
use utoipa_actix_web::service_config::ServiceConfig as Operations;

pub(in crate::exchange) use self::pages::whole as page;
use crate::problem::Problem;

/// How long a code is remembered, so that its second use ends what the first one gave.
const HOURS_REMEMBERED: i64 = 24;

/// Registers the endpoints that browsers are sent to.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(leading::authorize).service(returning::callback).service(consenting::decide);
}

/// Registers the operations.
pub(super) fn configure_operations(config: &mut Operations<'_>) {
    config.service(consents::list_client_consents).service(consents::delete_client_consent);
}

/// Forgets what is over.
pub(crate) fn forget(work: &mut Work<'_>) -> Result<(), Problem> {
    let now = work.now();
    sign_ins::forget_before(work, now, now - TimeDelta::hours(HOURS_REMEMBERED))?;
    Ok(())
}
