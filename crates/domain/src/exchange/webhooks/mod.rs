//! Webhooks: where a system of an organisation wants to be told of events, and what became of the telling.

mod deliveries;
mod keys;

use chrono::TimeDelta;

pub use self::deliveries::{
    Attempt, Delivery, DeliveryState, MOST_ATTEMPTS, Outcome, RETRY_SECONDS, Subject, retry_after,
};
pub(super) use self::deliveries::{after, note};
pub use self::keys::{MOST_KEYS, MOST_OVERLAP_HOURS, OVERLAP_HOURS, WebhookKey};
use crate::{EventKind, Faults, Moment, NetworkId, OrganisationId, Refusal, WebhookSubscriptionId, text_enum};

/// How many subscriptions an organisation has at most.
pub const MOST_SUBSCRIPTIONS: usize = 20;
/// So many deliveries wait for one receiver; what comes after them stays in the outbox.
pub const MOST_WAITING: i64 = 1000;
/// How many days the log of deliveries goes back.
pub const LOG_DAYS: i64 = 30;
/// How many events one replay sends again at most.
pub const MOST_REPLAYED: usize = 10_000;

text_enum! {
    /// Whether a webhook subscription is delivered to (toestand van een webhook-abonnement)
    WebhookState {
        Unverified = "UNVERIFIED", "Waits for a ping that its receiver accepts", "Wacht op een ping die de ontvanger aanneemt";
        Active = "ACTIVE", "Is delivered to", "Krijgt gebeurtenissen";
        Paused = "PAUSED", "Paused by its organisation; events wait", "Gepauzeerd door de organisatie; gebeurtenissen wachten";
        Disabled = "DISABLED", "Stopped because its receiver did not take deliveries; a ping that is accepted starts it again", "Gestopt omdat de ontvanger niets aannam; een aangenomen ping start het weer";
    }
}

text_enum! {
    /// Why a webhook subscription was stopped (reden van stoppen)
    DisabledReason {
        Gone = "GONE", "The receiver answered 410", "De ontvanger antwoordde 410";
        NoSuccess = "NO_SUCCESS", "Nothing was accepted for as long as a delivery is tried", "Er is niets aangenomen zolang een aflevering wordt geprobeerd";
    }
}

