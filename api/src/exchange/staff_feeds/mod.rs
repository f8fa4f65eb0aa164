//! How the staff of an organisation comes in: the settings.

mod types;

use actix_web::web::Path;
use actix_web::{get, put};
use domain::exchange::staff_feeds::{StaffFeed, StaffSource};
use domain::{Audience, Change, EventKind, OrganisationId};
use persistence::exchange::staff_feeds as kept;
use persistence::parties::organisations;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{StaffFeedDraft, StaffFeedView};
use crate::access::Actor;
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::clients::{Provider, Provisioner};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_staff_feed).service(set_staff_feed);
}

/// Show how staff comes in
///
/// The door that leads, the columns of the files, and what is too much at once. Shown to administrators of the
/// organisation and to its clients. Where nothing was ever set, what holds then is shown.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), responses(
    (status = 200, description = "The settings", body = StaffFeedView),
))]
#[get("/organisations/{organisationId}/staff-feed")]
pub(crate) async fn get_staff_feed(caller: Provisioner, id: Path<OrganisationId>) -> Answer<StaffFeedView> {
    caller
        .read(move |view, by| {
            let organisation = fed_by(view, by, *id)?;
            let feed = kept::of(view, organisation)?;
            Ok(Reply::current(feed.revision, StaffFeedView::from(feed)))
        })
        .await
}

/// Set how staff comes in
///
/// Replaces the settings; what is left out is as if it had never been set. Done by an administrator of the organisation.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), crate::body::IfMatchParam),
    request_body = StaffFeedDraft, responses(
    (status = 200, description = "Set", body = StaffFeedView),
))]
#[put("/organisations/{organisationId}/staff-feed")]
pub(crate) async fn set_staff_feed(
    caller: Caller,
    id: Path<OrganisationId>,
    seen: IfMatch,
    body: Body<StaffFeedDraft>,
) -> Answer<StaffFeedView> {
    caller
        .write(move |work, actor| {
            let organisation = decided_by(work, actor, *id)?;
            let feed = kept::of(work, organisation)?;
            seen.expect(feed.revision)?;
            let (leading, mapping, limits) = body.0.clone().split();
            let feed = keep(work, feed.revise(leading, mapping, limits, work.now())?)?;
            Ok(Reply::current(feed.revision, StaffFeedView::from(feed)))
        })
        .await
}

/// Lets staff come in by this door; refused where the other one leads. The first door that is used leads from then on.
pub(crate) fn enter(work: &mut Work<'_>, organisation: OrganisationId, by: StaffSource) -> Result<StaffFeed, Problem> {
    let (feed, changed) = kept::of(work, organisation)?.enter(by, work.now())?;
    if changed { keep(work, feed) } else { Ok(feed) }
}

/// The organisation, if its staff is the caller's to hand in: an administrator of it, or one of its own clients.
pub(super) fn fed_by(view: &mut View<'_>, by: &Provider, id: OrganisationId) -> Result<OrganisationId, Problem> {
    let organisation = organisations::get(view, id)?.id;
    by.must_provide_for(view, organisation)?;
    Ok(organisation)
}

/// The organisation, if the caller administers it: a system decides nothing.
pub(super) fn decided_by(view: &mut View<'_>, actor: &Actor, id: OrganisationId) -> Result<OrganisationId, Problem> {
    let organisation = organisations::get(view, id)?.id;
    actor.must_administer(view, organisation)?;
    Ok(organisation)
}

fn keep(work: &mut Work<'_>, feed: StaffFeed) -> Result<StaffFeed, Problem> {
    let feed = kept::save(work, feed)?;
    let change = Change::new(EventKind::StaffFeedChanged, feed.organisation).of(feed.organisation);
    ledger::record(work, change.to([Audience::Administrators(feed.organisation)]))?;
    Ok(feed)
}
