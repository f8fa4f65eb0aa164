//! Keeping an account when an employer is left: the person makes a code while they can sign in, and uses it with an
//! address and a password of their own.

use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::parties::codes::EMAIL_TAKEN;
use domain::parties::persons::CodePurpose;
use domain::{Audience, Change, EventKind, Fault, Part, PersonId, TextEnum as _};
use persistence::parties::accounts::{self, Account};
use persistence::parties::{person_codes, persons, sessions};
use persistence::{Work, ledger};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sessions::hash_of;
use crate::body::Body;
use crate::caller::{Caller, Visitor};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// How long a claim code is good: it is made while one works somewhere, and used after one left.
const CLAIM_DAYS: i64 = 400;

/// A code with which somebody keeps the account
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClaimCode)]
pub struct ClaimCodeView {
    /// The code, to be used once with `POST /account-claims`; it is shown only here
    #[schema(max_length = 200, example = "b7Hq…")]
    claim_code: String,
    /// Until when it is good
    #[schema(example = "2028-01-01T09:00:00Z")]
    expires_at: DateTime<Utc>,
}

/// An account that somebody makes their own
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountClaimDraft {
    /// The claim code
    #[schema(min_length = 1, max_length = 200, example = "b7Hq…")]
    claim_code: String,
    /// The address to sign in with from now on; no employer reads or changes it
    #[schema(format = "email", max_length = 254, example = "sanne@thuis.example")]
    email: String,
    /// The password: at least twelve characters
    #[schema(min_length = 12, max_length = 200, format = "password", example = "vier woorden zijn genoeg")]
    password: String,
}

/// Make a code with which you keep your account
///
/// An account and what is in it are the employee's own. Make a code while you can sign in and keep it at home: when an
/// employer closes your access because you leave, `POST /account-claims` opens the same account with an address of
/// your own. It is good for 400 days and one use, and an earlier one is worth nothing any more. The answer holds a
/// secret and is not remembered: this operation takes no Idempotency-Key.
#[utoipa::path(tag = "sessions", security(("bearer" = [])), responses(
    (status = 200, description = "The code; it is shown only here", body = ClaimCodeView),
))]
#[post("/me/claim-codes")]
pub(crate) async fn create_claim_code(caller: Caller) -> Answer<ClaimCodeView> {
    caller
        .write(|work, actor| {
            let (claim_code, expires_at) = make(work, actor.person, CodePurpose::Claim, TimeDelta::days(CLAIM_DAYS))?;
            Ok(Reply::shown(ClaimCodeView { claim_code, expires_at }))
        })
        .await
}

/// Make an account your own, with an address and a password of your own
///
/// With a code from `POST /me/claim-codes`, also after your access was closed. From then on no employer can read the
/// address, change it or close the access; what an employment gives ends with the employment.
#[utoipa::path(tag = "sessions", request_body = AccountClaimDraft, responses(
    (status = 204, description = "The account is yours: sign in with the address and the password"),
    (status = 409, description = "Another account has the address"),
))]
#[post("/account-claims")]
pub(crate) async fn claim_account(visitor: Visitor, body: Body<AccountClaimDraft>) -> Answer<()> {
    let AccountClaimDraft { claim_code, email, password } = body.0;
    let password_hash = visitor.app().passwords.hash(password).await?;
    let hash = hash_of(&claim_code);
    visitor
        .write(move |work| {
            let person = person_codes::find(work, CodePurpose::Claim, &hash)?.ok_or_else(|| unknown("claimCode"))?;
            claim(work, person, &email, password_hash.clone())?;
            Ok(Reply::done())
        })
        .await
}

/// Makes a code for somebody, instead of an earlier one.
pub(crate) fn make(
    work: &mut Work<'_>,
    person: PersonId,
    purpose: CodePurpose,
    good_for: TimeDelta,
) -> Result<(String, DateTime<Utc>), Problem> {
    let code = URL_SAFE_NO_PAD.encode(work.secret());
    let expires_at = work.now() + good_for;
    person_codes::put(work, person, purpose, &hash_of(&code), expires_at)?;
    ledger::record(work, Change::new(EventKind::PersonCodeMade, person))?;
    Ok((code, expires_at))
}

/// What is answered to a code that is not good.
pub(crate) fn unknown(field: &str) -> Problem {
    let reason = "must be a code that was not used yet, not replaced, and is not too old".to_owned();
    Problem::invalid(vec![Fault { name: field.to_owned(), reason }])
}

fn claim(work: &mut Work<'_>, id: PersonId, email: &str, password_hash: String) -> Result<(), Problem> {
    let before = persons::get(work, id)?;
    let from = before.status;
    let person = before.claim(email, &[Part::Employee], work.now())?;
    if persons::find_by_email(work, email)?.is_some_and(|other| other.id != id) {
        return Err(EMAIL_TAKEN.refuse("Choose another address of your own.").into());
    }
    let person = persons::save(work, person)?;
    sessions::revoke_all(work, id)?;
    person_codes::forget(work, id, CodePurpose::Claim)?;
    let password_hash = Some(password_hash);
    accounts::put(work, Account { person: id, password_hash, activation_hash: None, activation_expires_at: None })?;
    let change = Change::new(EventKind::PersonChanged, id).to([Audience::Person(id), Audience::Platform]);
    Ok(ledger::record(work, change.states(Some(from.as_str()), person.status.as_str()))?)
}