/// Where events go (webhook-abonnement).
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookSubscription {
    /// Identifies it.
    pub id: WebhookSubscriptionId,
    /// Counts the changes its organisation sees.
    pub revision: i64,
    /// Whose it is: it is told what this organisation may know.
    pub organisation: OrganisationId,
    /// What is asked for.
    pub details: WebhookDetails,
    /// When a ping to this address was last accepted.
    pub verified_at: Option<Moment>,
    /// When and why it was stopped.
    pub disabled: Option<(Moment, DisabledReason)>,
    /// At most so many deliveries a minute, as its receiver asks.
    pub allowed_rate: Option<u32>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookDetails {
    /// What it is for.
    pub description: Option<String>,
    /// Where events are posted to.
    pub url: String,
    /// Only events of these kinds; of all kinds where none is named.
    pub event_types: Vec<EventKind>,
    /// Only events that concern this organisation.
    pub about_organisation: Option<OrganisationId>,
    /// Only events that the people of this network may know of as such.
    pub network: Option<NetworkId>,
    /// Whether its organisation paused it.
    pub paused: bool,
}

impl WebhookSubscription {
    /// Makes a subscription beside the others of the organisation. It is delivered to once a ping was accepted.
    pub fn make(
        id: WebhookSubscriptionId,
        organisation: OrganisationId,
        details: WebhookDetails,
        others: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        if others >= MOST_SUBSCRIPTIONS {
            let detail = format!("An organisation has at most {MOST_SUBSCRIPTIONS}: delete one first.");
            return Err(super::codes::WEBHOOKS_FULL.refuse(detail));
        }
        details.check()?;
        let (created_at, modified_at) = (now, now);
        let (verified_at, disabled, allowed_rate) = (None, None, None);
        Ok(Self {
            id,
            revision: 1,
            organisation,
            details,
            verified_at,
            disabled,
            allowed_rate,
            created_at,
            modified_at,
        })
    }

    /// Changes what is asked for; another address has to accept a ping first.
    pub fn revise(self, details: WebhookDetails, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        let is_same = details.url == self.details.url;
        let verified_at = self.verified_at.filter(|_| is_same);
        let allowed_rate = self.allowed_rate.filter(|_| is_same);
        Ok(Self { details, verified_at, allowed_rate, modified_at: now, ..self })
    }

    /// Its receiver accepted a ping.
    pub fn verify(self, allowed_rate: Option<u32>, now: Moment) -> Self {
        Self { verified_at: Some(now), disabled: None, allowed_rate, modified_at: now, ..self }
    }

    /// Stops it.
    pub fn disable(self, reason: DisabledReason, now: Moment) -> Self {
        Self { disabled: Some((now, reason)), modified_at: now, ..self }
    }

    /// Whether it is delivered to.
    pub fn state(&self) -> WebhookState {
        match self {
            Self { disabled: Some(_), .. } => WebhookState::Disabled,
            Self { verified_at: None, .. } => WebhookState::Unverified,
            _ if self.details.paused => WebhookState::Paused,
            _ => WebhookState::Active,
        }
    }

    /// How many deliveries may go out at once, where its receiver bounds them, and how long to wait after so many.
    pub fn pace(&self, most: usize) -> (usize, Option<TimeDelta>) {
        let Some(rate) = self.allowed_rate.map(i64::from) else { return (most, None) };
        let at_once = usize::try_from(rate / 60).unwrap_or(most).clamp(1, most);
        let wait = TimeDelta::milliseconds(i64::try_from(at_once).unwrap_or(1) * 60_000 / rate.max(1));
        (at_once, Some(wait))
    }
}

impl WebhookDetails {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let twice = self
            .event_types
            .iter()
            .enumerate()
            .any(|(place, kind)| self.event_types.iter().take(place).any(|before| before == kind));
        faults.unless(!twice, "eventTypes", "must name each type once");
        faults.finish()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn subscription() -> WebhookSubscription {
        let details = WebhookDetails {
            description: None,
            url: "https://portaal.example/klusnet".to_owned(),
            event_types: Vec::new(),
            about_organisation: None,
            network: None,
            paused: false,
        };
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        WebhookSubscription::make(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), details, 0, now).unwrap()
    }

    #[test]
    fn it_is_delivered_to_once_a_ping_was_accepted_and_until_it_is_stopped() {
        let made = subscription();
        let now = made.created_at;
        assert_eq!(made.state(), WebhookState::Unverified);
        let active = made.verify(None, now);
        assert_eq!(active.state(), WebhookState::Active);
        let paused = WebhookDetails { paused: true, ..active.details.clone() };
        assert_eq!(active.clone().revise(paused, now).unwrap().state(), WebhookState::Paused);
        let moved = WebhookDetails { url: "https://elders.example/".to_owned(), ..active.details.clone() };
        assert_eq!(active.clone().revise(moved, now).unwrap().state(), WebhookState::Unverified);
        let stopped = active.disable(DisabledReason::Gone, now);
        assert_eq!(stopped.state(), WebhookState::Disabled);
        assert_eq!(stopped.verify(None, now).state(), WebhookState::Active);
    }

    #[test]
    fn a_type_is_named_once_and_an_organisation_has_so_many() {
        let made = subscription();
        let twice = WebhookDetails { event_types: vec![EventKind::RoleGiven; 2], ..made.details.clone() };
        assert_eq!(made.clone().revise(twice, made.created_at).unwrap_err().faults[0].name, "eventTypes");
        let full =
            WebhookSubscription::make(made.id, made.organisation, made.details, MOST_SUBSCRIPTIONS, made.created_at);
        assert_eq!(full.unwrap_err().code.name, "webhooks_full");
    }

    #[test]
    fn a_receiver_that_asks_for_less_gets_less() {
        let pace = |rate| subscription().verify(rate, subscription().created_at).pace(200);
        assert_eq!(pace(None), (200, None));
        assert_eq!(pace(Some(1)), (1, Some(TimeDelta::seconds(60))));
        assert_eq!(pace(Some(120)), (2, Some(TimeDelta::seconds(1))));
        assert_eq!(pace(Some(60_000)).0, 200);
    }
}
