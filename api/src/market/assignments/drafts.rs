//! Assignments: what clients send about the work.

use chrono::NaiveDate;
use domain::market::assignments::{AssignmentDetails, AssignmentKind, ExternalHireEstimate, RemoteMode};
use domain::market::effort::Effort;
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::vocabulary::{EducationLevel, SkillReference};
use domain::{Faults, OrganisationId, PersonId, SkillId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::publications::PublicationDraft;
use crate::patch::{Patched, present, set};

/// A skill that is asked for: a concept of the vocabulary, or words of one's own; one of the two
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskedSkillItem {
    /// A concept of the skill vocabulary; `GET /skills` finds it
    #[schema(nullable = false)]
    skill_id: Option<SkillId>,
    /// What the vocabulary has no word for
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Gespreksleiding")]
    label: Option<String>,
}

/// What hiring somebody from outside would have cost, as the owner thinks
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalHireItem {
    /// The minutes that would be hired
    #[schema(minimum = 1, maximum = 10_000_000, example = 23_040)]
    minutes: i64,
    /// What an hour would cost, in euro cents
    #[schema(minimum = 1, maximum = 1_000_000, example = 9500)]
    hourly_rate_cents: i64,
}

/// A new assignment: a draft may leave out what publishing needs
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentDraft {
    /// The organisation that has the work
    pub(super) organisation_id: OrganisationId,
    /// The unit that has the work
    pub(super) unit_id: Option<UnitId>,
    /// The client who answers for it; you yourself unless given
    #[schema(nullable = false)]
    pub(super) owner_id: Option<PersonId>,
    /// Other clients who may do what the owner may
    #[serde(default)]
    #[schema(max_items = 10)]
    pub(super) co_owner_ids: Vec<PersonId>,
    /// What kind it is
    kind: AssignmentKind,
    /// The title
    #[schema(min_length = 1, max_length = 200, example = "Een plan voor het stadsbos")]
    title: String,
    /// What the work is about; needed before publishing
    #[serde(default)]
    #[schema(max_length = 20_000, example = "De stad wil een bos en heeft nog geen plan.")]
    description: String,
    /// What will be there when it is done; needed before publishing
    #[schema(max_length = 4000, example = "Een plan waarover de raad kan besluiten")]
    intended_result: Option<String>,
    /// What is handed over
    #[serde(default)]
    #[schema(max_items = 20)]
    deliverables: Vec<LineItem>,
    /// The steps, and when; needed before publishing
    #[schema(max_length = 4000, example = "September: gesprekken. December: besluit.")]
    planning: Option<String>,
    /// How much work in a week, in minutes; this or `totalMinutes` is needed before publishing
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// How much work in all, in minutes: from one hour
    #[schema(minimum = 60, maximum = 1_000_000, example = 60)]
    total_minutes: Option<i64>,
    /// The first day; needed before publishing
    #[schema(example = "2027-09-01")]
    start_date: Option<NaiveDate>,
    /// The last day; needed before publishing
    #[schema(example = "2027-12-31")]
    end_date: Option<NaiveDate>,
    /// How many people can do it; one unless given
    #[schema(nullable = false, minimum = 1, maximum = 1000, example = 2)]
    positions: Option<u32>,
    /// The scale on which it works
    scale_level: ScaleLevel,
    /// The region, by name
    #[schema(max_length = 120, example = "Noordoost-Brabant")]
    region: Option<String>,
    /// The place, by name
    #[schema(max_length = 200, example = "Oss, gemeentehuis")]
    location: Option<String>,
    /// Where the work is done
    remote: RemoteMode,
    /// Skills without which it cannot be done
    #[serde(default)]
    #[schema(max_items = 20)]
    pub(super) required_skills: Vec<AskedSkillItem>,
    /// Skills that help
    #[serde(default)]
    #[schema(max_items = 20)]
    pub(super) preferred_skills: Vec<AskedSkillItem>,
    /// The education levels it suits; empty where it does not matter
    #[serde(default)]
    #[schema(max_items = 4)]
    education_levels: Vec<EducationLevel>,
    /// Interests it speaks to
    #[serde(default)]
    #[schema(max_items = 20)]
    interests: Vec<LineItem>,
    /// What the host pays; as the organisation's policy says unless given
    #[schema(nullable = false)]
    charge_basis: Option<ChargeBasis>,
    /// What hiring somebody from outside would have cost, if it would have come to that
    external_hire: Option<ExternalHireItem>,
    /// The programme or pilot it belongs to
    #[schema(max_length = 120, example = "Proeftuin zpp Brabant")]
    programme_label: Option<String>,
    /// Publishes it in the same call
    #[schema(nullable = false)]
    pub(super) publication: Option<PublicationDraft>,
}

/// A short text
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 200, example = "Een kaart van het bos")]
pub struct LineItem(String);

