//! How well a klus and somebody suit each other: whole-number arithmetic over what both stated, and over nothing else.
//!
//! It ranks, and never decides: what ranks low, or shares nothing, stands in the lists all the same.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::assignments::RemoteMode;
use super::demand::Demand;
use super::effort::Period;
use super::requirements::Fulfilment;
use crate::profiles::availabilities::AvailabilityTerms;
use crate::profiles::offered::Offered;
use crate::profiles::profile_skills::{Mastery, SkillLevel};
use crate::vocabulary::SkillReference;
use crate::{Refusal, SkillId, TextEnum as _, fold, text_enum};

/// The most points there are, for an aspect and in all.
pub const MOST_POINTS: i64 = 1000;
/// The heaviest an aspect can weigh.
pub const MOST_WEIGHT: i64 = 100;
/// A required skill counts so many times as much as one that helps.
const REQUIRED_COUNTS: i64 = 2;

text_enum! {
    /// What a klus and a person are laid beside each other for (aspect van een match)
    MatchAspect {
        Skills = "SKILLS", "The skills that are asked, as far as they are mastered", "De gevraagde vaardigheden, voor zover beheerst";
        WantsToUse = "WANTS_TO_USE", "The skills that are asked and that they want to use", "De gevraagde vaardigheden die iemand wil gebruiken";
        WantsToLearn = "WANTS_TO_LEARN", "The skills that are asked and that they want to learn", "De gevraagde vaardigheden die iemand wil leren";
        Interests = "INTERESTS", "The interests that the klus speaks to", "De interesses die de klus aanspreekt";
        Hours = "HOURS", "The hours per week", "De uren per week";
        Period = "PERIOD", "The days of the period", "De dagen van de periode";
        Education = "EDUCATION", "The level of education", "Het opleidingsniveau";
        Workplace = "WORKPLACE", "Work that can be done from elsewhere", "Werk dat op afstand kan";
    }
}

impl MatchAspect {
    /// What it weighs unless somebody says otherwise.
    pub fn usual_weight(self) -> i64 {
        match self {
            Self::Skills => 40,
            Self::Interests => 15,
            Self::WantsToUse | Self::WantsToLearn | Self::Hours => 10,
            Self::Period | Self::Education | Self::Workplace => 5,
        }
    }
}

/// What each aspect weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchWeights(HashMap<MatchAspect, i64>);

impl MatchWeights {
    /// The weights somebody chose; an aspect for which nothing is chosen weighs what it usually does.
    pub fn chosen(choice: impl Fn(MatchAspect) -> Option<i64>) -> Result<Self, Refusal> {
        let weigh = |aspect: MatchAspect| choice(aspect).unwrap_or(aspect.usual_weight()).clamp(0, MOST_WEIGHT);
        let weights: HashMap<_, _> = MatchAspect::ALL.iter().map(|aspect| (*aspect, weigh(*aspect))).collect();
        if weights.values().all(|weight| *weight == 0) {
            return Err(Refusal::invalid("skillsWeight", "must be more than 0 where all other weights are 0"));
        }
        Ok(Self(weights))
    }

    fn of(&self, aspect: MatchAspect) -> i64 {
        self.0.get(&aspect).copied().unwrap_or_default()
    }
}

/// How rare skills are among what is ranked: the commonest weighs 1, and each halving adds 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rarity(HashMap<SkillId, i64>);

impl Rarity {
    /// Counts them: one item for each thing that has the skill.
    pub fn among(skills: impl IntoIterator<Item = SkillId>) -> Self {
        let mut counts: HashMap<SkillId, i64> = HashMap::new();
        for skill in skills {
            *counts.entry(skill).or_default() += 1;
        }
        Self::counted(counts)
    }

    /// From how many have each skill.
    pub fn counted(counts: impl IntoIterator<Item = (SkillId, i64)>) -> Self {
        let counts: HashMap<SkillId, i64> = counts.into_iter().collect();
        let most = counts.values().copied().max().unwrap_or(1);
        let weigh = |count: i64| 1 + i64::from((most / count.max(1)).max(1).ilog2());
        Self(counts.into_iter().map(|(skill, count)| (skill, weigh(count))).collect())
    }

    /// What a skill weighs; words of one's own and what nobody has weigh 1.
    pub fn of(&self, skill: &SkillReference) -> i64 {
        match skill {
            SkillReference::Concept(id) => self.0.get(id).copied().unwrap_or(1),
            SkillReference::FreeText(_) => 1,
        }
    }
}

