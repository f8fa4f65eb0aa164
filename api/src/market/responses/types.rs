//! Responses: what clients send and see.

use chrono::{DateTime, Utc};
use domain::market::assignments::Assignment;
use domain::market::effort::Effort;
use domain::market::responses::{
    NotSelectedReason, Outcome, Response, ResponseChannel, ResponseContent, ResponseState,
};
use domain::{
    AssignmentId, EmploymentId, Faults, MobilityPolicyId, OrganisationId, Part, PersonId, Refusal, ResponseId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// A new response to an assignment
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseDraft {
    /// Why you want to do it; may wait until it is submitted
    #[serde(default)]
    #[schema(max_length = 4000, example = "Ik legde eerder een voedselbos aan.")]
    motivation: String,
    /// What you want to learn by it
    #[schema(max_length = 2000, example = "Werken met een gemeenteraad")]
    learning_goal: Option<String>,
    /// The minutes a week you offer; those asked where both are left out
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all you offer, instead of those per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// Whether it is submitted at once
    #[serde(default)]
    #[schema(example = true)]
    pub(super) submit: bool,
    /// The employment you respond from; needed to submit only if you have more than one
    pub(super) employment_id: Option<EmploymentId>,
}

/// What changes in a response: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponsePatch {
    /// Why you want to do it
    #[schema(nullable = false, max_length = 4000, example = "Ik legde eerder een voedselbos aan.")]
    motivation: Option<String>,
    /// What you want to learn by it
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 2000, example = "Werken met een gemeenteraad")]
    learning_goal: Patched<String>,
    /// The minutes a week you offer; takes the place of the minutes in all
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Patched<i64>,
    /// The minutes in all you offer; takes the place of those per week
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Patched<i64>,
}

/// Submitting a response
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubmissionDraft {
    /// The employment you respond from; needed only if you have more than one
    pub(super) employment_id: Option<EmploymentId>,
}

/// Withdrawing a response; nobody asks why
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseWithdrawalDraft {
    /// What you want to tell the client with it
    #[schema(min_length = 1, max_length = 2000, example = "Ik ga een andere klus doen.")]
    pub(super) note: Option<String>,
}

/// Not selecting somebody, with the reason they are told
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectionDraft {
    /// Why
    pub(super) reason: NotSelectedReason,
    /// What you want to tell the employee with it; needed where the reason is OTHER
    #[schema(min_length = 1, max_length = 2000, example = "Er was iemand met ervaring in voedselbossen.")]
    pub(super) note: Option<String>,
}

/// The adviser with whom a dossier is shared
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdviserShareInput {
    /// A mobility adviser of the organisation you responded from; null to share it with nobody
    #[schema(example = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]
    pub(super) adviser_id: Option<PersonId>,
}

/// How a response ended (uitkomst)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResponseOutcome)]
pub struct OutcomeView {
    /// The coded reason: of the list `NotSelectedReason`, `DeclineReason` or `LapseReason`, as the state says; null
    /// where the state says it all
    #[schema(max_length = 80, example = "ANOTHER_CHOSEN")]
    reason: Option<&'static str>,
    /// What was added to it
    #[schema(max_length = 2000, example = "Er was iemand met ervaring in voedselbossen.")]
    note: Option<String>,
    /// When
    #[schema(example = "2027-03-15T09:00:00Z")]
    ended_at: DateTime<Utc>,
}

/// A response of an employee to an assignment (reactie): the dossier in which ten lights turn green
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentResponse)]
pub struct ResponseView {
    /// Identifies it
    id: ResponseId,
    /// What it responds to
    assignment_id: AssignmentId,
    /// Whose response it is
    person_id: PersonId,
    /// Their name
    #[schema(max_length = 400, example = "Noor van Dijk")]
    person_name: String,
    /// Why they want to do it
    #[schema(max_length = 4000, example = "Ik legde eerder een voedselbos aan.")]
    motivation: String,
    /// What they want to learn by it
    #[schema(max_length = 2000, example = "Werken met een gemeenteraad")]
    learning_goal: Option<String>,
    /// The minutes a week they offer; null where they offer what is asked
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all they offer; null where they offer what is asked
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// The way by which they came
    channel: ResponseChannel,
    /// The organisation that employs them; null until it is submitted
    home_organisation_id: Option<OrganisationId>,
    /// The employment they responded from; only the employee and their adviser see it
    employment_id: Option<EmploymentId>,
    /// The version of the mobility policy that the dossier started under; null where none was laid down
    policy_id: Option<MobilityPolicyId>,
    /// The adviser with whom the employee shared it; only the employee and that adviser see it
    adviser_id: Option<PersonId>,
    /// Its state
    state: ResponseState,
    /// How it ended, if it did
    outcome: Option<OutcomeView>,
    /// When the client offered to reopen it
    #[schema(example = "2027-03-16T09:00:00Z")]
    reopening_offered_at: Option<DateTime<Utc>>,
    /// When it was last submitted
    #[schema(example = "2027-03-02T09:00:00Z")]
    submitted_at: Option<DateTime<Utc>>,
    /// When the offer was accepted
    #[schema(example = "2027-03-12T09:00:00Z")]
    accepted_at: Option<DateTime<Utc>>,
    /// When it was begun
    #[schema(example = "2027-03-01T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-02T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of responses
    ResponsePage as ResponsePage, ResponseView
);

