//! Channels: the chat of an organisation (Teams, Slack, Mattermost) in which new klussen are told.

mod address;
mod deliveries;

pub use self::address::ChannelAddress;
pub use self::deliveries::{ChannelDelivery, outcome_of};
use super::codes::CHANNELS_FULL;
use super::saved_searches::AlertFrequency;
use crate::market::criteria::AssignmentCriteria;
use crate::parties::persons::PersonLanguage;
use crate::{ChannelId, Faults, Moment, OrganisationId, Refusal, text_enum};

/// How many channels an organisation has at most.
pub const MOST_CHANNELS: usize = 20;

text_enum! {
    /// What a channel is a channel of (soort kanaal)
    ChannelKind {
        Teams = "TEAMS", "Microsoft Teams, by a workflow that takes Adaptive Cards", "Microsoft Teams, via een werkstroom die Adaptive Cards aanneemt";
        Slack = "SLACK", "Slack, by an incoming webhook", "Slack, via een inkomende webhook";
        Mattermost = "MATTERMOST", "Mattermost, by an incoming webhook", "Mattermost, via een inkomende webhook";
    }
}

text_enum! {
    /// How often a channel is told of klussen that newly fit (frequentie van het kanaal)
    ChannelFrequency {
        Immediate = "IMMEDIATE", "At once", "Direct";
        Daily = "DAILY", "Every day at seven", "Elke dag om zeven uur";
        Weekly = "WEEKLY", "Every Monday at seven", "Elke maandag om zeven uur";
    }
}

text_enum! {
    /// Whether a channel is told of klussen (toestand van een kanaal)
    ChannelState {
        Unverified = "UNVERIFIED", "Waits for a test message that its address accepts", "Wacht op een proefbericht dat wordt aangenomen";
        Active = "ACTIVE", "Is told of klussen", "Krijgt klussen";
        Paused = "PAUSED", "Paused by its organisation; klussen wait", "Gepauzeerd door de organisatie; klussen wachten";
        Disabled = "DISABLED", "Stopped because its address took nothing; a test message that is accepted starts it again", "Gestopt omdat niets werd aangenomen; een aangenomen proefbericht start het weer";
    }
}

text_enum! {
    /// Why a channel was stopped (reden van stoppen van een kanaal)
    ChannelDisabledReason {
        Gone = "GONE", "The address answered 404 or 410: it is there no more", "Het adres antwoordde 404 of 410: het bestaat niet meer";
        NoSuccess = "NO_SUCCESS", "Nothing was accepted for as long as a message is tried", "Er is niets aangenomen zolang een bericht wordt geprobeerd";
    }
}

impl ChannelFrequency {
    /// The next moment at which those that were found are told.
    pub fn next_telling(self, now: Moment) -> Moment {
        let alert = match self {
            Self::Immediate => AlertFrequency::Immediate,
            Self::Daily => AlertFrequency::Daily,
            Self::Weekly => AlertFrequency::Weekly,
        };
        alert.next_telling(now).unwrap_or(now)
    }
}

/// A channel that is told of klussen (kanaal).
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Identifies it.
    pub id: ChannelId,
    /// Counts the changes its organisation sees.
    pub revision: i64,
    /// Whose it is: it is told what every employee of this organisation may see.
    pub organisation: OrganisationId,
    /// What is asked for.
    pub details: ChannelDetails,
    /// When a test message to this address was last accepted.
    pub verified_at: Option<Moment>,
    /// When and why it was stopped.
    pub disabled: Option<(Moment, ChannelDisabledReason)>,
    /// When those that were found and not told yet will be told.
    pub next_telling_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelDetails {
    /// What it is a channel of.
    pub kind: ChannelKind,
    /// How it is called.
    pub name: String,
    /// Where messages are posted to; whoever knows it can post.
    pub address: ChannelAddress,
    /// Which klussen are meant.
    pub criteria: AssignmentCriteria,
    /// How often it is told.
    pub frequency: ChannelFrequency,
    /// In which language.
    pub language: PersonLanguage,
    /// Whether its organisation paused it.
    pub paused: bool,
}

impl Channel {
    /// Makes a channel beside the others of the organisation. It is told of klussen once a test message was accepted.
    pub fn make(
        id: ChannelId,
        organisation: OrganisationId,
        details: ChannelDetails,
        others: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        if others >= MOST_CHANNELS {
            let detail = format!("An organisation has at most {MOST_CHANNELS} channels: delete one first.");
            return Err(CHANNELS_FULL.refuse(detail));
        }
        details.check()?;
        let (created_at, modified_at) = (now, now);
        let (verified_at, disabled, next_telling_at) = (None, None, None);
        Ok(Self {
            id,
            revision: 1,
            organisation,
            details,
            verified_at,
            disabled,
            next_telling_at,
            created_at,
            modified_at,
        })
    }

