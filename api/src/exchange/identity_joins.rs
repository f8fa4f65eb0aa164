//! One person, two identities: two employers told of somebody, and the person says that both are them.

use actix_web::post;
use chrono::{DateTime, TimeDelta, Utc};
use domain::exchange::identity_joins::{check_free, moved};
use domain::parties::persons::{CodePurpose, Person, PersonAction};
use domain::{Audience, Change, EventKind, Fault, Part, PersonId, TextEnum as _};
use persistence::exchange::{identity_joins as kept, saved_searches, staff};
use persistence::parties::{accounts, employments, person_codes, persons, role_assignments, sessions};
use persistence::{Work, ledger};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Post;
use crate::caller::Caller;
use crate::parties::account_claims::{make, unknown};
use crate::parties::sessions::hash_of;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// How long a join code is good: one signs in twice in a row.
const JOIN_MINUTES: i64 = 60;

/// A code with which one identity is joined into another
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JoinCode)]
pub struct JoinCodeView {
    /// The code, to be used once with `POST /me/identity-joins`; it is shown only here
    #[schema(max_length = 200, example = "Yd5k…")]
    join_code: String,
    /// Until when it is good
    #[schema(example = "2027-01-31T13:00:00Z")]
    expires_at: DateTime<Utc>,
}

/// The identity that is joined into the one that calls
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityJoinDraft {
    /// A code that was made with the other identity
    #[schema(min_length = 1, max_length = 200, example = "Yd5k…")]
    join_code: String,
}

/// What became of two identities
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdentityJoin)]
pub struct IdentityJoinView {
    /// The identity that stays
    person_id: PersonId,
    /// The identity that is no more
    joined_person_id: PersonId,
    /// How many employments came with it
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    employments: usize,
}

/// Make a code to join this identity into another one of yours
///
/// Two employers that tell of you know you as two people, and nobody joins them but you: make a code with the identity
/// to be given up, sign in with the one to be kept, and use it there within an hour. The answer holds a secret and is
/// not remembered: this operation takes no Idempotency-Key.
#[utoipa::path(tag = "sessions", security(("bearer" = ["parties:write"])), responses(
    (status = 200, description = "The code; it is shown only here", body = JoinCodeView),
))]
#[post("/me/join-codes")]
pub(crate) async fn create_join_code(caller: Caller) -> Answer<JoinCodeView> {
    caller
        .write(|work, actor| {
            let good_for = TimeDelta::minutes(JOIN_MINUTES);
            let (join_code, expires_at) = make(work, actor.person, CodePurpose::Join, good_for)?;
            Ok(Reply::shown(JoinCodeView { join_code, expires_at }))
        })
        .await
}

/// Join another identity of yours into this one
///
/// Employments, roles and teams of the other identity become yours, and it cannot sign in any more. An identity that
/// has begun something (a response, a klus, an arrangement, a membership, a profile) is not given up: keep that one.
#[utoipa::path(tag = "sessions", security(("bearer" = ["parties:write"])), request_body = IdentityJoinDraft, responses(
    (status = 200, description = "Both are one now", body = IdentityJoinView),
    (status = 409, description = "The other identity has begun something, or both are employed at one organisation on the same day"),
))]
#[post("/me/identity-joins")]
pub(crate) async fn join_identities(caller: Caller, post: Post<IdentityJoinDraft>) -> Answer<IdentityJoinView> {
    caller
        .post(post, |work, actor, draft| {
            let hash = hash_of(&draft.join_code);
            let going = person_codes::find(work, CodePurpose::Join, &hash)?.ok_or_else(|| unknown("joinCode"))?;
            if going == actor.person {
                let reason = "must be a code that was made with the other identity".to_owned();
                return Err(Problem::invalid(vec![Fault { name: "joinCode".to_owned(), reason }]));
            }
            let employments = join(work, going, actor.person)?;
            let (person_id, joined_person_id) = (actor.person, going);
            Ok(Reply::shown(IdentityJoinView { person_id, joined_person_id, employments }))
        })
        .await
}

fn join(work: &mut Work<'_>, going: PersonId, staying: PersonId) -> Result<usize, Problem> {
    check_free(&kept::ties(work, going)?)?;
    let now = work.now();
    let own = employments::of_person(work, staying)?;
    let moving = moved(employments::of_person(work, going)?, staying, &own, now)?;
    let count = moving.len();
    for employment in moving {
        let employment = employments::save(work, employment)?;
        let audiences = [Audience::Person(staying), Audience::Administrators(employment.organisation)];
        let change = Change::new(EventKind::EmploymentChanged, employment.id).of(employment.organisation);
        ledger::record(work, change.to(audiences).to(employment.terms.manager.map(Audience::Person)))?;
    }
    staff::move_to(work, going, staying)?;
    saved_searches::move_to(work, going, staying)?;
    kept::move_team(work, going, staying)?;
    move_roles(work, going, staying)?;
    give_up(work, going, staying)?;
    Ok(count)
}

fn move_roles(work: &mut Work<'_>, going: PersonId, staying: PersonId) -> Result<(), Problem> {
    let own = role_assignments::of_person(work, staying)?;
    for given in role_assignments::of_person(work, going)? {
        if own.iter().any(|one| one.role == given.role && one.scope == given.scope) {
            role_assignments::delete(work, given.id)?;
        } else {
            kept::move_role(work, given.id, staying)?;
        }
        ledger::record(work, Change::new(EventKind::RoleGiven, given.id).to([Audience::Person(staying)]))?;
    }
    Ok(())
}

/// Closes the identity that is no more; its address signs in the other one, if that had none.
fn give_up(work: &mut Work<'_>, going: PersonId, staying: PersonId) -> Result<(), Problem> {
    sessions::revoke_all(work, going)?;
    accounts::clear(work, going)?;
    person_codes::forget(work, going, CodePurpose::Join)?;
    person_codes::forget(work, going, CodePurpose::Claim)?;
    let gone = persons::get(work, going)?;
    let (address, from, now) = (gone.email.clone(), gone.status, work.now());
    let gone = Person { email: None, ..gone.step(PersonAction::Close, &[Part::Service], now)? };
    let gone = persons::save(work, gone)?;
    let change = Change::new(EventKind::PersonChanged, going).to([Audience::Platform]);
    ledger::record(work, change.states(Some(from.as_str()), gone.status.as_str()))?;
    let stays = persons::get(work, staying)?;
    if stays.email.is_none() && address.is_some() {
        let stays = persons::save(work, Person { email: address, modified_at: now, ..stays })?;
        ledger::record(work, Change::new(EventKind::PersonChanged, stays.id).to([Audience::Person(stays.id)]))?;
    }
    Ok(())
}
