//! ISO 8601 weeks: hours are counted, approved and charged by them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A week of ISO 8601, Monday to Sunday; written as `2027-W09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: NaiveDate,
}

impl Week {
    /// The week in which a day lies.
    pub fn of(day: NaiveDate) -> Self {
        let since = u64::from(day.weekday().num_days_from_monday());
        Self { monday: day.checked_sub_days(Days::new(since)).unwrap_or(day) }
    }

    /// The week of a text such as `2027-W09`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || week.len() != 2 || !is_number(year) || !is_number(week) {
            return None;
        }
        let monday = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        Some(Self { monday })
    }

    /// Its first day.
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// Its last day.
    pub fn sunday(self) -> NaiveDate {
        self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday)
    }

    /// The week after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self { monday: self.monday.checked_add_days(Days::new(7)).unwrap_or(self.monday) }
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }

    /// All weeks from this one up to and including the other; none where the other is earlier.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |week| Some(week.next())).take_while(move |week| *week <= last)
    }

    /// How many weeks the other is later.
    pub fn weeks_until(self, other: Self) -> i64 {
        (other.monday - self.monday).num_days() / 7
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let week = self.monday.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        assert_eq!(Week::of(day("2027-01-01")).to_string(), "2026-W53");
        assert_eq!(Week::of(day("2027-01-04")).to_string(), "2027-W01");
        assert_eq!(Week::parse("2026-W53").unwrap().sunday(), day("2027-01-03"));
    }

    #[test]
    fn every_week_is_read_as_it_is_written_and_nothing_else_is_read() {
        for week in Week::of(day("2019-12-20")).through(Week::of(day("2033-01-20"))) {
            assert_eq!(Week::parse(&week.to_string()), Some(week));
            assert!(week.contains(week.monday()) && week.contains(week.sunday()));
            assert_eq!(week.next().monday() - week.sunday(), chrono::TimeDelta::days(1));
        }
        for text in ["2027-W53", "2027-W00", "2027-9", "27-W09", "2027-W9", "2027-W+9", "+027-W09", "", "2027-W½"] {
            assert_eq!(Week::parse(text), None, "{text}");
        }
    }

    #[test]
    fn weeks_are_counted_across_the_turn_of_the_year() {
        let (first, last) = (Week::of(day("2026-12-21")), Week::of(day("2027-01-11")));
        assert_eq!(first.through(last).count(), 4);
        assert_eq!(first.weeks_until(last), 3);
        assert_eq!(last.through(first).count(), 0);
    }
}
