//! Profiles as others see them.

use chrono::NaiveDate;
use domain::profiles::availabilities::{Availability, AvailabilityPattern, AvailabilityTerms};
use domain::profiles::profile_skills::{Mastery, ProfileSkill, SkillLevel};
use domain::profiles::profiles::{EntrepreneurshipLevel, Profile, ProfileDetails};
use domain::profiles::sight::{Sight, ViewBasis};
use domain::vocabulary::EducationLevel;
use domain::{OrganisationId, PersonId, ProfileId, SkillId, Weekday};
use interchange::publishing::PublicPerson;
use serde::Serialize;
use utoipa::ToSchema;

use super::own_profile_types::{WordItem, words};
use super::profile_skill_types::{Labels, named};
use crate::paging::page_of;

/// A profile, as far as the caller may see it (profiel)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Profile)]
pub struct SeenProfileView {
    /// Identifies the profile; it tells neither whose it is nor since when it exists
    id: ProfileId,
    /// How much of it is shown here; what is not shown is null
    sight: Sight,
    /// Why the caller may see it
    basis: ViewBasis,
    /// The name; null on a card, unless the owner put it on the public one
    #[schema(max_length = 400, example = "Lieke de Wit")]
    name: Option<String>,
    /// Whose profile it is; null on a card
    person_id: Option<PersonId>,
    /// Who employs them; null on a card
    #[schema(max_items = 20)]
    employers: Option<Vec<EmployerView>>,
    /// One line that says it all
    #[schema(max_length = 120, example = "Jurist die graag over de grens van de gemeente kijkt")]
    headline: Option<String>,
    /// Fields of work (werkvelden)
    #[schema(max_items = 10)]
    fields_of_work: Vec<WordItem>,
    /// Core qualities (kernkwaliteiten)
    #[schema(max_items = 10)]
    core_qualities: Vec<WordItem>,
    /// Interests
    #[schema(max_items = 10)]
    interests: Vec<WordItem>,
    /// What they have done (ervaring)
    #[schema(max_length = 2000, example = "Tien jaar vergunningen, twee jaar projectleider.")]
    experience: Option<String>,
    /// What they want to achieve; null on a card
    #[schema(max_length = 2000, example = "Een keer een project van begin tot eind leiden.")]
    ambition: Option<String>,
    /// The level of education
    education_level: Option<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant
    entrepreneurship_level: Option<EntrepreneurshipLevel>,
    /// The skills
    #[schema(max_items = 100)]
    skills: Vec<SeenSkillView>,
    /// When they are available; null on a public card
    #[schema(max_items = 20)]
    availabilities: Option<Vec<SeenAvailabilityView>>,
}

/// Who employs somebody
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileEmployer)]
pub struct EmployerView {
    /// Identifies the organisation
    pub(super) organisation_id: OrganisationId,
    /// Its name
    #[schema(max_length = 200, example = "Gemeente Oss")]
    pub(super) organisation_name: String,
}

/// A skill on a profile, as others see it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SeenSkill)]
pub struct SeenSkillView {
    /// The concept of the vocabulary; null for words of one's own
    skill_id: Option<SkillId>,
    /// The label of the concept, or the words of one's own
    #[schema(max_length = 200, example = "bestuurlijke besluitvorming")]
    label: String,
    /// How well they master it
    level: Option<SkillLevel>,
    /// Whether they want to use it in a klus
    #[schema(example = true)]
    wants_to_use: bool,
    /// Whether they want to learn it, or learn more of it
    #[schema(example = false)]
    wants_to_learn: bool,
}

/// When somebody is available, as others see it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SeenAvailability)]
pub struct SeenAvailabilityView {
    /// The shape
    pattern: AvailabilityPattern,
    /// Minutes per week
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// On which days; any day where empty
    #[schema(max_items = 7)]
    weekdays: Vec<Weekday>,
    /// From which day
    #[schema(example = "2027-04-01")]
    start_date: Option<NaiveDate>,
    /// Until which day, that day included
    #[schema(example = "2027-10-01")]
    end_date: Option<NaiveDate>,
    /// How far from home, in kilometres
    #[schema(minimum = 0, maximum = 1000, example = 30)]
    max_distance_kilometres: Option<i64>,
    /// Whether it can be done from elsewhere
    #[schema(example = true)]
    remote: bool,
}

page_of!(
    /// A page of profiles
    ProfilePage as ProfilePage, SeenProfileView
);

/// Who it is, as far as that is shown.
pub(super) struct Identity {
    /// The name, for a whole profile or a public card that shows it.
    pub(super) name: Option<String>,
    /// The employers; only looked at for a whole profile.
    pub(super) employers: Vec<EmployerView>,
}

impl SeenProfileView {
    /// The public card at this address, for a page that everybody can read.
    pub(super) fn on_a_page(self, public_url: &str) -> PublicPerson {
        let words = |words: Vec<WordItem>| words.into_iter().map(|word| word.0).collect();
        PublicPerson {
            id: self.id.into(),
            link: format!("{public_url}/mensen/{}", self.id),
            name: self.name,
            headline: self.headline,
            fields_of_work: words(self.fields_of_work),
            core_qualities: words(self.core_qualities),
            interests: words(self.interests),
            skills: self.skills.into_iter().map(|skill| skill.label).collect(),
            experience: self.experience,
        }
    }

    /// How much of the profile is shown here.
    pub(crate) fn sight(&self) -> Sight {
        self.sight
    }

    /// As much of the profile as this sight shows.
    pub(super) fn of(
        profile: &Profile,
        (sight, basis): (Sight, ViewBasis),
        identity: Identity,
        skills: &[ProfileSkill],
        labels: &Labels,
        availabilities: &[Availability],
    ) -> Self {
        let Profile { id, revision: _, person, details, visibility: _, created_at: _, modified_at: _ } =
            profile.clone();
        let ProfileDetails {
            headline,
            fields_of_work,
            core_qualities,
            interests,
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
        } = details;
        let is_whole = sight == Sight::WholeProfile;
        let is_public = sight == Sight::PublicCard;
        Self {
            id,
            sight,
            basis,
            name: identity.name,
            person_id: is_whole.then_some(person),
            employers: is_whole.then_some(identity.employers),
            headline,
            fields_of_work: words(&fields_of_work),
            core_qualities: words(&core_qualities),
            interests: words(&interests),
            experience,
            ambition: ambition.filter(|_| is_whole),
            education_level,
            entrepreneurship_level,
            skills: skills.iter().map(|skill| SeenSkillView::of(skill, labels)).collect(),
            availabilities: (!is_public).then(|| availabilities.iter().map(SeenAvailabilityView::from).collect()),
        }
    }
}

impl SeenSkillView {
    fn of(skill: &ProfileSkill, labels: &Labels) -> Self {
        let Mastery { level, wants_to_use, wants_to_learn } = skill.mastery;
        let (skill_id, label) = named(&skill.skill, labels);
        Self { skill_id, label, level, wants_to_use, wants_to_learn }
    }
}

impl From<&Availability> for SeenAvailabilityView {
    fn from(availability: &Availability) -> Self {
        let AvailabilityTerms { pattern, minutes_per_week, weekdays, start, end, max_distance_kilometres, remote } =
            availability.terms.clone();
        Self { pattern, minutes_per_week, weekdays, start_date: start, end_date: end, max_distance_kilometres, remote }
    }
}
