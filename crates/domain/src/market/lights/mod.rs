//! The lights of a dossier: a pure function of what was said and done. Four of the ten are gates that follow from what
//! home and host arrange; the wing of placements adds them.

mod reasons;
#[cfg(test)]
mod tests;

pub use reasons::LightReason;

use LightReason as Why;

use super::consent_requests::{ConsentRequest, ConsentState};
use super::conversations::{Click, Conversation, ConversationState};
use super::requirements::{Fulfilment, RequirementReport};
use super::responses::{Response, ResponseState};
use super::signals::{Colour, LightName, Signal};
use crate::{Moment, Part};

/// A light (sein) of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Light {
    /// Which one.
    pub name: LightName,
    /// Its colour; amber waits for somebody.
    pub colour: Colour,
    /// Why it has this colour.
    pub reason: LightReason,
    /// Who can act next; nobody where nothing can be done.
    pub waits_for: &'static [Part],
    /// When it got this colour.
    pub changed_at: Moment,
}

/// Everything that the lights follow from.
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'a> {
    /// The response.
    pub response: &'a Response,
    /// All that people said about its lights, in any order.
    pub signals: &'a [Signal],
    /// The hard requirements, laid beside what the employee states.
    pub requirements: &'a RequirementReport,
    /// The last consent request, if consent was asked.
    pub consent: Option<&'a ConsentRequest>,
    /// Whether a manager has to go along: `is_consent_required`.
    pub consent_required: bool,
    /// All conversations, in any order.
    pub conversations: &'a [Conversation],
    /// The present moment.
    pub now: Moment,
}

/// Whether all lights are green at once.
pub fn all_green(lights: &[Light]) -> bool {
    lights.iter().all(|light| light.colour == Colour::Green)
}

/// The lights that follow from the dossier alone: the five signals and integrity. Equal facts give equal lights.
pub fn lights(dossier: &Dossier<'_>) -> [Light; 6] {
    [dossier.willing(), dossier.aware(), dossier.fit(), dossier.manager(), dossier.click(), dossier.integrity()]
}

/// All ten lights in their order, of those of the dossier and the gates for capacity, agreement, return and money.
pub fn ten(of_dossier: [Light; 6], gates: [Light; 4]) -> [Light; 10] {
    let [willing, aware, fit, manager, click, integrity] = of_dossier;
    let [capacity, agreement, way_back, money] = gates;
    [willing, aware, fit, manager, click, capacity, agreement, way_back, integrity, money]
}

const EMPLOYEE: &[Part] = &[Part::Employee];
const CLIENT: &[Part] = &[Part::Client];
const HOME: &[Part] = &[Part::HomeManager, Part::OrganisationAdministrator];