/// What one aspect came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AspectScore {
    /// Which.
    pub aspect: MatchAspect,
    /// What it weighs.
    pub weight: i64,
    /// From nothing to a thousand.
    pub points: i64,
    /// Whether the klus says anything about it; what it does not has no points.
    pub is_asked: bool,
    /// Whether they stated anything that is asked and shown; what is not stated has no points.
    pub is_stated: bool,
}

/// How well the two suit each other, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The average of the points of all aspects, by weight; rounded down. A klus that says little suits nobody very well.
    pub score: i64,
    /// All aspects.
    pub aspects: Vec<AspectScore>,
    /// The skills that are asked and stated.
    pub shared_skills: Vec<SkillReference>,
}

impl Match {
    /// Lays the two beside each other.
    pub fn of(sought: &Demand, offered: &Offered, rarity: &Rarity, weights: &MatchWeights) -> Self {
        let score = |aspect| {
            let found = points(aspect, sought, offered, rarity);
            AspectScore {
                aspect,
                weight: weights.of(aspect),
                points: found.flatten().unwrap_or_default(),
                is_asked: found.is_some(),
                is_stated: found.flatten().is_some(),
            }
        };
        let aspects: Vec<AspectScore> = MatchAspect::ALL.iter().map(|aspect| score(*aspect)).collect();
        let weight: i64 = aspects.iter().map(|one| one.weight).sum();
        let points: i64 = aspects.iter().map(|one| one.weight * one.points).sum();
        let shared = asked(sought).filter(|(skill, _)| mastery(offered, skill).is_some());
        let shared_skills = shared.map(|(skill, _)| skill.clone()).collect();
        Self { score: points.checked_div(weight).unwrap_or_default(), aspects, shared_skills }
    }
}

/// What an aspect comes to: nothing where the klus does not say anything about it, and within that nothing where the
/// person does not.
fn points(aspect: MatchAspect, sought: &Demand, offered: &Offered, rarity: &Rarity) -> Option<Option<i64>> {
    match aspect {
        MatchAspect::Skills => covered(sought, offered, rarity, |mastery| mastery.level.map_or(0, mastered)),
        MatchAspect::WantsToUse => {
            covered(sought, offered, rarity, |mastery| whole(mastery.wants_to_use && mastery.level.is_some()))
        }
        MatchAspect::WantsToLearn => covered(sought, offered, rarity, |mastery| whole(mastery.wants_to_learn)),
        MatchAspect::Interests => interests(sought, offered),
        MatchAspect::Hours => best(sought, offered).map(|best| best.map(|(hours, _)| hours)),
        MatchAspect::Period => {
            sought.period()?;
            best(sought, offered).map(|best| best.map(|(_, period)| period))
        }
        MatchAspect::Education => education(sought, offered),
        MatchAspect::Workplace => {
            let stated = !offered.availabilities.is_empty();
            let points = stated.then(|| whole(offered.availabilities.iter().any(|one| one.remote)));
            (sought.remote != RemoteMode::OnSite).then_some(points)
        }
    }
}

fn whole(is_so: bool) -> i64 {
    if is_so { MOST_POINTS } else { 0 }
}

/// A skill counts at every level: who has begun with it is not nobody.
fn mastered(level: SkillLevel) -> i64 {
    match level {
        SkillLevel::Basic => 400,
        SkillLevel::Proficient => 700,
        SkillLevel::Advanced => 900,
        SkillLevel::Expert => MOST_POINTS,
    }
}

/// What is asked, and how much it counts.
fn asked(sought: &Demand) -> impl Iterator<Item = (&SkillReference, i64)> {
    let required = sought.required_skills.iter().map(|skill| (skill, REQUIRED_COUNTS));
    required.chain(sought.preferred_skills.iter().map(|skill| (skill, 1)))
}

fn mastery(offered: &Offered, skill: &SkillReference) -> Option<Mastery> {
    offered.skills.iter().find(|(one, _)| one.means(skill)).map(|(_, mastery)| *mastery)
}

/// The average over the skills that are asked, by rarity and by how much they count.
fn covered(sought: &Demand, offered: &Offered, rarity: &Rarity, worth: impl Fn(Mastery) -> i64) -> Option<Option<i64>> {
    let weigh = |skill, counts: i64| counts * rarity.of(skill);
    let all: i64 = asked(sought).map(|(skill, counts)| weigh(skill, counts)).sum();
    let own = asked(sought).map(|(skill, counts)| weigh(skill, counts) * mastery(offered, skill).map_or(0, &worth));
    let own: i64 = own.sum();
    Some((!offered.skills.is_empty()).then_some(own.checked_div(all)?))
}

