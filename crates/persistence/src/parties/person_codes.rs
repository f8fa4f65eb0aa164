//! Codes that somebody makes for themselves, to be used once: to keep the account, or to be one person.

use diesel::prelude::*;
use domain::parties::persons::CodePurpose;
use domain::{Moment, PersonId, TextEnum};

use crate::columns::{At, Key};
use crate::schema::staff::person_codes;
use crate::{Result, View, Work};

/// Keeps a code by its hash, instead of an earlier one for the same purpose.
pub fn put(work: &mut Work<'_>, person: PersonId, purpose: CodePurpose, hash: &str, expires_at: Moment) -> Result<()> {
    forget(work, person, purpose)?;
    let values = (
        person_codes::hash.eq(hash),
        person_codes::person_id.eq(Key::from(person)),
        person_codes::purpose.eq(purpose.as_str()),
        person_codes::created_at.eq(At(work.now())),
        person_codes::expires_at.eq(At(expires_at)),
    );
    each!(work.conn, |c| diesel::insert_into(person_codes::table).values(values).execute(c))?;
    Ok(())
}

/// Whose code this is, if it is still good for this.
pub fn find(view: &mut View<'_>, purpose: CodePurpose, hash: &str) -> Result<Option<PersonId>> {
    let now = At(view.now());
    let key: Option<Key> = each!(view.conn, |c| person_codes::table
        .filter(person_codes::hash.eq(hash))
        .filter(person_codes::purpose.eq(purpose.as_str()))
        .filter(person_codes::expires_at.gt(now))
        .select(person_codes::person_id)
        .first(c)
        .optional())?;
    Ok(key.map(Key::to))
}

/// Forgets the code of somebody for this purpose, if there is one.
pub fn forget(work: &mut Work<'_>, person: PersonId, purpose: CodePurpose) -> Result<()> {
    each!(work.conn, |c| diesel::delete(
        person_codes::table
            .filter(person_codes::person_id.eq(Key::from(person)))
            .filter(person_codes::purpose.eq(purpose.as_str()))
    )
    .execute(c))?;
    Ok(())
}
