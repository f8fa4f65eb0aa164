//! The profiles of the demonstration, visible as far as each of these people chose.

use domain::parties::role_assignments::{Role, Scope};
use domain::profiles::availabilities::{Availability, AvailabilityTerms};
use domain::profiles::profile_skills::{Mastery, ProfileSkill};
use domain::profiles::profiles::{Profile, ProfileDetails};
use domain::profiles::visibility::{Visibility, VisibilityLevel};
use domain::vocabulary::SkillReference;
use domain::{local_date, profiles::skills::id_of};
use persistence::Work;
use persistence::parties::role_assignments;
use persistence::profiles::{availabilities, profile_skills, profiles};

use super::data::{DemoAvailability, DemoPerson, DemoProfile, DemoSkill};
use super::fill::{Filled, known};
use crate::problem::Problem;

pub(super) fn fill_profiles(work: &mut Work<'_>, filled: &Filled, everybody: &[DemoPerson]) -> Result<(), Problem> {
    for person in everybody {
        let Some(demo) = &person.profile else { continue };
        let now = work.now();
        let profile = Profile::empty(work.blind_id(), known(&filled.people, &person.key)?, now);
        let profile = profile.revise(details(demo), std::slice::from_ref(&person.name.family), now)?;
        let visibility = visibility(work, filled, person, demo)?;
        let profile = profiles::insert(work, Profile { revision: 1, ..profile.show(visibility, now) })?;
        add_skills(work, &profile, &demo.skills)?;
        for (index, terms) in demo.availability.iter().enumerate() {
            let terms = availability(work, terms);
            let availability = Availability::add(work.id(), profile.id, terms, index, now)?;
            availabilities::insert(work, availability)?;
        }
    }
    Ok(())
}

fn details(demo: &DemoProfile) -> ProfileDetails {
    ProfileDetails {
        headline: Some(demo.headline.clone()),
        fields_of_work: demo.fields_of_work.clone(),
        core_qualities: demo.core_qualities.clone(),
        interests: demo.interests.clone(),
        ambition: Some(demo.ambition.clone()),
        experience: Some(demo.experience.clone()),
        education_level: Some(demo.education_level),
        entrepreneurship_level: Some(demo.entrepreneurship_level),
    }
}

fn visibility(
    work: &mut Work<'_>,
    filled: &Filled,
    person: &DemoPerson,
    demo: &DemoProfile,
) -> Result<Visibility, Problem> {
    let home = known(&filled.organisations, &person.organisation)?;
    let networks = if demo.visibility == VisibilityLevel::V3 { demo.networks.as_slice() } else { &[] };
    let networks = networks.iter().map(|key| known(&filled.networks, key)).collect::<Result<Vec<_>, _>>()?;
    let is_hidden = demo.hidden_from_own_organisation && demo.visibility != VisibilityLevel::V5;
    let advisers = role_assignments::holders(work, Role::MobilityAdviser, Scope::Organisation(home))?;
    let own = known(&filled.people, &person.key)?;
    let adviser = advisers.into_iter().find(|adviser| *adviser != own);
    let wanted = Visibility {
        level: demo.visibility,
        networks: networks.clone(),
        adviser: if demo.visibility >= VisibilityLevel::V1 { adviser } else { None },
        hidden_from: if is_hidden { vec![home] } else { Vec::new() },
        paused_until: None,
        name_on_public_card: true,
    };
    Ok(wanted.choose(&networks, &[home], true, work.now())?)
}

fn add_skills(work: &mut Work<'_>, profile: &Profile, demos: &[DemoSkill]) -> Result<(), Problem> {
    let mut added: Vec<ProfileSkill> = Vec::new();
    for demo in demos {
        let skill = match &demo.uri {
            Some(uri) => SkillReference::Concept(id_of(uri)),
            None => SkillReference::FreeText(demo.label.clone()),
        };
        let mastery =
            Mastery { level: Some(demo.level), wants_to_use: demo.wants_to_use, wants_to_learn: demo.wants_to_learn };
        let skill = ProfileSkill::add(work.id(), profile.id, skill, mastery, &added, work.now())?;
        added.push(profile_skills::insert(work, skill)?);
    }
    Ok(())
}

fn availability(work: &Work<'_>, demo: &DemoAvailability) -> AvailabilityTerms {
    let start = local_date(work.now()) + chrono::Days::new(demo.starts_in_days);
    AvailabilityTerms {
        pattern: demo.pattern,
        minutes_per_week: Some(demo.minutes_per_week),
        weekdays: demo.weekdays.clone(),
        start: Some(start),
        end: Some(start + chrono::Days::new(demo.duration_weeks * 7)),
        max_distance_kilometres: demo.max_distance_kilometres,
        remote: demo.remote,
    }
}
