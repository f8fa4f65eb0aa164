//! Notifications: what happened that somebody has to know or do, in one inbox per person.

use std::collections::BTreeMap;

use super::saved_searches::AlertFrequency;
use crate::{EventKind, Moment, NotificationId, OrganisationId, Part, PersonId, SavedSearchId, TextEnum, text_enum};

/// How many days notifications are kept.
pub const KEPT_DAYS: i64 = 180;

text_enum! {
    /// What a notification tells (soort melding). The list grows: clients show the title of kinds they do not know.
    NotificationKind {
        ResponseReceived = "RESPONSE_RECEIVED", "Somebody responded to your assignment", "Er is gereageerd op uw klus";
        ResponseStateChanged = "RESPONSE_STATE_CHANGED", "A response reached another state", "Een reactie heeft een andere toestand";
        ResponseChanged = "RESPONSE_CHANGED", "Something changed in a dossier", "Er is iets gewijzigd in een dossier";
        ConversationPlanned = "CONVERSATION_PLANNED", "A conversation was planned", "Er is een kennismaking gepland";
        ConversationChanged = "CONVERSATION_CHANGED", "A conversation took place or was cancelled", "Een kennismaking is gehouden of afgezegd";
        OfferMade = "OFFER_MADE", "You have an offer to answer", "Er ligt een aanbod voor u";
        OfferAnswered = "OFFER_ANSWERED", "Your offer was answered", "Uw aanbod is beantwoord";
        OfferEnded = "OFFER_ENDED", "An offer was withdrawn or lapsed", "Een aanbod is ingetrokken of vervallen";
        ConsentAsked = "CONSENT_ASKED", "Your consent is asked", "Uw toestemming wordt gevraagd";
        ConsentReminder = "CONSENT_REMINDER", "A consent request still waits for your answer", "Een toestemmingsverzoek wacht nog op uw antwoord";
        ConsentAnswered = "CONSENT_ANSWERED", "Your consent request was answered", "Uw toestemmingsverzoek is beantwoord";
        ConsentUnanswered = "CONSENT_UNANSWERED", "Your consent request was not answered in time", "Uw toestemmingsverzoek is niet op tijd beantwoord";
        ConsentWithdrawn = "CONSENT_WITHDRAWN", "A consent request was withdrawn", "Een toestemmingsverzoek is ingetrokken";
        ArrangementToSign = "ARRANGEMENT_TO_SIGN", "An arrangement waits for your signature", "Een vrijstellingsafspraak wacht op uw handtekening";
        ArrangementStateChanged = "ARRANGEMENT_STATE_CHANGED", "An arrangement reached another state", "Een vrijstellingsafspraak heeft een andere toestand";
        AgreementToSign = "AGREEMENT_TO_SIGN", "An agreement waits for your signature", "Een overeenkomst wacht op uw handtekening";
        AgreementSigned = "AGREEMENT_SIGNED", "Another party signed an agreement", "Een andere partij heeft een overeenkomst getekend";
        AgreementStateChanged = "AGREEMENT_STATE_CHANGED", "An agreement reached another state", "Een overeenkomst heeft een andere toestand";
        PlacementStateChanged = "PLACEMENT_STATE_CHANGED", "A placement reached another state", "Een plaatsing heeft een andere toestand";
        PlacementTalksDue = "PLACEMENT_TALKS_DUE", "It is time to talk about what comes after a placement", "Het is tijd om te praten over wat na de plaatsing komt";
        PlacementAtRisk = "PLACEMENT_AT_RISK", "A placement outlives its employment", "Een plaatsing duurt langer dan het dienstverband";
        TimesheetToApprove = "TIMESHEET_TO_APPROVE", "A timesheet waits for your approval", "Een urenstaat wacht op uw goedkeuring";
        TimesheetApproved = "TIMESHEET_APPROVED", "Your timesheet was approved", "Uw urenstaat is goedgekeurd";
        TimesheetReturned = "TIMESHEET_RETURNED", "Your timesheet was returned", "Uw urenstaat is teruggegeven";
        ChargeToAccept = "CHARGE_TO_ACCEPT", "A charge statement waits for your answer", "Een doorbelasting wacht op uw antwoord";
        ChargeStateChanged = "CHARGE_STATE_CHANGED", "A charge statement reached another state", "Een doorbelasting heeft een andere toestand";
        EndorsementReceived = "ENDORSEMENT_RECEIVED", "You received an endorsement", "U hebt een aanbeveling gekregen";
        AssignmentStateChanged = "ASSIGNMENT_STATE_CHANGED", "Your assignment reached another state", "Uw klus heeft een andere toestand";
        RoleGiven = "ROLE_GIVEN", "You were given a role", "U hebt een rol gekregen";
        RoleTaken = "ROLE_TAKEN", "A role of yours was taken away", "Een rol van u is ingetrokken";
        MembershipChanged = "MEMBERSHIP_CHANGED", "Your membership of a network changed", "Uw deelname aan een netwerk is gewijzigd";
        ClientConsentChanged = "CLIENT_CONSENT_CHANGED", "A system was given access in your name, or lost it", "Een systeem kreeg namens u toegang, of verloor die";
        ConnectionStopped = "CONNECTION_STOPPED", "A channel or webhook subscription of your organisation was stopped", "Een kanaal of webhook-abonnement van uw organisatie is gestopt";
        SavedSearchMatch = "SAVED_SEARCH_MATCH", "A new assignment fits your saved search", "Een nieuwe klus past bij uw zoekopdracht";
        SavedSearchDigest = "SAVED_SEARCH_DIGEST", "New assignments fit your saved search", "Nieuwe klussen passen bij uw zoekopdracht";
    }
}

