//! Templates of secondment agreements: versions that stay.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::secondment_agreements::AgreementTemplate;
use domain::{AgreementTemplateId, NetworkId};

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::placements::agreement_templates;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = agreement_templates, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    network_id: Key,
    version: i64,
    title: String,
    clauses: serde_json::Value,
    created_at: At,
}

impl From<&AgreementTemplate> for Row {
    fn from(template: &AgreementTemplate) -> Self {
        let AgreementTemplate { id, network, version, title, clauses, created_at } = template;
        Self {
            id: (*id).into(),
            network_id: (*network).into(),
            version: *version,
            title: title.clone(),
            clauses: to_json(clauses),
            created_at: At(*created_at),
        }
    }
}

impl TryFrom<Row> for AgreementTemplate {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, network_id, version, title, clauses, created_at } = row;
        let place = Place::new("agreement_templates", id);
        Ok(Self {
            id: id.to(),
            network: network_id.to(),
            version,
            title,
            clauses: place.json("clauses", clauses)?,
            created_at: created_at.0,
        })
    }
}

keep!(once agreement_templates, AgreementTemplate, AgreementTemplateId, Row);

/// The newest version of the template of a network, if it has one.
pub fn newest(view: &mut View<'_>, network: NetworkId) -> Result<Option<AgreementTemplate>> {
    let row: Option<Row> = each!(view.conn, |c| agreement_templates::table
        .filter(agreement_templates::network_id.eq(Key::from(network)))
        .order(agreement_templates::version.desc())
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// A page of the versions of the template of a network, newest first.
pub fn list(view: &mut View<'_>, network: NetworkId, request: &PageRequest) -> Result<Page<AgreementTemplate>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = agreement_templates::table
            .filter(agreement_templates::network_id.eq(Key::from(network)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, agreement_templates::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<AgreementTemplate>>>()?;
    Ok(request.page(items, |template| (String::new(), template.id.into())))
}
