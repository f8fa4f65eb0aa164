//! Signals: what was said about the lights of a dossier. They are only added.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::signals::{LightName, Signal};
use domain::{ResponseId, SignalId, TextEnum};

use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::responses::signals;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = signals, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    response_id: Key,
    light: String,
    colour: String,
    part: String,
    set_by_id: Key,
    policy_id: Option<Key>,
    reason: Option<String>,
    moment: At,
}

impl From<&Signal> for Row {
    fn from(signal: &Signal) -> Self {
        let Signal { id, response, light, colour, part, set_by, policy, reason, moment } = signal;
        Self {
            id: (*id).into(),
            response_id: (*response).into(),
            light: light.to_string(),
            colour: colour.to_string(),
            part: part.to_string(),
            set_by_id: (*set_by).into(),
            policy_id: policy.map(Key::from),
            reason: reason.clone(),
            moment: At(*moment),
        }
    }
}

impl TryFrom<Row> for Signal {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, response_id, light, colour, part, set_by_id, policy_id, reason, moment } = row;
        let place = Place::new("signals", id);
        Ok(Self {
            id: id.to(),
            response: response_id.to(),
            light: place.value("light", &light)?,
            colour: place.value("colour", &colour)?,
            part: place.value("part", &part)?,
            set_by: set_by_id.to(),
            policy: policy_id.map(Key::to),
            reason,
            moment: moment.0,
        })
    }
}

keep!(once signals, Signal, SignalId, Row);

/// All signals of a dossier, in the order in which they were given.
pub fn of_response(view: &mut View<'_>, response: ResponseId) -> Result<Vec<Signal>> {
    let rows: Vec<Row> = each!(view.conn, |c| signals::table
        .filter(signals::response_id.eq(Key::from(response)))
        .order(signals::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the signals of a dossier, newest first; about one light where it is given.
pub fn list(
    view: &mut View<'_>,
    response: ResponseId,
    light: Option<LightName>,
    request: &PageRequest,
) -> Result<Page<Signal>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query =
            signals::table.filter(signals::response_id.eq(Key::from(response))).select(Row::as_select()).into_boxed();
        if let Some(light) = light {
            query = query.filter(signals::light.eq(light.as_str()));
        }
        newest_first!(query, request, signals::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Signal>>>()?;
    Ok(request.page(items, |signal| (String::new(), signal.id.into())))
}
