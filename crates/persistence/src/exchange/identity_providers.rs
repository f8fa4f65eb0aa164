//! Identity providers, and the e-mail domains that lead to them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::identity_providers::{IdentityProvider, IdentityProviderDetails};
use domain::{IdentityProviderId, OrganisationId};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, joined, to_json};
use crate::page::newest_first;
use crate::schema::exchange_sign_in::{identity_provider_domains, identity_providers};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = identity_providers, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    name: String,
    issuer: String,
    client_id: String,
    authentication: String,
    client_secret: Option<String>,
    staff_claim: String,
    staff_key: String,
    algorithms: String,
    clock_skew_seconds: i64,
    audiences: serde_json::Value,
    email_domains: serde_json::Value,
    enabled: bool,
    created_at: At,
    modified_at: At,
}

impl From<&IdentityProvider> for Row {
    fn from(provider: &IdentityProvider) -> Self {
        let IdentityProvider { id, revision, organisation, details, created_at, modified_at } = provider.clone();
        let IdentityProviderDetails {
            name,
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences,
            email_domains,
            enabled,
        } = details;
        Self {
            id: id.into(),
            revision,
            organisation_id: organisation.into(),
            name,
            issuer,
            client_id,
            authentication: authentication.to_string(),
            client_secret,
            staff_claim,
            staff_key: staff_key.to_string(),
            algorithms: joined(&algorithms),
            clock_skew_seconds,
            audiences: to_json(&audiences),
            email_domains: to_json(&email_domains),
            enabled,
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for IdentityProvider {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            name,
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences,
            email_domains,
            enabled,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("identity_providers", id);
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            details: IdentityProviderDetails {
                name,
                issuer,
                client_id,
                authentication: place.value("authentication", &authentication)?,
                client_secret,
                staff_claim,
                staff_key: place.value("staff_key", &staff_key)?,
                algorithms: place.values("algorithms", &algorithms)?,
                clock_skew_seconds,
                audiences: place.json("audiences", audiences)?,
                email_domains: place.json("email_domains", email_domains)?,
                enabled,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(identity_providers, IdentityProvider, IdentityProviderId, Row);

/// A page of the providers of an organisation, newest first.
pub fn list(
    view: &mut View<'_>,
    organisation: OrganisationId,
    request: &PageRequest,
) -> Result<Page<IdentityProvider>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = identity_providers::table
            .filter(identity_providers::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, identity_providers::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<IdentityProvider>>>()?;
    Ok(request.page(items, |provider| (String::new(), provider.id.into())))
}

/// The provider of an organisation with this issuer, if there is one, enabled or not.
pub fn find_by_issuer(
    view: &mut View<'_>,
    organisation: OrganisationId,
    issuer: &str,
) -> Result<Option<IdentityProvider>> {
    let row: Option<Row> = each!(view.conn, |c| identity_providers::table
        .filter(identity_providers::organisation_id.eq(Key::from(organisation)))
        .filter(identity_providers::issuer.eq(issuer))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// The providers by which people of these organisations sign in, in the order of their names.
pub fn enabled_of(view: &mut View<'_>, organisations: &[OrganisationId]) -> Result<Vec<IdentityProvider>> {
    let keys: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| identity_providers::table
        .filter(identity_providers::organisation_id.among(&keys))
        .filter(identity_providers::enabled.eq(true))
        .order((identity_providers::name, identity_providers::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The provider that serves an e-mail domain, if there is one, enabled or not.
pub fn find_by_domain(view: &mut View<'_>, domain: &str) -> Result<Option<IdentityProvider>> {
    let row: Option<Row> = each!(view.conn, |c| identity_providers::table
        .inner_join(
            identity_provider_domains::table.on(identity_provider_domains::provider_id.eq(identity_providers::id))
        )
        .filter(identity_provider_domains::domain.eq(domain))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// Those of these domains that lead to another provider.
pub fn domains_taken(view: &mut View<'_>, provider: IdentityProviderId, domains: &[String]) -> Result<Vec<String>> {
    Ok(each!(view.conn, |c| identity_provider_domains::table
        .filter(identity_provider_domains::domain.among(domains))
        .filter(identity_provider_domains::provider_id.ne(Key::from(provider)))
        .order(identity_provider_domains::domain)
        .select(identity_provider_domains::domain)
        .load(c))?)
}

/// Lets the domains of a provider lead to it, and no others.
pub fn put_domains(work: &mut Work<'_>, provider: &IdentityProvider) -> Result<()> {
    let key = Key::from(provider.id);
    each!(work.conn, |c| diesel::delete(
        identity_provider_domains::table.filter(identity_provider_domains::provider_id.eq(key))
    )
    .execute(c))?;
    let rows: Vec<_> = provider
        .details
        .email_domains
        .iter()
        .map(|domain| (identity_provider_domains::domain.eq(domain), identity_provider_domains::provider_id.eq(key)))
        .collect();
    each!(work.conn, |c| diesel::insert_into(identity_provider_domains::table).values(&rows).execute(c))?;
    Ok(())
}

/// Removes a provider; its domains lead nowhere any more, and sign-ins through it end.
pub fn delete(work: &mut Work<'_>, id: IdentityProviderId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(identity_providers::table.filter(identity_providers::id.eq(Key::from(id))))
        .execute(c))?;
    Ok(())
}
