//! Offers.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::offers::{Offer, OfferState, OfferTerms};
use domain::{OfferId, ResponseId, TextEnum};

use super::{needed_effort, period_of};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::responses::offers;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = offers, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    response_id: Key,
    made_by_id: Key,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    start_date: NaiveDate,
    end_date: NaiveDate,
    charge_basis: String,
    hourly_rate_cents: Option<i64>,
    valid_until: At,
    state: String,
    decline_reason: Option<String>,
    note: Option<String>,
    ended_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&Offer> for Row {
    fn from(offer: &Offer) -> Self {
        let Offer {
            id,
            revision,
            response,
            made_by,
            terms,
            state,
            decline_reason,
            note,
            ended_at,
            created_at,
            modified_at,
        } = offer;
        let OfferTerms { effort, period, charge_basis, hourly_rate_cents, valid_until } = terms;
        Self {
            id: (*id).into(),
            revision: *revision,
            response_id: (*response).into(),
            made_by_id: (*made_by).into(),
            minutes_per_week: effort.minutes_per_week(),
            total_minutes: effort.total_minutes(),
            start_date: period.start,
            end_date: period.end,
            charge_basis: charge_basis.to_string(),
            hourly_rate_cents: *hourly_rate_cents,
            valid_until: At(*valid_until),
            state: state.to_string(),
            decline_reason: decline_reason.map(|reason| reason.to_string()),
            note: note.clone(),
            ended_at: ended_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Offer {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            response_id,
            made_by_id,
            minutes_per_week,
            total_minutes,
            start_date,
            end_date,
            charge_basis,
            hourly_rate_cents,
            valid_until,
            state,
            decline_reason,
            note,
            ended_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("offers", id);
        Ok(Self {
            id: id.to(),
            revision,
            response: response_id.to(),
            made_by: made_by_id.to(),
            terms: OfferTerms {
                effort: needed_effort(place, minutes_per_week, total_minutes)?,
                period: period_of(place, start_date, end_date)?,
                charge_basis: place.value("charge_basis", &charge_basis)?,
                hourly_rate_cents,
                valid_until: valid_until.0,
            },
            state: place.value("state", &state)?,
            decline_reason: place.optional("decline_reason", decline_reason.as_deref())?,
            note,
            ended_at: ended_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(offers, Offer, OfferId, Row);

/// A page of the offers in a dossier, newest first.
pub fn list(view: &mut View<'_>, response: ResponseId, request: &PageRequest) -> Result<Page<Offer>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query =
            offers::table.filter(offers::response_id.eq(Key::from(response))).select(Row::as_select()).into_boxed();
        newest_first!(query, request, offers::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Offer>>>()?;
    Ok(request.page(items, |offer| (String::new(), offer.id.into())))
}

/// The offers of these dossiers that are kept as open, also those whose term has passed; one for each at most.
pub fn open_of(view: &mut View<'_>, responses: &[ResponseId]) -> Result<Vec<Offer>> {
    let responses: Vec<Key> = responses.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| offers::table
        .filter(offers::response_id.among(&responses))
        .filter(offers::state.eq(OfferState::Open.as_str()))
        .order(offers::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The dossiers with an open offer whose term has passed, the longest ago first.
pub fn overdue(view: &mut View<'_>, limit: u32) -> Result<Vec<ResponseId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| offers::table
        .filter(offers::state.eq(OfferState::Open.as_str()))
        .filter(offers::valid_until.le(now))
        .order(offers::valid_until)
        .limit(i64::from(limit))
        .select(offers::response_id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}
