//! Notifications, and how people want to be told.

use std::collections::BTreeMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::notifications::{Finding, Notification, NotificationPreferences};
use domain::{MailId, Moment, NotificationId, PersonId};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_telling::{mail_notifications, notification_preferences, notifications};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = notifications, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    person_id: Key,
    kind: String,
    event_seq: Option<i64>,
    subject_kind: String,
    subject_id: Key,
    organisation_id: Option<Key>,
    role: Option<String>,
    state: Option<String>,
    search_id: Option<Key>,
    assignment_ids: Option<serde_json::Value>,
    occurred_at: At,
    created_at: At,
    read_at: Option<At>,
    mail_at: Option<At>,
}

impl From<&Notification> for Row {
    fn from(notification: &Notification) -> Self {
        let Notification {
            id,
            revision,
            person,
            kind,
            event,
            subject_kind,
            subject_id,
            organisation,
            role,
            state,
            finding,
            occurred_at,
            created_at,
            read_at,
            mail_at,
        } = notification;
        Self {
            id: (*id).into(),
            revision: *revision,
            person_id: (*person).into(),
            kind: kind.to_string(),
            event_seq: *event,
            subject_kind: subject_kind.clone(),
            subject_id: Key(*subject_id),
            organisation_id: organisation.map(Key::from),
            role: role.map(|role| role.to_string()),
            state: state.clone(),
            search_id: finding.as_ref().map(|finding| finding.search.into()),
            assignment_ids: finding.as_ref().map(|finding| to_json(&finding.assignments)),
            occurred_at: At(*occurred_at),
            created_at: At(*created_at),
            read_at: read_at.map(At),
            mail_at: mail_at.map(At),
        }
    }
}

impl TryFrom<Row> for Notification {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let place = Place::new("notifications", row.id);
        let assignments = place.optional_json("assignment_ids", row.assignment_ids)?;
        Ok(Self {
            id: row.id.to(),
            revision: row.revision,
            person: row.person_id.to(),
            kind: place.value("kind", &row.kind)?,
            event: row.event_seq,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id.0,
            organisation: row.organisation_id.map(Key::to),
            role: place.optional("role", row.role.as_deref())?,
            state: row.state,
            finding: row
                .search_id
                .zip(assignments)
                .map(|(search, assignments)| Finding { search: search.to(), assignments }),
            occurred_at: row.occurred_at.0,
            created_at: row.created_at.0,
            read_at: row.read_at.map(|at| at.0),
            mail_at: row.mail_at.map(|at| at.0),
        })
    }
}

keep!(notifications, Notification, NotificationId, Row);

/// Keeps a new one, unless the person was told of that event already.
pub fn insert_once(work: &mut Work<'_>, notification: &Notification) -> Result<()> {
    let row = Row::from(notification);
    let statement = diesel::insert_into(notifications::table).values(&row).on_conflict_do_nothing();
    each!(work.conn, |c| statement.execute(c))?;
    Ok(())
}

/// A page of somebody's notifications, newest first; read and unread unless one of them is asked for.
pub fn list(
    view: &mut View<'_>,
    person: PersonId,
    unread: Option<bool>,
    request: &PageRequest,
) -> Result<Page<Notification>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = notifications::table
            .filter(notifications::person_id.eq(Key::from(person)))
            .select(Row::as_select())
            .into_boxed();
        let query = match unread {
            Some(true) => query.filter(notifications::read_at.is_null()),
            Some(false) => query.filter(notifications::read_at.is_not_null()),
            None => query,
        };
        newest_first!(query, request, notifications::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Notification>>>()?;
    Ok(request.page(items, |notification| (String::new(), notification.id.into())))
}

/// How many somebody has not read, counted up to a limit.
pub fn count_unread(view: &mut View<'_>, person: PersonId, limit: u32) -> Result<u32> {
    let ids: Vec<Key> = each!(view.conn, |c| notifications::table
        .filter(notifications::person_id.eq(Key::from(person)))
        .filter(notifications::read_at.is_null())
        .select(notifications::id)
        .limit(i64::from(limit))
        .load(c))?;
    Ok(u32::try_from(ids.len()).unwrap_or(limit))
}