    /// Changes what is asked for; another address or kind has to accept a test message first. What waits to be told is
    /// told as often as is said now.
    pub fn revise(self, details: ChannelDetails, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        let is_same = details.address == self.details.address && details.kind == self.details.kind;
        let verified_at = self.verified_at.filter(|_| is_same);
        let next_telling_at = self.next_telling_at.map(|_| details.frequency.next_telling(now));
        Ok(Self { details, verified_at, next_telling_at, modified_at: now, ..self })
    }

    /// Its address accepted a test message.
    #[must_use]
    pub fn verify(self, now: Moment) -> Self {
        Self { verified_at: Some(now), disabled: None, modified_at: now, ..self }
    }

    /// Stops it.
    #[must_use]
    pub fn disable(self, reason: ChannelDisabledReason, now: Moment) -> Self {
        Self { disabled: Some((now, reason)), modified_at: now, ..self }
    }

    /// Whether it is told of klussen.
    pub fn state(&self) -> ChannelState {
        match self {
            Self { disabled: Some(_), .. } => ChannelState::Disabled,
            Self { verified_at: None, .. } => ChannelState::Unverified,
            _ if self.details.paused => ChannelState::Paused,
            _ => ChannelState::Active,
        }
    }
}

impl ChannelDetails {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.unless(!self.name.trim().is_empty(), "name", "must not be blank");
        self.criteria.check("criteria.", &mut faults);
        faults.finish()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn channel() -> Channel {
        let details = ChannelDetails {
            kind: ChannelKind::Slack,
            name: "Klussen".to_owned(),
            address: ChannelAddress::new("https://hooks.slack.example/services/T1/B2/geheim".to_owned()),
            criteria: AssignmentCriteria::default(),
            frequency: ChannelFrequency::Daily,
            language: PersonLanguage::Dutch,
            paused: false,
        };
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        Channel::make(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), details, 0, now).unwrap()
    }

    #[test]
    fn it_is_told_once_a_test_message_was_accepted_and_until_it_is_stopped() {
        let made = channel();
        let now = made.created_at;
        assert_eq!(made.state(), ChannelState::Unverified);
        let active = made.verify(now);
        assert_eq!(active.state(), ChannelState::Active);
        let revised = |change: fn(&mut ChannelDetails)| {
            let mut details = active.details.clone();
            change(&mut details);
            active.clone().revise(details, now).unwrap().state()
        };
        assert_eq!(revised(|details| details.paused = true), ChannelState::Paused);
        assert_eq!(revised(|details| details.name = "Anders".to_owned()), ChannelState::Active);
        assert_eq!(revised(|details| details.kind = ChannelKind::Teams), ChannelState::Unverified);
        let elsewhere =
            |details: &mut ChannelDetails| details.address = ChannelAddress::new("https://x.nl/".to_owned());
        assert_eq!(revised(elsewhere), ChannelState::Unverified);
        let stopped = active.disable(ChannelDisabledReason::Gone, now);
        assert_eq!(stopped.state(), ChannelState::Disabled);
        assert_eq!(stopped.verify(now).state(), ChannelState::Active);
    }

    #[test]
    fn an_organisation_has_so_many_and_each_has_a_name() {
        let made = channel();
        let nameless = ChannelDetails { name: " ".to_owned(), ..made.details.clone() };
        assert_eq!(made.clone().revise(nameless, made.created_at).unwrap_err().faults[0].name, "name");
        let full = Channel::make(made.id, made.organisation, made.details, MOST_CHANNELS, made.created_at);
        assert_eq!(full.unwrap_err().code.name, "channels_full");
    }

    #[test]
    fn what_waits_is_told_as_often_as_is_said_now() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let waits = Channel { next_telling_at: Some(at("2027-03-02T06:00:00Z")), ..channel() };
        let weekly = ChannelDetails { frequency: ChannelFrequency::Weekly, ..waits.details.clone() };
        let revised = waits.clone().revise(weekly.clone(), waits.created_at).unwrap();
        assert_eq!(revised.next_telling_at, Some(at("2027-03-08T06:00:00Z")));
        assert_eq!(channel().revise(weekly, waits.created_at).unwrap().next_telling_at, None);
    }
}