impl Dossier<'_> {
    fn willing(&self) -> Light {
        let response = self.response;
        let submitted = response.submitted_at.unwrap_or(response.created_at);
        let ended = response.outcome.as_ref().map_or(submitted, |outcome| outcome.at);
        let light = |colour, reason, waits_for, at| Light::new(LightName::Willing, colour, reason, waits_for, at);
        match response.state {
            ResponseState::Draft => light(Colour::Amber, Why::NotSubmitted, EMPLOYEE, response.created_at),
            ResponseState::Submitted | ResponseState::InReview | ResponseState::InConversation => {
                light(Colour::Amber, Why::ReconfirmedAtOffer, CLIENT, submitted)
            }
            ResponseState::Offered => light(Colour::Amber, Why::OfferNotAnswered, EMPLOYEE, submitted),
            ResponseState::Accepted | ResponseState::Confirmed => {
                light(Colour::Green, Why::OfferAccepted, &[], response.accepted_at.unwrap_or(submitted))
            }
            ResponseState::Withdrawn | ResponseState::Declined => light(Colour::Red, Why::NoLongerWilling, &[], ended),
            ResponseState::NotSelected | ResponseState::Lapsed | ResponseState::ConsentRefused => {
                light(Colour::Red, Why::ResponseEnded, &[], ended)
            }
        }
    }

    fn aware(&self) -> Light {
        let policy = self.response.home.map(|home| home.policy);
        let read = |signal: &&Signal| signal.part == Part::Employee && Some(signal.policy) == policy;
        let green: Vec<&Signal> = self.signals_on(LightName::Aware).filter(|s| s.colour == Colour::Green).collect();
        let read = green.iter().copied().filter(read).min_by_key(|signal| signal.moment);
        let talked = green.into_iter().filter(|s| s.part == Part::MobilityAdviser).min_by_key(|s| s.moment);
        let light = |colour, reason, waits_for, at| Light::new(LightName::Aware, colour, reason, waits_for, at);
        match (read, talked) {
            (Some(read), Some(talked)) => light(Colour::Green, Why::PolicyRead, &[], read.moment.min(talked.moment)),
            (Some(read), None) => light(Colour::Green, Why::PolicyRead, &[], read.moment),
            (None, Some(talked)) => light(Colour::Green, Why::AdviserSpoken, &[], talked.moment),
            (None, None) => {
                let waits_for = &[Part::Employee, Part::MobilityAdviser];
                light(Colour::Amber, Why::PolicyNotRead, waits_for, self.response.created_at)
            }
        }
    }

    fn fit(&self) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Fit, colour, reason, waits_for, at);
        let Some(signal) = self.last_signal(LightName::Fit, &[Part::Client]) else {
            return light(Colour::Amber, Why::FitNotMarked, CLIENT, self.response.created_at);
        };
        let at = signal.moment;
        match (signal.colour, self.requirements.education) {
            (Colour::Red, _) => light(Colour::Red, Why::NoFit, CLIENT, at),
            (Colour::Amber, _) => light(Colour::Amber, Why::FitDoubted, CLIENT, at),
            (Colour::Green, Fulfilment::Met) => light(Colour::Green, Why::FitMarked, &[], at),
            (Colour::Green, Fulfilment::NotStated) => light(Colour::Amber, Why::RequirementsNotStated, EMPLOYEE, at),
            // The client wrote the requirement and can drop it.
            (Colour::Green, Fulfilment::NotMet) => light(Colour::Red, Why::RequirementsNotMet, CLIENT, at),
        }
    }

    fn manager(&self) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Manager, colour, reason, waits_for, at);
        let Some(consent) = self.consent.cloned().map(|consent| consent.as_of(self.now)) else {
            return if self.consent_required {
                light(Colour::Amber, Why::ConsentNotAsked, EMPLOYEE, self.response.created_at)
            } else {
                light(Colour::Green, Why::ConsentNotNeeded, &[], self.response.created_at)
            };
        };
        let asked = consent.created_at;
        let decided = consent.decision.as_ref().map_or(consent.modified_at, |decision| decision.at);
        match consent.state {
            ConsentState::Requested => light(Colour::Amber, Why::ConsentAsked, &[Part::HomeManager], asked),
            ConsentState::Expired | ConsentState::Escalated => {
                let waits_for = &[Part::MobilityAdviser, Part::OrganisationAdministrator];
                light(Colour::Amber, Why::ConsentEscalated, waits_for, asked)
            }
            ConsentState::GrantedWithConditions => light(Colour::Amber, Why::ConditionsNotAccepted, EMPLOYEE, asked),
            ConsentState::Granted => {
                let at = consent.conditions_accepted_at.unwrap_or(decided);
                light(Colour::Green, Why::ConsentGranted, &[], at)
            }
            ConsentState::Refused => light(Colour::Red, Why::ConsentRefused, &[], decided),
            ConsentState::Withdrawn => light(Colour::Amber, Why::ConsentWithdrawn, EMPLOYEE, consent.modified_at),
            ConsentState::Revoked => light(Colour::Red, Why::ConsentRevoked, EMPLOYEE, decided),
        }
    }

    fn click(&self) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Click, colour, reason, waits_for, at);
        let held = self
            .conversations
            .iter()
            .filter(|conversation| conversation.state == ConversationState::Held)
            .max_by_key(|conversation| conversation.held_at);
        let Some(held) = held else {
            let waits_for = &[Part::Employee, Part::Client];
            return light(Colour::Amber, Why::NoConversationYet, waits_for, self.response.created_at);
        };
        let held_at = held.held_at.unwrap_or(held.created_at);
        let (employee, client) = (&held.employee, &held.client);
        let said_at = employee.said_at.max(client.said_at).unwrap_or(held_at);
        match (employee.click, client.click) {
            (Some(Click::Yes), Some(Click::Yes)) => light(Colour::Green, Why::ClickSaid, &[], said_at),
            (Some(Click::No), _) | (_, Some(Click::No)) => light(Colour::Red, Why::NoClick, &[], said_at),
            (None, None) => light(Colour::Amber, Why::ClickNotSaid, &[Part::Employee, Part::Client], held_at),
            (None, Some(Click::Yes)) => light(Colour::Amber, Why::ClickNotSaid, EMPLOYEE, held_at),
            (Some(Click::Yes), None) => light(Colour::Amber, Why::ClickNotSaid, CLIENT, held_at),
        }
    }

    fn integrity(&self) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Integrity, colour, reason, waits_for, at);
        let Some(declared) = self.last_signal(LightName::Integrity, EMPLOYEE) else {
            return light(Colour::Amber, Why::IntegrityNotDeclared, EMPLOYEE, self.response.created_at);
        };
        if declared.colour == Colour::Green {
            return light(Colour::Green, Why::NoConflict, &[], declared.moment);
        }
        // An answer given before the declaration answers another one.
        let answer = self.last_signal(LightName::Integrity, HOME).filter(|answer| declared.moment <= answer.moment);
        match answer {
            Some(answer) if answer.colour == Colour::Green => {
                light(Colour::Green, Why::ConflictHandled, &[], answer.moment)
            }
            Some(answer) => light(Colour::Red, Why::ConflictNotAcceptable, HOME, answer.moment),
            None => light(Colour::Amber, Why::ConflictDeclared, HOME, declared.moment),
        }
    }

    fn signals_on(&self, light: LightName) -> impl Iterator<Item = &Signal> {
        self.signals.iter().filter(move |signal| signal.light == light && signal.response == self.response.id)
    }

    fn last_signal(&self, light: LightName, by: &[Part]) -> Option<&Signal> {
        // Two in one microsecond: the id, which grows with time, decides.
        self.signals_on(light).filter(|signal| by.contains(&signal.part)).max_by_key(|s| (s.moment, s.id))
    }
}

