//! Choosing a password for the first time, or again.

use actix_web::post;
use domain::parties::persons::PersonAction;
use domain::{Change, EventKind, Fault, Moment, Part};
use persistence::parties::accounts::{self, Account};
use persistence::parties::{persons, sessions};
use persistence::{Work, ledger};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sessions::hash_of;
use crate::body::Body;
use crate::caller::Visitor;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// A password chosen with an activation token
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountActivationDraft {
    /// The activation token, from the administrator who made the account
    #[schema(min_length = 1, max_length = 200, example = "Zk2Q…")]
    activation_token: String,
    /// The new password: at least twelve characters
    #[schema(min_length = 12, max_length = 200, format = "password", example = "vier woorden zijn genoeg")]
    password: String,
}

/// Choose a password with an activation token
///
/// An administrator gets the token when they register somebody; it is good for seven days and one use.
#[utoipa::path(tag = "sessions", request_body = AccountActivationDraft, responses(
    (status = 204, description = "The password was chosen: sign in with it"),
))]
#[post("/account-activations")]
pub(crate) async fn activate_account(visitor: Visitor, body: Body<AccountActivationDraft>) -> Answer<()> {
    let AccountActivationDraft { activation_token, password } = body.0;
    let password_hash = visitor.app().passwords.hash(password).await?;
    let hash = hash_of(&activation_token);
    visitor
        .write(move |work| {
            let account = accounts::find_by_activation(work, &hash)?.filter(|account| is_good(account, work.now()));
            let account = account.ok_or_else(unknown_activation)?;
            activate(work, &account, password_hash.clone())?;
            Ok(Reply::done())
        })
        .await
}

fn is_good(account: &Account, now: Moment) -> bool {
    account.activation_expires_at.is_some_and(|until| now < until)
}

/// Sets the password; whoever had the old one is signed out.
fn activate(work: &mut Work<'_>, account: &Account, password_hash: String) -> Result<(), Problem> {
    let person = persons::get(work, account.person)?;
    let person = person.step(PersonAction::Activate, &[Part::Employee], work.now())?;
    persons::save(work, person)?;
    sessions::revoke_all(work, account.person)?;
    ledger::record(work, Change::new(EventKind::PasswordChosen, account.person))?;
    let password_hash = Some(password_hash);
    let (activation_hash, activation_expires_at) = (None, None);
    accounts::put(work, Account { person: account.person, password_hash, activation_hash, activation_expires_at })?;
    Ok(())
}

fn unknown_activation() -> Problem {
    let reason = "must be an activation token that was not used yet and is not older than seven days".to_owned();
    Problem::invalid(vec![Fault { name: "activationToken".to_owned(), reason }])
}