fn interests(sought: &Demand, offered: &Offered) -> Option<Option<i64>> {
    let own: Vec<String> = offered.interests.iter().map(|one| fold(one)).collect();
    let shared = sought.interests.iter().filter(|one| own.contains(&fold(one))).count();
    let points = share(shared, sought.interests.len())?;
    Some((!own.is_empty()).then_some(points))
}

fn share(part: usize, of: usize) -> Option<i64> {
    let (part, of) = (i64::try_from(part).ok()?, i64::try_from(of).ok()?);
    (part * MOST_POINTS).checked_div(of)
}

fn education(sought: &Demand, offered: &Offered) -> Option<Option<i64>> {
    if sought.education_levels.is_empty() {
        return None;
    }
    Some(match Fulfilment::of_education(&sought.education_levels, offered.education) {
        Fulfilment::Met => Some(MOST_POINTS),
        Fulfilment::NotMet => Some(0),
        Fulfilment::NotStated => None,
    })
}

/// Hours and days of the one availability that suits best: those of two do not add up.
fn best(sought: &Demand, offered: &Offered) -> Option<Option<(i64, i64)>> {
    let wanted = sought.effort?.average_minutes_per_week(sought.period())?;
    let suits = |one: &AvailabilityTerms| {
        let minutes = one.minutes_per_week?.min(wanted);
        let days = sought.period().map_or(MOST_POINTS, |period| days_of(one, period));
        Some(((minutes * MOST_POINTS).checked_div(wanted)?, days))
    };
    Some(offered.availabilities.iter().filter_map(suits).max_by_key(|(hours, days)| (hours * days, *hours)))
}

