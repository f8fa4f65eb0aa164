//! Conversations: what clients send and see.

use chrono::{DateTime, Utc};
use domain::market::conversations::{Click, Conversation, ConversationState};
use domain::{ConversationId, Part, ResponseId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present};

/// A new conversation
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversationDraft {
    /// When it is planned; a moment that has passed records what took place already
    #[schema(example = "2027-03-08T13:00:00Z")]
    pub(super) planned_at: DateTime<Utc>,
    /// Where, or by which means
    #[schema(min_length = 1, max_length = 400, example = "Markt 145, Uden")]
    pub(super) place: Option<String>,
}

/// What changes in a conversation: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversationPatch {
    /// When it is planned: a moment to come
    #[schema(nullable = false, example = "2027-03-09T13:00:00Z")]
    pub(super) planned_at: Option<DateTime<Utc>>,
    /// Where, or by which means
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 400, example = "Markt 145, Uden")]
    pub(super) place: Patched<String>,
}

/// Whether there was a click, for the own side
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClickDraft {
    /// Yes or no
    pub(super) click: Click,
}

/// The note of the own side
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversationNoteInput {
    /// What only the own side reads; null wipes it
    #[schema(max_length = 4000, example = "Vragen naar de planning van de raad.")]
    pub(super) note: Option<String>,
}

/// A conversation (kennismaking) between an employee and a client
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Conversation)]
pub struct ConversationView {
    /// Identifies it
    id: ConversationId,
    /// The response it is about
    response_id: ResponseId,
    /// When it is planned
    #[schema(example = "2027-03-08T13:00:00Z")]
    planned_at: DateTime<Utc>,
    /// Where, or by which means
    #[schema(max_length = 400, example = "Markt 145, Uden")]
    place: Option<String>,
    /// Its state
    state: ConversationState,
    /// When it took place
    #[schema(example = "2027-03-08T14:00:00Z")]
    held_at: Option<DateTime<Utc>>,
    /// Whether there was a click, as the own side said; what both make of it is the light S5
    click: Option<Click>,
    /// The note of the own side; the other side never reads it
    #[schema(max_length = 4000, example = "Vragen naar de planning van de raad.")]
    note: Option<String>,
    /// When it was planned first
    #[schema(example = "2027-03-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-08T14:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of conversations
    ConversationPage as ConversationPage, ConversationView
);

impl ConversationView {
    /// The conversation as somebody with these parts sees it.
    pub(super) fn of(conversation: Conversation, parts: &[Part]) -> Self {
        let own = conversation.own_side(parts).cloned().unwrap_or_default();
        let Conversation {
            id,
            revision: _,
            response,
            planned_at,
            place,
            state,
            held_at,
            employee: _, // one of the two is the own side
            client: _,
            created_at,
            modified_at,
        } = conversation;
        Self {
            id,
            response_id: response,
            planned_at,
            place,
            state,
            held_at,
            click: own.click,
            note: own.note,
            created_at,
            modified_at,
        }
    }
}