text_enum! {
    /// Kinds of notifications for which one chooses together (groep meldingen)
    NotificationGroup {
        Responses = "RESPONSES", "Responses, conversations and offers", "Reacties, kennismakingen en aanbiedingen";
        Consent = "CONSENT", "Consent requests", "Toestemmingsverzoeken";
        Arrangements = "ARRANGEMENTS", "Arrangements and agreements", "Vrijstellingsafspraken en overeenkomsten";
        Placements = "PLACEMENTS", "Placements and endorsements", "Plaatsingen en aanbevelingen";
        Hours = "HOURS", "Timesheets and charges", "Urenstaten en doorbelastingen";
        Assignments = "ASSIGNMENTS", "Own assignments", "Eigen klussen";
        SavedSearches = "SAVED_SEARCHES", "Saved searches", "Zoekopdrachten";
        Account = "ACCOUNT", "Roles, memberships and access", "Rollen, deelname en toegang";
    }
}

text_enum! {
    /// How notifications come by e-mail, besides the inbox (per e-mail)
    EmailFrequency {
        None = "NONE", "Not by e-mail", "Niet per e-mail";
        Immediate = "IMMEDIATE", "Each at once", "Elke melding direct";
        Daily = "DAILY", "Once a day, together", "Eenmaal per dag, samen";
        Weekly = "WEEKLY", "Every Monday, together", "Elke maandag, samen";
    }
}

impl NotificationKind {
    /// The group for which one chooses.
    pub fn group(self) -> NotificationGroup {
        match self {
            Self::ResponseReceived
            | Self::ResponseStateChanged
            | Self::ResponseChanged
            | Self::ConversationPlanned
            | Self::ConversationChanged
            | Self::OfferMade
            | Self::OfferAnswered
            | Self::OfferEnded => NotificationGroup::Responses,
            Self::ConsentAsked
            | Self::ConsentReminder
            | Self::ConsentAnswered
            | Self::ConsentUnanswered
            | Self::ConsentWithdrawn => NotificationGroup::Consent,
            Self::ArrangementToSign
            | Self::ArrangementStateChanged
            | Self::AgreementToSign
            | Self::AgreementSigned
            | Self::AgreementStateChanged => NotificationGroup::Arrangements,
            Self::PlacementStateChanged
            | Self::PlacementTalksDue
            | Self::PlacementAtRisk
            | Self::EndorsementReceived => NotificationGroup::Placements,
            Self::TimesheetToApprove
            | Self::TimesheetApproved
            | Self::TimesheetReturned
            | Self::ChargeToAccept
            | Self::ChargeStateChanged => NotificationGroup::Hours,
            Self::AssignmentStateChanged => NotificationGroup::Assignments,
            Self::RoleGiven
            | Self::RoleTaken
            | Self::MembershipChanged
            | Self::ClientConsentChanged
            | Self::ConnectionStopped => NotificationGroup::Account,
            Self::SavedSearchMatch | Self::SavedSearchDigest => NotificationGroup::SavedSearches,
        }
    }