/// What changes in an assignment: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentPatch {
    /// What kind it is; stays once published
    #[schema(nullable = false)]
    kind: Option<AssignmentKind>,
    /// The title
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Een plan voor het stadsbos")]
    title: Option<String>,
    /// What the work is about
    #[schema(nullable = false, max_length = 20_000, example = "De stad wil een bos en heeft nog geen plan.")]
    description: Option<String>,
    /// What will be there when it is done
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 4000, example = "Een plan waarover de raad kan besluiten")]
    intended_result: Patched<String>,
    /// What is handed over
    #[schema(nullable = false, max_items = 20)]
    deliverables: Option<Vec<LineItem>>,
    /// The steps, and when
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 4000, example = "September: gesprekken. December: besluit.")]
    planning: Patched<String>,
    /// How much work in a week, in minutes; takes the place of `totalMinutes`
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Patched<i64>,
    /// How much work in all, in minutes; takes the place of `minutesPerWeek`
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 1_000_000, example = 60)]
    total_minutes: Patched<i64>,
    /// The first day
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NaiveDate>, example = "2027-09-01")]
    start_date: Patched<NaiveDate>,
    /// The last day
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NaiveDate>, example = "2027-12-31")]
    end_date: Patched<NaiveDate>,
    /// How many people can do it
    #[schema(nullable = false, minimum = 1, maximum = 1000, example = 2)]
    positions: Option<u32>,
    /// The scale on which it works
    #[schema(nullable = false)]
    scale_level: Option<ScaleLevel>,
    /// The region, by name
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 120, example = "Noordoost-Brabant")]
    region: Patched<String>,
    /// The place, by name
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 200, example = "Oss, gemeentehuis")]
    location: Patched<String>,
    /// Where the work is done
    #[schema(nullable = false)]
    remote: Option<RemoteMode>,
    /// Skills without which it cannot be done
    #[schema(nullable = false, max_items = 20)]
    pub(super) required_skills: Option<Vec<AskedSkillItem>>,
    /// Skills that help
    #[schema(nullable = false, max_items = 20)]
    pub(super) preferred_skills: Option<Vec<AskedSkillItem>>,
    /// The education levels it suits
    #[schema(nullable = false, max_items = 4)]
    education_levels: Option<Vec<EducationLevel>>,
    /// Interests it speaks to
    #[schema(nullable = false, max_items = 20)]
    interests: Option<Vec<LineItem>>,
    /// What the host pays; stays once published
    #[schema(nullable = false)]
    charge_basis: Option<ChargeBasis>,
    /// What hiring somebody from outside would have cost
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ExternalHireItem>)]
    external_hire: Patched<ExternalHireItem>,
    /// The programme or pilot it belongs to
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 120, example = "Proeftuin zpp Brabant")]
    programme_label: Patched<String>,
}

impl AssignmentDraft {
    /// The description; `default_basis` holds where nothing is said of what the host pays.
    pub(super) fn details(&self, default_basis: ChargeBasis, faults: &mut Faults) -> AssignmentDetails {
        let Self {
            organisation_id: _, // of the assignment itself
            unit_id: _,         // of the assignment itself
            owner_id: _,        // of the assignment itself
            co_owner_ids: _,    // of the assignment itself
            kind,
            title,
            description,
            intended_result,
            deliverables,
            planning,
            minutes_per_week,
            total_minutes,
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            location,
            remote,
            required_skills,
            preferred_skills,
            education_levels,
            interests,
            charge_basis,
            external_hire,
            programme_label,
            publication: _, // a decision of its own
        } = self.clone();
        AssignmentDetails {
            kind,
            title: title.trim().to_owned(),
            description,
            intended_result,
            deliverables: lines(deliverables),
            planning,
            effort: Effort::stated(minutes_per_week, total_minutes, faults),
            start_date,
            end_date,
            positions: positions.unwrap_or(1),
            scale_level,
            region,
            location,
            remote,
            required_skills: skills("requiredSkills", required_skills, faults),
            preferred_skills: skills("preferredSkills", preferred_skills, faults),
            education_levels: levels(education_levels),
            interests: lines(interests),
            charge_basis: charge_basis.unwrap_or(default_basis),
            external_hire: external_hire.map(ExternalHireEstimate::from),
            programme_label,
        }
    }
}

