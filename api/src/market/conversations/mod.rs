//! Conversations: two people meet, and each says whether there was a click.

mod operations;
mod types;

use domain::market::assignments::Assignment;
use domain::market::conversations::Conversation;
use domain::market::responses::Response;
use domain::{Change, ConversationId, EventKind, Moment, Part, Refusal, TextEnum};
use persistence::market::conversations as kept;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::ConversationView;
use super::responses::dossier::{Dossier, concerned};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(operations::create_conversation)
        .service(operations::list_conversations)
        .service(operations::get_conversation)
        .service(operations::reschedule_conversation)
        .service(operations::complete_conversation)
        .service(operations::cancel_conversation)
        .service(operations::say_click)
        .service(operations::write_conversation_note);
}

/// A conversation with its dossier, for its two sides; to anybody else it is not there.
fn open(view: &mut View<'_>, actor: &Actor, id: ConversationId) -> Result<(Conversation, Dossier), Problem> {
    let hidden = || Problem::from(Refusal::hidden("conversation"));
    let conversation = kept::get(view, id)?;
    let dossier = Dossier::find(view, actor, conversation.response)?.ok_or_else(hidden)?;
    if dossier.parts.iter().any(|part| matches!(part, Part::Employee | Part::Client)) {
        Ok((conversation, dossier))
    } else {
        Err(hidden())
    }
}

/// Takes a step with a conversation at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: ConversationId,
    seen: &IfMatch,
    decide: impl FnOnce(Conversation, &[Part], Moment) -> Result<Conversation, Refusal>,
) -> Answer<ConversationView> {
    let (conversation, Dossier { response, assignment, parts }) = open(work, actor, id)?;
    seen.expect(conversation.revision)?;
    let conversation = decide(conversation, &parts, work.now())?;
    let conversation = keep(work, &response, &assignment, conversation)?;
    Ok(Reply::current(conversation.revision, ConversationView::of(conversation, &parts)))
}

/// Keeps a changed conversation, and tells both sides.
pub(super) fn keep(
    work: &mut Work<'_>,
    response: &Response,
    assignment: &Assignment,
    conversation: Conversation,
) -> Result<Conversation, Problem> {
    let conversation = kept::save(work, conversation)?;
    tell(work, response, assignment, &conversation)?;
    Ok(conversation)
}

fn tell(
    work: &mut Work<'_>,
    response: &Response,
    assignment: &Assignment,
    conversation: &Conversation,
) -> Result<(), Problem> {
    let change = Change::new(EventKind::ConversationChanged, conversation.id);
    let change = change.states(None, conversation.state.as_str()).to(concerned(response, assignment));
    Ok(ledger::record(work, change)?)
}
