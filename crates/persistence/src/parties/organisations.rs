//! Organisations and their identifiers.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::identifiers::OrganisationIdentifier;
use domain::parties::organisations::{
    GovernmentLayer, Organisation, OrganisationDetails, OrganisationKind, OrganisationStatus,
};
use domain::{OrganisationId, TextEnum, fold};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::by_text;
use crate::schema::parties::{organisation_identifiers, organisations};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

/// At most this many organisations stand above one another; the walk upward stops there.
const MAX_DEPTH: usize = 20;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organisations, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    name: String,
    search_text: String,
    kind: String,
    layer: String,
    parent_id: Option<Key>,
    town: Option<String>,
    province: Option<String>,
    invoicing_address: Option<serde_json::Value>,
    vat_number: Option<String>,
    iban: Option<String>,
    invoicing_email: Option<String>,
    commitment_statement: Option<String>,
    status: String,
    created_at: At,
    modified_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_identifiers, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct IdentifierRow {
    organisation_id: Key,
    scheme: String,
    value: String,
}

/// Which organisations are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct OrganisationFilter {
    /// Words that the name holds.
    pub search: Option<String>,
    /// The kind.
    pub kind: Option<OrganisationKind>,
    /// The layer of government.
    pub layer: Option<GovernmentLayer>,
    /// The province of the seat, as CBS code.
    pub province: Option<String>,
    /// The organisation above.
    pub parent: Option<OrganisationId>,
    /// An official identifier, in any register.
    pub identifier: Option<String>,
}

