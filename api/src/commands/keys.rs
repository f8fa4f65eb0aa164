//! `klusnet keys rotate`.

use std::sync::Arc;

use domain::SystemClock;
use persistence::exchange::signing_keys;

use super::{Failure, say};
use crate::app::App;
use crate::settings::Settings;
use crate::tokens;

/// Makes a new key that signs from now on.
pub(super) fn rotate(settings: Settings, retire_now: bool) -> Result<(), Failure> {
    let app = App::open(settings, Arc::new(SystemClock))?;
    let (key, retired) = app.write(|work| {
        let key = tokens::add_key(work)?;
        let retired = if retire_now { signing_keys::retire_before(work, key.created_at)? } else { 0 };
        Ok((key, retired))
    })?;
    say(&format!("{} signs from now on; {retired} keys were retired", key.kid))?;
    Ok(())
}
