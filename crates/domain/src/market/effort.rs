//! How much work, and from when to when.

use chrono::{Datelike, Days, NaiveDate};

use crate::{Faults, Refusal};

/// The smallest klus there is: one hour.
pub const SMALLEST_EFFORT_MINUTES: i64 = 60;

/// Nobody is asked for more than forty hours a week.
pub const MOST_MINUTES_PER_WEEK: i64 = 2400;

/// How much work it is (omvang): so much a week, or so much in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Minutes in each week of the period.
    MinutesPerWeek(i64),
    /// Minutes over the whole period.
    TotalMinutes(i64),
}

impl Effort {
    /// The effort a client stated in one of two fields; none where neither is filled, a fault where both are.
    pub fn stated(per_week: Option<i64>, total: Option<i64>, faults: &mut Faults) -> Option<Self> {
        match (per_week, total) {
            (Some(_), Some(_)) => {
                faults.add("totalMinutes", "must be left out when minutesPerWeek is given");
                None
            }
            (Some(minutes), None) => Some(Self::MinutesPerWeek(minutes)),
            (None, total) => total.map(Self::TotalMinutes),
        }
    }

    /// The minutes per week, where it is stated so.
    pub fn minutes_per_week(self) -> Option<i64> {
        match self {
            Self::MinutesPerWeek(minutes) => Some(minutes),
            Self::TotalMinutes(_) => None,
        }
    }

    /// The minutes in all, where it is stated so.
    pub fn total_minutes(self) -> Option<i64> {
        match self {
            Self::MinutesPerWeek(_) => None,
            Self::TotalMinutes(minutes) => Some(minutes),
        }
    }

    /// The minutes in a week: as stated, or those in all spread evenly over the weeks of the period, rounded up.
    pub fn average_minutes_per_week(self, period: Option<Period>) -> Option<i64> {
        match self {
            Self::MinutesPerWeek(minutes) => Some(minutes),
            Self::TotalMinutes(minutes) => {
                let weeks = i64::from(period?.weeks()).max(1);
                Some((minutes + weeks - 1).div_euclid(weeks))
            }
        }
    }

    /// Notes what is wrong with it, seen in the period if that is known.
    pub fn check(self, period: Option<Period>, faults: &mut Faults) {
        match self {
            Self::MinutesPerWeek(minutes) => faults.unless(
                (SMALLEST_EFFORT_MINUTES..=MOST_MINUTES_PER_WEEK).contains(&minutes),
                "minutesPerWeek",
                "must be at least 60 (one hour) and at most 2400 (forty hours)",
            ),
            Self::TotalMinutes(minutes) => {
                faults.unless(minutes >= SMALLEST_EFFORT_MINUTES, "totalMinutes", "must be at least 60 (one hour)");
                let room = period.map(|period| i64::from(period.weeks()).saturating_mul(MOST_MINUTES_PER_WEEK));
                faults.unless(
                    room.is_none_or(|room| minutes <= room),
                    "totalMinutes",
                    "must fit in the period at forty hours a week",
                );
            }
        }
    }
}

/// A period in whole days, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The last day; the first day itself for a klus of one day.
    pub end: NaiveDate,
}

impl Period {
    /// The period between two days.
    pub fn between(start: NaiveDate, end: NaiveDate) -> Result<Self, Refusal> {
        if end < start {
            return Err(Refusal::invalid("endDate", "must not be before startDate"));
        }
        Ok(Self { start, end })
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// Whether the other period lies in it whole.
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.start) && self.contains(other.end)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The number of days.
    pub fn days(self) -> u32 {
        u32::try_from((self.end - self.start).num_days() + 1).unwrap_or(0)
    }

