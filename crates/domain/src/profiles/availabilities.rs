//! Availability: when somebody could do a klus, and how far from home.

use chrono::{Datelike, NaiveDate};

use super::codes::PROFILE_FULL;
use crate::{AvailabilityId, Faults, Moment, ProfileId, Refusal, Weekday, text_enum};

/// A profile holds at most this many availabilities.
pub const MOST_AVAILABILITIES: usize = 20;

text_enum! {
    /// The shape in which somebody is available
    AvailabilityPattern {
        DayPerWeek = "DAY_PER_WEEK", "A day or more a week", "Een dag of meer per week";
        HoursPerWeek = "HOURS_PER_WEEK", "Some hours a week", "Enkele uren per week";
        BlockOfMonths = "BLOCK_OF_MONTHS", "A block of months", "Een blok van maanden";
        AdHoc = "AD_HOC", "Now and then", "Af en toe";
    }
}

/// When somebody is available (beschikbaarheid).
#[derive(Debug, Clone, PartialEq)]
pub struct Availability {
    /// Identifies it.
    pub id: AvailabilityId,
    /// Counts its changes.
    pub revision: i64,
    /// The profile it stands on.
    pub profile: ProfileId,
    /// What is offered.
    pub terms: AvailabilityTerms,
    /// When it was added.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What somebody offers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AvailabilityTerms {
    /// The shape.
    pub pattern: AvailabilityPattern,
    /// Minutes per week; may be left open for now and then.
    pub minutes_per_week: Option<i64>,
    /// On which days; any day where empty.
    pub weekdays: Vec<Weekday>,
    /// From which day.
    pub start: Option<NaiveDate>,
    /// Until which day, that day included.
    pub end: Option<NaiveDate>,
    /// How far from home, in kilometres.
    pub max_distance_kilometres: Option<i64>,
    /// Whether it can be done from elsewhere.
    pub remote: bool,
}

impl AvailabilityTerms {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.unless(
            self.minutes_per_week.is_some() || self.pattern == AvailabilityPattern::AdHoc,
            "minutesPerWeek",
            "must be given unless pattern is AD_HOC",
        );
        let is_block = self.pattern == AvailabilityPattern::BlockOfMonths;
        faults.unless(!is_block || self.start.is_some(), "startDate", "must be given for a BLOCK_OF_MONTHS");
        faults.unless(!is_block || self.end.is_some(), "endDate", "must be given for a BLOCK_OF_MONTHS");
        for (index, day) in self.weekdays.iter().enumerate() {
            let twice = self.weekdays.iter().take(index).any(|earlier| earlier == day);
            faults.unless(!twice, &format!("weekdays.{index}"), "must be named once");
        }
        for (field, day) in [("startDate", self.start), ("endDate", self.end)] {
            let known = day.is_none_or(|day| (2000..2200).contains(&day.year()));
            faults.unless(known, field, "must lie between 2000-01-01 and 2199-12-31");
        }
        if let (Some(start), Some(end)) = (self.start, self.end) {
            faults.unless(start <= end, "endDate", "must not be before startDate");
        }
        faults.finish()
    }
}

impl Availability {
    /// Adds an availability to a profile that holds this many.
    pub fn add(
        id: AvailabilityId,
        profile: ProfileId,
        terms: AvailabilityTerms,
        others: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        terms.check()?;
        if others >= MOST_AVAILABILITIES {
            let detail = format!("A profile holds at most {MOST_AVAILABILITIES} availabilities; remove one first.");
            return Err(PROFILE_FULL.refuse(detail));
        }
        Ok(Self { id, revision: 1, profile, terms, created_at: now, modified_at: now })
    }

    /// Offers something else.
    pub fn revise(self, terms: AvailabilityTerms, now: Moment) -> Result<Self, Refusal> {
        terms.check()?;
        Ok(Self { terms, modified_at: now, ..self })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::TextEnum;

    fn terms(pattern: AvailabilityPattern) -> AvailabilityTerms {
        let day = |text: &str| Some(text.parse().unwrap());
        AvailabilityTerms {
            pattern,
            minutes_per_week: Some(480),
            weekdays: vec![Weekday::Thursday, Weekday::Friday],
            start: day("2027-04-01"),
            end: day("2027-10-01"),
            max_distance_kilometres: Some(30),
            remote: true,
        }
    }

    fn faults_of(terms: AvailabilityTerms) -> Vec<String> {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let outcome = Availability::add(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), terms, 0, now);
        outcome.err().map(|refusal| refusal.faults).unwrap_or_default().into_iter().map(|fault| fault.name).collect()
    }

    #[test]
    fn each_pattern_needs_what_it_cannot_do_without() {
        for pattern in AvailabilityPattern::ALL {
            assert!(faults_of(terms(*pattern)).is_empty());
            let open = AvailabilityTerms { minutes_per_week: None, start: None, end: None, ..terms(*pattern) };
            let expected: &[&str] = match pattern {
                AvailabilityPattern::AdHoc => &[],
                AvailabilityPattern::BlockOfMonths => &["minutesPerWeek", "startDate", "endDate"],
                AvailabilityPattern::DayPerWeek | AvailabilityPattern::HoursPerWeek => &["minutesPerWeek"],
            };
            assert_eq!(faults_of(open), expected, "{pattern}");
        }
    }

    #[test]
    fn days_and_periods_make_sense() {
        let twice = AvailabilityTerms {
            weekdays: vec![Weekday::Friday, Weekday::Friday],
            end: Some("2027-03-31".parse().unwrap()),
            ..terms(AvailabilityPattern::DayPerWeek)
        };
        assert_eq!(faults_of(twice), ["weekdays.1", "endDate"]);
        let early = AvailabilityTerms {
            start: Some("1999-12-31".parse().unwrap()),
            ..terms(AvailabilityPattern::HoursPerWeek)
        };
        assert_eq!(faults_of(early), ["startDate"]);
    }

    #[test]
    fn a_profile_can_be_full() {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let add = |others| {
            let terms = terms(AvailabilityPattern::AdHoc);
            Availability::add(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), terms, others, now)
        };
        assert!(add(MOST_AVAILABILITIES - 1).is_ok());
        assert_eq!(add(MOST_AVAILABILITIES).unwrap_err().code, &PROFILE_FULL);
    }
}
