//! Consent requests.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::consent_requests::{ConsentDecision, ConsentQuestion, ConsentRequest, ConsentState};
use domain::parties::mobility_policies::ConsentSilence;
use domain::{ConsentRequestId, EmploymentId, OrganisationId, PersonId, ResponseId, TextEnum};

use super::{needed_effort, period_of};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::parties::employments;
use crate::schema::responses::consent_requests;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = consent_requests, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    response_id: Key,
    employee_id: Key,
    employment_id: Key,
    home_organisation_id: Key,
    manager_id: Option<Key>,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    start_date: NaiveDate,
    end_date: NaiveDate,
    host_id: Key,
    title: String,
    intended_result: String,
    policy_id: Option<Key>,
    silence: String,
    state: String,
    remind_at: Option<At>,
    expires_at: At,
    reminded_at: Option<At>,
    escalated_at: Option<At>,
    decided_by_id: Option<Key>,
    decided_part: Option<String>,
    refusal_reason: Option<String>,
    decision_text: Option<String>,
    conditions: Option<String>,
    decided_at: Option<At>,
    conditions_accepted_at: Option<At>,
    created_at: At,
    modified_at: At,
}

/// Whose consent requests are asked for: those that somebody asked, is asked, or decides on after escalation.
#[derive(Debug, Clone)]
pub struct ConsentReader {
    /// Who reads.
    pub person: PersonId,
    /// The organisations in which they decide on what was escalated.
    pub escalated_to: Vec<OrganisationId>,
}

/// Which of those are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentPart {
    /// Any.
    Any,
    /// What they asked themselves.
    Asked,
    /// What others ask of them.
    Addressed,
}

