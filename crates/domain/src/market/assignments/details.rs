//! What a client writes about the work.

use chrono::NaiveDate;

use crate::market::effort::{Effort, Period};
use crate::parties::mobility_policies::ChargeBasis;
use crate::parties::networks::ScaleLevel;
use crate::vocabulary::{EducationLevel, SkillReference};
use crate::{Faults, text_enum};

text_enum! {
    /// What kind of klus it is (soort klus)
    AssignmentKind {
        Task = "TASK", "Task", "Taak";
        Project = "PROJECT", "Project", "Project";
        Secondment = "SECONDMENT", "Secondment", "Detachering";
        KnowledgeSession = "KNOWLEDGE_SESSION", "Knowledge session", "Kennissessie";
        Taster = "TASTER", "Taster", "Snuffelstage";
        LearningOnLocation = "LEARNING_ON_LOCATION", "Learning on location", "Leren op locatie";
        Shadowing = "SHADOWING", "Shadowing", "Meelopen";
        Mentoring = "MENTORING", "Mentoring", "Mentorschap";
        JobSwap = "JOB_SWAP", "Job swap", "Banenruil";
        PoolRole = "POOL_ROLE", "Role in a pool", "Rol in een pool";
    }
}

text_enum! {
    /// In which order klussen stand (volgorde)
    AssignmentSort {
        Relevance = "RELEVANCE", "The best found first", "Best gevonden eerst";
        Newest = "NEWEST", "The latest published first", "Laatst geplaatst eerst";
        Deadline = "DEADLINE", "What closes soonest first", "Wat het eerst sluit eerst";
    }
}

text_enum! {
    /// Where the work is done (werkplek)
    RemoteMode {
        OnSite = "ON_SITE", "On site", "Op locatie";
        Hybrid = "HYBRID", "Partly on site", "Hybride";
        Remote = "REMOTE", "From anywhere", "Op afstand";
    }
}

/// What the owner of a klus thinks it would cost to hire somebody from outside (inhuurraming).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExternalHireEstimate {
    /// The minutes that would be hired.
    pub minutes: i64,
    /// What an hour would cost, in euro cents.
    pub hourly_rate_cents: i64,
}

impl ExternalHireEstimate {
    /// What it would cost, in euro cents, rounded to the nearest.
    pub fn cents(self) -> i64 {
        let exact = i128::from(self.minutes) * i128::from(self.hourly_rate_cents);
        i64::try_from((exact + 30).div_euclid(60)).unwrap_or(i64::MAX)
    }
}

/// The description of a klus. A draft may leave out what publishing needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentDetails {
    /// What kind it is.
    pub kind: AssignmentKind,
    /// The title.
    pub title: String,
    /// What the work is about.
    pub description: String,
    /// What will be there when it is done.
    pub intended_result: Option<String>,
    /// What is handed over.
    pub deliverables: Vec<String>,
    /// The steps, and when.
    pub planning: Option<String>,
    /// How much work it is.
    pub effort: Option<Effort>,
    /// The first day.
    pub start_date: Option<NaiveDate>,
    /// The last day.
    pub end_date: Option<NaiveDate>,
    /// How many people can do it.
    pub positions: u32,
    /// The scale on which it works.
    pub scale_level: ScaleLevel,
    /// The region, by name.
    pub region: Option<String>,
    /// The place, by name.
    pub location: Option<String>,
    /// Where the work is done.
    pub remote: RemoteMode,
    /// Skills without which it cannot be done.
    pub required_skills: Vec<SkillReference>,
    /// Skills that help.
    pub preferred_skills: Vec<SkillReference>,
    /// The education levels it suits; empty where it does not matter.
    pub education_levels: Vec<EducationLevel>,
    /// Interests it speaks to.
    pub interests: Vec<String>,
    /// What the host pays.
    pub charge_basis: ChargeBasis,
    /// What hiring somebody from outside would have cost, if it would have come to that.
    pub external_hire: Option<ExternalHireEstimate>,
    /// The programme or pilot it belongs to.
    pub programme_label: Option<String>,
}

impl AssignmentDetails {
    /// The period, where both ends are known and in order.
    pub fn period(&self) -> Option<Period> {
        Period::between(self.start_date?, self.end_date?).ok()
    }

    /// Notes what is wrong even in a draft.
    pub(super) fn check(&self, faults: &mut Faults) {
        faults.unless(!is_blank(Some(&self.title)), "title", "must not be blank");
        if let (Some(start), Some(end)) = (self.start_date, self.end_date) {
            faults.unless(start <= end, "endDate", "must not be before startDate");
        }
        if let Some(effort) = self.effort {
            effort.check(self.period(), faults);
        }
        for (index, skill) in self.preferred_skills.iter().enumerate() {
            let twice = self.required_skills.iter().any(|required| required.means(skill));
            let reason = "must not be a required skill as well";
            faults.unless(!twice, &format!("preferredSkills.{index}"), reason);
        }
        if let Some(estimate) = self.external_hire {
            faults.unless(estimate.minutes > 0, "externalHire.minutes", "must be more than zero");
            faults.unless(estimate.hourly_rate_cents > 0, "externalHire.hourlyRateCents", "must be more than zero");
        }
    }

    /// Notes what is missing before people may see it.
    pub(super) fn check_publishable(&self, faults: &mut Faults) {
        self.check(faults);
        let missing = |text: &Option<String>| is_blank(text.as_deref());
        faults.unless(!is_blank(Some(&self.description)), "description", "must say what the work is about");
        faults.unless(
            !missing(&self.intended_result),
            "intendedResult",
            "must say what will be there when the work is done",
        );
        faults.unless(!missing(&self.planning), "planning", "must say which steps there are, and when");
        faults.unless(self.start_date.is_some(), "startDate", "must be given before publishing");
        faults.unless(self.end_date.is_some(), "endDate", "must be given before publishing");
        faults.unless(self.positions >= 1, "positions", "must be at least 1");
        let reason = "must be given before publishing, unless totalMinutes is";
        faults.unless(self.effort.is_some(), "minutesPerWeek", reason);
    }
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
