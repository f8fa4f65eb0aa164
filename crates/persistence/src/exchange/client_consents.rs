//! What people let clients do for them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::sign_ins::ClientConsent;
use domain::{ClientConsentId, OAuthClientId, PersonId};

use crate::columns::{At, Key};
use crate::page::newest_first;
use crate::schema::exchange_sign_in::client_consents;
use crate::schema::parties::sessions;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_consents, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    person_id: Key,
    client_id: Key,
    scopes: String,
    created_at: At,
    modified_at: At,
}

impl From<&ClientConsent> for Row {
    fn from(consent: &ClientConsent) -> Self {
        let ClientConsent { id, person, client, scopes, created_at, modified_at } = consent;
        Self {
            id: (*id).into(),
            person_id: (*person).into(),
            client_id: (*client).into(),
            scopes: scopes.join(" "),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for ClientConsent {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, person_id, client_id, scopes, created_at, modified_at } = row;
        Ok(Self {
            id: id.to(),
            person: person_id.to(),
            client: client_id.to(),
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(@find client_consents, ClientConsent, ClientConsentId, Row);

/// Keeps a consent, new or widened.
pub fn put(work: &mut Work<'_>, consent: &ClientConsent) -> Result<()> {
    let row = Row::from(consent);
    each!(work.conn, |c| diesel::insert_into(client_consents::table)
        .values(&row)
        .on_conflict(client_consents::id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

/// What somebody consented to for a client, if they did.
pub fn find_of(view: &mut View<'_>, person: PersonId, client: OAuthClientId) -> Result<Option<ClientConsent>> {
    let row: Option<Row> = each!(view.conn, |c| client_consents::table
        .filter(client_consents::person_id.eq(Key::from(person)))
        .filter(client_consents::client_id.eq(Key::from(client)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// A page of what somebody consented to, newest first.
pub fn list(view: &mut View<'_>, person: PersonId, request: &PageRequest) -> Result<Page<ClientConsent>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = client_consents::table
            .filter(client_consents::person_id.eq(Key::from(person)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, client_consents::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<ClientConsent>>>()?;
    Ok(request.page(items, |consent| (String::new(), consent.id.into())))
}

/// Takes a consent back: the sessions that the client has for the person end with it.
pub fn take_back(work: &mut Work<'_>, consent: &ClientConsent) -> Result<()> {
    let now = At(work.now());
    let (person, client) = (Key::from(consent.person), Key::from(consent.client));
    each!(work.conn, |c| diesel::update(
        sessions::table
            .filter(sessions::person_id.eq(person))
            .filter(sessions::oauth_client_id.eq(client))
            .filter(sessions::revoked_at.is_null())
    )
    .set(sessions::revoked_at.eq(Some(now)))
    .execute(c))?;
    each!(work.conn, |c| diesel::delete(client_consents::table.filter(client_consents::id.eq(Key::from(consent.id))))
        .execute(c))?;
    Ok(())
}
