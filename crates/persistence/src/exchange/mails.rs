//! Mail that is to be sent or was, and the links in it.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::mails::Mail;
use domain::{MailId, Moment, NotificationId, PersonId};

use crate::columns::{At, Key, Place};
use crate::schema::exchange_telling::{mail_links, mail_notifications, mails};
use crate::{PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mails, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    person_id: Key,
    attempts: i64,
    due_at: Option<At>,
    sent_at: Option<At>,
    created_at: At,
}

impl From<&Mail> for Row {
    fn from(mail: &Mail) -> Self {
        let Mail { id, revision, person, attempts, due_at, sent_at, created_at } = mail;
        Self {
            id: (*id).into(),
            revision: *revision,
            person_id: (*person).into(),
            attempts: i64::from(*attempts),
            due_at: due_at.map(At),
            sent_at: sent_at.map(At),
            created_at: At(*created_at),
        }
    }
}

impl TryFrom<Row> for Mail {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, revision, person_id, attempts, due_at, sent_at, created_at } = row;
        Ok(Self {
            id: id.to(),
            revision,
            person: person_id.to(),
            attempts: Place::new("mails", id).count("attempts", attempts)?,
            due_at: due_at.map(|at| at.0),
            sent_at: sent_at.map(|at| at.0),
            created_at: created_at.0,
        })
    }
}

keep!(mails, Mail, MailId, Row);

/// Lets these notifications stand in a mail.
pub fn put_in(work: &mut Work<'_>, mail: MailId, notifications: &[NotificationId]) -> Result<()> {
    let rows: Vec<_> = notifications
        .iter()
        .map(|id| {
            (mail_notifications::mail_id.eq(Key::from(mail)), mail_notifications::notification_id.eq(Key::from(*id)))
        })
        .collect();
    each!(work.conn, |c| diesel::insert_into(mail_notifications::table).values(&rows).execute(c))?;
    Ok(())
}

/// The mail that is due at this moment, the longest waiting first.
pub fn due(view: &mut View<'_>, limit: u32) -> Result<Vec<MailId>> {
    let now = At(view.now());
    let ids: Vec<Key> = each!(view.conn, |c| mails::table
        .filter(mails::due_at.le(now))
        .order((mails::due_at, mails::id))
        .limit(i64::from(limit))
        .select(mails::id)
        .load(c))?;
    Ok(ids.into_iter().map(Key::to).collect())
}

/// Forgets mail that was made before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    let old = mails::table.filter(mails::created_at.lt(At(moment)));
    Ok(each!(work.conn, |c| diesel::delete(old).execute(c))?)
}

/// The secret in the links of somebody's mail, if there is one.
pub fn link_of(view: &mut View<'_>, person: PersonId) -> Result<Option<String>> {
    Ok(each!(view.conn, |c| mail_links::table
        .filter(mail_links::person_id.eq(Key::from(person)))
        .select(mail_links::secret)
        .first(c)
        .optional())?)
}

/// Keeps a new secret for the links of somebody's mail, unless there is one.
pub fn put_link(work: &mut Work<'_>, person: PersonId, secret: &str) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::insert_into(mail_links::table)
        .values((
            mail_links::person_id.eq(Key::from(person)),
            mail_links::secret.eq(secret),
            mail_links::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Whose mail has links with this secret.
pub fn person_of_link(view: &mut View<'_>, secret: &str) -> Result<Option<PersonId>> {
    let person: Option<Key> = each!(view.conn, |c| mail_links::table
        .filter(mail_links::secret.eq(secret))
        .select(mail_links::person_id)
        .first(c)
        .optional())?;
    Ok(person.map(Key::to))
}

/// The links in somebody's mail are good for nothing any more.
pub fn drop_link(work: &mut Work<'_>, person: PersonId) -> Result<()> {
    let own = mail_links::table.filter(mail_links::person_id.eq(Key::from(person)));
    each!(work.conn, |c| diesel::delete(own).execute(c))?;
    Ok(())
}
