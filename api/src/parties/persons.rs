//! People: the operations.

use actix_web::web::Path;
use actix_web::{get, patch, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::parties::codes::EMAIL_TAKEN;
use domain::parties::employments::answering;
use domain::parties::persons::{Person, PersonAction};
use domain::parties::role_assignments::Role;
use domain::{Audience, Change, EventKind, OrganisationId, Part, PersonId, Refusal, TextEnum as _, local_date};
use persistence::parties::accounts::{self, Account};
use persistence::parties::persons::{self as kept, PersonFilter};
use persistence::parties::{employments, role_assignments, sessions};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::employment_types::EmploymentView;
use super::person_types::{ActivationTokenView, MeView, PersonDraft, PersonPage, PersonPatch, PersonView};
use super::role_assignment_types::RoleAssignmentView;
use super::sessions::hash_of;
use crate::access::{Actor, Reach};
use crate::body::{Bare, Body, IfMatch, Post};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// How long an activation token is good.
const ACTIVATION_DAYS: i64 = 7;

/// Which people are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct PersonQuery {
    /// Those for whom this organisation answers
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// Words that the name holds; case and diacritics do not matter
    #[param(nullable = false, max_length = 200, example = "vries")]
    search: Option<String>,
}

/// Show who calls
///
/// With the employments that hold today, the roles that are in force and the scopes of the token.
#[utoipa::path(tag = "sessions", security(("bearer" = [])), responses(
    (status = 200, description = "The person who calls", body = MeView),
))]
#[get("/me")]
pub(crate) async fn get_me(caller: Caller) -> Answer<MeView> {
    let scopes = caller.scopes();
    caller
        .read(move |view, actor| {
            let person = kept::get(view, actor.person)?;
            let me = MeView {
                person: PersonView::seen_by(&person, actor.person),
                employments: EmploymentView::of_all(view, actor.employments.clone())?,
                role_assignments: RoleAssignmentView::of_all(view, &actor.roles)?,
                scopes,
            };
            Ok(Reply::current(person.revision, me))
        })
        .await
}

/// Register somebody
///
/// Done by an administrator of the organisation that employs them: the first employment comes with it. Somebody
/// without employment, such as a coordinator of a network, is registered by an administrator of the platform. The new
/// person signs in with an activation token.
///
/// Whether an address is taken is told, and nothing about who has it.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])), request_body = PersonDraft, responses(
    (status = 201, description = "Registered", body = PersonView),
    (status = 409, description = "The address is taken"),
))]
#[post("/persons")]
pub(crate) async fn create_person(caller: Caller, post: Post<PersonDraft>) -> Answer<PersonView> {
    caller
        .post(post, |work, actor, draft| {
            let (details, first) = draft.split();
            if first.is_none() && !actor.is_platform_administrator() {
                return Err(Refusal::forbidden("employment must be given, in an organisation you administer.").into());
            }
            let person = Person::register(work.id(), details, work.now());
            let first =
                first.map(|first| super::employments::prepare_first(work, actor, person.id, first)).transpose()?;
            check_free(work, &person)?;
            let person = kept::insert(work, person)?;
            if let Some(employment) = first {
                super::employments::keep(work, employment)?;
            }
            announce(work, Change::new(EventKind::PersonChanged, person.id), &person)?;
            let path = format!("/persons/{}", person.id);
            Ok(Reply::created(&path, PersonView::seen_by(&person, actor.person)).revision(person.revision))
        })
        .await
}

/// List people by name
///
/// Those for whom an organisation that you administer answers, and yourself. An organisation answers for whom it
/// employs, now or later, and for who left it last and works nowhere else.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])), params(PersonQuery, PagingParams), responses(
    (status = 200, description = "A page of people", body = PersonPage),
))]
#[get("/persons")]
pub(crate) async fn list_persons(caller: Caller, query: Query<PersonQuery>, paging: Paging) -> Answer<PersonPage> {
    caller
        .read(move |view, actor| {
            let PersonQuery { organisation_id, search } = query.0;
            let within = match actor.administered(view)? {
                Reach::Everywhere => None,
                Reach::Organisations(organisations) => Some(organisations),
            };
            let day = local_date(view.now());
            let filter = PersonFilter { within, own: actor.person, organisation: organisation_id, search, day };
            let page = kept::list(view, &filter, &paging.request)?;
            Ok(paging.reply(page.map(|person| PersonView::seen_by(&person, actor.person)), PersonPage::new))
        })
        .await
}

