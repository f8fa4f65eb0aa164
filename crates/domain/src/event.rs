//! What happened: announced to those who may know, and written down for the audit.

use uuid::Uuid;

use crate::{
    AgreementId, AgreementTemplateId, ArrangementId, AssignmentId, ChannelId, ChargeStatementId, ClientConsentId,
    ConsentRequestId, ConversationId, CostRateId, EmploymentId, EndorsementId, FeedId, Identifier, IdentityProviderId,
    MembershipId, MobilityPolicyId, NetworkId, OAuthClientId, OfferId, OrganisationId, PersonId, PlacementId,
    ProfileId, ResponseId, RoleAssignmentId, ScimTokenId, SessionId, StaffImportId, TimesheetId, UnitId,
    WebhookSubscriptionId, text_enum,
};

text_enum! {
    /// What an event tells (soort gebeurtenis). The list grows: clients ignore kinds they do not know.
    EventKind {
        OrganisationRegistered = "nl.klusnet.organisation-registered.v1", "An organisation was registered", "Een organisatie is aangemeld";
        OrganisationRevised = "nl.klusnet.organisation-revised.v1", "An organisation was changed", "Een organisatie is gewijzigd";
        UnitChanged = "nl.klusnet.unit-changed.v1", "A unit was added, changed or removed", "Een afdeling is toegevoegd, gewijzigd of verwijderd";
        MobilityPolicyLaidDown = "nl.klusnet.mobility-policy-laid-down.v1", "A mobility policy was laid down", "Een mobiliteitskader is vastgelegd";
        NetworkFounded = "nl.klusnet.network-founded.v1", "A network was founded", "Een netwerk is opgericht";
        NetworkRevised = "nl.klusnet.network-revised.v1", "A network was changed", "Een netwerk is gewijzigd";
        MembershipChanged = "nl.klusnet.membership-changed.v1", "A membership changed", "Een deelname is gewijzigd";
        PersonChanged = "nl.klusnet.person-changed.v1", "A person was registered or changed", "Een persoon is aangemeld of gewijzigd";
        ActivationOffered = "nl.klusnet.activation-offered.v1", "Somebody was offered to choose a password", "Iemand kan een wachtwoord kiezen";
        EmploymentChanged = "nl.klusnet.employment-changed.v1", "An employment was recorded or changed", "Een dienstverband is vastgelegd of gewijzigd";
        RoleGiven = "nl.klusnet.role-given.v1", "A role was given", "Een rol is toegekend";
        RoleTaken = "nl.klusnet.role-taken.v1", "A role was taken away", "Een rol is ingetrokken";
        ProfileChanged = "nl.klusnet.profile-changed.v1", "A profile was changed", "Een profiel is gewijzigd";
        AssignmentChanged = "nl.klusnet.assignment-changed.v1", "An assignment was changed", "Een klus is gewijzigd";
        AssignmentPublished = "nl.klusnet.assignment-published.v1", "An assignment was published", "Een klus is geplaatst";
        AssignmentRingOpened = "nl.klusnet.assignment-ring-opened.v1", "An assignment opened to a wider ring", "Een klus is opengesteld voor een ruimere kring";
        AssignmentStateChanged = "nl.klusnet.assignment-state-changed.v1", "An assignment reached another state", "Een klus heeft een andere toestand";
        ResponseStateChanged = "nl.klusnet.response-state-changed.v1", "A response reached another state", "Een reactie heeft een andere toestand";
        ResponseChanged = "nl.klusnet.response-changed.v1", "A response or its dossier was changed", "Een reactie of het dossier is gewijzigd";
        ConsentStateChanged = "nl.klusnet.consent-state-changed.v1", "A consent request reached another state", "Een toestemmingsverzoek heeft een andere toestand";
        ConsentReminder = "nl.klusnet.consent-reminder.v1", "A consent request waits for an answer", "Een toestemmingsverzoek wacht op antwoord";
        ConversationChanged = "nl.klusnet.conversation-changed.v1", "A conversation was planned or changed", "Een kennismaking is gepland of gewijzigd";
        OfferStateChanged = "nl.klusnet.offer-state-changed.v1", "An offer reached another state", "Een aanbod heeft een andere toestand";
        ArrangementStateChanged = "nl.klusnet.arrangement-state-changed.v1", "An arrangement reached another state", "Een vrijstellingsafspraak heeft een andere toestand";
        ArrangementChanged = "nl.klusnet.arrangement-changed.v1", "An arrangement was changed", "Een vrijstellingsafspraak is gewijzigd";
        PlacementStateChanged = "nl.klusnet.placement-state-changed.v1", "A placement reached another state", "Een plaatsing heeft een andere toestand";
        PlacementChanged = "nl.klusnet.placement-changed.v1", "A placement was changed", "Een plaatsing is gewijzigd";
        PlacementTalksDue = "nl.klusnet.placement-talks-due.v1", "It is time to talk about what comes after a placement", "Het is tijd om te praten over wat na de plaatsing komt";
        PlacementAtRisk = "nl.klusnet.placement-at-risk.v1", "A placement outlives its employment", "Een plaatsing duurt langer dan het dienstverband";
        AgreementTemplateLaidDown = "nl.klusnet.agreement-template-laid-down.v1", "A template of agreements was laid down", "Een model voor overeenkomsten is vastgelegd";
        AgreementStateChanged = "nl.klusnet.agreement-state-changed.v1", "An agreement reached another state", "Een overeenkomst heeft een andere toestand";
        AgreementSigned = "nl.klusnet.agreement-signed.v1", "A party signed an agreement", "Een partij heeft een overeenkomst getekend";
        CostRateLaidDown = "nl.klusnet.cost-rate-laid-down.v1", "A cost rate was laid down", "Een loonkostentarief is vastgelegd";
        TimesheetStateChanged = "nl.klusnet.timesheet-state-changed.v1", "A timesheet reached another state", "Een urenstaat heeft een andere toestand";
        ChargeStatementStateChanged = "nl.klusnet.charge-statement-state-changed.v1", "A charge statement reached another state", "Een doorbelasting heeft een andere toestand";
        EvaluationGiven = "nl.klusnet.evaluation-given.v1", "A placement was evaluated", "Een plaatsing is geëvalueerd";
        EndorsementStateChanged = "nl.klusnet.endorsement-state-changed.v1", "An endorsement reached another state", "Een aanbeveling heeft een andere toestand";
        FeedChanged = "nl.klusnet.feed-changed.v1", "A feed of klussen was made or taken back", "Een feed van klussen is gemaakt of ingetrokken";
        ScimTokenChanged = "nl.klusnet.scim-token-changed.v1", "A token for SCIM was made or taken back", "Een token voor SCIM is gemaakt of ingetrokken";
        OAuthClientChanged = "nl.klusnet.oauth-client-changed.v1", "An OAuth client was registered, changed or removed", "Een OAuth-client is aangemeld, gewijzigd of verwijderd";
        OAuthSecretChanged = "nl.klusnet.oauth-secret-changed.v1", "A secret of an OAuth client was made or removed", "Een geheim van een OAuth-client is gemaakt of verwijderd";
        IdentityProviderChanged = "nl.klusnet.identity-provider-changed.v1", "An identity provider was registered, changed or removed", "Een identiteitsvoorziening is aangemeld, gewijzigd of verwijderd";
        ClientConsentChanged = "nl.klusnet.client-consent-changed.v1", "Consent was given to a client or taken back", "Toestemming aan een client is gegeven of ingetrokken";
        WebhookSubscriptionChanged = "nl.klusnet.webhook-subscription-changed.v1", "A webhook subscription was made, changed or removed", "Een webhook-abonnement is gemaakt, gewijzigd of verwijderd";
        WebhookSubscriptionDisabled = "nl.klusnet.webhook-subscription-disabled.v1", "A webhook subscription was stopped, as its receiver takes nothing", "Een webhook-abonnement is gestopt, omdat de ontvanger niets aanneemt";
        ChannelChanged = "nl.klusnet.channel-changed.v1", "A channel for klussen was made, changed or removed", "Een kanaal voor klussen is gemaakt, gewijzigd of verwijderd";
        ChannelDisabled = "nl.klusnet.channel-disabled.v1", "A channel for klussen was stopped, as its address takes nothing", "Een kanaal voor klussen is gestopt, omdat het adres niets aanneemt";
        StaffFeedChanged = "nl.klusnet.staff-feed-changed.v1", "How staff comes in was changed", "De aanlevering van personeel is gewijzigd";
        StaffImportStateChanged = "nl.klusnet.staff-import-state-changed.v1", "A staff import reached another state", "Een personeelsimport heeft een andere toestand";
        SessionOpened = "nl.klusnet.session-opened.v1", "Somebody signed in", "Iemand heeft zich aangemeld";
        SessionRevoked = "nl.klusnet.session-revoked.v1", "A session was ended", "Een sessie is beëindigd";
        PersonCodeMade = "nl.klusnet.person-code-made.v1", "Somebody made a code for themselves", "Iemand heeft een code voor zichzelf gemaakt";
        PasswordChosen = "nl.klusnet.password-chosen.v1", "A password was chosen", "Een wachtwoord is gekozen";
    }
}

