//! How many requests the busiest clients made in a minute, counted by each instance and read by all.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use crate::columns::Key;
use crate::schema::exchange_telling::request_counts;
use crate::{Result, View, Work};

/// At most so many counts of other instances are read.
const MOST: i64 = 5000;

/// Keeps what an instance counted in a minute.
pub fn put(work: &mut Work<'_>, instance: Uuid, minute: i64, counts: &[(String, u32)]) -> Result<()> {
    for (client, requests) in counts {
        let requests = i64::from(*requests);
        each!(work.conn, |c| diesel::insert_into(request_counts::table)
            .values((
                request_counts::minute.eq(minute),
                request_counts::client.eq(client),
                request_counts::instance_id.eq(Key(instance)),
                request_counts::requests.eq(requests),
            ))
            .on_conflict((request_counts::minute, request_counts::client, request_counts::instance_id))
            .do_update()
            .set(request_counts::requests.eq(requests))
            .execute(c))?;
    }
    Ok(())
}

/// What the other instances counted in a minute, together.
pub fn of_others(view: &mut View<'_>, instance: Uuid, minute: i64) -> Result<HashMap<String, u32>> {
    let rows: Vec<(String, i64)> = each!(view.conn, |c| request_counts::table
        .filter(request_counts::minute.eq(minute))
        .filter(request_counts::instance_id.ne(Key(instance)))
        .select((request_counts::client, request_counts::requests))
        .limit(MOST)
        .load(c))?;
    let mut counts: HashMap<String, u32> = HashMap::new();
    for (client, requests) in rows {
        let count = counts.entry(client).or_default();
        *count = count.saturating_add(u32::try_from(requests).unwrap_or(u32::MAX));
    }
    Ok(counts)
}

/// Whether something is kept of minutes before this one.
pub fn any_before(view: &mut View<'_>, minute: i64) -> Result<bool> {
    let old = request_counts::table.filter(request_counts::minute.lt(minute));
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(old)).get_result(c))?)
}

/// Forgets the minutes before this one.
pub fn forget_before(work: &mut Work<'_>, minute: i64) -> Result<()> {
    let old = request_counts::table.filter(request_counts::minute.lt(minute));
    each!(work.conn, |c| diesel::delete(old).execute(c))?;
    Ok(())
}
