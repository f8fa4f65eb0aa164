//! Lights, signals and requirements: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::market::lights::{Light, LightReason, all_green};
use domain::market::requirements::{Fulfilment, RequirementReport};
use domain::market::signals::{Colour, LightName, Signal};
use domain::vocabulary::SkillReference;
use domain::{MobilityPolicyId, Part, PersonId, SignalId, SkillId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// A light of a dossier (sein)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Light)]
pub struct LightView {
    /// Which one
    name: LightName,
    /// Its colour
    colour: Colour,
    /// Why it has this colour; null where you may not know
    reason: Option<LightReason>,
    /// Who can act next; empty where nobody can, or where you may not know
    #[schema(max_items = 12)]
    waits_for: Vec<Part>,
    /// When it got this colour; null where you may not know
    #[schema(example = "2027-03-12T09:00:00Z")]
    changed_at: Option<DateTime<Utc>>,
}

/// The ten lights of a dossier
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LightList)]
pub struct LightListView {
    /// The lights, in their order
    #[schema(min_items = 10, max_items = 10)]
    items: Vec<LightView>,
    /// Whether all of them are green at once
    all_green: bool,
}

/// Something to say about a light
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignalDraft {
    /// The light
    pub(crate) light: LightName,
    /// The colour
    pub(crate) colour: Colour,
    /// The version of the mobility policy that you have read: `policyId` of the response; only the employee with
    /// S2_AWARE, and left out where none was laid down
    pub(crate) policy_id: Option<MobilityPolicyId>,
    /// Why; needed with AMBER and RED, and to answer a conflict of interest
    #[schema(min_length = 1, max_length = 2000, example = "Mijn zwager werkt bij de aannemer.")]
    pub(crate) reason: Option<String>,
}

/// What somebody said about a light (sein); it is never changed
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Signal)]
pub struct SignalView {
    /// Identifies it
    id: SignalId,
    /// The light
    light: LightName,
    /// The colour
    colour: Colour,
    /// In which part it was said
    part: Part,
    /// Who said it
    set_by_id: PersonId,
    /// The version of the mobility policy that was read
    policy_id: Option<MobilityPolicyId>,
    /// Why; null where you may not know
    #[schema(max_length = 2000, example = "Mijn zwager werkt bij de aannemer.")]
    reason: Option<String>,
    /// When
    #[schema(example = "2027-03-04T09:00:00Z")]
    set_at: DateTime<Utc>,
}

page_of!(
    /// A page of signals
    SignalPage as SignalPage, SignalView
);

/// The requirements of an assignment, laid beside what the employee states
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RequirementReport)]
pub struct RequirementReportView {
    /// Whether the education level is met
    education: Fulfilment,
    /// Every required skill
    #[schema(max_items = 100)]
    skills: Vec<SkillFulfilmentView>,
    /// Whether nothing hard stands in the way: skills are for the client to weigh
    is_met: bool,
}

/// A required skill, and whether it is stated
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SkillFulfilment)]
pub struct SkillFulfilmentView {
    /// The concept of the skill vocabulary; null where it is free text
    skill_id: Option<SkillId>,
    /// The skill in words
    #[schema(max_length = 200, example = "Projectleiding")]
    label: String,
    /// Whether it is stated
    fulfilment: Fulfilment,
}

impl LightView {
    /// A light as somebody with these parts sees it.
    pub(crate) fn of(light: &Light, parts: &[Part]) -> Self {
        Self {
            name: light.name,
            colour: light.colour,
            reason: light.reason_for(parts),
            waits_for: light.waits_for_seen(parts).to_vec(),
            changed_at: light.changed_at_for(parts),
        }
    }
}

impl LightListView {
    /// The lights as somebody with these parts sees them.
    pub(crate) fn of(lights: &[Light], parts: &[Part]) -> Self {
        let items = lights.iter().map(|light| LightView::of(light, parts)).collect();
        Self { items, all_green: all_green(lights) }
    }
}

impl SignalView {
    /// A signal as somebody with these parts sees it.
    pub(crate) fn of(signal: Signal, parts: &[Part]) -> Self {
        let reason = signal.reason_for(parts).map(str::to_owned);
        let Signal { id, response: _, light, colour, part, set_by, policy, reason: _, moment } = signal;
        Self { id, light, colour, part, set_by_id: set_by, policy_id: policy, reason, set_at: moment }
    }
}

impl RequirementReportView {
    /// The report, with the labels of its concepts.
    pub(super) fn of(report: RequirementReport, labels: &HashMap<SkillId, String>) -> Self {
        let is_met = report.is_met();
        let RequirementReport { education, skills } = report;
        let skills = skills
            .into_iter()
            .map(|(skill, fulfilment)| match skill {
                SkillReference::Concept(id) => {
                    let label = labels.get(&id).cloned().unwrap_or_default();
                    SkillFulfilmentView { skill_id: Some(id), label, fulfilment }
                }
                SkillReference::FreeText(label) => SkillFulfilmentView { skill_id: None, label, fulfilment },
            })
            .collect();
        Self { education, skills, is_met }
    }
}