    /// The kinds of a group.
    pub fn of_group(group: NotificationGroup) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |kind| kind.group() == group)
    }
}

/// Which event makes which notification, for whom. The first row that holds decides; what no row names is not told.
#[derive(Debug, Clone, Copy)]
pub struct NotificationRule {
    /// What happened.
    pub event: EventKind,
    /// The state that was reached; any where empty.
    pub states: &'static [&'static str],
    /// The role of who is told; any, also none, where empty.
    pub roles: &'static [Part],
    /// What they are told.
    pub kind: NotificationKind,
    /// Whether also somebody who did it themselves is told: it may not have been them.
    pub also_own: bool,
}

const fn rule(
    event: EventKind,
    states: &'static [&'static str],
    roles: &'static [Part],
    kind: NotificationKind,
) -> NotificationRule {
    NotificationRule { event, states, roles, kind, also_own: false }
}

const ADMINISTRATORS: &[Part] = &[Part::OrganisationAdministrator];
const EMPLOYEE: &[Part] = &[Part::Employee];
const CLIENT: &[Part] = &[Part::Client];
const BOTH: &[Part] = &[Part::Employee, Part::Client];
const DECIDERS: &[Part] = &[Part::HomeManager, Part::MobilityAdviser, Part::OrganisationAdministrator];
const PARTIES: &[Part] = &[Part::Employee, Part::Client, Part::HomeManager, Part::OrganisationAdministrator];
const MONEY: &[Part] = &[Part::Finance, Part::HostFinance];

