//! Notifications: what people see and send.

use chrono::{DateTime, Utc};
use domain::exchange::notifications::{EmailFrequency, NotificationGroup, NotificationKind};
use domain::{AssignmentId, NotificationId, OrganisationId, Part, SavedSearchId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::PageLinks;

/// Something that somebody is told (melding)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
pub struct NotificationView {
    /// Identifies it
    pub(in crate::exchange) id: NotificationId,
    /// What it tells
    pub(in crate::exchange) kind: NotificationKind,
    /// For which group of kinds one chooses how to be told
    pub(in crate::exchange) group: NotificationGroup,
    /// What it tells, in the language of the caller; it names nobody
    #[schema(max_length = 200, example = "Uw toestemming wordt gevraagd")]
    pub(in crate::exchange) title: &'static str,
    /// What it is about; null where you may not know of that any more
    pub(in crate::exchange) subject: Option<NotificationSubjectView>,
    /// The role in which you are told; null where it has none, or is yours no more
    pub(in crate::exchange) role: Option<Part>,
    /// The organisation for which you play that role
    pub(in crate::exchange) organisation_id: Option<OrganisationId>,
    /// Its name
    #[schema(max_length = 200, example = "Gemeente Oss")]
    pub(in crate::exchange) organisation_name: Option<String>,
    /// The state that was reached then; read the thing for its present one
    #[schema(max_length = 40, example = "REQUESTED")]
    pub(in crate::exchange) state: Option<String>,
    /// The saved search that found something
    pub(in crate::exchange) saved_search_id: Option<SavedSearchId>,
    /// How many klussen it found that you still see
    #[schema(minimum = 0, maximum = 50, example = 1)]
    pub(in crate::exchange) assignment_count: usize,
    /// Those klussen
    #[schema(max_items = 50)]
    pub(in crate::exchange) assignment_ids: Vec<AssignmentId>,
    /// When it happened
    #[schema(example = "2027-03-01T09:00:00Z")]
    pub(in crate::exchange) occurred_at: DateTime<Utc>,
    /// When you read it
    #[schema(example = "2027-03-01T10:00:00Z")]
    pub(in crate::exchange) read_at: Option<DateTime<Utc>>,
}

/// What a notification is about
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationSubject)]
pub struct NotificationSubjectView {
    /// The noun of the thing, in the singular
    #[schema(max_length = 80, example = "consent request")]
    pub(super) kind: String,
    /// Its id
    pub(super) id: uuid::Uuid,
    /// Where to read it; null where it has no address of its own
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "/v1/consent-requests/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"
    )]
    pub(super) address: Option<String>,
}

/// A page of notifications, newest first
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationPage {
    /// The rows of this page
    #[schema(max_items = 100)]
    pub(super) items: Vec<NotificationView>,
    /// The other pages
    pub(super) links: PageLinks,
    /// How many you have not read, counted up to 1000
    #[schema(minimum = 0, maximum = 1000, example = 3)]
    pub(super) unread_count: u32,
}

/// Whether a notification was read
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationPatch {
    /// Whether it was read
    #[schema(example = true)]
    pub(super) read: bool,
}

/// Up to where notifications were read
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationReadingDraft {
    /// The newest that was read: it and all older ones are marked
    pub(super) up_to_id: NotificationId,
}

/// What is left to read
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationReading)]
pub struct NotificationReadingView {
    /// How many you have not read, counted up to 1000
    #[schema(minimum = 0, maximum = 1000, example = 0)]
    pub(super) unread_count: u32,
}

/// How one group of notifications comes
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationPreferenceItem {
    /// The group of kinds
    pub(super) group: NotificationGroup,
    /// How it comes by e-mail, besides the inbox
    pub(super) email: EmailFrequency,
}

/// How you want to be told
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationPreferencesInput {
    /// Per group; groups that are left out do not come by e-mail
    #[schema(max_items = 20)]
    pub(super) groups: Vec<NotificationPreferenceItem>,
}

/// How somebody is told (voorkeuren voor meldingen): everything comes to the inbox, some by e-mail too
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationPreferences)]
pub struct NotificationPreferencesView {
    /// Whether this service sends mail at all; where it does not, everything stays in the inbox
    #[schema(example = true)]
    pub(super) sends_mail: bool,
    /// Every group, and how it comes by e-mail
    #[schema(max_items = 20)]
    pub(super) groups: Vec<NotificationPreferenceItem>,
}
