//! `klusnet demo`: the service on a demonstration database that it fills itself.

mod assignments;
mod data;
mod fill;
mod looking;
mod organisations;
mod people;
mod profiles;
mod responses;
mod scim;
mod systems;
mod work;
mod year;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::TextEnum as _;
use domain::parties::role_assignments::Role;
use domain::{OAuthClientId, PersonId};
use serde::Serialize;

use crate::app::App;
use crate::bootstrap;
use crate::passwords;
use crate::problem::Problem;

pub use fill::fill;

/// How long the tokens of the demonstration are good.
const TOKEN_HOURS: i64 = 24;

/// Where the demonstration keeps its things, unless DATABASE_URL says otherwise.
pub const DATABASE: &str = "klusnet-demo.sqlite";

/// What a newcomer or a script needs to begin.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    base_url: String,
    valid_until: DateTime<Utc>,
    accounts: Vec<DemoAccount>,
    /// An HR system of the organisation of the first administrator.
    client_id: OAuthClientId,
    client_secret: String,
    /// For `/scim/v2`, of an organisation without staff.
    scim_token: String,
}

/// One account of the demonstration. Somebody with several roles stands there once for each.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DemoAccount {
    role: String,
    scope: Option<String>,
    name: String,
    email: String,
    password: String,
    token: String,
    person_id: PersonId,
}

/// Gives every account of the demonstration one new password and a token for the demonstration's day.
pub fn credentials(app: &App, base_url: &str) -> Result<Credentials, Problem> {
    let password = URL_SAFE_NO_PAD.encode(app.mint.secret().get(..12).unwrap_or_default());
    let hash = passwords::hash(&password)?;
    let accounts = fill::accounts()?;
    let ids = app.write(|work| fill::set_passwords(work, &accounts, &hash))?;
    let good_for = TimeDelta::hours(TOKEN_HOURS);
    let mut listed = Vec::new();
    for (account, person_id) in accounts.into_iter().zip(ids) {
        let token = bootstrap::issue_token(app, person_id, good_for)?.token;
        for (role, scope) in account.roles {
            listed.push(DemoAccount {
                role: role.to_owned(),
                scope,
                name: account.name.clone(),
                email: account.email.clone(),
                password: password.clone(),
                token: token.clone(),
                person_id,
            });
        }
    }
    let administrator = listed.iter().find(|account| account.role == Role::OrganisationAdministrator.as_str());
    let administrator = administrator.map(|account| account.person_id);
    let administrator = administrator.ok_or_else(|| Problem::internal(&"a demonstration without an administrator"))?;
    let (client_id, client_secret) = app.write(|work| systems::hr_system(work, administrator))?;
    let valid_until = app.clock.now() + good_for;
    let scim_token = scim::token(app, valid_until)?;
    let base_url = base_url.to_owned();
    Ok(Credentials { base_url, valid_until, accounts: listed, client_id, client_secret, scim_token })
}

impl Credentials {
    /// Writes them to a file that only its owner may read.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        // Whole or not at all: whoever waits for the file must not read half of it.
        let unfinished = file.with_extension("unfinished");
        write_private(&unfinished, &text)?;
        std::fs::rename(unfinished, file)
    }

    /// The token of the first account with this role.
    pub fn token_of(&self, role: &str) -> Option<&str> {
        self.accounts.iter().find(|account| account.role == role).map(|account| account.token.as_str())
    }
}

#[cfg(unix)]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(file, text)
}
