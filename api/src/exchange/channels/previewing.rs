//! Previews: what would be posted now.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::exchange::channels::ChannelKind;
use domain::market::criteria::AssignmentCriteria;
use domain::parties::persons::PersonLanguage;
use domain::{ChannelId, Faults, OrganisationId};
use interchange::chat::Told;
use persistence::parties::organisations;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{administered, writing};
use crate::body::Body;
use crate::caller::{Caller, Query};
use crate::market::criteria::AssignmentCriteriaItem;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Of as many klussen a preview tells unless asked otherwise.
const USUAL: u32 = 3;

/// Of how many klussen a preview tells
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// At most so many klussen, the newest; 3 unless given
    #[param(nullable = false, minimum = 1, maximum = 100, example = 3)]
    max: Option<u32>,
}

/// A message to preview before there is a channel
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChannelPreviewDraft {
    /// What it is a channel of
    kind: ChannelKind,
    /// Which klussen are meant; all that every employee may see where it is left out
    #[schema(nullable = false)]
    criteria: Option<AssignmentCriteriaItem>,
    /// In which language
    language: PersonLanguage,
    /// At most so many klussen, the newest; 3 unless given
    #[schema(nullable = false, minimum = 1, maximum = 100, example = 3)]
    max: Option<u32>,
}

/// What would be posted
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChannelPreview)]
pub struct ChannelPreviewView {
    /// What it is a channel of
    kind: ChannelKind,
    /// How many klussen the message names
    #[schema(minimum = 0, maximum = 20, example = 2)]
    named_count: usize,
    /// How many more it counts
    #[schema(minimum = 0, maximum = 100, example = 0)]
    more_count: usize,
    /// How long it is, in bytes
    #[schema(minimum = 0, maximum = 28_000, example = 1240)]
    bytes: usize,
    /// The message, in the form of its kind; null where no klus fits
    #[schema(value_type = Option<Object>, example = json!({"text": "*Nieuwe klus*: <https://api.klusnet.example/klussen/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17|Datakwaliteit BAG>"}))]
    message: Option<Value>,
}

/// Preview what a channel would be told now
///
/// The message of the newest klussen that fit, as it would be posted at this moment. Nothing is posted. For
/// administrators of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("channelId" = ChannelId, Path, description = "The channel"), PreviewQuery), responses(
    (status = 200, description = "The message", body = ChannelPreviewView),
))]
#[get("/channels/{channelId}/preview")]
pub(crate) async fn preview_channel(
    caller: Caller,
    id: Path<ChannelId>,
    query: Query<PreviewQuery>,
) -> Answer<ChannelPreviewView> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .read(move |view, actor| {
            let channel = administered(view, actor, *id)?;
            let details = &channel.details;
            let most = query.0.max.unwrap_or(USUAL);
            let told = writing::newest(view, channel.organisation, &details.criteria, most, &public_url)?;
            Ok(Reply::shown(ChannelPreviewView::of(details.kind, details.language, &told)?))
        })
        .await
}

/// Preview what a new channel would be told now
///
/// As for a channel that is there. Nothing is kept or posted, so it takes no Idempotency-Key. For administrators of the
/// organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = ChannelPreviewDraft, responses(
    (status = 200, description = "The message", body = ChannelPreviewView),
))]
#[post("/organisations/{organisationId}/channel-previews")]
pub(crate) async fn preview_channel_draft(
    caller: Caller,
    id: Path<OrganisationId>,
    body: Body<ChannelPreviewDraft>,
) -> Answer<ChannelPreviewView> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let ChannelPreviewDraft { kind, criteria, language, max } = body.0.clone();
            let criteria = criteria.map(AssignmentCriteria::from).unwrap_or_default();
            let mut faults = Faults::default();
            criteria.check("criteria.", &mut faults);
            faults.finish()?;
            let told = writing::newest(view, organisation, &criteria, max.unwrap_or(USUAL), &public_url)?;
            Ok(Reply::shown(ChannelPreviewView::of(kind, language, &told)?))
        })
        .await
}

impl ChannelPreviewView {
    fn of(kind: ChannelKind, language: PersonLanguage, told: &[Told]) -> Result<Self, Problem> {
        if told.is_empty() {
            return Ok(Self { kind, named_count: 0, more_count: 0, bytes: 0, message: None });
        }
        let written = writing::message(kind, language, told)?;
        let message = serde_json::from_slice(&written.body).map_err(|error| Problem::internal(&error))?;
        let (named_count, more_count) = (written.named, told.len() - written.named);
        Ok(Self { kind, named_count, more_count, bytes: written.body.len(), message: Some(message) })
    }
}