/// Show a person
///
/// To themselves and to administrators of an organisation that answers for them.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])),
    params(("personId" = PersonId, Path, description = "The person")), responses(
    (status = 200, description = "The person", body = PersonView),
))]
#[get("/persons/{personId}")]
pub(crate) async fn get_person(caller: Caller, id: Path<PersonId>) -> Answer<PersonView> {
    caller
        .read(move |view, actor| {
            let person = known(view, actor, *id)?;
            Ok(Reply::current(person.revision, PersonView::seen_by(&person, actor.person)))
        })
        .await
}

/// Change a person
///
/// A merge patch: what is left out stays, null clears. Done by an administrator of an organisation that answers for
/// them. One changes the own language oneself. The address decides who can sign in, so it is changed by whoever could
/// close the access too.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("personId" = PersonId, Path, description = "The person"), crate::body::IfMatchParam),
    request_body = PersonPatch, responses(
    (status = 200, description = "Changed", body = PersonView),
    (status = 409, description = "The address is taken"),
))]
#[patch("/persons/{personId}")]
pub(crate) async fn revise_person(
    caller: Caller,
    id: Path<PersonId>,
    seen: IfMatch,
    body: Body<PersonPatch>,
) -> Answer<PersonView> {
    caller
        .write(move |work, actor| {
            let before = known(work, actor, *id)?;
            let details = body.0.apply(before.details());
            let person = before.clone().revise(details, work.now());
            may_revise(work, actor, &before, &person)?;
            seen.expect(before.revision)?;
            check_free(work, &person)?;
            let person = kept::save(work, person)?;
            announce(work, Change::new(EventKind::PersonChanged, person.id), &person)?;
            Ok(Reply::current(person.revision, PersonView::seen_by(&person, actor.person)))
        })
        .await
}

/// Make a token with which somebody chooses a password
///
/// Hand it to the person: it is good for seven days and for one use, and an earlier one is worth nothing any more. Done
/// by whoever administers every organisation that answers for the person and everything they have a role in, as with
/// the token one could act in all of these. The answer holds a secret and is not remembered: this operation takes no
/// Idempotency-Key.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("personId" = PersonId, Path, description = "The person")), responses(
    (status = 200, description = "The token; it is shown only here", body = ActivationTokenView),
    (status = 409, description = "The access of the person is closed: reopen it first"),
))]
#[post("/persons/{personId}/activation-tokens")]
pub(crate) async fn create_activation_token(caller: Caller, id: Path<PersonId>) -> Answer<ActivationTokenView> {
    caller
        .write(move |work, actor| {
            let person = known(work, actor, *id)?;
            must_answer_for(work, actor, &person)?;
            // Refused now rather than when the person uses it.
            person.clone().step(PersonAction::Activate, &[Part::Employee], work.now())?;
            let token = URL_SAFE_NO_PAD.encode(work.secret());
            let expires_at = work.now() + TimeDelta::days(ACTIVATION_DAYS);
            let account = accounts::find(work, person.id)?;
            let password_hash = account.and_then(|account| account.password_hash);
            let (activation_hash, until) = (Some(hash_of(&token)), Some(expires_at));
            let account = Account { person: person.id, password_hash, activation_hash, activation_expires_at: until };
            accounts::put(work, account)?;
            ledger::record(work, Change::new(EventKind::ActivationOffered, person.id))?;
            Ok(Reply::shown(ActivationTokenView { person_id: person.id, activation_token: token, expires_at }))
        })
        .await
}

/// Close somebody's access
///
/// At once: sessions, password and activation tokens are worth nothing any more. The person stays readable. Done by
/// whoever administers every organisation that answers for the person and everything they have a role in.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("personId" = PersonId, Path, description = "The person"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Closed", body = PersonView),
    (status = 409, description = "It is closed already, or the person is the last administrator of something"),
))]
#[post("/persons/{personId}/closures")]
pub(crate) async fn close_person(caller: Caller, id: Path<PersonId>, seen: IfMatch, post: Bare) -> Answer<PersonView> {
    caller
        .post(post, move |work, actor, ()| {
            let person = step(work, actor, *id, &seen, PersonAction::Close)?;
            for given in role_assignments::of_person(work, person.id)? {
                given.may_go(&role_assignments::present_holders(work, given.role, given.scope)?)?;
            }
            sessions::revoke_all(work, person.id)?;
            accounts::clear(work, person.id)?;
            Ok(Reply::current(person.revision, PersonView::seen_by(&person, actor.person)))
        })
        .await
}

