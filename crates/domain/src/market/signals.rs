//! Signals: what people say about a light. The other lights follow from what happens.

use super::codes::RESPONSE_NOT_READY;
use super::responses::Response;
use crate::{Faults, MobilityPolicyId, Moment, Part, PersonId, Refusal, ResponseId, SignalId, text_enum};

text_enum! {
    /// A light of a dossier (sein): all ten are green at once, or there is no placement
    LightName {
        Willing = "S1_WILLING", "Willing", "Enthousiast";
        Aware = "S2_AWARE", "Knows that it is possible", "Weet dat het kan";
        Fit = "S3_FIT", "Fits", "Past";
        Manager = "S4_MANAGER", "The manager goes along", "Leidinggevende gaat mee";
        Click = "S5_CLICK", "Click", "Klik";
        Capacity = "G1_CAPACITY", "Capacity", "Ruimte";
        Agreement = "G2_AGREEMENT", "Agreement", "Overeenkomst";
        Return = "G3_RETURN", "Return", "Terugkeer";
        Integrity = "G4_INTEGRITY", "Integrity", "Integriteit";
        Money = "G5_MONEY", "Money", "Geld";
    }
}

text_enum! {
    /// The colour of a light
    Colour {
        Green = "GREEN", "Green", "Groen";
        Amber = "AMBER", "Amber: somebody has to act", "Oranje: iemand is aan zet";
        Red = "RED", "Red", "Rood";
    }
}

/// A signal that somebody may set: the rows that decide are the rows that are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettableSignal {
    /// The light.
    pub light: LightName,
    /// The colour.
    pub colour: Colour,
    /// Who may set it.
    pub by: &'static [Part],
    /// What they say by it.
    pub meaning: &'static str,
    /// Whether they have to say why.
    pub needs_reason: bool,
}

const HOME: &[Part] = &[Part::HomeManager, Part::OrganisationAdministrator];

/// Everything that people say by hand.
pub static SETTABLE: &[SettableSignal] = &[
    says(LightName::Aware, Colour::Green, &[Part::Employee], "I have read the policy of my organisation", false),
    says(LightName::Aware, Colour::Green, &[Part::MobilityAdviser], "we have talked about what is possible", false),
    says(LightName::Fit, Colour::Green, &[Part::Client], "this person fits the work", false),
    says(LightName::Fit, Colour::Amber, &[Part::Client], "I am not sure yet", true),
    says(LightName::Fit, Colour::Red, &[Part::Client], "this person does not fit the work", true),
    says(LightName::Integrity, Colour::Green, &[Part::Employee], "I have no conflict of interest", false),
    says(LightName::Integrity, Colour::Amber, &[Part::Employee], "I may have a conflict of interest", true),
    says(LightName::Integrity, Colour::Green, HOME, "the conflict of interest is handled", true),
    says(LightName::Integrity, Colour::Red, HOME, "the conflict of interest cannot be handled", true),
];

const fn says(
    light: LightName,
    colour: Colour,
    by: &'static [Part],
    meaning: &'static str,
    needs_reason: bool,
) -> SettableSignal {
    SettableSignal { light, colour, by, meaning, needs_reason }
}

/// What somebody said about a light (sein). It is never changed; the next one follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Identifies it.
    pub id: SignalId,
    /// The dossier.
    pub response: ResponseId,
    /// The light.
    pub light: LightName,
    /// The colour.
    pub colour: Colour,
    /// In which part they said it.
    pub part: Part,
    /// Who said it.
    pub set_by: PersonId,
    /// The version of the policy that was read; only with S2 by the employee.
    pub policy: Option<MobilityPolicyId>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub moment: Moment,
}

/// What somebody wants to say about a light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalDraft {
    /// The light.
    pub light: LightName,
    /// The colour.
    pub colour: Colour,
    /// Who says it.
    pub set_by: PersonId,
    /// The version of the policy that was read; only with S2 by the employee.
    pub policy: Option<MobilityPolicyId>,
    /// Why.
    pub reason: Option<String>,
}

