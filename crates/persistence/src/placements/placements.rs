//! Placements.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::capacity::Claim;
use domain::placements::placements::{Placement, PlacementState};
use domain::{
    ArrangementId, AssignmentId, EmploymentId, OrganisationId, PersonId, PlacementId, ResponseId, TextEnum, local_date,
};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::placements::placements;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = placements, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    response_id: Key,
    assignment_id: Key,
    offer_id: Key,
    person_id: Key,
    employment_id: Key,
    home_organisation_id: Key,
    host_organisation_id: Key,
    arrangement_id: Key,
    hours: String,
    stretches: serde_json::Value,
    start_date: NaiveDate,
    last_date: NaiveDate,
    charge_basis: String,
    hourly_rate_cents: Option<i64>,
    light_flow: bool,
    return_plan: serde_json::Value,
    talks_weeks: i64,
    talks_date: NaiveDate,
    state: String,
    notice: Option<serde_json::Value>,
    cancelled: Option<String>,
    returned: Option<serde_json::Value>,
    converted: Option<serde_json::Value>,
    confirmed_at: Option<At>,
    risk_told_at: Option<At>,
    talks_told_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&Placement> for Row {
    fn from(placement: &Placement) -> Self {
        let Placement {
            id,
            revision,
            response,
            assignment,
            offer,
            person,
            employment,
            home,
            host,
            arrangement,
            hours,
            stretches,
            charge_basis,
            hourly_rate_cents,
            light_flow,
            return_plan,
            talks_weeks,
            state,
            notice,
            cancelled,
            returned,
            converted,
            confirmed_at,
            risk_told_at,
            talks_told_at,
            created_at,
            modified_at,
        } = placement;
        Self {
            id: (*id).into(),
            revision: *revision,
            response_id: (*response).into(),
            assignment_id: (*assignment).into(),
            offer_id: (*offer).into(),
            person_id: (*person).into(),
            employment_id: (*employment).into(),
            home_organisation_id: (*home).into(),
            host_organisation_id: (*host).into(),
            arrangement_id: (*arrangement).into(),
            hours: hours.to_string(),
            stretches: to_json(stretches),
            start_date: placement.period().start,
            last_date: placement.last_day(),
            charge_basis: charge_basis.to_string(),
            hourly_rate_cents: *hourly_rate_cents,
            light_flow: *light_flow,
            return_plan: to_json(return_plan),
            talks_weeks: i64::from(*talks_weeks),
            talks_date: placement.talks_date(),
            state: state.to_string(),
            notice: notice.as_ref().map(to_json),
            cancelled: cancelled.map(|reason| reason.to_string()),
            returned: returned.as_ref().map(to_json),
            converted: converted.as_ref().map(to_json),
            confirmed_at: confirmed_at.map(At),
            risk_told_at: risk_told_at.map(At),
            talks_told_at: talks_told_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Placement {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            response_id,
            assignment_id,
            offer_id,
            person_id,
            employment_id,
            home_organisation_id,
            host_organisation_id,
            arrangement_id,
            hours,
            stretches,
            start_date: _, // follows from the stretches
            last_date: _,  // follows from stretches, notice and conversion
            charge_basis,
            hourly_rate_cents,
            light_flow,
            return_plan,
            talks_weeks,
            talks_date: _, // follows from the last day
            state,
            notice,
            cancelled,
            returned,
            converted,
            confirmed_at,
            risk_told_at,
            talks_told_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("placements", id);
        Ok(Self {
            id: id.to(),
            revision,
            response: response_id.to(),
            assignment: assignment_id.to(),
            offer: offer_id.to(),
            person: person_id.to(),
            employment: employment_id.to(),
            home: home_organisation_id.to(),
            host: host_organisation_id.to(),
            arrangement: arrangement_id.to(),
            hours: place.value("hours", &hours)?,
            stretches: place.json("stretches", stretches)?,
            charge_basis: place.value("charge_basis", &charge_basis)?,
            hourly_rate_cents,
            light_flow,
            return_plan: place.json("return_plan", return_plan)?,
            talks_weeks: place.count("talks_weeks", talks_weeks)?,
            state: place.value("state", &state)?,
            notice: place.optional_json("notice", notice)?,
            cancelled: place.optional("cancelled", cancelled.as_deref())?,
            returned: place.optional_json("returned", returned)?,
            converted: place.optional_json("converted", converted)?,
            confirmed_at: confirmed_at.map(|at| at.0),
            risk_told_at: risk_told_at.map(|at| at.0),
            talks_told_at: talks_told_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(placements, Placement, PlacementId, Row);

/// Whose placements are asked for.
#[derive(Debug, Clone)]
pub enum Of {
    /// Of who does the work.
    Person(PersonId),
    /// Of a klus.
    Assignment(AssignmentId),
    /// Of employments, from their confirmation on.
    Employments(Vec<EmploymentId>),
    /// Of organisations that lend or borrow, from their confirmation on.
    Organisations(Vec<OrganisationId>),
}

/// A page of placements, newest first; in one state where it is given.
pub fn list(
    view: &mut View<'_>,
    of: &Of,
    state: Option<PlacementState>,
    request: &PageRequest,
) -> Result<Page<Placement>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = placements::table.select(Row::as_select()).into_boxed();
        let query = match of {
            Of::Person(person) => query.filter(placements::person_id.eq(Key::from(*person))),
            Of::Assignment(assignment) => query.filter(placements::assignment_id.eq(Key::from(*assignment))),
            Of::Employments(employments) => {
                let keys: Vec<Key> = employments.iter().copied().map(Key::from).collect();
                query.filter(placements::employment_id.among(keys)).filter(placements::confirmed_at.is_not_null())
            }
            Of::Organisations(organisations) => {
                let keys: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
                query.filter(placements::confirmed_at.is_not_null()).filter(
                    placements::home_organisation_id
                        .among(keys.clone())
                        .or(placements::host_organisation_id.among(keys)),
                )
            }
        };
        let query = match state {
            Some(state) => query.filter(placements::state.eq(state.as_str())),
            None => query,
        };
        newest_first!(query, request, placements::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Placement>>>()?;
    Ok(request.page(items, |placement| (String::new(), placement.id.into())))
}

/// The placement of a dossier that was not cancelled, if there is one.
pub fn find_of_response(view: &mut View<'_>, response: ResponseId) -> Result<Option<Placement>> {
    let row: Option<Row> = each!(view.conn, |c| placements::table
        .filter(placements::response_id.eq(Key::from(response)))
        .filter(placements::state.ne(PlacementState::Cancelled.as_str()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// The placements of a klus that were confirmed and did not fall away.
pub fn of_assignment(view: &mut View<'_>, assignment: AssignmentId) -> Result<Vec<Placement>> {
    let rows: Vec<Row> = each!(view.conn, |c| placements::table
        .filter(placements::assignment_id.eq(Key::from(assignment)))
        .filter(placements::state.not_among(["PLANNED", "CANCELLED"]))
        .order(placements::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The placements on a series of arrangements that take hours from it.
pub fn on_arrangement(view: &mut View<'_>, series: ArrangementId) -> Result<Vec<Placement>> {
    let rows: Vec<Row> = each!(view.conn, |c| placements::table
        .filter(placements::arrangement_id.eq(Key::from(series)))
        .filter(placements::state.not_among(["PLANNED", "CANCELLED"]))
        .order(placements::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What placements take from a series of arrangements, without one of them.
pub fn claims_on(view: &mut View<'_>, series: ArrangementId, without: Option<PlacementId>) -> Result<Vec<Claim>> {
    let all = on_arrangement(view, series)?;
    Ok(all.iter().filter(|placement| Some(placement.id) != without).map(Placement::claim).collect())
}

/// The placements that the clock has to look at: to start or to block, past their last day, planned for a dossier that
/// has ended, or running while it is time to talk about what comes after and nobody was told.
pub fn due(view: &mut View<'_>, limit: u32) -> Result<Vec<PlacementId>> {
    use crate::schema::responses::responses;
    let today = local_date(view.now());
    let ended = ["WITHDRAWN", "NOT_SELECTED", "DECLINED", "LAPSED", "CONSENT_REFUSED"];
    let keys: Vec<Key> = each!(view.conn, |c| placements::table
        .inner_join(responses::table.on(responses::id.eq(placements::response_id)))
        .filter(
            placements::state
                .among(["CONFIRMED", "BLOCKED"])
                .and(placements::start_date.le(today))
                .or(placements::state.eq("RUNNING").and(placements::last_date.lt(today)))
                .or(placements::state
                    .eq("RUNNING")
                    .and(placements::talks_told_at.is_null())
                    .and(placements::talks_date.le(today)))
                .or(placements::state.eq("PLANNED").and(responses::state.among(ended))),
        )
        .order(placements::id)
        .limit(i64::from(limit))
        .select(placements::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The placements that are to be blocked before their first day, or are blocked no more: of which consent was lost, or
/// the arrangement is paused, or neither is so any more.
pub fn wavering(view: &mut View<'_>, limit: u32) -> Result<Vec<PlacementId>> {
    use crate::schema::placements::arrangements;
    use crate::schema::responses::consent_requests;
    let keys: Vec<Key> = each!(view.conn, |c| {
        let in_state = |states: &'static [&'static str]| {
            consent_requests::table
                .filter(consent_requests::state.among(states.iter().copied()))
                .select(consent_requests::response_id)
        };
        let paused = arrangements::table.filter(arrangements::state.eq("PAUSED")).select(arrangements::series_id);
        let fallen = placements::response_id
            .eq_any(in_state(&["REVOKED", "WITHDRAWN"]))
            .and(placements::response_id.ne_all(in_state(&["GRANTED"])))
            .or(placements::arrangement_id.eq_any(paused));
        placements::table
            .filter(
                placements::state
                    .eq("CONFIRMED")
                    .and(fallen.clone())
                    .or(placements::state.eq("BLOCKED").and(diesel::dsl::not(fallen))),
            )
            .order(placements::id)
            .limit(i64::from(limit))
            .select(placements::id)
            .load(c)
    })?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The placements that stand and outlive their employment, of which nobody was told yet.
pub fn at_risk(view: &mut View<'_>, limit: u32) -> Result<Vec<PlacementId>> {
    use crate::schema::parties::employments;
    let keys: Vec<Key> = each!(view.conn, |c| placements::table
        .inner_join(employments::table.on(employments::id.eq(placements::employment_id)))
        .filter(placements::state.among(["CONFIRMED", "BLOCKED", "RUNNING"]))
        .filter(placements::risk_told_at.is_null())
        .filter(employments::end_date.lt(placements::last_date.nullable()))
        .order(placements::id)
        .limit(i64::from(limit))
        .select(placements::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}
