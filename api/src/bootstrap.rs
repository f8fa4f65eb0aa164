//! What stands before the first sign-in: the first administrator, and tokens given out by a command.

use chrono::TimeDelta;
use domain::parties::persons::{Person, PersonLanguage, PersonName, PersonStatus};
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{Change, EventKind, Fault, PersonId};
use persistence::parties::accounts::{self, Account};
use persistence::parties::sessions::{self, Session};
use persistence::parties::{persons, role_assignments};
use persistence::{Work, ledger};

use crate::app::App;
use crate::passwords;
use crate::problem::Problem;
use crate::tokens::{Grant, Signed, all_scopes};

/// The shortest password that is taken.
pub const MIN_PASSWORD: usize = 12;

/// Makes a platform administrator who signs in with this password, or gives the role to the person who has the
/// address already.
pub fn create_platform_administrator(
    app: &App,
    name: &PersonName,
    email: &str,
    password: &str,
) -> Result<PersonId, Problem> {
    if password.chars().count() < MIN_PASSWORD {
        let reason = format!("must have at least {MIN_PASSWORD} characters");
        return Err(Problem::invalid(vec![Fault { name: "password".to_owned(), reason }]));
    }
    let hash = passwords::hash(password)?;
    let email = email.trim().to_lowercase();
    app.write(|work| {
        let person = match persons::find_by_email(work, &email)? {
            Some(person) => person,
            None => add_person(work, name.clone(), email.clone(), PersonStatus::Active)?,
        };
        set_password(work, person.id, Some(hash.clone()))?;
        let has = role_assignments::of_person(work, person.id)?;
        if !has.iter().any(|given| given.role == Role::PlatformAdministrator) {
            let given =
                RoleAssignment::give(work.id(), person.id, Role::PlatformAdministrator, Scope::Platform, work.now())?;
            let given = role_assignments::insert(work, given)?;
            ledger::record(work, Change::new(EventKind::RoleGiven, given.id))?;
        }
        Ok(person.id)
    })
}

/// Adds a person.
pub fn add_person(
    work: &mut Work<'_>,
    name: PersonName,
    email: String,
    status: PersonStatus,
) -> Result<Person, Problem> {
    let now = work.now();
    let person = Person {
        id: work.id(),
        revision: 1,
        name,
        email: Some(email),
        language: PersonLanguage::Dutch,
        status,
        claimed_at: None,
        created_at: now,
        modified_at: now,
    };
    let person = persons::insert(work, person)?;
    ledger::record(work, Change::new(EventKind::PersonChanged, person.id))?;
    Ok(person)
}

/// Sets the password of a person.
pub fn set_password(work: &mut Work<'_>, person: PersonId, password_hash: Option<String>) -> Result<(), Problem> {
    let account = Account { person, password_hash, activation_hash: None, activation_expires_at: None };
    accounts::put(work, account)?;
    Ok(())
}

/// Signs an access token without a password, for this long: for demonstrations and tests.
pub fn issue_token(app: &App, person: PersonId, good_for: TimeDelta) -> Result<Signed, Problem> {
    app.write(|work| {
        let now = work.now();
        let session = Session {
            id: work.id(),
            person,
            created_at: now,
            expires_at: now + good_for,
            revoked_at: None,
            scope: None,
            client: None,
        };
        let session = sessions::insert(work, session)?;
        let grant = Grant {
            subject: person.into(),
            session: Some(session.id),
            client: None,
            secret: None,
            is_delegated: false,
            scope: &all_scopes(),
            token: work.id(),
        };
        app.tokens.sign(&grant, now, good_for)
    })
}

/// The person who has this e-mail address.
pub fn person_by_email(app: &App, email: &str) -> Result<PersonId, Problem> {
    app.database.read(app.clock.now(), |view| {
        let person = persons::find_by_email(view, email)?;
        person.map(|person| person.id).ok_or_else(|| domain::Refusal::hidden("person").into())
    })
}