impl From<&Organisation> for Row {
    fn from(organisation: &Organisation) -> Self {
        let Organisation { id, revision, details, status, created_at, modified_at } = organisation;
        let OrganisationDetails {
            name,
            kind,
            layer,
            identifiers: _, // rows of their own
            parent,
            town,
            province,
            invoicing_address,
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
        } = details;
        Self {
            id: (*id).into(),
            revision: *revision,
            name: name.clone(),
            search_text: fold(name),
            kind: kind.to_string(),
            layer: layer.to_string(),
            parent_id: parent.map(Key::from),
            town: town.clone(),
            province: province.clone(),
            invoicing_address: invoicing_address.as_ref().map(to_json),
            vat_number: vat_number.clone(),
            iban: iban.clone(),
            invoicing_email: invoicing_email.clone(),
            commitment_statement: commitment_statement.clone(),
            status: status.to_string(),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl Row {
    fn into_organisation(self, identifiers: Vec<OrganisationIdentifier>) -> Result<Organisation> {
        let Self {
            id,
            revision,
            name,
            search_text: _, // follows from the name
            kind,
            layer,
            parent_id,
            town,
            province,
            invoicing_address,
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
            status,
            created_at,
            modified_at,
        } = self;
        let place = Place::new("organisations", id);
        Ok(Organisation {
            id: id.to(),
            revision,
            details: OrganisationDetails {
                name,
                kind: place.value("kind", &kind)?,
                layer: place.value("layer", &layer)?,
                identifiers,
                parent: parent_id.map(Key::to),
                town,
                province,
                invoicing_address: invoicing_address.map(|value| place.json("invoicing_address", value)).transpose()?,
                vat_number,
                iban,
                invoicing_email,
                commitment_statement,
            },
            status: place.value("status", &status)?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

/// The one with this id, if there is one.
pub fn find(view: &mut View<'_>, id: OrganisationId) -> Result<Option<Organisation>> {
    Ok(find_many(view, &[id])?.pop())
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: OrganisationId) -> Result<Organisation> {
    find(view, id)?.ok_or(PersistenceError::NotFound { noun: "organisation", id: id.into() })
}

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| organisations::table
        .filter(organisations::id.among(&keys))
        .select(Row::as_select())
        .load(c))?;
    with_identifiers(view, rows)
}

/// What is shown of an organisation beside what it does.
#[derive(Debug, Clone)]
pub struct Named {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// Its layer of government.
    pub layer: GovernmentLayer,
}

/// The names of those of these ids that exist, in no particular order.
pub fn named(view: &mut View<'_>, ids: &[OrganisationId]) -> Result<Vec<Named>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Key, String, String, String)> = each!(view.conn, |c| organisations::table
        .filter(organisations::id.among(ids.iter().copied().map(Key::from)))
        .select((organisations::id, organisations::name, organisations::kind, organisations::layer))
        .load(c))?;
    let named = |(id, name, kind, layer): (Key, String, String, String)| {
        let place = Place::new("organisations", id);
        Ok(Named { id: id.to(), name, kind: place.value("kind", &kind)?, layer: place.value("layer", &layer)? })
    };
    rows.into_iter().map(named).collect()
}

/// Whether one of these is part of government: the statement of `Organisation::is_part_of_government`.
pub fn any_in_government(view: &mut View<'_>, ids: &[OrganisationId]) -> Result<bool> {
    if ids.is_empty() {
        return Ok(false);
    }
    let found: Option<Key> = each!(view.conn, |c| organisations::table
        .filter(organisations::id.among(ids.iter().copied().map(Key::from)))
        .filter(organisations::kind.ne(OrganisationKind::Private.as_str()))
        .filter(organisations::status.eq(OrganisationStatus::Active.as_str()))
        .select(organisations::id)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

/// A page of organisations by name.
pub fn list(view: &mut View<'_>, filter: &OrganisationFilter, request: &PageRequest) -> Result<Page<Organisation>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = organisations::table.select(Row::as_select()).into_boxed();
        for word in fold(filter.search.as_deref().unwrap_or_default()).split_whitespace() {
            query = query.filter(organisations::search_text.like(crate::columns::containing(word)).escape('\\'));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(organisations::kind.eq(kind.as_str()));
        }
        if let Some(layer) = filter.layer {
            query = query.filter(organisations::layer.eq(layer.as_str()));
        }
        if let Some(province) = &filter.province {
            query = query.filter(organisations::province.eq(province));
        }
        if let Some(parent) = filter.parent {
            query = query.filter(organisations::parent_id.eq(Key::from(parent)));
        }
        if let Some(identifier) = &filter.identifier {
            let having = organisation_identifiers::table
                .filter(organisation_identifiers::value.eq(identifier))
                .select(organisation_identifiers::organisation_id);
            query = query.filter(organisations::id.eq_any(having));
        }
        by_text!(query, request, organisations::search_text, organisations::id).load(c)
    })?;
    let organisations = with_identifiers(view, rows)?;
    Ok(request.page(organisations, |organisation| (fold(&organisation.details.name), organisation.id.into())))
}

/// The organisations above this one, itself first.
pub fn ancestors(view: &mut View<'_>, id: OrganisationId) -> Result<Vec<OrganisationId>> {
    let mut chain = vec![id];
    let mut current = Key::from(id);
    while chain.len() < MAX_DEPTH {
        let parent: Option<Option<Key>> = each!(view.conn, |c| organisations::table
            .filter(organisations::id.eq(current))
            .select(organisations::parent_id)
            .first(c)
            .optional())?;
        let Some(Some(parent)) = parent else { break };
        chain.push(parent.to());
        current = parent;
    }
    Ok(chain)
}

/// These organisations and all below them.
pub fn descendants(view: &mut View<'_>, roots: &[OrganisationId]) -> Result<Vec<OrganisationId>> {
    let mut all: Vec<Key> = roots.iter().copied().map(Key::from).collect();
    let mut level = all.clone();
    for _ in 1..MAX_DEPTH {
        if level.is_empty() {
            break;
        }
        let below: Vec<Key> = each!(view.conn, |c| organisations::table
            .filter(organisations::parent_id.among(&level))
            .order(organisations::id)
            .select(organisations::id)
            .load(c))?;
        level = below.into_iter().filter(|key| !all.contains(key)).collect();
        all.extend(&level);
    }
    Ok(all.into_iter().map(Key::to).collect())
}

/// Whether another organisation has this identifier.
pub fn identifier_owner(view: &mut View<'_>, identifier: &OrganisationIdentifier) -> Result<Option<OrganisationId>> {
    let owner: Option<Key> = each!(view.conn, |c| organisation_identifiers::table
        .filter(organisation_identifiers::scheme.eq(identifier.scheme.as_str()))
        .filter(organisation_identifiers::value.eq(&identifier.value))
        .select(organisation_identifiers::organisation_id)
        .first(c)
        .optional())?;
    Ok(owner.map(Key::to))
}

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, organisation: Organisation) -> Result<Organisation> {
    let row = Row::from(&organisation);
    each!(work.conn, |c| diesel::insert_into(organisations::table).values(&row).execute(c))?;
    keep_identifiers(work, &organisation)?;
    Ok(organisation)
}

/// Keeps a changed one, if it is still the revision that was read.
pub fn save(work: &mut Work<'_>, organisation: Organisation) -> Result<Organisation> {
    let seen = organisation.revision;
    let organisation = Organisation { revision: seen + 1, ..organisation };
    let row = Row::from(&organisation);
    let changed = each!(work.conn, |c| diesel::update(
        organisations::table.filter(organisations::id.eq(row.id)).filter(organisations::revision.eq(seen))
    )
    .set(&row)
    .execute(c))?;
    if changed != 1 {
        return Err(PersistenceError::Stale { table: "organisations", id: row.id.0 });
    }
    each!(work.conn, |c| diesel::delete(
        organisation_identifiers::table.filter(organisation_identifiers::organisation_id.eq(row.id))
    )
    .execute(c))?;
    keep_identifiers(work, &organisation)?;
    Ok(organisation)
}

fn keep_identifiers(work: &mut Work<'_>, organisation: &Organisation) -> Result<()> {
    let rows: Vec<IdentifierRow> = organisation
        .details
        .identifiers
        .iter()
        .map(|identifier| IdentifierRow {
            organisation_id: organisation.id.into(),
            scheme: identifier.scheme.to_string(),
            value: identifier.value.clone(),
        })
        .collect();
    each!(work.conn, |c| diesel::insert_into(organisation_identifiers::table).values(&rows).execute(c))?;
    Ok(())
}

fn with_identifiers(view: &mut View<'_>, rows: Vec<Row>) -> Result<Vec<Organisation>> {
    let keys: Vec<Key> = rows.iter().map(|row| row.id).collect();
    let found: Vec<IdentifierRow> = each!(view.conn, |c| organisation_identifiers::table
        .filter(organisation_identifiers::organisation_id.among(&keys))
        .order(organisation_identifiers::scheme)
        .select(IdentifierRow::as_select())
        .load(c))?;
    let mut by_organisation: HashMap<Key, Vec<OrganisationIdentifier>> = HashMap::new();
    for IdentifierRow { organisation_id, scheme, value } in found {
        let scheme = Place::new("organisation_identifiers", organisation_id).value("scheme", &scheme)?;
        by_organisation.entry(organisation_id).or_default().push(OrganisationIdentifier { scheme, value });
    }
    rows.into_iter()
        .map(|row| {
            let identifiers = by_organisation.remove(&row.id).unwrap_or_default();
            row.into_organisation(identifiers)
        })
        .collect()
}
