//! Criteria of klussen: what somebody looks for, kept to look again later.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::assignments::{Assignment, AssignmentKind, RemoteMode};
use crate::parties::mobility_policies::ChargeBasis;
use crate::parties::networks::ScaleLevel;
use crate::parties::organisations::GovernmentLayer;
use crate::vocabulary::{EducationLevel, SkillReference};
use crate::{Faults, NetworkId, OrganisationId, SkillId, fold, search};

/// Which klussen are meant; what is absent does not narrow. The same as a list of klussen is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AssignmentCriteria {
    /// The organisation that has the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// A network that a ring names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkId>,
    /// The region by name; case and diacritics do not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The layer of government of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<GovernmentLayer>,
    /// The scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale_level: Option<ScaleLevel>,
    /// The kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<AssignmentKind>,
    /// A skill that is required or preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// An education level that it suits; it suits every level where it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education_level: Option<EducationLevel>,
    /// At least so many minutes a week, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_minutes_per_week: Option<i64>,
    /// At most so many minutes a week, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_minutes_per_week: Option<i64>,
    /// Beginning on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_from: Option<NaiveDate>,
    /// Ending on this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_before: Option<NaiveDate>,
    /// What the host pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge_basis: Option<ChargeBasis>,
    /// Where the work is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<RemoteMode>,
    /// The programme; case and diacritics do not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme_label: Option<String>,
    /// Words that title, description, result or skills hold, all of them, as `search` reads words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
}

/// A klus with what it takes to lay criteria beside it.
#[derive(Debug, Clone)]
pub struct Findable {
    /// The klus.
    pub assignment: Assignment,
    /// The layer of government of its organisation.
    pub layer: GovernmentLayer,
    /// The terms in which words are searched.
    pub terms: BTreeSet<String>,
}

impl AssignmentCriteria {
    /// Notes what contradicts itself; names begin with `within`.
    pub fn check(&self, within: &str, faults: &mut Faults) {
        if let (Some(least), Some(most)) = (self.minimum_minutes_per_week, self.maximum_minutes_per_week) {
            let reason = "must not be less than minimumMinutesPerWeek";
            faults.unless(least <= most, &format!("{within}maximumMinutesPerWeek"), reason);
        }
        if let (Some(first), Some(last)) = (self.starts_from, self.ends_before) {
            faults.unless(first <= last, &format!("{within}endsBefore"), "must not be before startsFrom");
        }
    }

    /// Whether a klus fits; the statement of the lists says the same.
    pub fn fits(&self, found: &Findable) -> bool {
        let (assignment, details) = (&found.assignment, &found.assignment.details);
        let minutes = details.effort.and_then(|effort| effort.average_minutes_per_week(details.period()));
        let named = |network| assignment.plan.as_ref().is_some_and(|plan| plan.networks().any(|one| one == network));
        let skills = || details.required_skills.iter().chain(&details.preferred_skills);
        let levels = &details.education_levels;
        is_met(self.organisation, |organisation| organisation == assignment.organisation)
            && is_met(self.network, named)
            && is_same_text(self.region.as_deref(), details.region.as_deref())
            && is_met(self.layer, |layer| layer == found.layer)
            && is_met(self.scale_level, |scale| scale == details.scale_level)
            && is_met(self.kind, |kind| kind == details.kind)
            && is_met(self.skill, |skill| skills().any(|one| *one == SkillReference::Concept(skill)))
            && is_met(self.education_level, |level| levels.is_empty() || levels.contains(&level))
            && is_met(self.minimum_minutes_per_week, |least| minutes.is_some_and(|minutes| minutes >= least))
            && is_met(self.maximum_minutes_per_week, |most| minutes.is_some_and(|minutes| minutes <= most))
            && is_met(self.starts_from, |day| details.start_date.is_some_and(|start| start >= day))
            && is_met(self.ends_before, |day| details.end_date.is_some_and(|end| end <= day))
            && is_met(self.charge_basis, |basis| basis == details.charge_basis)
            && is_met(self.remote, |remote| remote == details.remote)
            && is_same_text(self.programme_label.as_deref(), details.programme_label.as_deref())
            && search::asked(self.search.as_deref().unwrap_or_default()).iter().all(|word| word.is_among(&found.terms))
    }
}

fn is_met<T>(asked: Option<T>, holds: impl FnOnce(T) -> bool) -> bool {
    asked.is_none_or(holds)
}

fn is_same_text(asked: Option<&str>, found: Option<&str>) -> bool {
    asked.is_none_or(|asked| found.is_some_and(|found| fold(found) == fold(asked)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::assignments::AssignmentState;
    use crate::market::fixtures::assignment;

    fn found() -> Findable {
        let mut assignment = assignment(AssignmentState::Open);
        assignment.details.region = Some("Noordoost-Brabant".to_owned());
        assignment.details.education_levels = vec![EducationLevel::Hbo];
        Findable { assignment, layer: GovernmentLayer::Municipal, terms: search::terms("bosbeheer in de raad") }
    }

    #[test]
    fn what_is_absent_does_not_narrow() {
        assert!(AssignmentCriteria::default().fits(&found()));
    }

    #[test]
    fn every_criterion_has_to_be_met() {
        let fits = |criteria: &AssignmentCriteria| criteria.fits(&found());
        let region = |name: &str| AssignmentCriteria { region: Some(name.to_owned()), ..AssignmentCriteria::default() };
        assert!(fits(&region("noordoost-brabant")) && !fits(&region("Twente")));
        let words =
            |words: &str| AssignmentCriteria { search: Some(words.to_owned()), ..AssignmentCriteria::default() };
        assert!(fits(&words("Raad BOS")) && !fits(&words("raad water")));
        let level = |level| AssignmentCriteria { education_level: Some(level), ..AssignmentCriteria::default() };
        assert!(fits(&level(EducationLevel::Hbo)) && !fits(&level(EducationLevel::Mbo)));
        let layer = |layer| AssignmentCriteria { layer: Some(layer), ..AssignmentCriteria::default() };
        assert!(fits(&layer(GovernmentLayer::Municipal)) && !fits(&layer(GovernmentLayer::Provincial)));
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        let mut faults = Faults::default();
        let criteria = AssignmentCriteria {
            minimum_minutes_per_week: Some(600),
            maximum_minutes_per_week: Some(60),
            starts_from: NaiveDate::from_ymd_opt(2027, 5, 1),
            ends_before: NaiveDate::from_ymd_opt(2027, 4, 1),
            ..AssignmentCriteria::default()
        };
        criteria.check("criteria.", &mut faults);
        assert!(faults.finish().is_err());
    }
}
