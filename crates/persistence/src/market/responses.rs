//! Responses to assignments.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::assignments::PlacementTally;
use domain::market::effort::Effort;
use domain::market::responses::{
    HomeAtSubmission, Outcome, OutcomeReason, PlacementStage, Response, ResponseContent, ResponseState,
};
use domain::{AssignmentId, EmploymentId, PersonId, ResponseId, TextEnum, local_date};

use super::effort_of;
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::market::assignments;
use crate::schema::parties::employments;
use crate::schema::responses::{response_advisers, responses};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = responses, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    assignment_id: Key,
    person_id: Key,
    motivation: String,
    learning_goal: Option<String>,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    channel: String,
    home_organisation_id: Option<Key>,
    home_employment_id: Option<Key>,
    home_policy_id: Option<Key>,
    state: String,
    placement_stage: Option<String>,
    outcome_reason: Option<String>,
    outcome_note: Option<String>,
    outcome_at: Option<At>,
    reopening_offered_at: Option<At>,
    submitted_at: Option<At>,
    accepted_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&Response> for Row {
    fn from(response: &Response) -> Self {
        let Response {
            id,
            revision,
            assignment,
            person,
            content,
            channel,
            home,
            state,
            stage,
            outcome,
            reopening_offered_at,
            submitted_at,
            accepted_at,
            created_at,
            modified_at,
        } = response.clone();
        let ResponseContent { motivation, learning_goal, effort } = content;
        let (organisation, employment, policy) = match home {
            Some(HomeAtSubmission { organisation, employment, policy }) => {
                (Some(organisation), Some(employment), policy)
            }
            None => (None, None, None),
        };
        let (reason, note, at) = match outcome {
            Some(Outcome { reason, note, at }) => (reason.as_str(), note, Some(at)),
            None => (None, None, None),
        };
        Self {
            id: id.into(),
            revision,
            assignment_id: assignment.into(),
            person_id: person.into(),
            motivation,
            learning_goal,
            minutes_per_week: effort.and_then(Effort::minutes_per_week),
            total_minutes: effort.and_then(Effort::total_minutes),
            channel: channel.to_string(),
            home_organisation_id: organisation.map(Key::from),
            home_employment_id: employment.map(Key::from),
            home_policy_id: policy.map(Key::from),
            state: state.to_string(),
            placement_stage: stage.map(|stage| stage.to_string()),
            outcome_reason: reason.map(str::to_owned),
            outcome_note: note,
            outcome_at: at.map(At),
            reopening_offered_at: reopening_offered_at.map(At),
            submitted_at: submitted_at.map(At),
            accepted_at: accepted_at.map(At),
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for Response {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            assignment_id,
            person_id,
            motivation,
            learning_goal,
            minutes_per_week,
            total_minutes,
            channel,
            home_organisation_id,
            home_employment_id,
            home_policy_id,
            state,
            placement_stage,
            outcome_reason,
            outcome_note,
            outcome_at,
            reopening_offered_at,
            submitted_at,
            accepted_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("responses", id);
        let state: ResponseState = place.value("state", &state)?;
        let outcome = match outcome_at {
            Some(at) => Some(Outcome {
                reason: OutcomeReason::parse(state, outcome_reason.as_deref())
                    .ok_or_else(|| place.corrupt("outcome_reason"))?,
                note: outcome_note,
                at: at.0,
            }),
            None => None,
        };
        let home = match (home_organisation_id, home_employment_id) {
            (Some(organisation), Some(employment)) => Some(HomeAtSubmission {
                organisation: organisation.to(),
                employment: employment.to(),
                policy: home_policy_id.map(Key::to),
            }),
            (None, None) => None,
            _ => return Err(place.corrupt("home_employment_id")),
        };
        Ok(Self {
            id: id.to(),
            revision,
            assignment: assignment_id.to(),
            person: person_id.to(),
            content: ResponseContent {
                motivation,
                learning_goal,
                effort: effort_of(place, minutes_per_week, total_minutes)?,
            },
            channel: place.value("channel", &channel)?,
            home,
            state,
            stage: place.optional("placement_stage", placement_stage.as_deref())?,
            outcome,
            reopening_offered_at: reopening_offered_at.map(|at| at.0),
            submitted_at: submitted_at.map(|at| at.0),
            accepted_at: accepted_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(responses, Response, ResponseId, Row);
keep!(many responses, Response, Row);

/// The states in which a response has ended without a placement.
fn ends() -> Vec<&'static str> {
    ResponseState::ALL.iter().filter(|state| state.is_end()).map(|state| state.as_str()).collect()
}

/// The states in which somebody waits for an outcome.
fn open() -> Vec<&'static str> {
    let is_open = |state: &&ResponseState| !state.is_end() && **state != ResponseState::Confirmed;
    ResponseState::ALL.iter().filter(is_open).map(|state| state.as_str()).collect()
}

/// All responses to an assignment that have no outcome yet, drafts included: they lapse when it ends.
pub fn open_of_assignment(view: &mut View<'_>, assignment: AssignmentId) -> Result<Vec<Response>> {
    let rows: Vec<Row> = each!(view.conn, |c| responses::table
        .filter(responses::assignment_id.eq(Key::from(assignment)))
        .filter(responses::state.among(open()))
        .order(responses::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// All responses from an employment that were submitted and have no outcome yet.
pub fn open_of_employment(view: &mut View<'_>, employment: EmploymentId) -> Result<Vec<Response>> {
    let rows: Vec<Row> = each!(view.conn, |c| responses::table
        .filter(responses::home_employment_id.eq(Key::from(employment)))
        .filter(responses::state.among(under_way()))
        .order(responses::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The employments that are over and from which responses are still under way.
pub fn left_behind(view: &mut View<'_>, limit: u32) -> Result<Vec<EmploymentId>> {
    let today = local_date(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| employments::table
        .inner_join(responses::table.on(responses::home_employment_id.eq(employments::id.nullable())))
        .filter(responses::state.among(under_way()))
        .filter(employments::end_date.lt(today))
        .select(employments::id)
        .distinct()
        .limit(i64::from(limit))
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The states between submission and outcome.
fn under_way() -> Vec<&'static str> {
    open().into_iter().filter(|state| *state != ResponseState::Draft.as_str()).collect()
}

/// The live response of a person to an assignment, if there is one.
pub fn find_live(view: &mut View<'_>, assignment: AssignmentId, person: PersonId) -> Result<Option<Response>> {
    let row: Option<Row> = each!(view.conn, |c| responses::table
        .filter(responses::assignment_id.eq(Key::from(assignment)))
        .filter(responses::person_id.eq(Key::from(person)))
        .filter(responses::state.not_among(ends()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// A page of the responses of a person, newest first; to one assignment where it is given.
pub fn of_person(
    view: &mut View<'_>,
    person: PersonId,
    assignment: Option<AssignmentId>,
    request: &PageRequest,
) -> Result<Page<Response>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query =
            responses::table.filter(responses::person_id.eq(Key::from(person))).select(Row::as_select()).into_boxed();
        if let Some(assignment) = assignment {
            query = query.filter(responses::assignment_id.eq(Key::from(assignment)));
        }
        newest_first!(query, request, responses::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Response>>>()?;
    Ok(request.page(items, |response| (String::new(), response.id.into())))
}

/// A page of the responses to an assignment that were ever submitted, newest first. Drafts are the employee's own.
pub fn submitted_to(view: &mut View<'_>, assignment: AssignmentId, request: &PageRequest) -> Result<Page<Response>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = responses::table
            .filter(responses::assignment_id.eq(Key::from(assignment)))
            .filter(responses::submitted_at.is_not_null())
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, responses::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Response>>>()?;
    Ok(request.page(items, |response| (String::new(), response.id.into())))
}

/// The drafts to assignments whose deadline has passed, the longest ago first.
pub fn overdue_drafts(view: &mut View<'_>, limit: u32) -> Result<Vec<ResponseId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| responses::table
        .inner_join(assignments::table.on(assignments::id.eq(responses::assignment_id)))
        .filter(responses::state.eq(ResponseState::Draft.as_str()))
        .filter(assignments::deadline.le(now))
        .order((assignments::deadline, responses::id))
        .limit(i64::from(limit))
        .select(responses::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The positions of an assignment that are taken, by how far their placements are.
pub fn placements_of_assignment(view: &mut View<'_>, assignment: AssignmentId) -> Result<PlacementTally> {
    let stages: Vec<(Key, Option<String>)> = each!(view.conn, |c| responses::table
        .filter(responses::assignment_id.eq(Key::from(assignment)))
        .filter(responses::state.eq(ResponseState::Confirmed.as_str()))
        .select((responses::id, responses::placement_stage))
        .load(c))?;
    let mut tally = PlacementTally::default();
    for (id, stage) in stages {
        let place = Place::new("responses", id);
        match place.optional("placement_stage", stage.as_deref())? {
            Some(PlacementStage::Running) => tally.running += 1,
            Some(PlacementStage::Ended) => tally.ended += 1,
            Some(PlacementStage::Confirmed) | None => tally.confirmed += 1,
        }
    }
    Ok(tally)
}

/// With whom an employee shared a dossier, if with anybody.
pub fn adviser_of(view: &mut View<'_>, response: ResponseId) -> Result<Option<PersonId>> {
    let key: Option<Key> = each!(view.conn, |c| response_advisers::table
        .filter(response_advisers::response_id.eq(Key::from(response)))
        .select(response_advisers::person_id)
        .first(c)
        .optional())?;
    Ok(key.map(Key::to))
}

/// With whom each of these dossiers is shared, where it is.
pub fn advisers_of(view: &mut View<'_>, responses: &[ResponseId]) -> Result<HashMap<ResponseId, PersonId>> {
    let keys: Vec<Key> = responses.iter().copied().map(Key::from).collect();
    let rows: Vec<(Key, Key)> = each!(view.conn, |c| response_advisers::table
        .filter(response_advisers::response_id.among(&keys))
        .select((response_advisers::response_id, response_advisers::person_id))
        .load(c))?;
    Ok(rows.into_iter().map(|(response, adviser)| (response.to(), adviser.to())).collect())
}

/// Shares a dossier with an adviser instead of the one it was shared with; with nobody where none is given.
pub fn share(work: &mut Work<'_>, response: ResponseId, adviser: Option<PersonId>) -> Result<()> {
    each!(work.conn, |c| diesel::delete(
        response_advisers::table.filter(response_advisers::response_id.eq(Key::from(response)))
    )
    .execute(c))?;
    if let Some(adviser) = adviser {
        let values = (
            response_advisers::response_id.eq(Key::from(response)),
            response_advisers::person_id.eq(Key::from(adviser)),
            response_advisers::shared_at.eq(At(work.now())),
        );
        each!(work.conn, |c| diesel::insert_into(response_advisers::table).values(values).execute(c))?;
    }
    Ok(())
}
