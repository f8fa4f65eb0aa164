//! The keys that sign access tokens. Every instance signs with the newest and accepts all that are not retired.

use diesel::prelude::*;
use domain::Moment;

use crate::columns::At;
use crate::schema::exchange::signing_keys;
use crate::{Result, View, Work};

/// A key pair.
#[derive(Debug, Clone)]
pub struct SigningKey {
    /// Its name in tokens.
    pub kid: String,
    /// The private key, PKCS#8 as PEM.
    pub private_key: String,
    /// When it was made.
    pub created_at: Moment,
}

/// All keys that are not retired, newest first.
pub fn current(view: &mut View<'_>) -> Result<Vec<SigningKey>> {
    let rows: Vec<(String, String, At)> = each!(view.conn, |c| signing_keys::table
        .filter(signing_keys::retired_at.is_null())
        .order((signing_keys::created_at.desc(), signing_keys::kid))
        .select((signing_keys::kid, signing_keys::private_key, signing_keys::created_at))
        .load(c))?;
    Ok(rows
        .into_iter()
        .map(|(kid, private_key, created_at)| SigningKey { kid, private_key, created_at: created_at.0 })
        .collect())
}

/// Adds a key.
pub fn insert(work: &mut Work<'_>, key: &SigningKey) -> Result<()> {
    each!(work.conn, |c| diesel::insert_into(signing_keys::table)
        .values((
            signing_keys::kid.eq(&key.kid),
            signing_keys::private_key.eq(&key.private_key),
            signing_keys::created_at.eq(At(key.created_at)),
        ))
        .execute(c))?;
    Ok(())
}

/// Retires the keys made before this moment.
pub fn retire_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    let now = At(work.now());
    Ok(each!(work.conn, |c| diesel::update(
        signing_keys::table.filter(signing_keys::retired_at.is_null()).filter(signing_keys::created_at.lt(At(moment)))
    )
    .set(signing_keys::retired_at.eq(Some(now)))
    .execute(c))?)
}
