//! The four gates among the ten lights: what home and host arrange before somebody can start.

#[cfg(test)]
mod tests;

use super::arrangements::{Arrangement, ArrangementState};
use super::capacity::{Claim, first_full_week};
use super::cost_rates::CostRate;
use super::placements::Placement;
use super::secondment_agreements::{Agreement, AgreementState, Party};
use crate::market::lights::{Light, LightReason as Why};
use crate::market::signals::{Colour, LightName};
use crate::parties::mobility_policies::ChargeBasis;
use crate::{Moment, Part};

/// Everything that the gates follow from.
#[derive(Debug, Clone, Copy)]
pub struct Gates<'a> {
    /// The placement that is planned; none where nothing is arranged yet.
    pub placement: Option<&'a Placement>,
    /// All versions of its arrangement, in any order.
    pub versions: &'a [Arrangement],
    /// What the other placements that stand on the arrangement take.
    pub claims: &'a [Claim],
    /// The newest version of its agreement that is not withdrawn.
    pub agreement: Option<&'a Agreement>,
    /// The cost rate that is valid on the first day.
    pub rate: Option<&'a CostRate>,
    /// Since when the dossier is there.
    pub since: Moment,
    /// The present moment.
    pub now: Moment,
}

/// Who arranges: the parties to the dossier.
const ALL_PARTIES: &[Part] = &[Part::Employee, Part::HomeManager, Part::Client];
const BOTH: &[Part] = &[Part::Employee, Part::HomeManager];
const EMPLOYEE: &[Part] = &[Part::Employee];
const HOME: &[Part] = &[Part::HomeManager];
const FINANCE: &[Part] = &[Part::Finance];

/// Capacity, agreement, return and money, in that order. Equal facts give equal lights.
pub fn gates(gates: &Gates<'_>) -> [Light; 4] {
    match gates.placement {
        None => [
            gates.not_arranged(LightName::Capacity, BOTH),
            gates.not_arranged(LightName::Agreement, ALL_PARTIES),
            gates.not_arranged(LightName::Return, HOME),
            gates.not_arranged(LightName::Money, FINANCE),
        ],
        Some(placement) => {
            [gates.capacity(placement), gates.agreement(placement), gates.way_back(placement), gates.money(placement)]
        }
    }
}

impl Gates<'_> {
    fn not_arranged(&self, name: LightName, waits_for: &'static [Part]) -> Light {
        Light::new(name, Colour::Red, Why::NotArrangedYet, waits_for, self.since)
    }

    fn capacity(&self, placement: &Placement) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Capacity, colour, reason, waits_for, at);
        let Some(first) = self.version_on_first_day(placement) else {
            return match self.versions.iter().max_by_key(|version| version.version) {
                Some(waiting) if !waiting.state.is_end() && !waiting.state.holds() => {
                    light(Colour::Amber, Why::ArrangementNotAgreed, BOTH, waiting.modified_at)
                }
                last => {
                    let at = last.map_or(placement.created_at, |last| last.modified_at);
                    light(Colour::Red, Why::ArrangementNotInForce, BOTH, at)
                }
            };
        };
        let agreed_at = first.agreed_at().unwrap_or(first.modified_at);
        if first.rules().hours_for(placement.charge_basis) != Some(placement.hours) {
            return light(Colour::Red, Why::VariantDoesNotFit, EMPLOYEE, agreed_at);
        }
        let paused = self.versions.iter().find(|version| version.state == ArrangementState::Paused);
        if let Some(paused) = paused {
            return light(Colour::Red, Why::ArrangementNotInForce, BOTH, paused.modified_at);
        }
        let last = placement.last_day();
        if !self.versions.iter().any(|version| version.holds_on(last)) {
            return light(Colour::Red, Why::ArrangementNotInForce, BOTH, agreed_at);
        }
        match first_full_week(self.versions, self.claims, &placement.claim()) {
            Some(room) if room.exempted == 0 && room.own_risk == 0 => {
                light(Colour::Red, Why::ArrangementNotInForce, BOTH, agreed_at)
            }
            Some(_) => light(Colour::Red, Why::NoRoom, BOTH, agreed_at),
            None => light(Colour::Green, Why::RoomFree, &[], agreed_at),
        }
    }

    fn version_on_first_day(&self, placement: &Placement) -> Option<&Arrangement> {
        let first = placement.period().start;
        self.versions.iter().filter(|version| version.holds_on(first)).max_by_key(|version| version.version)
    }

    fn agreement(&self, placement: &Placement) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Agreement, colour, reason, waits_for, at);
        if placement.light_flow {
            return light(Colour::Green, Why::NoAgreementNeeded, &[], placement.created_at);
        }
        let Some(agreement) = self.agreement else {
            return light(Colour::Red, Why::NotArrangedYet, ALL_PARTIES, placement.created_at);
        };
        match agreement.state {
            AgreementState::Signed | AgreementState::Superseded => {
                light(Colour::Green, Why::AgreementSigned, &[], agreement.signed_at().unwrap_or(agreement.modified_at))
            }
            AgreementState::Draft | AgreementState::Withdrawn => {
                light(Colour::Red, Why::NotArrangedYet, ALL_PARTIES, agreement.created_at)
            }
            AgreementState::Proposed => {
                let waits_for = waiting_parties(agreement);
                light(Colour::Amber, Why::AgreementNotSigned, waits_for, agreement.modified_at)
            }
        }
    }

    fn way_back(&self, placement: &Placement) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Return, colour, reason, waits_for, at);
        match self.version_on_first_day(placement) {
            Some(version) => {
                let at = version.home_signature.map_or(version.modified_at, |signature| signature.at);
                light(Colour::Green, Why::ReturnGuaranteed, &[], at)
            }
            None => light(Colour::Amber, Why::ArrangementNotAgreed, BOTH, placement.created_at),
        }
    }

    fn money(&self, placement: &Placement) -> Light {
        let light = |colour, reason, waits_for, at| Light::new(LightName::Money, colour, reason, waits_for, at);
        if !placement.has_timesheets() {
            return light(Colour::Green, Why::NothingToPay, &[], placement.created_at);
        }
        match (placement.charge_basis, self.rate) {
            (ChargeBasis::BareWage, None) => light(Colour::Red, Why::RateMissing, FINANCE, placement.created_at),
            (ChargeBasis::BareWage, Some(rate)) => light(Colour::Green, Why::RateAgreed, &[], rate.created_at),
            (ChargeBasis::PublicRate | ChargeBasis::OwnRate | ChargeBasis::None, _) => {
                light(Colour::Green, Why::RateAgreed, &[], placement.created_at)
            }
        }
    }
}

/// Who has not signed yet, as the parts that are named at a light.
fn waiting_parties(agreement: &Agreement) -> &'static [Part] {
    let has = |party| agreement.signatures.iter().any(|signature| signature.party == party);
    match (has(Party::Employee), has(Party::Home), has(Party::Host)) {
        (false, true, true) => EMPLOYEE,
        (true, false, true) => HOME,
        (true, true, false) => &[Part::Client],
        (false, false, true) => BOTH,
        (false, true, false) => &[Part::Employee, Part::Client],
        (true, false, false) => &[Part::HomeManager, Part::Client],
        _ => ALL_PARTIES,
    }
}