impl From<&ConsentRequest> for Row {
    fn from(request: &ConsentRequest) -> Self {
        let ConsentRequest {
            id,
            revision,
            response,
            employee,
            employment,
            home,
            manager,
            question,
            policy,
            silence,
            state,
            remind_at,
            expires_at,
            reminded_at,
            escalated_at,
            decision,
            conditions_accepted_at,
            created_at,
            modified_at,
        } = request.clone();
        let ConsentQuestion { effort, period, host, title, intended_result } = question;
        let of_decision = decision.map(|decision| {
            let ConsentDecision { by, part, reason, text, conditions, at } = decision;
            (by.map(Key::from), part.to_string(), reason.map(|reason| reason.to_string()), text, conditions, At(at))
        });
        let (decided_by_id, decided_part, refusal_reason, decision_text, conditions, decided_at) = match of_decision {
            Some((by, part, reason, text, conditions, at)) => (by, Some(part), reason, text, conditions, Some(at)),
            None => (None, None, None, None, None, None),
        };
        Self {
            id: id.into(),
            revision,
            response_id: response.into(),
            employee_id: employee.into(),
            employment_id: employment.into(),
            home_organisation_id: home.into(),
            manager_id: manager.map(Key::from),
            minutes_per_week: effort.minutes_per_week(),
            total_minutes: effort.total_minutes(),
            start_date: period.start,
            end_date: period.end,
            host_id: host.into(),
            title,
            intended_result,
            policy_id: policy.map(Key::from),
            silence: silence.to_string(),
            state: state.to_string(),
            remind_at: remind_at.map(At),
            expires_at: At(expires_at),
            reminded_at: reminded_at.map(At),
            escalated_at: escalated_at.map(At),
            decided_by_id,
            decided_part,
            refusal_reason,
            decision_text,
            conditions,
            decided_at,
            conditions_accepted_at: conditions_accepted_at.map(At),
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for ConsentRequest {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            response_id,
            employee_id,
            employment_id,
            home_organisation_id,
            manager_id,
            minutes_per_week,
            total_minutes,
            start_date,
            end_date,
            host_id,
            title,
            intended_result,
            policy_id,
            silence,
            state,
            remind_at,
            expires_at,
            reminded_at,
            escalated_at,
            decided_by_id,
            decided_part,
            refusal_reason,
            decision_text,
            conditions,
            decided_at,
            conditions_accepted_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("consent_requests", id);
        let decision = match (decided_part, decided_at) {
            (Some(part), Some(at)) => Some(ConsentDecision {
                by: decided_by_id.map(Key::to),
                part: place.value("decided_part", &part)?,
                reason: place.optional("refusal_reason", refusal_reason.as_deref())?,
                text: decision_text,
                conditions,
                at: at.0,
            }),
            (None, None) => None,
            _ => return Err(place.corrupt("decided_at")),
        };
        Ok(Self {
            id: id.to(),
            revision,
            response: response_id.to(),
            employee: employee_id.to(),
            employment: employment_id.to(),
            home: home_organisation_id.to(),
            manager: manager_id.map(Key::to),
            question: ConsentQuestion {
                effort: needed_effort(place, minutes_per_week, total_minutes)?,
                period: period_of(place, start_date, end_date)?,
                host: host_id.to(),
                title,
                intended_result,
            },
            policy: policy_id.map(Key::to),
            silence: place.value("silence", &silence)?,
            state: place.value("state", &state)?,
            remind_at: remind_at.map(|at| at.0),
            expires_at: expires_at.0,
            reminded_at: reminded_at.map(|at| at.0),
            escalated_at: escalated_at.map(|at| at.0),
            decision,
            conditions_accepted_at: conditions_accepted_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(consent_requests, ConsentRequest, ConsentRequestId, Row);

/// The last consent request of each of these dossiers that has any.
pub fn last_of(view: &mut View<'_>, responses: &[ResponseId]) -> Result<Vec<ConsentRequest>> {
    let responses: Vec<Key> = responses.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| consent_requests::table
        .filter(consent_requests::response_id.among(&responses))
        .order((consent_requests::response_id, consent_requests::id.desc()))
        .select(Row::as_select())
        .load(c))?;
    let mut last: Vec<Row> = Vec::new();
    for row in rows {
        if last.last().is_none_or(|newer| newer.response_id != row.response_id) {
            last.push(row);
        }
    }
    last.into_iter().map(TryInto::try_into).collect()
}

/// A page of the consent requests that somebody may read, newest first. What silence has passed on is there for those
/// it was passed on to, also before the clock has written so.
pub fn list(
    view: &mut View<'_>,
    reader: &ConsentReader,
    part: ConsentPart,
    request: &PageRequest,
) -> Result<Page<ConsentRequest>> {
    let now = At(view.now());
    let person = Key::from(reader.person);
    let homes: Vec<Key> = reader.escalated_to.iter().copied().map(Key::from).collect();
    // A condition on an absent value is not true in SQL: what is assumed to be there needs no check of its own.
    let rows: Vec<Row> = each!(view.conn, |c| {
        let passed_on = consent_requests::home_organisation_id.among(homes.clone()).and(
            consent_requests::escalated_at.is_not_null().or(consent_requests::state
                .eq(ConsentState::Requested.as_str())
                .and(consent_requests::silence.eq(ConsentSilence::Escalate.as_str()))
                .and(consent_requests::expires_at.le(now))),
        );
        let addressed = consent_requests::manager_id.assume_not_null().eq(person).or(passed_on);
        let asked = consent_requests::employee_id.eq(person);
        let query = consent_requests::table.select(Row::as_select()).into_boxed();
        let query = match part {
            ConsentPart::Any => query.filter(asked.or(addressed)),
            ConsentPart::Asked => query.filter(asked),
            // Nobody decides on a request of their own.
            ConsentPart::Addressed => query.filter(addressed.and(consent_requests::employee_id.ne(person))),
        };
        newest_first!(query, request, consent_requests::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<ConsentRequest>>>()?;
    Ok(request.page(items, |consent| (String::new(), consent.id.into())))
}

/// The requests about an employment that a manager still has to answer.
pub fn asked_about(view: &mut View<'_>, employment: EmploymentId) -> Result<Vec<ConsentRequest>> {
    let rows: Vec<Row> = each!(view.conn, |c| consent_requests::table
        .filter(consent_requests::employment_id.eq(Key::from(employment)))
        .filter(consent_requests::state.eq(ConsentState::Requested.as_str()))
        .order(consent_requests::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The employments about which somebody is asked who is not the manager any more.
pub fn astray(view: &mut View<'_>, limit: u32) -> Result<Vec<EmploymentId>> {
    let keys: Vec<Key> = each!(view.conn, |c| {
        let same = employments::manager_id.assume_not_null().eq(consent_requests::manager_id.assume_not_null());
        let other = employments::manager_id.is_null().or(diesel::dsl::not(same));
        consent_requests::table
            .inner_join(employments::table.on(employments::id.eq(consent_requests::employment_id)))
            .filter(consent_requests::state.eq(ConsentState::Requested.as_str()))
            .filter(consent_requests::manager_id.is_not_null())
            .filter(other)
            .select(employments::id)
            .distinct()
            .limit(i64::from(limit))
            .load(c)
    })?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The requests for which the clock may have something to do, the most urgent first.
pub fn waiting(view: &mut View<'_>, limit: u32) -> Result<Vec<ConsentRequestId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| {
        let reminder =
            consent_requests::reminded_at.is_null().and(consent_requests::remind_at.assume_not_null().le(now));
        let asked = consent_requests::state
            .eq(ConsentState::Requested.as_str())
            .and(consent_requests::expires_at.le(now).or(reminder));
        consent_requests::table
            .filter(asked.or(consent_requests::state.eq(ConsentState::Expired.as_str())))
            .order(consent_requests::expires_at)
            .limit(i64::from(limit))
            .select(consent_requests::id)
            .load(c)
    })?;
    Ok(keys.into_iter().map(Key::to).collect())
}