    /// The number of ISO weeks that it touches.
    pub fn weeks(self) -> u32 {
        let monday = |day: NaiveDate| {
            day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
        };
        u32::try_from((monday(self.end) - monday(self.start)).num_days() / 7 + 1).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(effort: Effort, period: Option<Period>) -> Vec<String> {
        let mut faults = Faults::default();
        effort.check(period, &mut faults);
        faults.finish().err().map(|refusal| refusal.faults).unwrap_or_default().into_iter().map(|f| f.name).collect()
    }

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(offset)
    }

    #[test]
    fn a_klus_may_be_as_small_as_one_hour_and_not_smaller() {
        assert!(faults_of(Effort::TotalMinutes(60), None).is_empty());
        assert!(faults_of(Effort::MinutesPerWeek(60), None).is_empty());
        assert_eq!(faults_of(Effort::TotalMinutes(59), None), ["totalMinutes"]);
        assert_eq!(faults_of(Effort::MinutesPerWeek(59), None), ["minutesPerWeek"]);
        assert_eq!(faults_of(Effort::MinutesPerWeek(2401), None), ["minutesPerWeek"]);
    }

    #[test]
    fn minutes_in_all_are_spread_over_the_weeks_that_the_period_touches() {
        let three_weeks = Period::between(day(0), day(14)).ok();
        assert_eq!(Effort::TotalMinutes(61).average_minutes_per_week(three_weeks), Some(21));
        assert_eq!(Effort::TotalMinutes(61).average_minutes_per_week(None), None);
        assert_eq!(Effort::MinutesPerWeek(480).average_minutes_per_week(None), Some(480));
    }

    #[test]
    fn minutes_in_all_fit_in_the_weeks_of_the_period() {
        let one_day = Period::between(day(0), day(0)).unwrap();
        assert!(faults_of(Effort::TotalMinutes(2400), Some(one_day)).is_empty());
        assert_eq!(faults_of(Effort::TotalMinutes(2401), Some(one_day)), ["totalMinutes"]);
        assert_eq!(faults_of(Effort::TotalMinutes(i64::MAX), Some(one_day)), ["totalMinutes"]);
    }

    #[test]
    fn an_effort_is_stated_per_week_or_in_all_and_never_both() {
        let mut faults = Faults::default();
        assert_eq!(Effort::stated(Some(480), None, &mut faults), Some(Effort::MinutesPerWeek(480)));
        assert_eq!(Effort::stated(None, Some(60), &mut faults), Some(Effort::TotalMinutes(60)));
        assert_eq!(Effort::stated(None, None, &mut faults), None);
        assert!(faults.finish().is_ok());
        let mut faults = Faults::default();
        assert_eq!(Effort::stated(Some(480), Some(60), &mut faults), None);
        assert_eq!(faults.finish().unwrap_err().faults[0].name, "totalMinutes");
    }

    #[test]
    fn a_period_counts_its_days_and_the_weeks_that_it_touches() {
        for start in 0..400 {
            for length in [0, 1, 5, 6, 7, 8, 30, 180] {
                let period = Period::between(day(start), day(start + length)).unwrap();
                assert_eq!(u64::from(period.days()), length + 1);
                let touched: std::collections::BTreeSet<_> =
                    (start..=start + length).map(|offset| day(offset).iso_week()).collect();
                assert_eq!(period.weeks() as usize, touched.len(), "{period:?}");
            }
        }
        assert!(Period::between(day(1), day(0)).is_err());
    }

    #[test]
    fn periods_overlap_exactly_when_they_share_a_day() {
        let periods: Vec<Period> = (0..8)
            .flat_map(|start| (start..8).map(move |end| Period::between(day(start), day(end)).unwrap()))
            .collect();
        for one in &periods {
            for other in &periods {
                let shared = (0..8).map(day).any(|day| one.contains(day) && other.contains(day));
                assert_eq!(one.overlaps(*other), shared, "{one:?} {other:?}");
                let all = (0..8).map(day).filter(|day| other.contains(*day)).all(|day| one.contains(day));
                assert_eq!(one.covers(*other), all, "{one:?} {other:?}");
            }
        }
    }
}
