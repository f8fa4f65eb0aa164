//! Typed identifiers: a UUID v7 each, so that one kind cannot be taken for another.

use uuid::Uuid;

/// An identifier of one kind of thing.
pub trait Identifier: Copy + Eq + From<Uuid> + Into<Uuid> + std::fmt::Display + 'static {
    /// The noun it identifies, in the singular.
    const NOUN: &'static str;
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident = $noun:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid, example = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]
        pub struct $name(Uuid);

        impl Identifier for $name {
            const NOUN: &'static str = $noun;
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// Identifies an organisation.
    OrganisationId = "organisation";
    /// Identifies an organisational unit.
    UnitId = "unit";
    /// Identifies one version of an organisation's mobility policy.
    MobilityPolicyId = "mobility policy";
    /// Identifies a network.
    NetworkId = "network";
    /// Identifies a membership of a network.
    MembershipId = "membership";
    /// Identifies a person.
    PersonId = "person";
    /// Identifies an employment.
    EmploymentId = "employment";
    /// Identifies a role given to a person.
    RoleAssignmentId = "role assignment";
    /// Identifies a session: one sign-in and the tokens that came of it.
    SessionId = "session";
    /// Identifies a profile; it does not tell whose.
    ProfileId = "profile";
    /// Identifies a skill on a profile.
    ProfileSkillId = "profile skill";
    /// Identifies an availability on a profile.
    AvailabilityId = "availability";
    /// Identifies one view of a profile by somebody else.
    ProfileViewId = "profile view";
    /// Identifies a concept of the skill vocabulary.
    SkillId = "skill";
    /// Identifies an assignment (klus).
    AssignmentId = "assignment";
    /// Identifies a response to an assignment.
    ResponseId = "response";
    /// Identifies what somebody said about a light.
    SignalId = "signal";
    /// Identifies a consent request.
    ConsentRequestId = "consent request";
    /// Identifies a conversation.
    ConversationId = "conversation";
    /// Identifies an offer.
    OfferId = "offer";
    /// Identifies one version of a mobility arrangement; the first version identifies the series too.
    ArrangementId = "arrangement";
    /// Identifies a placement.
    PlacementId = "placement";
    /// Identifies a template of secondment agreements, in one version.
    AgreementTemplateId = "agreement template";
    /// Identifies one version of a secondment agreement.
    AgreementId = "secondment agreement";
    /// Identifies a cost rate.
    CostRateId = "cost rate";
    /// Identifies a timesheet.
    TimesheetId = "timesheet";
    /// Identifies a line of a timesheet.
    TimesheetLineId = "timesheet line";
    /// Identifies a charge statement.
    ChargeStatementId = "charge statement";
    /// Identifies an evaluation.
    EvaluationId = "evaluation";
    /// Identifies an endorsement.
    EndorsementId = "endorsement";
    /// Identifies an OAuth client; the `client_id` of OAuth.
    OAuthClientId = "oauth client";
    /// Identifies a secret of an OAuth client; not the secret itself.
    OAuthSecretId = "oauth secret";
    /// Identifies a staff member of one organisation, as its HR system knows them.
    StaffMemberId = "staff member";
    /// Identifies a token for SCIM.
    ScimTokenId = "scim token";
    /// Identifies a webhook subscription.
    WebhookSubscriptionId = "webhook subscription";
    /// Identifies a key that signs webhooks.
    WebhookKeyId = "webhook key";
    /// Identifies a channel in which klussen are told.
    ChannelId = "channel";
    /// Identifies a message to a channel.
    ChannelDeliveryId = "channel delivery";
    /// Identifies an identity provider of an organisation.
    IdentityProviderId = "identity provider";
    /// Identifies what somebody lets a client do.
    ClientConsentId = "client consent";
    /// Identifies a sign-in that is under way.
    SignInId = "sign-in";
    /// Identifies a staff import.
    StaffImportId = "staff import";
    /// Identifies a saved search.
    SavedSearchId = "saved search";
    /// Identifies a notification.
    NotificationId = "notification";
    /// Identifies a mail.
    MailId = "mail";
    /// Identifies a feed of klussen.
    FeedId = "feed";
    /// Identifies an event.
    EventId = "event";
    /// Identifies an audit event.
    AuditEventId = "audit event";
}
