//! What happens at its time also when nobody calls.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::notifications::KEPT_DAYS;
use persistence::exchange::{notifications, remembered_answers, spent_tokens};
use persistence::ledger;
use persistence::parties::login_attempts;

use crate::app::App;
use crate::problem::Problem;
use crate::remember::REMEMBERED_HOURS;
use crate::tokens;

/// How often the service looks whether something is due.
const EVERY: Duration = Duration::from_secs(5);

/// Does what is due, again and again.
pub(crate) async fn tick_forever(app: Data<App>) {
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        if let Err(problem) = app.blocking(tick).await {
            tracing::warn!(%problem, "what is due could not be done; it is tried again");
        }
    }
}

/// Does what is due at this moment. Each change is a transaction of its own that looks again whether it is due, so
/// several instances that do this at once do each thing once.
pub fn tick(app: &App) -> Result<(), Problem> {
    app.write(|work| {
        let now = work.now();
        remembered_answers::forget_before(work, now - TimeDelta::hours(REMEMBERED_HOURS))?;
        login_attempts::forget_before(work, now - TimeDelta::days(1))?;
        spent_tokens::forget_before(work, now)?;
        notifications::forget_before(work, now - TimeDelta::days(KEPT_DAYS))?;
        crate::exchange::sign_in::forget(work)?;
        tokens::retire_old_keys(work)
    })?;
    app.tokens.refresh(app)?;
    crate::fair_use::exchange(app)?;
    crate::exchange::due(app)?;
    crate::market::due(app)?;
    crate::placements::due(app)?;
    place_events(app)?;
    crate::exchange::tell(app)
}

/// How many events wait for their position.
pub fn count_unplaced(app: &App) -> Result<i64, Problem> {
    app.database.read(app.clock.now(), |view| Ok(ledger::count_unplaced(view)?))
}

/// Gives events their position, if some wait for it.
pub fn place_events(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    if app.database.read::<_, Problem>(now, |view| Ok(ledger::has_unplaced(view)?))? {
        app.database.write_alone::<_, Problem>(&app.mint, now, |work| Ok(ledger::give_positions(work)?))?;
    }
    Ok(())
}
