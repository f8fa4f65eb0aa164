//! The row of an assignment: what lists are narrowed and ordered by.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::assignments::{
    Assignment, AssignmentDetails, AssignmentState, Ending, EndingReason, ExternalHireEstimate,
};
use domain::market::demand::Demand;
use domain::market::effort::Effort;
use domain::market::publication_rings::PublicationPlan;
use domain::{AssignmentId, fold};

use super::parts::{Parts, TextRow};
use crate::columns::{At, Key, Place};
use crate::schema::market::assignments;
use crate::{Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = assignments, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
pub(super) struct Row {
    pub(super) id: Key,
    revision: i64,
    organisation_id: Key,
    unit_id: Option<Key>,
    owner_id: Key,
    kind: String,
    title: String,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    weekly_minutes: Option<i64>,
    start_date: Option<NaiveDate>,
    end_date: Option<NaiveDate>,
    positions: i64,
    scale_level: String,
    region: Option<String>,
    region_text: Option<String>,
    remote: String,
    charge_basis: String,
    external_hire_minutes: Option<i64>,
    external_hire_hourly_rate_cents: Option<i64>,
    programme_label: Option<String>,
    programme_text: Option<String>,
    state: String,
    deadline: Option<At>,
    published_at: Option<At>,
    listed_at: At,
    closed_at: Option<At>,
    ending_reason: Option<String>,
    ended_at: Option<At>,
    created_at: At,
    modified_at: At,
}

/// What a klus asks, of what stands in its row.
#[derive(Queryable, Selectable)]
#[diesel(table_name = assignments, check_for_backend(Sqlite, Pg))]
pub(super) struct DemandRow {
    id: Key,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    start_date: Option<NaiveDate>,
    end_date: Option<NaiveDate>,
    remote: String,
}

impl DemandRow {
    pub(super) fn into_demand(self, parts: &mut Parts) -> Result<(AssignmentId, Demand)> {
        let Self { id, minutes_per_week, total_minutes, start_date, end_date, remote } = self;
        let (required_skills, preferred_skills) = parts.skills.remove(&id).unwrap_or_default();
        let sought = Demand {
            required_skills,
            preferred_skills,
            education_levels: parts.education_levels.remove(&id).unwrap_or_default(),
            interests: parts.interests.remove(&id).unwrap_or_default(),
            effort: effort_of(minutes_per_week, total_minutes),
            start_date,
            end_date,
            remote: Place::new("assignments", id).value("remote", &remote)?,
        };
        Ok((id.to(), sought))
    }
}

fn effort_of(minutes_per_week: Option<i64>, total_minutes: Option<i64>) -> Option<Effort> {
    minutes_per_week.map(Effort::MinutesPerWeek).or(total_minutes.map(Effort::TotalMinutes))
}

/// The place of an assignment in lists: when it was published, or else drafted.
pub(super) fn listed_at(assignment: &Assignment) -> At {
    At(assignment.published_at.unwrap_or(assignment.created_at))
}

impl From<&Assignment> for Row {
    fn from(assignment: &Assignment) -> Self {
        let Assignment {
            id,
            revision,
            organisation,
            unit,
            owner,
            co_owners: _, // rows of their own
            details,
            state,
            deadline,
            plan: _, // rows of their own
            published_at,
            closed_at,
            review_remarks: _, // with the texts
            ending,
            created_at,
            modified_at,
        } = assignment;
        let AssignmentDetails {
            kind,
            title,
            description: _,     // with the texts
            intended_result: _, // with the texts
            deliverables: _,    // with the texts
            planning: _,        // with the texts
            effort,
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            location: _, // with the texts
            remote,
            required_skills: _,  // rows of their own
            preferred_skills: _, // rows of their own
            education_levels: _, // rows of their own
            interests: _,        // rows of their own
            charge_basis,
            external_hire,
            programme_label,
        } = details;
        Self {
            id: (*id).into(),
            revision: *revision,
            organisation_id: (*organisation).into(),
            unit_id: unit.map(Key::from),
            owner_id: (*owner).into(),
            kind: kind.to_string(),
            title: title.clone(),
            minutes_per_week: effort.and_then(Effort::minutes_per_week),
            total_minutes: effort.and_then(Effort::total_minutes),
            weekly_minutes: effort.and_then(|effort| effort.average_minutes_per_week(details.period())),
            start_date: *start_date,
            end_date: *end_date,
            positions: i64::from(*positions),
            scale_level: scale_level.to_string(),
            region: region.clone(),
            region_text: region.as_deref().map(fold),
            remote: remote.to_string(),
            charge_basis: charge_basis.to_string(),
            external_hire_minutes: external_hire.map(|estimate| estimate.minutes),
            external_hire_hourly_rate_cents: external_hire.map(|estimate| estimate.hourly_rate_cents),
            programme_label: programme_label.clone(),
            programme_text: programme_label.as_deref().map(fold),
            state: state.to_string(),
            deadline: deadline.map(At),
            published_at: published_at.map(At),
            listed_at: listed_at(assignment),
            closed_at: closed_at.map(At),
            ending_reason: ending.as_ref().map(|ending| ending.reason.as_str().to_owned()),
            ended_at: ending.as_ref().map(|ending| At(ending.at)),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl Row {
    /// Whether it had been published when it was last kept.
    pub(super) fn is_published_before(&self, view: &mut View<'_>) -> Result<bool> {
        let before: Option<Option<At>> = each!(view.conn, |c| assignments::table
            .filter(assignments::id.eq(self.id))
            .select(assignments::published_at)
            .first(c)
            .optional())?;
        Ok(before.flatten().is_some())
    }

    pub(super) fn into_assignment(self, parts: &mut Parts) -> Result<Assignment> {
        let Self {
            id,
            revision,
            organisation_id,
            unit_id,
            owner_id,
            kind,
            title,
            minutes_per_week,
            total_minutes,
            weekly_minutes: _, // follows from effort and period
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            region_text: _, // follows from the region
            remote,
            charge_basis,
            external_hire_minutes,
            external_hire_hourly_rate_cents,
            programme_label,
            programme_text: _, // follows from the label
            state,
            deadline,
            published_at,
            listed_at: _, // follows from the moments
            closed_at,
            ending_reason,
            ended_at,
            created_at,
            modified_at,
        } = self;
        let place = Place::new("assignments", id);
        let TextRow {
            assignment_id: _,
            description,
            intended_result,
            deliverables,
            planning,
            location,
            review_remarks,
            ending_note,
        } = parts.texts.remove(&id).ok_or_else(|| place.corrupt("id"))?;
        let state: AssignmentState = place.value("state", &state)?;
        let ending = match (ending_reason, ended_at) {
            (Some(reason), Some(at)) => {
                let reason = EndingReason::parse(state, &reason).ok_or_else(|| place.corrupt("ending_reason"))?;
                Some(Ending { reason, note: ending_note, at: at.0 })
            }
            _ => None,
        };
        let effort = effort_of(minutes_per_week, total_minutes);
        let external_hire = external_hire_minutes
            .zip(external_hire_hourly_rate_cents)
            .map(|(minutes, hourly_rate_cents)| ExternalHireEstimate { minutes, hourly_rate_cents });
        let (required_skills, preferred_skills) = parts.skills.remove(&id).unwrap_or_default();
        Ok(Assignment {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            unit: unit_id.map(Key::to),
            owner: owner_id.to(),
            co_owners: parts.co_owners.remove(&id).unwrap_or_default(),
            details: AssignmentDetails {
                kind: place.value("kind", &kind)?,
                title,
                description,
                intended_result,
                deliverables: place.json("deliverables", deliverables)?,
                planning,
                effort,
                start_date,
                end_date,
                positions: place.count("positions", positions)?,
                scale_level: place.value("scale_level", &scale_level)?,
                region,
                location,
                remote: place.value("remote", &remote)?,
                required_skills,
                preferred_skills,
                education_levels: parts.education_levels.remove(&id).unwrap_or_default(),
                interests: parts.interests.remove(&id).unwrap_or_default(),
                charge_basis: place.value("charge_basis", &charge_basis)?,
                external_hire,
                programme_label,
            },
            state,
            deadline: deadline.map(|at| at.0),
            plan: parts.rings.remove(&id).map(|rings| PublicationPlan { rings }),
            published_at: published_at.map(|at| at.0),
            closed_at: closed_at.map(|at| at.0),
            review_remarks,
            ending,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}
