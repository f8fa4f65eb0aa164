//! Conversations: the operations.

use actix_web::web::Path;
use actix_web::{get, patch, post, put};
use domain::market::conversations::Conversation;
use domain::{ConversationId, Part, Refusal, ResponseId, truncate};
use persistence::market::conversations as kept;

use super::types::{
    ClickDraft, ConversationDraft, ConversationNoteInput, ConversationPage, ConversationPatch, ConversationView,
};
use super::{open, step, tell};
use crate::body::{Bare, Body, IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::dossier::Dossier;
use crate::paging::{Paging, PagingParams};
use crate::reply::{Answer, Reply};

/// Plan a conversation
///
/// The employee or the client, once the client has invited for one.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response")),
    request_body = ConversationDraft, responses(
    (status = 201, description = "Planned; the other side is told", body = ConversationView),
    (status = 409, description = "The response is not that far, or has ended"),
))]
#[post("/responses/{responseId}/conversations")]
pub(crate) async fn create_conversation(
    caller: Caller,
    id: Path<ResponseId>,
    post: Post<ConversationDraft>,
) -> Answer<ConversationView> {
    caller
        .post(post, move |work, actor, draft| {
            let Dossier { response, assignment, parts } = Dossier::open(work, actor, *id)?.settle(work)?;
            let planned_at = truncate(draft.planned_at);
            let conversation = Conversation::plan(work.id(), &response, planned_at, draft.place, &parts, work.now())?;
            let conversation = kept::insert(work, conversation)?;
            tell(work, &response, &assignment, &conversation)?;
            let path = format!("/conversations/{}", conversation.id);
            let revision = conversation.revision;
            Ok(Reply::created(&path, ConversationView::of(conversation, &parts)).revision(revision))
        })
        .await
}

/// List the conversations about a response
///
/// Newest first, each with your own side of it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response"), PagingParams), responses(
    (status = 200, description = "A page of conversations", body = ConversationPage),
))]
#[get("/responses/{responseId}/conversations")]
pub(crate) async fn list_conversations(
    caller: Caller,
    id: Path<ResponseId>,
    paging: Paging,
) -> Answer<ConversationPage> {
    caller
        .read(move |view, actor| {
            let Dossier { response, parts, .. } = Dossier::open(view, actor, *id)?;
            if !parts.iter().any(|part| matches!(part, Part::Employee | Part::Client)) {
                return Err(Refusal::forbidden("Conversations are between the employee and the client.").into());
            }
            let page = kept::list(view, response.id, &paging.request)?;
            Ok(paging.reply(page.map(|one| ConversationView::of(one, &parts)), ConversationPage::new))
        })
        .await
}

/// Get a conversation
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation")), responses(
    (status = 200, description = "The conversation, with your own side of it", body = ConversationView),
))]
#[get("/conversations/{conversationId}")]
pub(crate) async fn get_conversation(caller: Caller, id: Path<ConversationId>) -> Answer<ConversationView> {
    caller
        .read(move |view, actor| {
            let (conversation, Dossier { parts, .. }) = open(view, actor, *id)?;
            Ok(Reply::current(conversation.revision, ConversationView::of(conversation, &parts)))
        })
        .await
}

/// Reschedule a conversation
///
/// A merge patch: what is left out stays, null clears.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation"), crate::body::IfMatchParam),
    request_body = ConversationPatch, responses(
    (status = 200, description = "Rescheduled; the other side is told", body = ConversationView),
    (status = 409, description = "It took place or was cancelled"),
))]
#[patch("/conversations/{conversationId}")]
pub(crate) async fn reschedule_conversation(
    caller: Caller,
    id: Path<ConversationId>,
    seen: IfMatch,
    body: Body<ConversationPatch>,
) -> Answer<ConversationView> {
    caller
        .write(move |work, actor| {
            let ConversationPatch { planned_at, place } = body.0.clone();
            step(work, actor, *id, &seen, |conversation, parts, now| {
                let planned_at = planned_at.map_or(conversation.planned_at, truncate);
                let place = place.unwrap_or_else(|| conversation.place.clone());
                conversation.reschedule(planned_at, place, parts, now)
            })
        })
        .await
}

/// Record that a conversation took place
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation"), crate::body::IfMatchParam),
    responses(
    (status = 200, description = "Recorded: both can say whether there was a click", body = ConversationView),
    (status = 409, description = "It is still to come, or was recorded or cancelled already"),
))]
#[post("/conversations/{conversationId}/completions")]
pub(crate) async fn complete_conversation(
    caller: Caller,
    id: Path<ConversationId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ConversationView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |conversation, parts, now| conversation.hold(parts, now))
        })
        .await
}

/// Cancel a conversation
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation"), crate::body::IfMatchParam),
    responses(
    (status = 200, description = "Cancelled; the other side is told", body = ConversationView),
    (status = 409, description = "It took place or was cancelled already"),
))]
#[post("/conversations/{conversationId}/cancellations")]
pub(crate) async fn cancel_conversation(
    caller: Caller,
    id: Path<ConversationId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ConversationView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |conversation, parts, now| conversation.cancel(parts, now))
        })
        .await
}

/// Say whether there was a click
///
/// Each for their own side; said again it takes the place of what was said. The light S5 is green when both said yes
/// about the last conversation that took place.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation"), crate::body::IfMatchParam),
    request_body = ClickDraft, responses(
    (status = 200, description = "Said", body = ConversationView),
    (status = 409, description = "It did not take place"),
))]
#[post("/conversations/{conversationId}/clicks")]
pub(crate) async fn say_click(
    caller: Caller,
    id: Path<ConversationId>,
    seen: IfMatch,
    post: Post<ClickDraft>,
) -> Answer<ConversationView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |conversation, parts, now| conversation.say_click(draft.click, parts, now))
        })
        .await
}

/// Write your note to a conversation
///
/// Only your own side reads it: the employee theirs, the owners of the assignment theirs.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("conversationId" = ConversationId, Path, description = "The conversation"), crate::body::IfMatchParam),
    request_body = ConversationNoteInput, responses(
    (status = 200, description = "Written", body = ConversationView),
    (status = 409, description = "It was cancelled"),
))]
#[put("/conversations/{conversationId}/note")]
pub(crate) async fn write_conversation_note(
    caller: Caller,
    id: Path<ConversationId>,
    seen: IfMatch,
    body: Body<ConversationNoteInput>,
) -> Answer<ConversationView> {
    caller
        .write(move |work, actor| {
            let note = body.0.note.clone();
            step(work, actor, *id, &seen, |conversation, parts, now| conversation.write_note(note, parts, now))
        })
        .await
}
