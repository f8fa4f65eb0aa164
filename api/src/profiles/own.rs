//! The caller's own profile, which exists for everybody: as it was saved, or empty. Nobody else's can be reached here,
//! so nobody but the owner writes.

use domain::profiles::profiles::Profile;
use domain::{Audience, Change, EventKind, ProfileId, Refusal};
use persistence::parties::{organisations, persons};
use persistence::profiles::{profiles as kept, viewers};
use persistence::{View, Work, ledger};

use crate::access::Actor;
use crate::problem::Problem;

/// The caller's profile, as it was saved; at revision 0, without an id of its own, where nothing was.
pub(super) fn find(view: &mut View<'_>, actor: &Actor) -> Result<Profile, Problem> {
    let nothing_yet = ProfileId::from(uuid::Uuid::nil());
    Ok(kept::find_of_person(view, actor.person)?
        .unwrap_or_else(|| Profile::empty(nothing_yet, actor.person, view.now())))
}

/// The id of the caller's profile, if anything was saved.
pub(super) fn id_of(profile: &Profile) -> Option<ProfileId> {
    (profile.revision > 0).then_some(profile.id)
}

/// The caller's profile, kept from now on.
pub(super) fn ensure(work: &mut Work<'_>, actor: &Actor) -> Result<Profile, Problem> {
    let profile = find(work, actor)?;
    if id_of(&profile).is_some() { Ok(profile) } else { keep(work, profile) }
}

/// Keeps a changed one.
pub(super) fn keep(work: &mut Work<'_>, profile: Profile) -> Result<Profile, Problem> {
    Ok(match id_of(&profile) {
        Some(_) => kept::save(work, profile)?,
        None => kept::insert(work, Profile { id: work.blind_id(), ..profile })?,
    })
}

/// Tells the owner, and nobody else, that something changed.
pub(super) fn announce(work: &mut Work<'_>, profile: ProfileId, actor: &Actor) -> Result<(), Problem> {
    let change = Change::new(EventKind::ProfileChanged, profile).to([Audience::Person(actor.person)]);
    Ok(ledger::record(work, change)?)
}

/// The names that would tell whose profile it is: the caller's, and those of the employers.
pub(super) fn telling_names(view: &mut View<'_>, actor: &Actor) -> Result<Vec<String>, Problem> {
    let name = persons::get(view, actor.person)?.name;
    let employers = viewers::employers_of(view, actor.person)?;
    let employers = organisations::find_many(view, &employers)?;
    let mut names = vec![name.full(), format!("{} {}", name.given, name.family)];
    names.extend(employers.into_iter().map(|organisation| organisation.details.name));
    Ok(names)
}

/// What stands on a profile is found only by its owner.
pub(super) fn must_be_on(own: &Profile, profile: ProfileId, noun: &str) -> Result<(), Problem> {
    if id_of(own) == Some(profile) { Ok(()) } else { Err(Refusal::hidden(noun).into()) }
}
