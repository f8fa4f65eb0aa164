//! Local accounts: how a person proves who they are.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::{Moment, PersonId};

use crate::columns::{At, Key};
use crate::schema::parties::accounts;
use crate::{Result, View, Work};

/// The secrets of a local account; only hashes are kept.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose account it is.
    pub person: PersonId,
    /// The password, as an argon2id hash; absent until it is chosen.
    pub password_hash: Option<String>,
    /// The one-time token with which a password is chosen, hashed.
    pub activation_hash: Option<String>,
    /// Until when that token is good.
    pub activation_expires_at: Option<Moment>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    person_id: Key,
    password_hash: Option<String>,
    activation_hash: Option<String>,
    activation_expires_at: Option<At>,
    modified_at: At,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let Row { person_id, password_hash, activation_hash, activation_expires_at, modified_at: _ } = row;
        let activation_expires_at = activation_expires_at.map(|at| at.0);
        Self { person: person_id.to(), password_hash, activation_hash, activation_expires_at }
    }
}

/// The account of a person, if there is one.
pub fn find(view: &mut View<'_>, person: PersonId) -> Result<Option<Account>> {
    let row: Option<Row> = each!(view.conn, |c| accounts::table
        .filter(accounts::person_id.eq(Key::from(person)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Account::from))
}

/// The account that waits for this activation token, if there is one.
pub fn find_by_activation(view: &mut View<'_>, hash: &str) -> Result<Option<Account>> {
    let row: Option<Row> = each!(view.conn, |c| accounts::table
        .filter(accounts::activation_hash.eq(hash))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Account::from))
}

/// Keeps an account, new or changed.
pub fn put(work: &mut Work<'_>, account: Account) -> Result<Account> {
    let Account { person, password_hash, activation_hash, activation_expires_at } = account.clone();
    let row = Row {
        person_id: person.into(),
        password_hash,
        activation_hash,
        activation_expires_at: activation_expires_at.map(At),
        modified_at: At(work.now()),
    };
    each!(work.conn, |c| diesel::insert_into(accounts::table)
        .values(&row)
        .on_conflict(accounts::person_id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(account)
}

/// Forgets the secrets of a person, if they have any.
pub fn clear(work: &mut Work<'_>, person: PersonId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(accounts::table.filter(accounts::person_id.eq(Key::from(person)))).execute(c))?;
    Ok(())
}
