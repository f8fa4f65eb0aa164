//! Failed sign-ins, counted per account and per address in windows of time, for all instances together.

use diesel::prelude::*;
use domain::Moment;

use crate::columns::At;
use crate::schema::parties::login_attempts;
use crate::{Result, View, Work};

/// The failures of one subject.
#[derive(Debug, Clone, Copy)]
pub struct Failures {
    /// When the window began.
    pub window_start: Moment,
    /// How many there were in it.
    pub count: i64,
}

/// The failures of a subject, if there were any.
pub fn find(view: &mut View<'_>, subject: &str) -> Result<Option<Failures>> {
    let row: Option<(At, i64)> = each!(view.conn, |c| login_attempts::table
        .filter(login_attempts::subject.eq(subject))
        .select((login_attempts::window_start, login_attempts::failures))
        .first(c)
        .optional())?;
    Ok(row.map(|(window_start, count)| Failures { window_start: window_start.0, count }))
}

/// Keeps the failures of a subject.
pub fn put(work: &mut Work<'_>, subject: &str, failures: Failures) -> Result<()> {
    let start = At(failures.window_start);
    each!(work.conn, |c| diesel::insert_into(login_attempts::table)
        .values((
            login_attempts::subject.eq(subject),
            login_attempts::window_start.eq(start),
            login_attempts::failures.eq(failures.count),
        ))
        .on_conflict(login_attempts::subject)
        .do_update()
        .set((login_attempts::window_start.eq(start), login_attempts::failures.eq(failures.count)))
        .execute(c))?;
    Ok(())
}

/// Forgets the failures whose window began before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    Ok(each!(work.conn, |c| diesel::delete(login_attempts::table.filter(login_attempts::window_start.lt(At(moment))))
        .execute(c))?)
}
