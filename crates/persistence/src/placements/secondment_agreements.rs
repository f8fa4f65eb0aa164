//! Secondment agreements, version by version, with what was shown to who signed them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::secondment_agreements::{Agreement, AgreementState, ShownAs};
use domain::{AgreementId, PlacementId, TextEnum};

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::placements::{agreement_renderings, secondment_agreements};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = secondment_agreements, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    placement_id: Key,
    version: i64,
    template_id: Option<Key>,
    terms: serde_json::Value,
    state: String,
    laid_down: Option<serde_json::Value>,
    signatures: serde_json::Value,
    created_at: At,
    modified_at: At,
}

impl From<&Agreement> for Row {
    fn from(agreement: &Agreement) -> Self {
        let Agreement {
            id,
            revision,
            placement,
            version,
            template,
            terms,
            state,
            laid_down,
            signatures,
            created_at,
            modified_at,
        } = agreement;
        Self {
            id: (*id).into(),
            revision: *revision,
            placement_id: (*placement).into(),
            version: *version,
            template_id: template.map(Key::from),
            terms: to_json(terms),
            state: state.to_string(),
            laid_down: laid_down.as_ref().map(to_json),
            signatures: to_json(signatures),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Agreement {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            placement_id,
            version,
            template_id,
            terms,
            state,
            laid_down,
            signatures,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("secondment_agreements", id);
        Ok(Self {
            id: id.to(),
            revision,
            placement: placement_id.to(),
            version,
            template: template_id.map(Key::to),
            terms: place.json("terms", terms)?,
            state: place.value("state", &state)?,
            laid_down: place.optional_json("laid_down", laid_down)?,
            signatures: place.json("signatures", signatures)?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(secondment_agreements, Agreement, AgreementId, Row);

/// A page of the versions of the agreement of a placement, newest first.
pub fn list(view: &mut View<'_>, placement: PlacementId, request: &PageRequest) -> Result<Page<Agreement>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = secondment_agreements::table
            .filter(secondment_agreements::placement_id.eq(Key::from(placement)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, secondment_agreements::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Agreement>>>()?;
    Ok(request.page(items, |agreement| (String::new(), agreement.id.into())))
}

/// The versions of the agreement of a placement that were not withdrawn, the first one first.
pub fn versions(view: &mut View<'_>, placement: PlacementId) -> Result<Vec<Agreement>> {
    let rows: Vec<Row> = each!(view.conn, |c| secondment_agreements::table
        .filter(secondment_agreements::placement_id.eq(Key::from(placement)))
        .filter(secondment_agreements::state.ne(AgreementState::Withdrawn.as_str()))
        .order(secondment_agreements::version)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Keeps what is shown of an agreement, instead of what was kept before its words were fixed anew.
pub fn keep_rendering(work: &mut Work<'_>, agreement: AgreementId, form: ShownAs, content: &[u8]) -> Result<()> {
    let key = Key::from(agreement);
    each!(work.conn, |c| diesel::delete(
        agreement_renderings::table
            .filter(agreement_renderings::agreement_id.eq(key))
            .filter(agreement_renderings::form.eq(form.as_str()))
    )
    .execute(c))?;
    let values = (
        agreement_renderings::agreement_id.eq(key),
        agreement_renderings::form.eq(form.as_str()),
        agreement_renderings::content.eq(content),
    );
    each!(work.conn, |c| diesel::insert_into(agreement_renderings::table).values(values).execute(c))?;
    Ok(())
}

/// What was shown of an agreement in this form, if its words were ever fixed.
pub fn rendering(view: &mut View<'_>, agreement: AgreementId, form: ShownAs) -> Result<Option<Vec<u8>>> {
    Ok(each!(view.conn, |c| agreement_renderings::table
        .filter(agreement_renderings::agreement_id.eq(Key::from(agreement)))
        .filter(agreement_renderings::form.eq(form.as_str()))
        .select(agreement_renderings::content)
        .first(c)
        .optional())?)
}