impl EventKind {
    /// The noun of the thing that events of this kind are about.
    pub fn subject(self) -> &'static str {
        match self {
            Self::OrganisationRegistered | Self::OrganisationRevised | Self::StaffFeedChanged => OrganisationId::NOUN,
            Self::UnitChanged => UnitId::NOUN,
            Self::MobilityPolicyLaidDown => MobilityPolicyId::NOUN,
            Self::NetworkFounded | Self::NetworkRevised => NetworkId::NOUN,
            Self::MembershipChanged => MembershipId::NOUN,
            Self::PersonChanged | Self::ActivationOffered | Self::PersonCodeMade | Self::PasswordChosen => {
                PersonId::NOUN
            }
            Self::EmploymentChanged => EmploymentId::NOUN,
            Self::RoleGiven | Self::RoleTaken => RoleAssignmentId::NOUN,
            Self::ProfileChanged => ProfileId::NOUN,
            Self::AssignmentChanged
            | Self::AssignmentPublished
            | Self::AssignmentRingOpened
            | Self::AssignmentStateChanged => AssignmentId::NOUN,
            Self::ResponseStateChanged | Self::ResponseChanged => ResponseId::NOUN,
            Self::ConsentStateChanged | Self::ConsentReminder => ConsentRequestId::NOUN,
            Self::ConversationChanged => ConversationId::NOUN,
            Self::OfferStateChanged => OfferId::NOUN,
            Self::ArrangementStateChanged | Self::ArrangementChanged => ArrangementId::NOUN,
            Self::PlacementStateChanged
            | Self::PlacementChanged
            | Self::PlacementTalksDue
            | Self::PlacementAtRisk
            | Self::EvaluationGiven => PlacementId::NOUN,
            Self::AgreementTemplateLaidDown => AgreementTemplateId::NOUN,
            Self::AgreementStateChanged | Self::AgreementSigned => AgreementId::NOUN,
            Self::CostRateLaidDown => CostRateId::NOUN,
            Self::TimesheetStateChanged => TimesheetId::NOUN,
            Self::ChargeStatementStateChanged => ChargeStatementId::NOUN,
            Self::EndorsementStateChanged => EndorsementId::NOUN,
            Self::FeedChanged => FeedId::NOUN,
            Self::ScimTokenChanged => ScimTokenId::NOUN,
            Self::OAuthClientChanged | Self::OAuthSecretChanged => OAuthClientId::NOUN,
            Self::IdentityProviderChanged => IdentityProviderId::NOUN,
            Self::ClientConsentChanged => ClientConsentId::NOUN,
            Self::WebhookSubscriptionChanged | Self::WebhookSubscriptionDisabled => WebhookSubscriptionId::NOUN,
            Self::ChannelChanged | Self::ChannelDisabled => ChannelId::NOUN,
            Self::StaffImportStateChanged => StaffImportId::NOUN,
            Self::SessionOpened | Self::SessionRevoked => SessionId::NOUN,
        }
    }
}

