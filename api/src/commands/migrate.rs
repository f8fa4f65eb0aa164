//! `klusnet migrate`.

use super::{Failure, database, say};
use crate::settings::Settings;

/// Brings the schema up to date and names what ran.
pub(super) fn run(settings: &Settings) -> Result<(), Failure> {
    let ran = database(settings)?.migrate().map_err(crate::problem::Problem::from)?;
    if ran.is_empty() {
        say("the schema was up to date")?;
    }
    for name in ran {
        say(&name)?;
    }
    Ok(())
}