impl ResponseDraft {
    /// What the employee writes.
    pub(super) fn content(&self) -> Result<ResponseContent, Refusal> {
        let Self { motivation, learning_goal, minutes_per_week, total_minutes, submit: _, employment_id: _ } = self;
        let mut faults = Faults::default();
        let effort = Effort::stated(*minutes_per_week, *total_minutes, &mut faults);
        faults.finish()?;
        Ok(ResponseContent { motivation: motivation.clone(), learning_goal: learning_goal.clone(), effort })
    }
}

impl ResponsePatch {
    /// The content with what the patch gives.
    pub(super) fn apply(&self, mut content: ResponseContent) -> Result<ResponseContent, Refusal> {
        let Self { motivation, learning_goal, minutes_per_week, total_minutes } = self.clone();
        set(&mut content.motivation, motivation);
        set(&mut content.learning_goal, learning_goal);
        content.effort = effort_after(content.effort, minutes_per_week, total_minutes)?;
        Ok(content)
    }
}

/// The effort after a patch of its two fields: giving one of them takes the place of the other.
pub(crate) fn effort_after(
    before: Option<Effort>,
    per_week: Patched<i64>,
    total: Patched<i64>,
) -> Result<Option<Effort>, Refusal> {
    let mut faults = Faults::default();
    let stated = Effort::stated(per_week.flatten(), total.flatten(), &mut faults);
    faults.finish()?;
    Ok(match (stated, before) {
        (Some(stated), _) => Some(stated),
        (None, Some(Effort::MinutesPerWeek(_))) if per_week.is_some() => None,
        (None, Some(Effort::TotalMinutes(_))) if total.is_some() => None,
        (None, before) => before,
    })
}

impl ResponseView {
    /// The response as somebody with these parts sees it.
    pub(super) fn of(response: &Response, name: String, adviser: Option<PersonId>, parts: &[Part]) -> Self {
        let Response {
            id,
            revision: _,
            assignment,
            person,
            content,
            channel,
            home,
            state,
            stage: _, // the placement shows it
            outcome,
            reopening_offered_at,
            submitted_at,
            accepted_at,
            created_at,
            modified_at,
        } = response.clone();
        let ResponseContent { motivation, learning_goal, effort } = content;
        let from_home = parts.iter().any(|part| matches!(part, Part::Employee | Part::MobilityAdviser));
        Self {
            id,
            assignment_id: assignment,
            person_id: person,
            person_name: name,
            motivation,
            learning_goal,
            minutes_per_week: effort.and_then(Effort::minutes_per_week),
            total_minutes: effort.and_then(Effort::total_minutes),
            channel,
            home_organisation_id: home.map(|home| home.organisation),
            employment_id: home.map(|home| home.employment).filter(|_| from_home),
            policy_id: home.and_then(|home| home.policy),
            adviser_id: adviser.filter(|_| from_home),
            state,
            outcome: outcome.map(OutcomeView::from),
            reopening_offered_at,
            submitted_at,
            accepted_at,
            created_at,
            modified_at,
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        let Outcome { reason, note, at } = outcome;
        Self { reason: reason.as_str(), note, ended_at: at }
    }
}

/// The effort that holds unless somebody states another: what the employee offers, else what the client asks.
pub(crate) fn usual_effort(response: &Response, assignment: &Assignment) -> Option<Effort> {
    response.content.effort.or(assignment.details.effort)
}
