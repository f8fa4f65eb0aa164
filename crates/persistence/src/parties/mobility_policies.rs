//! Mobility policies: versions that stay.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::mobility_policies::{MobilityPolicy, PolicyInForce, PolicyTerms};
use domain::{MobilityPolicyId, OrganisationId};

use super::organisations;
use crate::columns::{At, Key, Place, joined, to_json};
use crate::page::newest_first;
use crate::schema::parties::mobility_policies;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = mobility_policies, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    organisation_id: Key,
    version: i64,
    valid_from: NaiveDate,
    summary: String,
    max_exempted_days: i64,
    consent_term_working_days: i64,
    silence: String,
    internal_first_working_days: i64,
    excluded_functions: serde_json::Value,
    allowed_variants: String,
    default_charge_basis: String,
    private_hosts_allowed: bool,
    open_to_all_employees: bool,
    internal_consent_required: bool,
    review_required: bool,
    text_url: Option<String>,
    created_at: At,
}

impl From<&MobilityPolicy> for Row {
    fn from(policy: &MobilityPolicy) -> Self {
        let MobilityPolicy { id, organisation, version, terms, created_at } = policy;
        let PolicyTerms {
            valid_from,
            summary,
            max_exempted_days,
            consent_term_working_days,
            silence,
            internal_first_working_days,
            excluded_functions,
            allowed_variants,
            default_charge_basis,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
        } = terms;
        Self {
            id: (*id).into(),
            organisation_id: (*organisation).into(),
            version: *version,
            valid_from: *valid_from,
            summary: summary.clone(),
            max_exempted_days: i64::from(*max_exempted_days),
            consent_term_working_days: i64::from(*consent_term_working_days),
            silence: silence.to_string(),
            internal_first_working_days: i64::from(*internal_first_working_days),
            excluded_functions: to_json(excluded_functions),
            allowed_variants: joined(allowed_variants),
            default_charge_basis: default_charge_basis.to_string(),
            private_hosts_allowed: *private_hosts_allowed,
            open_to_all_employees: *open_to_all_employees,
            internal_consent_required: *internal_consent_required,
            review_required: *review_required,
            text_url: text_url.clone(),
            created_at: At(*created_at),
        }
    }
}

impl TryFrom<Row> for MobilityPolicy {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            organisation_id,
            version,
            valid_from,
            summary,
            max_exempted_days,
            consent_term_working_days,
            silence,
            internal_first_working_days,
            excluded_functions,
            allowed_variants,
            default_charge_basis,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
            created_at,
        } = row;
        let place = Place::new("mobility_policies", id);
        let terms = PolicyTerms {
            valid_from,
            summary,
            max_exempted_days: place.count("max_exempted_days", max_exempted_days)?,
            consent_term_working_days: place.count("consent_term_working_days", consent_term_working_days)?,
            silence: place.value("silence", &silence)?,
            internal_first_working_days: place.count("internal_first_working_days", internal_first_working_days)?,
            excluded_functions: place.json("excluded_functions", excluded_functions)?,
            allowed_variants: place.values("allowed_variants", &allowed_variants)?,
            default_charge_basis: place.value("default_charge_basis", &default_charge_basis)?,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
        };
        Ok(Self { id: id.to(), organisation: organisation_id.to(), version, terms, created_at: created_at.0 })
    }
}

keep!(once mobility_policies, MobilityPolicy, MobilityPolicyId, Row);

/// A page of the versions of an organisation, newest first.
pub fn list(view: &mut View<'_>, organisation: OrganisationId, request: &PageRequest) -> Result<Page<MobilityPolicy>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = mobility_policies::table
            .filter(mobility_policies::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, mobility_policies::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<MobilityPolicy>>>()?;
    Ok(request.page(items, |policy| (String::new(), policy.id.into())))
}

/// The newest version that an organisation laid down, whether it holds already or not.
pub fn newest(view: &mut View<'_>, organisation: OrganisationId) -> Result<Option<MobilityPolicy>> {
    newest_until(view, organisation, NaiveDate::MAX)
}

/// What holds for an organisation on a day: its own policy, else that of the nearest organisation above, else the
/// defaults of the platform.
pub fn current(view: &mut View<'_>, organisation: OrganisationId, day: NaiveDate) -> Result<PolicyInForce> {
    let mut policy = None;
    for one in organisations::ancestors(view, organisation)? {
        policy = newest_until(view, one, day)?;
        if policy.is_some() {
            break;
        }
    }
    Ok(PolicyInForce::of(organisation, policy, day))
}

/// Later versions begin no earlier, so the highest version that has begun is the one that holds.
fn newest_until(view: &mut View<'_>, organisation: OrganisationId, day: NaiveDate) -> Result<Option<MobilityPolicy>> {
    let row: Option<Row> = each!(view.conn, |c| {
        let mut query = mobility_policies::table
            .filter(mobility_policies::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        if day != NaiveDate::MAX {
            query = query.filter(mobility_policies::valid_from.le(day));
        }
        query.order(mobility_policies::version.desc()).first(c).optional()
    })?;
    row.map(TryInto::try_into).transpose()
}
