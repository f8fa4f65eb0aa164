//! Saved searches: what somebody looks for, and how they hear of klussen that newly fit.

use chrono::{Datelike, Days, NaiveTime, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::codes::SAVED_SEARCHES_FULL;
use crate::market::criteria::AssignmentCriteria;
use crate::{Faults, Moment, PersonId, Refusal, SavedSearchId, text_enum};

/// How many saved searches somebody has at most.
pub const MOST_SAVED_SEARCHES: usize = 50;
/// The hour of the day, in the Netherlands, at which digests are made.
const DIGEST_HOUR: u32 = 7;

text_enum! {
    /// How often somebody hears of klussen that newly fit a saved search (frequentie van de zoekopdracht)
    AlertFrequency {
        None = "NONE", "Never", "Nooit";
        Immediate = "IMMEDIATE", "At once", "Direct";
        Daily = "DAILY", "Every day at seven", "Elke dag om zeven uur";
        Weekly = "WEEKLY", "Every Monday at seven", "Elke maandag om zeven uur";
    }
}

impl AlertFrequency {
    /// The next moment at which those that were found are told; none where nothing is told.
    pub fn next_telling(self, now: Moment) -> Option<Moment> {
        match self {
            Self::None => None,
            Self::Immediate => Some(now),
            Self::Daily => next_seven(now, |_| true),
            Self::Weekly => next_seven(now, |day| day == chrono::Weekday::Mon),
        }
    }
}

/// The next seven o'clock in the Netherlands on a day like this.
fn next_seven(now: Moment, is_meant: impl Fn(chrono::Weekday) -> bool) -> Option<Moment> {
    let today = now.with_timezone(&Amsterdam).date_naive();
    (0..=7).find_map(|days| {
        let day = today.checked_add_days(Days::new(days)).filter(|day| is_meant(day.weekday()))?;
        let seven = day.and_time(NaiveTime::from_hms_opt(DIGEST_HOUR, 0, 0)?);
        Amsterdam.from_local_datetime(&seven).earliest().map(|local| local.to_utc()).filter(|moment| now < *moment)
    })
}

/// What somebody looks for (zoekopdracht).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Identifies it.
    pub id: SavedSearchId,
    /// Counts its changes.
    pub revision: i64,
    /// Whose it is.
    pub person: PersonId,
    /// What they said of it.
    pub details: SavedSearchDetails,
    /// When those that were found and not told yet will be told.
    pub next_telling_at: Option<Moment>,
    /// When it was saved.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What somebody says of a saved search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearchDetails {
    /// How they call it.
    pub name: String,
    /// Which klussen are meant.
    pub criteria: AssignmentCriteria,
    /// How often they want to hear.
    pub frequency: AlertFrequency,
}

impl SavedSearchDetails {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        self.criteria.check("criteria.", &mut faults);
        faults.finish()
    }
}

impl SavedSearch {
    /// Saves a search of somebody who has so many.
    pub fn save(
        id: SavedSearchId,
        person: PersonId,
        details: SavedSearchDetails,
        has: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        if has >= MOST_SAVED_SEARCHES {
            let most = format!("Somebody has at most {MOST_SAVED_SEARCHES} saved searches; remove one first.");
            return Err(SAVED_SEARCHES_FULL.refuse(most));
        }
        details.check()?;
        Ok(Self { id, revision: 1, person, details, next_telling_at: None, created_at: now, modified_at: now })
    }

    /// Changes it; what waits to be told is told as often as is said now.
    pub fn revise(self, details: SavedSearchDetails, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        let next_telling_at = self.next_telling_at.and_then(|_| details.frequency.next_telling(now));
        Ok(Self { details, next_telling_at, modified_at: now, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn a_digest_is_made_at_seven_in_the_netherlands_in_summer_and_in_winter() {
        let next = |frequency: AlertFrequency, now| frequency.next_telling(at(now)).unwrap();
        assert_eq!(next(AlertFrequency::Daily, "2027-03-01T05:00:00Z"), at("2027-03-01T06:00:00Z"));
        assert_eq!(next(AlertFrequency::Daily, "2027-03-01T06:00:00Z"), at("2027-03-02T06:00:00Z"));
        assert_eq!(next(AlertFrequency::Daily, "2027-07-01T05:30:00Z"), at("2027-07-02T05:00:00Z"));
        assert_eq!(next(AlertFrequency::Weekly, "2027-03-01T09:00:00Z"), at("2027-03-08T06:00:00Z"));
        assert_eq!(next(AlertFrequency::Weekly, "2027-03-24T09:00:00Z"), at("2027-03-29T05:00:00Z"));
        assert_eq!(next(AlertFrequency::Immediate, "2027-03-24T09:00:00Z"), at("2027-03-24T09:00:00Z"));
        assert_eq!(AlertFrequency::None.next_telling(at("2027-03-24T09:00:00Z")), None);
    }
}
