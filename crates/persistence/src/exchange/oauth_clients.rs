//! OAuth clients and their secrets.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::oauth_clients::{OAuthClient, OAuthClientDetails, OAuthSecret};
use domain::{OAuthClientId, OAuthSecretId, OrganisationId};

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_clients::{oauth_clients, oauth_secrets};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = oauth_clients, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    kind: String,
    grant_type: String,
    name: String,
    description: Option<String>,
    redirect_uris: serde_json::Value,
    scopes: String,
    jwks: Option<serde_json::Value>,
    jwks_uri: Option<String>,
    disabled: bool,
    created_at: At,
    modified_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = oauth_secrets, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct SecretRow {
    id: Key,
    client_id: Key,
    hash: String,
    created_at: At,
    expires_at: At,
}

impl From<&OAuthClient> for Row {
    fn from(client: &OAuthClient) -> Self {
        let OAuthClient { id, revision, organisation, kind, grant, details, created_at, modified_at } = client.clone();
        let OAuthClientDetails { name, description, redirect_uris, scopes, jwks, jwks_uri, disabled } = details;
        Self {
            id: id.into(),
            revision,
            organisation_id: organisation.into(),
            kind: kind.to_string(),
            grant_type: grant.to_string(),
            name,
            description,
            redirect_uris: to_json(&redirect_uris),
            scopes: scopes.join(" "),
            jwks: jwks.as_ref().map(to_json),
            jwks_uri,
            disabled,
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for OAuthClient {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            kind,
            grant_type,
            name,
            description,
            redirect_uris,
            scopes,
            jwks,
            jwks_uri,
            disabled,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("oauth_clients", id);
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            kind: place.value("kind", &kind)?,
            grant: place.value("grant_type", &grant_type)?,
            details: OAuthClientDetails {
                name,
                description,
                redirect_uris: place.json("redirect_uris", redirect_uris)?,
                scopes: scopes.split_whitespace().map(str::to_owned).collect(),
                jwks: place.optional_json("jwks", jwks)?,
                jwks_uri,
                disabled,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

impl From<SecretRow> for OAuthSecret {
    fn from(row: SecretRow) -> Self {
        let SecretRow { id, client_id, hash, created_at, expires_at } = row;
        Self { id: id.to(), client: client_id.to(), hash, created_at: created_at.0, expires_at: expires_at.0 }
    }
}

keep!(oauth_clients, OAuthClient, OAuthClientId, Row);

/// A page of the clients of an organisation, newest first.
pub fn list(view: &mut View<'_>, organisation: OrganisationId, request: &PageRequest) -> Result<Page<OAuthClient>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = oauth_clients::table
            .filter(oauth_clients::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, oauth_clients::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<OAuthClient>>>()?;
    Ok(request.page(items, |client| (String::new(), client.id.into())))
}

/// Removes a client with its secrets.
pub fn delete(work: &mut Work<'_>, id: OAuthClientId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(oauth_clients::table.filter(oauth_clients::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}

/// Keeps a secret.
pub fn insert_secret(work: &mut Work<'_>, secret: OAuthSecret) -> Result<OAuthSecret> {
    let OAuthSecret { id, client, hash, created_at, expires_at } = secret.clone();
    let row = SecretRow {
        id: id.into(),
        client_id: client.into(),
        hash,
        created_at: At(created_at),
        expires_at: At(expires_at),
    };
    each!(work.conn, |c| diesel::insert_into(oauth_secrets::table).values(&row).execute(c))?;
    Ok(secret)
}

/// The secrets of a client, newest first, those that expired too.
pub fn secrets_of(view: &mut View<'_>, client: OAuthClientId) -> Result<Vec<OAuthSecret>> {
    let rows: Vec<SecretRow> = each!(view.conn, |c| oauth_secrets::table
        .filter(oauth_secrets::client_id.eq(Key::from(client)))
        .order(oauth_secrets::id.desc())
        .select(SecretRow::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(OAuthSecret::from).collect())
}

/// The secret of a client with this hash, if there is one.
pub fn find_secret(view: &mut View<'_>, client: OAuthClientId, hash: &str) -> Result<Option<OAuthSecret>> {
    let row: Option<SecretRow> = each!(view.conn, |c| oauth_secrets::table
        .filter(oauth_secrets::client_id.eq(Key::from(client)))
        .filter(oauth_secrets::hash.eq(hash))
        .select(SecretRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(OAuthSecret::from))
}

/// The secret of a client with this id, if there is one.
pub fn secret_of(view: &mut View<'_>, client: OAuthClientId, id: OAuthSecretId) -> Result<Option<OAuthSecret>> {
    let row: Option<SecretRow> = each!(view.conn, |c| oauth_secrets::table
        .filter(oauth_secrets::client_id.eq(Key::from(client)))
        .filter(oauth_secrets::id.eq(Key::from(id)))
        .select(SecretRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(OAuthSecret::from))
}

/// Removes a secret.
pub fn delete_secret(work: &mut Work<'_>, id: OAuthSecretId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(oauth_secrets::table.filter(oauth_secrets::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}