impl Light {
    /// Why it has its colour, for somebody with these parts: of the manager's light a client learns the colour alone.
    pub fn reason_for(&self, parts: &[Part]) -> Option<LightReason> {
        self.is_open_to(parts).then_some(self.reason)
    }

    /// Who can act next, for somebody with these parts.
    pub fn waits_for_seen(&self, parts: &[Part]) -> &'static [Part] {
        if self.is_open_to(parts) { self.waits_for } else { &[] }
    }

    /// When it got its colour, for somebody with these parts.
    pub fn changed_at_for(&self, parts: &[Part]) -> Option<Moment> {
        self.is_open_to(parts).then_some(self.changed_at)
    }

    /// What is between employee and home organisation is not for the client: consent, and which hours are free.
    fn is_open_to(&self, parts: &[Part]) -> bool {
        let is_private = match self.name {
            LightName::Manager => true,
            LightName::Capacity => !matches!(self.reason, Why::NotArrangedYet | Why::RoomFree),
            _ => false,
        };
        !is_private || parts.iter().any(|part| *part != Part::Client)
    }

    pub(crate) fn new(
        name: LightName,
        colour: Colour,
        reason: LightReason,
        waits_for: &'static [Part],
        changed_at: Moment,
    ) -> Self {
        Self { name, colour, reason, waits_for, changed_at }
    }
}
