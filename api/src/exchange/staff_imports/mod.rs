//! Staff imports: what an HR system writes down every night.

mod applying;
mod deciding;
mod reading;
mod receiving;
mod types;
mod upload;

use domain::exchange::staff_imports::{StaffImport, StaffImportState};
use domain::{Audience, Change, EventKind, OrganisationId, StaffImportId, TextEnum as _};
use persistence::exchange::staff_imports as kept;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use applying::due;
pub(crate) use receiving::take_in;

use super::staff_feeds::{decided_by, fed_by};
use crate::access::Actor;
use crate::clients::Provider;
use crate::problem::Problem;

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(receiving::create_staff_import)
        .service(reading::list_staff_imports)
        .service(reading::get_staff_import)
        .service(reading::list_staff_import_rows)
        .service(reading::get_staff_import_report)
        .service(deciding::approve_staff_import)
        .service(deciding::reject_staff_import);
}

/// An import of this organisation.
fn of(view: &mut View<'_>, organisation: OrganisationId, id: StaffImportId) -> Result<StaffImport, Problem> {
    let import = kept::find(view, id)?.filter(|import| import.organisation == organisation);
    import.ok_or_else(|| domain::Refusal::hidden("staff import").into())
}

/// An import of this organisation, if its staff is the caller's to hand in.
fn readable(
    view: &mut View<'_>,
    by: &Provider,
    (organisation, id): (OrganisationId, StaffImportId),
) -> Result<StaffImport, Problem> {
    let organisation = fed_by(view, by, organisation)?;
    of(view, organisation, id)
}

/// An import of this organisation, if the caller decides on it.
fn decidable(
    view: &mut View<'_>,
    actor: &Actor,
    (organisation, id): (OrganisationId, StaffImportId),
) -> Result<StaffImport, Problem> {
    let organisation = decided_by(view, actor, organisation)?;
    of(view, organisation, id)
}

fn announce(work: &mut Work<'_>, import: &StaffImport, from: Option<StaffImportState>) -> Result<(), Problem> {
    let change = Change::new(EventKind::StaffImportStateChanged, import.id)
        .of(import.organisation)
        .states(from.map(StaffImportState::as_str), import.state.as_str())
        .to([Audience::Administrators(import.organisation)]);
    Ok(ledger::record(work, change)?)
}