/// Who may know of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody, signed in or not.
    Everyone,
    /// Everybody who is employed by a public organisation that takes part.
    CivilServants,
    /// The people of a network's members.
    Network(NetworkId),
    /// The people of an organisation.
    Organisation(OrganisationId),
    /// The people of a unit.
    Unit(UnitId),
    /// The administrators of an organisation.
    Administrators(OrganisationId),
    /// The coordinators of a network.
    Coordinators(NetworkId),
    /// One person.
    Person(PersonId),
    /// The platform's administrators.
    Platform,
}

impl std::fmt::Display for Audience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::CivilServants => f.write_str("civil-servants"),
            Self::Network(id) => write!(f, "network:{id}"),
            Self::Organisation(id) => write!(f, "organisation:{id}"),
            Self::Unit(id) => write!(f, "unit:{id}"),
            Self::Administrators(id) => write!(f, "administrators:{id}"),
            Self::Coordinators(id) => write!(f, "coordinators:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Platform => f.write_str("platform"),
        }
    }
}

/// A change of one thing, as it is announced and audited. It holds no free text and no personal data.
#[derive(Debug, Clone)]
pub struct Change {
    /// The noun of the thing, in the singular.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: Uuid,
    /// What the event tells.
    pub kind: EventKind,
    /// The organisation it concerns.
    pub organisation: Option<OrganisationId>,
    /// The state before, where the thing has states.
    pub from: Option<&'static str>,
    /// The state after, where the thing has states.
    pub to: Option<&'static str>,
    /// Who may know; nobody but the audit where empty.
    pub audiences: Vec<Audience>,
}

impl Change {
    /// A change of this thing, which is what events of this kind are about.
    pub fn new<I: Identifier>(kind: EventKind, subject: I) -> Self {
        debug_assert_eq!(kind.subject(), I::NOUN, "{kind}");
        Self {
            subject_kind: I::NOUN,
            subject_id: subject.into(),
            kind,
            organisation: None,
            from: None,
            to: None,
            audiences: Vec::new(),
        }
    }

    /// Concerning this organisation.
    #[must_use]
    pub fn of(self, organisation: OrganisationId) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// From one state to another.
    #[must_use]
    pub fn states(self, from: Option<&'static str>, to: &'static str) -> Self {
        Self { from, to: Some(to), ..self }
    }

    /// Known to these.
    #[must_use]
    pub fn to(mut self, audiences: impl IntoIterator<Item = Audience>) -> Self {
        self.audiences.extend(audiences);
        self
    }
}