/// All rules, as `GET /lifecycles` shows the transitions: the rows that decide.
pub const RULES: &[NotificationRule] = &[
    rule(EventKind::ResponseStateChanged, &["SUBMITTED"], CLIENT, NotificationKind::ResponseReceived),
    rule(
        EventKind::ResponseStateChanged,
        &["WITHDRAWN", "CONSENT_REFUSED", "LAPSED", "CONFIRMED"],
        CLIENT,
        NotificationKind::ResponseStateChanged,
    ),
    rule(
        EventKind::ResponseStateChanged,
        &["IN_REVIEW", "IN_CONVERSATION", "NOT_SELECTED", "LAPSED", "CONSENT_REFUSED", "CONFIRMED"],
        EMPLOYEE,
        NotificationKind::ResponseStateChanged,
    ),
    rule(EventKind::ResponseChanged, &[], BOTH, NotificationKind::ResponseChanged),
    rule(EventKind::ConversationChanged, &["PLANNED"], BOTH, NotificationKind::ConversationPlanned),
    rule(EventKind::ConversationChanged, &["HELD", "CANCELLED"], BOTH, NotificationKind::ConversationChanged),
    rule(EventKind::OfferStateChanged, &["OPEN"], EMPLOYEE, NotificationKind::OfferMade),
    rule(EventKind::OfferStateChanged, &["ACCEPTED", "DECLINED"], CLIENT, NotificationKind::OfferAnswered),
    rule(EventKind::OfferStateChanged, &["WITHDRAWN", "LAPSED"], BOTH, NotificationKind::OfferEnded),
    rule(EventKind::ConsentStateChanged, &["REQUESTED"], &[Part::HomeManager], NotificationKind::ConsentAsked),
    rule(
        EventKind::ConsentStateChanged,
        &["ESCALATED"],
        &[Part::MobilityAdviser, Part::OrganisationAdministrator],
        NotificationKind::ConsentAsked,
    ),
    rule(
        EventKind::ConsentStateChanged,
        &["GRANTED", "GRANTED_WITH_CONDITIONS", "REFUSED", "REVOKED"],
        EMPLOYEE,
        NotificationKind::ConsentAnswered,
    ),
    rule(EventKind::ConsentStateChanged, &["EXPIRED", "ESCALATED"], EMPLOYEE, NotificationKind::ConsentUnanswered),
    rule(EventKind::ConsentStateChanged, &["WITHDRAWN"], DECIDERS, NotificationKind::ConsentWithdrawn),
    rule(EventKind::ConsentReminder, &[], &[Part::HomeManager], NotificationKind::ConsentReminder),
    rule(EventKind::ArrangementStateChanged, &["PROPOSED"], PARTIES, NotificationKind::ArrangementToSign),
    rule(
        EventKind::ArrangementStateChanged,
        &["AGREED", "ACTIVE", "PAUSED", "ENDED", "REFUSED", "WITHDRAWN"],
        PARTIES,
        NotificationKind::ArrangementStateChanged,
    ),
    rule(EventKind::AgreementStateChanged, &["PROPOSED"], PARTIES, NotificationKind::AgreementToSign),
    rule(
        EventKind::AgreementStateChanged,
        &["SIGNED", "SUPERSEDED", "WITHDRAWN"],
        PARTIES,
        NotificationKind::AgreementStateChanged,
    ),
    rule(EventKind::AgreementSigned, &[], PARTIES, NotificationKind::AgreementSigned),
    rule(EventKind::PlacementStateChanged, &[], PARTIES, NotificationKind::PlacementStateChanged),
    rule(EventKind::PlacementTalksDue, &[], PARTIES, NotificationKind::PlacementTalksDue),
    rule(EventKind::PlacementAtRisk, &[], PARTIES, NotificationKind::PlacementAtRisk),
    rule(EventKind::TimesheetStateChanged, &["SUBMITTED"], CLIENT, NotificationKind::TimesheetToApprove),
    rule(EventKind::TimesheetStateChanged, &["APPROVED"], EMPLOYEE, NotificationKind::TimesheetApproved),
    rule(EventKind::TimesheetStateChanged, &["REJECTED"], EMPLOYEE, NotificationKind::TimesheetReturned),
    rule(EventKind::ChargeStatementStateChanged, &["ISSUED"], &[Part::HostFinance], NotificationKind::ChargeToAccept),
    rule(
        EventKind::ChargeStatementStateChanged,
        &["ACCEPTED", "DISPUTED", "PAID"],
        MONEY,
        NotificationKind::ChargeStateChanged,
    ),
    rule(EventKind::EndorsementStateChanged, &["OFFERED"], EMPLOYEE, NotificationKind::EndorsementReceived),
    rule(EventKind::AssignmentStateChanged, &[], CLIENT, NotificationKind::AssignmentStateChanged),
    rule(EventKind::AssignmentPublished, &[], CLIENT, NotificationKind::AssignmentStateChanged),
    rule(EventKind::RoleGiven, &[], &[], NotificationKind::RoleGiven),
    rule(EventKind::RoleTaken, &[], &[], NotificationKind::RoleTaken),
    rule(EventKind::MembershipChanged, &[], &[], NotificationKind::MembershipChanged),
    rule(EventKind::ChannelDisabled, &[], ADMINISTRATORS, NotificationKind::ConnectionStopped),
    rule(EventKind::WebhookSubscriptionDisabled, &[], ADMINISTRATORS, NotificationKind::ConnectionStopped),
    NotificationRule {
        also_own: true,
        ..rule(EventKind::ClientConsentChanged, &[], &[], NotificationKind::ClientConsentChanged)
    },
];

/// The kinds of events that may tell somebody something.
pub fn telling_events() -> Vec<EventKind> {
    let mut kinds: Vec<EventKind> = RULES.iter().map(|rule| rule.event).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// What somebody with these roles is told of an event, and in which of them.
pub fn told(
    event: EventKind,
    state: Option<&str>,
    roles: &[Part],
    is_own: bool,
) -> Option<(NotificationKind, Option<Part>)> {
    RULES.iter().find_map(|rule| {
        let is_meant = rule.event == event
            && (rule.states.is_empty() || state.is_some_and(|state| rule.states.contains(&state)))
            && (rule.also_own || !is_own);
        let role = roles.iter().copied().find(|role| rule.roles.contains(role));
        (is_meant && (rule.roles.is_empty() || role.is_some())).then_some((rule.kind, role))
    })
}

/// Something that somebody is told (melding).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Identifies it.
    pub id: NotificationId,
    /// Counts its changes.
    pub revision: i64,
    /// Who is told.
    pub person: PersonId,
    /// What they are told.
    pub kind: NotificationKind,
    /// The place of the event it was made from; none where a saved search made it.
    pub event: Option<i64>,
    /// The noun of the thing it is about.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: uuid::Uuid,
    /// For which organisation they play their role.
    pub organisation: Option<OrganisationId>,
    /// The role in which they are told.
    pub role: Option<Part>,
    /// The state that was reached.
    pub state: Option<String>,
    /// The saved search that made it, with what it found.
    pub finding: Option<Finding>,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it was made.
    pub created_at: Moment,
    /// When it was read.
    pub read_at: Option<Moment>,
    /// When it is to be sent by e-mail.
    pub mail_at: Option<Moment>,
}