fn days_of(one: &AvailabilityTerms, period: Period) -> i64 {
    let start: NaiveDate = one.start.map_or(period.start, |start| start.max(period.start));
    let end = one.end.map_or(period.end, |end| end.min(period.end));
    let days = Period::between(start, end).map_or(0, Period::days);
    (i64::from(days) * MOST_POINTS).checked_div(i64::from(period.days())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::market::fixtures::{day, details};
    use crate::profiles::availabilities::AvailabilityPattern;
    use crate::vocabulary::EducationLevel;

    fn concept(number: u128) -> SkillReference {
        SkillReference::Concept(Uuid::from_u128(number).into())
    }

    fn sought() -> Demand {
        Demand {
            required_skills: vec![concept(1)],
            preferred_skills: vec![concept(2)],
            interests: vec!["Natuur".to_owned(), "Wonen".to_owned()],
            education_levels: vec![EducationLevel::Hbo],
            ..Demand::from(&details())
        }
    }

    fn at(level: SkillLevel) -> Mastery {
        Mastery { level: Some(level), wants_to_use: false, wants_to_learn: false }
    }

    fn available(minutes: i64, start: &str, end: &str) -> AvailabilityTerms {
        AvailabilityTerms {
            pattern: AvailabilityPattern::BlockOfMonths,
            minutes_per_week: Some(minutes),
            weekdays: Vec::new(),
            start: Some(day(start)),
            end: Some(day(end)),
            max_distance_kilometres: None,
            remote: true,
        }
    }

    fn usual() -> MatchWeights {
        MatchWeights::chosen(|_| None).unwrap()
    }

    fn points_of(found: &Match, aspect: MatchAspect) -> Option<(i64, bool)> {
        found.aspects.iter().find(|one| one.aspect == aspect).map(|one| (one.points, one.is_stated))
    }

    #[test]
    fn who_has_all_that_is_asked_has_all_points() {
        let wanting = Mastery { wants_to_use: true, wants_to_learn: true, ..at(SkillLevel::Expert) };
        let offered = Offered {
            education: Some(EducationLevel::Wo),
            skills: vec![(concept(1), wanting), (concept(2), wanting)],
            interests: vec!["wonen".to_owned(), "NATUUR".to_owned()],
            availabilities: vec![available(480, "2026-01-01", "2027-01-01")],
        };
        let found = Match::of(&sought(), &offered, &Rarity::default(), &usual());
        assert_eq!(found.score, MOST_POINTS);
        assert_eq!(found.aspects.len(), MatchAspect::ALL.len());
        assert_eq!(found.shared_skills, [concept(1), concept(2)]);
    }

    #[test]
    fn what_is_not_stated_has_no_points_and_is_told_apart_from_what_does_not_suit() {
        let found = Match::of(&sought(), &Offered::default(), &Rarity::default(), &usual());
        assert_eq!(found.score, 0);
        assert!(found.aspects.iter().all(|one| !one.is_stated && one.points == 0));
        let low = Offered { education: Some(EducationLevel::Mbo), ..Offered::default() };
        let found = Match::of(&sought(), &low, &Rarity::default(), &usual());
        assert_eq!(points_of(&found, MatchAspect::Education), Some((0, true)));
    }

    #[test]
    fn what_the_klus_does_not_ask_brings_no_points() {
        let open = Demand {
            required_skills: Vec::new(),
            preferred_skills: Vec::new(),
            interests: Vec::new(),
            education_levels: Vec::new(),
            remote: RemoteMode::OnSite,
            ..sought()
        };
        let offered =
            Offered { availabilities: vec![available(480, "2026-01-01", "2027-01-01")], ..Offered::default() };
        let found = Match::of(&open, &offered, &Rarity::default(), &usual());
        let asked =
            |found: &Match| found.aspects.iter().filter(|one| one.is_asked).map(|one| one.aspect).collect::<Vec<_>>();
        assert_eq!(asked(&found), [MatchAspect::Hours, MatchAspect::Period]);
        assert_eq!(found.score, 150, "fifteen of the hundred weigh");
        let silent = Demand { effort: None, ..open };
        let found = Match::of(&silent, &offered, &Rarity::default(), &usual());
        assert_eq!((found.score, asked(&found).len()), (0, 0));
    }

    #[test]
    fn a_required_skill_counts_twice_and_a_rare_one_more() {
        let has = |skill| Offered { skills: vec![(skill, at(SkillLevel::Expert))], ..Offered::default() };
        let skills = |offered: &Offered, rarity: &Rarity| {
            points_of(&Match::of(&sought(), offered, rarity, &usual()), MatchAspect::Skills).unwrap().0
        };
        let none = Rarity::default();
        assert_eq!((skills(&has(concept(1)), &none), skills(&has(concept(2)), &none)), (666, 333));
        let (SkillReference::Concept(common), SkillReference::Concept(rare)) = (concept(1), concept(2)) else {
            panic!()
        };
        let rarity = Rarity::among([[common; 8].as_slice(), &[rare]].concat());
        assert_eq!((rarity.of(&concept(1)), rarity.of(&concept(2)), rarity.of(&concept(3))), (1, 4, 1));
        assert_eq!((skills(&has(concept(1)), &rarity), skills(&has(concept(2)), &rarity)), (333, 666));
    }

    #[test]
    fn more_of_a_skill_is_never_less() {
        let levels = SkillLevel::ALL.iter().map(|level| mastered(*level));
        let levels: Vec<i64> = [0].into_iter().chain(levels).collect();
        assert!(levels.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn hours_of_one_time_and_days_of_another_do_not_add_up() {
        let early = available(480, "2026-01-01", "2026-08-31");
        let late = available(120, "2026-09-01", "2026-12-31");
        let of = |availabilities| {
            let offered = Offered { availabilities, ..Offered::default() };
            let found = Match::of(&sought(), &offered, &Rarity::default(), &usual());
            let points = |aspect| points_of(&found, aspect).unwrap().0;
            (points(MatchAspect::Hours), points(MatchAspect::Period))
        };
        assert_eq!(of(vec![early.clone(), late.clone()]), (250, 1000));
        assert_eq!(of(vec![early]), (1000, 0));
        assert_eq!(of(vec![AvailabilityTerms { start: None, end: None, ..late }]), (250, 1000));
    }

    #[test]
    fn the_weights_are_the_callers_and_not_all_nothing() {
        let offered = Offered { interests: vec!["Wonen".to_owned()], ..Offered::default() };
        let score = |aspect| {
            let weights = MatchWeights::chosen(|one| Some(if one == aspect { 7 } else { 0 })).unwrap();
            Match::of(&sought(), &offered, &Rarity::default(), &weights).score
        };
        assert_eq!((score(MatchAspect::Interests), score(MatchAspect::Skills)), (500, 0));
        let nothing = MatchWeights::chosen(|_| Some(0));
        assert_eq!(nothing.unwrap_err().faults[0].name, "skillsWeight");
        assert_eq!(MatchAspect::ALL.iter().map(|one| one.usual_weight()).sum::<i64>(), 100);
    }
}