impl Signal {
    /// Says something about a light of a response that is under way.
    pub fn set(
        id: SignalId,
        response: &Response,
        draft: SignalDraft,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let SignalDraft { light, colour, set_by, policy, reason } = draft;
        let rows: Vec<_> = SETTABLE.iter().filter(|row| row.light == light && row.colour == colour).collect();
        if rows.is_empty() {
            return Err(Refusal::invalid(
                if SETTABLE.iter().any(|row| row.light == light) { "colour" } else { "light" },
                "must be S2_AWARE in GREEN, S3_FIT in any colour, or G4_INTEGRITY in any colour: the others follow from what happens",
            ));
        }
        let said = rows.iter().find_map(|row| Some((row, *row.by.iter().find(|part| parts.contains(part))?)));
        let Some((row, part)) = said else {
            let by: Vec<String> = rows.iter().flat_map(|row| row.by).map(ToString::to_string).collect();
            return Err(Refusal::forbidden(format!("{light} is set to {colour} by: {}.", by.join(", "))));
        };
        let Some(home) = response.home.filter(|_| response.is_under_way()) else {
            return Err(RESPONSE_NOT_READY.refuse("Signals are set while the response is submitted and has not ended."));
        };
        let mut faults = Faults::default();
        let explained = reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        faults.unless(explained || !row.needs_reason, "reason", "must say why");
        if light == LightName::Aware && part == Part::Employee {
            let reason = "must be the version that this dossier started under; left out where none was laid down";
            faults.unless(policy == home.policy, "policyId", reason);
        } else {
            faults.unless(policy.is_none(), "policyId", "must be left out: only the employee reads the policy");
        }
        faults.finish()?;
        Ok(Self { id, response: response.id, light, colour, part, set_by, policy, reason, moment: now })
    }

    /// Why it was said, for somebody with these parts: what was told of a conflict of interest is not for the client.
    pub fn reason_for(&self, parts: &[Part]) -> Option<&str> {
        let is_open = self.light != LightName::Integrity || parts.iter().any(|part| *part != Part::Client);
        self.reason.as_deref().filter(|_| is_open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::fixtures::{self, id, moment};
    use crate::market::responses::ResponseState;
    use crate::{Kind, TextEnum};

    fn draft(light: LightName, colour: Colour) -> SignalDraft {
        SignalDraft { light, colour, set_by: id(9), policy: None, reason: Some("Because".to_owned()) }
    }

    #[test]
    fn every_light_colour_and_part_answers_as_the_table_says() {
        let response = fixtures::response(ResponseState::InConversation);
        let policy = response.home.unwrap().policy;
        for light in LightName::ALL {
            for colour in Colour::ALL {
                for part in Part::ALL {
                    let rows: Vec<_> =
                        SETTABLE.iter().filter(|row| row.light == *light && row.colour == *colour).collect();
                    let mut draft = draft(*light, *colour);
                    if *light == LightName::Aware && *part == Part::Employee {
                        draft.policy = policy;
                    }
                    let result = Signal::set(id(1), &response, draft, &[*part], moment(1));
                    let label = format!("{light} {colour} {part}");
                    match result {
                        Ok(signal) => {
                            assert!(rows.iter().any(|row| row.by.contains(part)), "{label}");
                            assert_eq!(signal.part, *part);
                        }
                        Err(refusal) if rows.is_empty() => assert_eq!(refusal.code.kind, Kind::Invalid, "{label}"),
                        Err(refusal) => {
                            assert!(!rows.iter().any(|row| row.by.contains(part)), "{label}");
                            assert_eq!(refusal.code.kind, Kind::Forbidden, "{label}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_red_or_amber_signal_says_why() {
        let response = fixtures::response(ResponseState::InReview);
        let silent = SignalDraft { reason: None, ..draft(LightName::Fit, Colour::Red) };
        let refusal = Signal::set(id(1), &response, silent, &[Part::Client], moment(1)).unwrap_err();
        assert_eq!(refusal.faults[0].name, "reason");
    }

    #[test]
    fn the_policy_that_was_read_is_the_version_of_the_dossier() {
        let response = fixtures::response(ResponseState::InReview);
        let other = SignalDraft { policy: Some(id(999)), ..draft(LightName::Aware, Colour::Green) };
        let refusal = Signal::set(id(1), &response, other, &[Part::Employee], moment(1)).unwrap_err();
        assert_eq!(refusal.faults[0].name, "policyId");
    }

    #[test]
    fn a_draft_and_an_ended_response_take_no_signals() {
        for state in [ResponseState::Draft, ResponseState::Withdrawn, ResponseState::Confirmed] {
            let response = fixtures::response(state);
            let refusal =
                Signal::set(id(1), &response, draft(LightName::Fit, Colour::Green), &[Part::Client], moment(1))
                    .unwrap_err();
            assert_eq!(refusal.code.name, "response_not_ready");
        }
    }

    #[test]
    fn why_a_conflict_of_interest_was_declared_is_not_for_the_client() {
        let response = fixtures::response(ResponseState::InReview);
        for (light, part) in [(LightName::Integrity, Part::Employee), (LightName::Fit, Part::Client)] {
            let signal = Signal::set(id(1), &response, draft(light, Colour::Amber), &[part], moment(1)).unwrap();
            assert_eq!(signal.reason_for(&[Part::Client]).is_none(), light == LightName::Integrity);
            assert_eq!(signal.reason_for(&[Part::Employee]), Some("Because"));
            assert_eq!(signal.reason_for(&[Part::HomeManager]), Some("Because"));
        }
    }
}