/// Marks all that somebody has as read, up to and including this one.
pub fn read_up_to(work: &mut Work<'_>, person: PersonId, id: NotificationId) -> Result<()> {
    let now = At(work.now());
    let unread = notifications::table
        .filter(notifications::person_id.eq(Key::from(person)))
        .filter(notifications::read_at.is_null())
        .filter(notifications::id.le(Key::from(id)));
    each!(work.conn, |c| diesel::update(unread)
        .set((
            notifications::read_at.eq(Some(now)),
            notifications::mail_at.eq(None::<At>),
            notifications::revision.eq(notifications::revision + 1),
        ))
        .execute(c))?;
    Ok(())
}

/// Forgets what was made before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    let old = notifications::table.filter(notifications::created_at.lt(At(moment)));
    Ok(each!(work.conn, |c| diesel::delete(old).execute(c))?)
}

/// To whom something is due by e-mail at this moment.
pub fn due_by_mail(view: &mut View<'_>, limit: u32) -> Result<Vec<PersonId>> {
    let now = At(view.now());
    let people: Vec<Key> = each!(view.conn, |c| notifications::table
        .filter(notifications::mail_at.le(now))
        .order(notifications::person_id)
        .limit(i64::from(limit))
        .select(notifications::person_id)
        .distinct()
        .load(c))?;
    Ok(people.into_iter().map(Key::to).collect())
}

/// Takes what is due to somebody by e-mail, oldest first: it is due no more.
pub fn take_mail(work: &mut Work<'_>, person: PersonId, limit: u32) -> Result<Vec<NotificationId>> {
    let now = At(work.now());
    let ids: Vec<Key> = each!(work.conn, |c| notifications::table
        .filter(notifications::person_id.eq(Key::from(person)))
        .filter(notifications::mail_at.le(now))
        .order(notifications::id)
        .limit(i64::from(limit))
        .select(notifications::id)
        .load(c))?;
    let taken = notifications::table.filter(notifications::id.among(&ids));
    let gone = (notifications::mail_at.eq(None::<At>), notifications::mailed_at.eq(Some(now)));
    each!(work.conn, |c| diesel::update(taken).set(gone).execute(c))?;
    Ok(ids.into_iter().map(Key::to).collect())
}

/// What was due by e-mail before this moment is not sent any more: nobody could.
pub fn pass_over_mail(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    let late = notifications::table.filter(notifications::mail_at.lt(At(moment)));
    Ok(each!(work.conn, |c| diesel::update(late).set(notifications::mail_at.eq(None::<At>)).execute(c))?)
}

/// What stands in a mail and was not read meanwhile, oldest first.
pub fn unread_of_mail(view: &mut View<'_>, mail: MailId) -> Result<Vec<Notification>> {
    let rows: Vec<Row> = each!(view.conn, |c| notifications::table
        .filter(notifications::read_at.is_null())
        .filter(
            notifications::id.eq_any(
                mail_notifications::table
                    .filter(mail_notifications::mail_id.eq(Key::from(mail)))
                    .select(mail_notifications::notification_id)
            )
        )
        .order(notifications::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How somebody wants to be told; nothing but the inbox where they never chose.
pub fn preferences_of(view: &mut View<'_>, person: PersonId) -> Result<NotificationPreferences> {
    let row: Option<(i64, serde_json::Value)> = each!(view.conn, |c| notification_preferences::table
        .filter(notification_preferences::person_id.eq(Key::from(person)))
        .select((notification_preferences::revision, notification_preferences::email))
        .first(c)
        .optional())?;
    let Some((revision, email)) = row else {
        return Ok(NotificationPreferences { person, revision: 0, email: BTreeMap::new() });
    };
    let email = Place::new("notification_preferences", person.into()).json("email", email)?;
    Ok(NotificationPreferences { person, revision, email })
}

/// Keeps how somebody wants to be told.
pub fn put_preferences(work: &mut Work<'_>, preferences: NotificationPreferences) -> Result<NotificationPreferences> {
    let preferences = NotificationPreferences { revision: preferences.revision + 1, ..preferences };
    let now = At(work.now());
    let (revision, email) = (preferences.revision, to_json(&preferences.email));
    each!(work.conn, |c| diesel::insert_into(notification_preferences::table)
        .values((
            notification_preferences::person_id.eq(Key::from(preferences.person)),
            notification_preferences::revision.eq(revision),
            notification_preferences::email.eq(&email),
            notification_preferences::modified_at.eq(now),
        ))
        .on_conflict(notification_preferences::person_id)
        .do_update()
        .set((
            notification_preferences::revision.eq(revision),
            notification_preferences::email.eq(&email),
            notification_preferences::modified_at.eq(now),
        ))
        .execute(c))?;
    Ok(preferences)
}