/// What a saved search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The saved search.
    pub search: SavedSearchId,
    /// The klussen: at most a hundred of them.
    pub assignments: Vec<crate::AssignmentId>,
}

impl Notification {
    /// Marks it as read, or as unread again.
    #[must_use]
    pub fn mark(self, is_read: bool, now: Moment) -> Self {
        let read_at = if is_read { self.read_at.or(Some(now)) } else { None };
        // What was read need not be sent.
        let mail_at = self.mail_at.filter(|_| !is_read);
        Self { read_at, mail_at, ..self }
    }
}

/// How somebody wants to be told, besides the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationPreferences {
    /// Whose they are.
    pub person: PersonId,
    /// Counts their changes; 0 where nothing was chosen yet.
    pub revision: i64,
    /// By e-mail, per group; what is not there does not come by e-mail.
    pub email: BTreeMap<NotificationGroup, EmailFrequency>,
}

impl NotificationPreferences {
    /// How a group comes by e-mail.
    pub fn email_for(&self, group: NotificationGroup) -> EmailFrequency {
        self.email.get(&group).copied().unwrap_or(EmailFrequency::None)
    }

    /// When a notification of this kind is to be sent by e-mail; never where that was not chosen.
    pub fn mail_at(&self, kind: NotificationKind, now: Moment) -> Option<Moment> {
        match self.email_for(kind.group()) {
            EmailFrequency::None => None,
            EmailFrequency::Immediate => Some(now),
            EmailFrequency::Daily => AlertFrequency::Daily.next_telling(now),
            EmailFrequency::Weekly => AlertFrequency::Weekly.next_telling(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_did_themselves_is_not_told_unless_it_may_not_have_been_them() {
        let submitted = |is_own| told(EventKind::ResponseStateChanged, Some("SUBMITTED"), CLIENT, is_own);
        assert_eq!(submitted(false), Some((NotificationKind::ResponseReceived, Some(Part::Client))));
        assert_eq!(submitted(true), None);
        let consent = told(EventKind::ClientConsentChanged, None, &[], true);
        assert_eq!(consent, Some((NotificationKind::ClientConsentChanged, None)));
    }

    #[test]
    fn a_manager_is_told_of_nothing_but_what_is_asked_of_them_or_stands_on_it() {
        let manager = [Part::HomeManager];
        for event in [
            EventKind::ResponseStateChanged,
            EventKind::ResponseChanged,
            EventKind::ConversationChanged,
            EventKind::OfferStateChanged,
            EventKind::ProfileChanged,
            EventKind::TimesheetStateChanged,
        ] {
            for rule in RULES.iter().filter(|rule| rule.event == event) {
                let state = rule.states.first().copied();
                assert_eq!(told(event, state, &manager, false), None, "{event}");
            }
        }
        let asked = told(EventKind::ConsentStateChanged, Some("REQUESTED"), &manager, false);
        assert_eq!(asked, Some((NotificationKind::ConsentAsked, Some(Part::HomeManager))));
    }

    #[test]
    fn every_kind_is_made_by_a_rule_or_a_saved_search_and_every_group_has_kinds() {
        for kind in NotificationKind::ALL {
            let by_search = kind.group() == NotificationGroup::SavedSearches;
            assert!(by_search || RULES.iter().any(|rule| rule.kind == *kind), "{kind}");
        }
        for group in NotificationGroup::ALL {
            assert!(NotificationKind::of_group(*group).next().is_some(), "{group}");
        }
    }
}
