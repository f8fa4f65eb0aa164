//! Showing profiles to others: as much as each may see, and no more. Opening one stands in the owner's log.

use std::collections::HashMap;

use domain::profiles::offered::Offered;
use domain::profiles::profile_views::ProfileView;
use domain::profiles::profiles::Profile;
use domain::profiles::sight::{Sight, ViewBasis, Viewer, may_see};
use domain::{OrganisationId, PersonId, ProfileId, Refusal};
use persistence::parties::{organisations, persons};
use persistence::profiles::{availabilities, profile_skills, profile_views, skills, viewers};
use persistence::{View, Work};

use super::profile_skill_types::concepts_of;
use super::seen_profile_types::{EmployerView, Identity, SeenProfileView};
use crate::access::Actor;
use crate::problem::Problem;

/// The caller as a viewer. Who responded to a klus of theirs is left open: the market knows.
pub(crate) fn viewer_of(view: &mut View<'_>, actor: &Actor) -> Result<Viewer, Problem> {
    let employers: Vec<OrganisationId> = actor.employers().collect();
    Ok(viewers::of(view, actor.person, &employers, &actor.roles)?)
}

/// Shows a profile to one viewer and writes it in the owner's log; to who may not see it, it does not exist.
pub(crate) fn open(work: &mut Work<'_>, profile: Option<Profile>, viewer: &Viewer) -> Result<SeenProfileView, Problem> {
    let profile = profile.ok_or_else(|| Refusal::hidden("profile"))?;
    let seen = seen_of(work, vec![profile.clone()], viewer)?;
    let basis = seen.first().map(|(_, (_, basis))| *basis).ok_or_else(|| Refusal::hidden("profile"))?;
    if let Some(line) = ProfileView::by(viewer, work.id(), profile.id, basis, work.now()) {
        profile_views::insert(work, &line)?;
    }
    show(work, seen)?.pop().ok_or_else(|| Refusal::hidden("profile").into())
}

/// Those of these profiles that the viewer may see, as they may see them; nothing is written in any log.
pub(crate) fn glance(
    view: &mut View<'_>,
    profiles: Vec<Profile>,
    viewer: &Viewer,
) -> Result<Vec<SeenProfileView>, Problem> {
    let seen = seen_of(view, profiles, viewer)?;
    show(view, seen)
}

/// What these people state of themselves, as far as the viewer may see it; nothing is written in any log.
pub(crate) fn offered(
    view: &mut View<'_>,
    profiles: Vec<Profile>,
    viewer: &Viewer,
) -> Result<Vec<(Profile, Offered)>, Problem> {
    let seen = seen_of(view, profiles, viewer)?;
    let ids: Vec<ProfileId> = seen.iter().map(|(profile, _)| profile.id).collect();
    let skills = profile_skills::of_profiles(view, &ids)?;
    let availabilities = availabilities::of_profiles(view, &ids)?;
    let (mut skilled, mut available) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
    for skill in skills {
        skilled.entry(skill.profile).or_default().push((skill.skill, skill.mastery));
    }
    for availability in availabilities {
        available.entry(availability.profile).or_default().push(availability.terms);
    }
    let offered = seen.into_iter().map(|(profile, (sight, _))| {
        let is_card = sight == Sight::PublicCard; // it does not tell when somebody is available
        let offered = Offered {
            education: profile.details.education_level,
            skills: skilled.remove(&profile.id).unwrap_or_default(),
            interests: profile.details.interests.clone(),
            availabilities: available.remove(&profile.id).filter(|_| !is_card).unwrap_or_default(),
        };
        (profile, offered)
    });
    Ok(offered.collect())
}

type Seen = (Profile, (Sight, ViewBasis));

fn seen_of(view: &mut View<'_>, profiles: Vec<Profile>, viewer: &Viewer) -> Result<Vec<Seen>, Problem> {
    let people: Vec<PersonId> = profiles.iter().map(|profile| profile.person).collect();
    let owners = viewers::owners(view, &people)?;
    let now = view.now();
    let seen = |profile: Profile| {
        let seen = may_see(&profile, owners.get(&profile.person)?, viewer, now)?;
        Some((profile, seen))
    };
    Ok(profiles.into_iter().filter_map(seen).collect())
}

fn show(view: &mut View<'_>, seen: Vec<Seen>) -> Result<Vec<SeenProfileView>, Problem> {
    let ids: Vec<ProfileId> = seen.iter().map(|(profile, _)| profile.id).collect();
    let skilled = profile_skills::of_profiles(view, &ids)?;
    let labels = skills::labels(view, &concepts_of(&skilled))?;
    let available = availabilities::of_profiles(view, &ids)?;
    let mut identities = identities(view, &seen)?;
    let (mut skills, mut availabilities) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
    for skill in skilled {
        skills.entry(skill.profile).or_default().push(skill);
    }
    for availability in available {
        availabilities.entry(availability.profile).or_default().push(availability);
    }
    let shown = seen.into_iter().map(|(profile, seen)| {
        let identity = identities.remove(&profile.person).unwrap_or(Identity { name: None, employers: Vec::new() });
        let skills = skills.remove(&profile.id).unwrap_or_default();
        let availabilities = availabilities.remove(&profile.id).unwrap_or_default();
        SeenProfileView::of(&profile, seen, identity, &skills, &labels, &availabilities)
    });
    Ok(shown.collect())
}

/// Who they are, of those whose name may be shown: of the others nothing is even loaded.
fn identities(view: &mut View<'_>, seen: &[Seen]) -> Result<HashMap<PersonId, Identity>, Problem> {
    let whole = |(profile, (sight, _)): &&Seen| {
        // What stands on the public card is no secret on another card.
        *sight == Sight::WholeProfile || profile.is_named_in_public()
    };
    let named: Vec<PersonId> = seen.iter().filter(whole).map(|(profile, _)| profile.person).collect();
    let people = persons::find_many(view, &named)?;
    let employers = viewers::employers(view, &named)?;
    let places: Vec<OrganisationId> = employers.values().flatten().copied().collect();
    let places = organisations::named(view, &places)?;
    let names: HashMap<OrganisationId, String> = places.into_iter().map(|place| (place.id, place.name)).collect();
    let identity = |person: PersonId, name: String| {
        let own = employers.get(&person).into_iter().flatten();
        let employers = own.map(|id| EmployerView {
            organisation_id: *id,
            organisation_name: names.get(id).cloned().unwrap_or_default(),
        });
        (person, Identity { name: Some(name), employers: employers.collect() })
    };
    Ok(people.into_iter().map(|person| identity(person.id, person.name.full())).collect())
}