impl AssignmentPatch {
    /// The description with what the patch gives.
    pub(super) fn apply(&self, mut details: AssignmentDetails, faults: &mut Faults) -> AssignmentDetails {
        let Self {
            kind,
            title,
            description,
            intended_result,
            deliverables,
            planning,
            minutes_per_week,
            total_minutes,
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            location,
            remote,
            required_skills,
            preferred_skills,
            education_levels,
            interests,
            charge_basis,
            external_hire,
            programme_label,
        } = self.clone();
        set(&mut details.kind, kind);
        set(&mut details.title, title.map(|title| title.trim().to_owned()));
        set(&mut details.description, description);
        set(&mut details.intended_result, intended_result);
        set(&mut details.deliverables, deliverables.map(lines));
        set(&mut details.planning, planning);
        details.effort = effort(details.effort, minutes_per_week, total_minutes, faults);
        set(&mut details.start_date, start_date);
        set(&mut details.end_date, end_date);
        set(&mut details.positions, positions);
        set(&mut details.scale_level, scale_level);
        set(&mut details.region, region);
        set(&mut details.location, location);
        set(&mut details.remote, remote);
        set(&mut details.required_skills, required_skills.map(|all| skills("requiredSkills", all, faults)));
        set(&mut details.preferred_skills, preferred_skills.map(|all| skills("preferredSkills", all, faults)));
        set(&mut details.education_levels, education_levels.map(levels));
        set(&mut details.interests, interests.map(lines));
        set(&mut details.charge_basis, charge_basis);
        set(&mut details.external_hire, external_hire.map(|estimate| estimate.map(ExternalHireEstimate::from)));
        set(&mut details.programme_label, programme_label);
        details
    }
}

/// The effort after a patch: giving the one takes the place of the other.
fn effort(before: Option<Effort>, per_week: Patched<i64>, total: Patched<i64>, faults: &mut Faults) -> Option<Effort> {
    let gives = |patched: Patched<i64>| patched.flatten().is_some();
    let kept_per_week = before.and_then(Effort::minutes_per_week).filter(|_| !gives(total));
    let kept_total = before.and_then(Effort::total_minutes).filter(|_| !gives(per_week));
    Effort::stated(per_week.unwrap_or(kept_per_week), total.unwrap_or(kept_total), faults)
}

fn lines(items: Vec<LineItem>) -> Vec<String> {
    items.into_iter().map(|LineItem(text)| text.trim().to_owned()).collect()
}

fn levels(mut levels: Vec<EducationLevel>) -> Vec<EducationLevel> {
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn skills(field: &str, items: Vec<AskedSkillItem>, faults: &mut Faults) -> Vec<SkillReference> {
    let mut skills = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let skill = match item {
            AskedSkillItem { skill_id: Some(id), label: None } => SkillReference::Concept(id),
            AskedSkillItem { skill_id: None, label: Some(label) } => SkillReference::FreeText(label.trim().to_owned()),
            AskedSkillItem { skill_id: Some(_), label: Some(_) } => {
                faults.add(&format!("{field}.{index}.label"), "must be left out when skillId is given");
                continue;
            }
            AskedSkillItem { skill_id: None, label: None } => {
                faults.add(&format!("{field}.{index}.skillId"), "must be given unless label is");
                continue;
            }
        };
        let twice = skills.iter().any(|known: &SkillReference| known.means(&skill));
        faults.unless(!twice, &format!("{field}.{index}"), "must be named once");
        skills.push(skill);
    }
    skills
}

impl From<ExternalHireItem> for ExternalHireEstimate {
    fn from(item: ExternalHireItem) -> Self {
        let ExternalHireItem { minutes, hourly_rate_cents } = item;
        Self { minutes, hourly_rate_cents }
    }
}

impl From<ExternalHireEstimate> for ExternalHireItem {
    fn from(estimate: ExternalHireEstimate) -> Self {
        let ExternalHireEstimate { minutes, hourly_rate_cents } = estimate;
        Self { minutes, hourly_rate_cents }
    }
}
