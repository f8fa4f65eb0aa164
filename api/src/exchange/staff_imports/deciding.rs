//! Administrators decide on imports that do more than is allowed unseen.

use actix_web::post;
use actix_web::web::Path;
use domain::exchange::staff_feeds::StaffSource;
use domain::exchange::staff_files::{ReadRow, StaffFile};
use domain::exchange::staff_imports::StaffImport;
use domain::{OrganisationId, Part, Parts, StaffImportId};
use persistence::exchange::staff_import_chunks::{self as chunks, Chunk};
use persistence::exchange::staff_imports as kept;
use persistence::{View, Work};

use super::applying::{self, over};
use super::receiving::{chunks_of, kept_of, planned};
use super::types::{StaffImportRejectionDraft, StaffImportView};
use super::{announce, decidable};
use crate::access::Actor;
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::exchange::staff_feeds::enter;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Approve a staff import
///
/// It is applied as it was shown. It is held against the staff once more: where it would let more people come or go than
/// was shown, it is refused. The approval is good for this import only.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"),
        ("staffImportId" = StaffImportId, Path, description = "The import"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Being applied", body = StaffImportView),
    (status = 409, description = "It does not wait for approval, or it would do more by now than was shown"),
))]
#[post("/organisations/{organisationId}/staff-imports/{staffImportId}/approvals")]
pub(crate) async fn approve_staff_import(
    caller: Caller,
    path: Path<(OrganisationId, StaffImportId)>,
    seen: IfMatch,
    post: Bare,
) -> Answer<StaffImportView> {
    let app = caller.app().clone();
    let reply = caller
        .post(post, move |work, actor, ()| {
            let import = decidable(work, actor, *path)?;
            seen.expect(import.revision)?;
            let import = approve(work, actor, import)?;
            Ok(Reply::current(import.revision, StaffImportView::from(&import)))
        })
        .await?;
    applying::start(&app);
    Ok(reply)
}

/// Reject a staff import
///
/// Nothing of it is applied, and its rows are forgotten.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"),
        ("staffImportId" = StaffImportId, Path, description = "The import"), crate::body::IfMatchParam),
    request_body = StaffImportRejectionDraft, responses(
    (status = 200, description = "Rejected", body = StaffImportView),
    (status = 409, description = "It does not wait for approval"),
))]
#[post("/organisations/{organisationId}/staff-imports/{staffImportId}/rejections")]
pub(crate) async fn reject_staff_import(
    caller: Caller,
    path: Path<(OrganisationId, StaffImportId)>,
    seen: IfMatch,
    post: Post<StaffImportRejectionDraft>,
) -> Answer<StaffImportView> {
    caller
        .post(post, move |work, actor, draft| {
            let import = decidable(work, actor, *path)?;
            seen.expect(import.revision)?;
            let (from, parts) = (import.state, parts_of(work, actor, import.organisation)?);
            let import = import.reject(draft.reason(), actor.person, &parts, work.now())?;
            let import = kept::save(work, import)?;
            over(work, &import, from)?;
            Ok(Reply::current(import.revision, StaffImportView::from(&import)))
        })
        .await
}

fn approve(work: &mut Work<'_>, actor: &Actor, import: StaffImport) -> Result<StaffImport, Problem> {
    enter(work, import.organisation, StaffSource::File)?;
    let (from, parts) = (import.state, parts_of(work, actor, import.organisation)?);
    let file = file_of(&import, chunks::all(work, import.id)?);
    let found = planned(work, import.organisation, &file)?;
    let rows = chunks_of(&found, true);
    let pending = i64::try_from(rows.iter().filter(|chunk| chunk.pending).count()).unwrap_or(i64::MAX);
    let import = import.approve(&found, pending, actor.person, &parts, work.now())?;
    let import = kept::save(work, import)?;
    chunks::replace(work, import.id, &kept_of(rows, import.state), import.results_until)?;
    announce(work, &import, Some(from))?;
    Ok(import)
}

/// The file as it was read, out of what was kept of it.
fn file_of(import: &StaffImport, chunks: Vec<Chunk>) -> StaffFile {
    let mut rows = Vec::new();
    for chunk in chunks {
        let items = chunk.items.unwrap_or_default().into_iter().chain(std::iter::repeat(None));
        for (result, item) in chunk.results.into_iter().zip(items) {
            let Some(result) = result else { continue };
            let told = item.and_then(|item| item.told);
            // Whoever was missing stands in no row.
            let Some(number) = result.number else { continue };
            rows.push(ReadRow { number, key: result.key, read: told.ok_or(result.faults) });
        }
    }
    StaffFile { count: import.rows, fields: import.fields.clone(), rows }
}

/// As whom the caller decides.
fn parts_of(view: &mut View<'_>, actor: &Actor, organisation: OrganisationId) -> Result<Parts, Problem> {
    let mut parts = Vec::new();
    if actor.is_platform_administrator() {
        parts.push(Part::PlatformAdministrator);
    }
    if actor.administers(view, organisation)? {
        parts.push(Part::OrganisationAdministrator);
    }
    Ok(parts)
}
