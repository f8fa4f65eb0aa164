//! Consent requests: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::market::assignments::Assignment;
use domain::market::consent_requests::{
    ConsentDecision, ConsentQuestion, ConsentRefusalReason, ConsentRequest, ConsentState, ConsentTerms,
};
use domain::market::effort::{Effort, Period};
use domain::market::responses::Response;
use domain::parties::mobility_policies::ConsentSilence;
use domain::{
    ConsentRequestId, EmploymentId, Faults, MobilityPolicyId, OrganisationId, Part, PersonId, Refusal, ResponseId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::responses::types::usual_effort;
use crate::paging::page_of;

/// What consent is asked for; what is left out is what the response or the assignment says
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentRequestDraft {
    /// The minutes a week
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all, instead of those per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// The first day
    #[schema(example = "2027-04-01")]
    start_date: Option<NaiveDate>,
    /// The last day
    #[schema(example = "2027-09-30")]
    end_date: Option<NaiveDate>,
}

/// Granting consent
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantDraft {
    /// Under which conditions, in words; without them it counts at once
    #[schema(min_length = 1, max_length = 2000, example = "Donderdag blijf je bereikbaar voor de balie.")]
    pub(super) conditions: Option<String>,
}

/// Refusing consent
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentRefusalDraft {
    /// Why
    pub(super) reason: ConsentRefusalReason,
    /// Why, in words for the employee
    #[schema(min_length = 1, max_length = 2000, example = "Tot de zomer kunnen we niemand missen.")]
    pub(super) text: String,
}

/// Revoking consent
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentRevocationDraft {
    /// Why, in words for the employee
    #[schema(min_length = 1, max_length = 2000, example = "Twee collega's vielen uit.")]
    pub(super) text: String,
}

/// A consent request (toestemmingsverzoek): all that the one who decides gets to see
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentRequest)]
pub struct ConsentRequestView {
    /// Identifies it
    id: ConsentRequestId,
    /// The response; only the employee sees it
    response_id: Option<ResponseId>,
    /// Who asks
    employee_id: PersonId,
    /// Their name
    #[schema(max_length = 400, example = "Noor van Dijk")]
    employee_name: String,
    /// The employment that is asked about
    employment_id: EmploymentId,
    /// The home organisation
    home_organisation_id: OrganisationId,
    /// The manager who is asked; null where the employment names none and a mobility adviser decides
    manager_id: Option<PersonId>,
    /// The minutes a week; null where they are asked in all
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all; null where they are asked per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// The first day
    #[schema(example = "2027-04-01")]
    start_date: NaiveDate,
    /// The last day
    #[schema(example = "2027-09-30")]
    end_date: NaiveDate,
    /// The organisation that has the work
    host_id: OrganisationId,
    /// Its name
    #[schema(max_length = 200, example = "Gemeente Uden")]
    host_name: String,
    /// The title of the work
    #[schema(max_length = 400, example = "Een plan voor het stadsbos")]
    title: String,
    /// What will be there when it is done
    #[schema(max_length = 8000, example = "Een plan waarover de raad kan besluiten")]
    intended_result: String,
    /// The version of the mobility policy under which it is asked; null where none was laid down
    policy_id: Option<MobilityPolicyId>,
    /// What it means when nobody answers in time
    silence: ConsentSilence,
    /// Its state
    state: ConsentState,
    /// When the term to answer ends
    #[schema(example = "2027-03-09T09:00:00Z")]
    expires_at: DateTime<Utc>,
    /// When the manager was reminded
    #[schema(example = "2027-03-04T09:00:00Z")]
    reminded_at: Option<DateTime<Utc>>,
    /// When it went to the mobility adviser
    #[schema(example = "2027-03-09T09:00:00Z")]
    escalated_at: Option<DateTime<Utc>>,
    /// What was decided
    decision: Option<ConsentDecisionView>,
    /// When the employee accepted the conditions
    #[schema(example = "2027-03-06T09:00:00Z")]
    conditions_accepted_at: Option<DateTime<Utc>>,
    /// When it was asked
    #[schema(example = "2027-03-02T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-06T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of consent requests
    ConsentRequestPage as ConsentRequestPage, ConsentRequestView
);

/// What was decided on a consent request
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentDecision)]
pub struct ConsentDecisionView {
    /// Who decided; null where nobody did and silence counted
    decided_by_id: Option<PersonId>,
    /// In which part
    part: Part,
    /// Why it was refused
    reason: Option<ConsentRefusalReason>,
    /// The words to a refusal or a revocation
    #[schema(max_length = 2000, example = "Tot de zomer kunnen we niemand missen.")]
    text: Option<String>,
    /// The conditions of a grant
    #[schema(max_length = 2000, example = "Donderdag blijf je bereikbaar voor de balie.")]
    conditions: Option<String>,
    /// When
    #[schema(example = "2027-03-05T09:00:00Z")]
    decided_at: DateTime<Utc>,
}

impl ConsentRequestDraft {
    /// The hours and the period that are asked for.
    pub(super) fn terms(&self, response: &Response, assignment: &Assignment) -> Result<ConsentTerms, Refusal> {
        let Self { minutes_per_week, total_minutes, start_date, end_date } = self;
        let mut faults = Faults::default();
        let stated = Effort::stated(*minutes_per_week, *total_minutes, &mut faults);
        let effort = stated.or_else(|| usual_effort(response, assignment));
        let start = start_date.or(assignment.details.start_date);
        let end = end_date.or(assignment.details.end_date);
        faults.unless(effort.is_some(), "minutesPerWeek", "must be given: the assignment says no hours");
        faults.unless(start.is_some(), "startDate", "must be given: the assignment says no period");
        faults.unless(end.is_some(), "endDate", "must be given: the assignment says no period");
        faults.finish()?;
        let (Some(effort), Some(start), Some(end)) = (effort, start, end) else {
            return Err(Refusal::invalid("minutesPerWeek", "must be given"));
        };
        Ok(ConsentTerms { effort, period: Period::between(start, end)? })
    }
}

impl ConsentRequestView {
    /// The request as somebody with these parts sees it.
    pub(super) fn of(consent: ConsentRequest, employee_name: String, host_name: String, parts: &[Part]) -> Self {
        let ConsentRequest {
            id,
            revision: _,
            response,
            employee,
            employment,
            home,
            manager,
            question,
            policy,
            silence,
            state,
            remind_at: _, // the clock's own
            expires_at,
            reminded_at,
            escalated_at,
            decision,
            conditions_accepted_at,
            created_at,
            modified_at,
        } = consent;
        let ConsentQuestion { effort, period, host, title, intended_result } = question;
        Self {
            id,
            response_id: Some(response).filter(|_| parts.contains(&Part::Employee)),
            employee_id: employee,
            employee_name,
            employment_id: employment,
            home_organisation_id: home,
            manager_id: manager,
            minutes_per_week: effort.minutes_per_week(),
            total_minutes: effort.total_minutes(),
            start_date: period.start,
            end_date: period.end,
            host_id: host,
            host_name,
            title,
            intended_result,
            policy_id: policy,
            silence,
            state,
            expires_at,
            reminded_at,
            escalated_at,
            decision: decision.map(ConsentDecisionView::from),
            conditions_accepted_at,
            created_at,
            modified_at,
        }
    }
}

impl From<ConsentDecision> for ConsentDecisionView {
    fn from(decision: ConsentDecision) -> Self {
        let ConsentDecision { by, part, reason, text, conditions, at } = decision;
        Self { decided_by_id: by, part, reason, text, conditions, decided_at: at }
    }
}