/// Give somebody access again
///
/// They sign in with a new activation token.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("personId" = PersonId, Path, description = "The person"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Invited again", body = PersonView),
    (status = 409, description = "The access is not closed"),
))]
#[post("/persons/{personId}/reopenings")]
pub(crate) async fn reopen_person(caller: Caller, id: Path<PersonId>, seen: IfMatch, post: Bare) -> Answer<PersonView> {
    caller
        .post(post, move |work, actor, ()| {
            let person = step(work, actor, *id, &seen, PersonAction::Reopen)?;
            Ok(Reply::current(person.revision, PersonView::seen_by(&person, actor.person)))
        })
        .await
}

/// The person with this id, if there is one that the caller may know of.
pub(super) fn find_known(view: &mut View<'_>, actor: &Actor, id: PersonId) -> Result<Option<Person>, Problem> {
    let known = id == actor.person || is_answered_for(view, actor, id)?;
    if known { Ok(kept::find(view, id)?) } else { Ok(None) }
}

fn known(view: &mut View<'_>, actor: &Actor, id: PersonId) -> Result<Person, Problem> {
    find_known(view, actor, id)?.ok_or_else(|| Refusal::hidden("person").into())
}

fn is_answered_for(view: &mut View<'_>, actor: &Actor, id: PersonId) -> Result<bool, Problem> {
    if actor.is_platform_administrator() {
        return Ok(true);
    }
    for organisation in answering_for(view, id)? {
        if actor.has_role(view, Role::OrganisationAdministrator, organisation)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// For who made the account their own, no former employer answers.
fn answering_for(view: &mut View<'_>, id: PersonId) -> Result<Vec<OrganisationId>, Problem> {
    let day = local_date(view.now());
    let mut employments = employments::of_person(view, id)?;
    if kept::find(view, id)?.is_some_and(|person| person.claimed_at.is_some()) {
        employments.retain(|employment| !employment.terms.is_over_on(day));
    }
    Ok(answering(&employments, day))
}

/// Refuses unless the caller has power over everything that somebody could do with the person's account.
fn must_answer_for(view: &mut View<'_>, actor: &Actor, person: &Person) -> Result<(), Problem> {
    if actor.is_platform_administrator() {
        return Ok(());
    }
    let organisations = answering_for(view, person.id)?;
    let mut may = !organisations.is_empty() && person.claimed_at.is_none();
    for organisation in organisations {
        may &= actor.has_role(view, Role::OrganisationAdministrator, organisation)?;
    }
    for given in role_assignments::of_person(view, person.id)? {
        may &= actor.may_give(view, given.scope)?;
    }
    if may {
        return Ok(());
    }
    let detail = "This is done by whoever administers every organisation that answers for the person and everything they have a role in, or by an administrator of the platform.";
    Err(Refusal::forbidden(detail).into())
}

fn may_revise(view: &mut View<'_>, actor: &Actor, before: &Person, after: &Person) -> Result<(), Problem> {
    if before.email != after.email {
        must_answer_for(view, actor, before)?;
    }
    if is_answered_for(view, actor, before.id)? || before.name == after.name {
        return Ok(());
    }
    Err(Refusal::forbidden("The name is changed by an administrator; one changes the own language oneself.").into())
}

/// Nothing is told of who has the address: the caller may not know of them.
fn check_free(view: &mut View<'_>, person: &Person) -> Result<(), Problem> {
    let Some(email) = &person.email else { return Ok(()) };
    let owner = kept::find_by_email(view, email)?;
    if owner.is_none_or(|owner| owner.id == person.id) {
        return Ok(());
    }
    let detail = "Choose another address. Does the person work elsewhere too? An administrator of the platform adds the employment.";
    Err(EMAIL_TAKEN.refuse(detail).into())
}

fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: PersonId,
    seen: &IfMatch,
    action: PersonAction,
) -> Result<Person, Problem> {
    let person = known(work, actor, id)?;
    must_answer_for(work, actor, &person)?;
    seen.expect(person.revision)?;
    let (from, now) = (person.status, work.now());
    let person = person.step(action, &[Part::OrganisationAdministrator, Part::PlatformAdministrator], now)?;
    let person = kept::save(work, person)?;
    let change = Change::new(EventKind::PersonChanged, person.id).states(Some(from.as_str()), person.status.as_str());
    announce(work, change, &person)?;
    Ok(person)
}

/// To the person and to the administrators who answer for them.
fn announce(work: &mut Work<'_>, change: Change, person: &Person) -> Result<(), Problem> {
    let administrators = answering_for(work, person.id)?.into_iter().map(Audience::Administrators);
    let audiences: Vec<Audience> = administrators.chain([Audience::Person(person.id), Audience::Platform]).collect();
    Ok(ledger::record(work, change.to(audiences))?)
}
