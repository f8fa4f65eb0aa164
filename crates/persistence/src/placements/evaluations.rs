//! Evaluations of placements: each stays as it was given.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::evaluations::{Evaluation, EvaluationContent};
use domain::{EvaluationId, PlacementId};

use crate::columns::{At, Key, Place};
use crate::schema::placements::evaluations;
use crate::{PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = evaluations, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    placement_id: Key,
    party: String,
    by_id: Key,
    result: String,
    learned: Option<String>,
    brought_back: Option<String>,
    effect_on_department: Option<String>,
    backfill_needed: Option<bool>,
    created_at: At,
}

impl From<&Evaluation> for Row {
    fn from(evaluation: &Evaluation) -> Self {
        let Evaluation { id, placement, party, by, content, created_at } = evaluation.clone();
        let EvaluationContent { result, learned, brought_back, effect_on_department, backfill_needed } = content;
        Self {
            id: id.into(),
            placement_id: placement.into(),
            party: party.to_string(),
            by_id: by.into(),
            result: result.to_string(),
            learned,
            brought_back,
            effect_on_department,
            backfill_needed,
            created_at: At(created_at),
        }
    }
}

impl TryFrom<Row> for Evaluation {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            placement_id,
            party,
            by_id,
            result,
            learned,
            brought_back,
            effect_on_department,
            backfill_needed,
            created_at,
        } = row;
        let place = Place::new("evaluations", id);
        let result = place.value("result", &result)?;
        Ok(Self {
            id: id.to(),
            placement: placement_id.to(),
            party: place.value("party", &party)?,
            by: by_id.to(),
            content: EvaluationContent { result, learned, brought_back, effect_on_department, backfill_needed },
            created_at: created_at.0,
        })
    }
}

keep!(once evaluations, Evaluation, EvaluationId, Row);

/// The evaluations of a placement, at most one for each party, in the order in which they were given.
pub fn of_placement(view: &mut View<'_>, placement: PlacementId) -> Result<Vec<Evaluation>> {
    let rows: Vec<Row> = each!(view.conn, |c| evaluations::table
        .filter(evaluations::placement_id.eq(Key::from(placement)))
        .order(evaluations::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}
