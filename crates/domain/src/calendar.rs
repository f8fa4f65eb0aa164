//! Working days as Dutch law counts terms: Monday to Friday, without the days of the Algemene termijnenwet.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Europe::Amsterdam;

use crate::Moment;

crate::text_enum! {
    /// A working weekday (werkdag)
    Weekday {
        Monday = "MONDAY", "Monday", "maandag";
        Tuesday = "TUESDAY", "Tuesday", "dinsdag";
        Wednesday = "WEDNESDAY", "Wednesday", "woensdag";
        Thursday = "THURSDAY", "Thursday", "donderdag";
        Friday = "FRIDAY", "Friday", "vrijdag";
        Saturday = "SATURDAY", "Saturday", "zaterdag";
        Sunday = "SUNDAY", "Sunday", "zondag";
    }
}

/// The date in the Netherlands at this moment.
pub fn local_date(moment: Moment) -> NaiveDate {
    moment.with_timezone(&Amsterdam).date_naive()
}

/// When the next day begins in the Netherlands.
pub fn next_midnight(moment: Moment) -> Moment {
    let tomorrow = local_date(moment) + Days::new(1);
    let midnight = Amsterdam.from_local_datetime(&tomorrow.and_time(NaiveTime::MIN)).earliest();
    midnight.map_or(moment + TimeDelta::hours(1), |midnight| midnight.to_utc())
}

/// Whether work is done on this day: not in the weekend and no day of articles 1 and 3 of the Algemene termijnenwet
/// (New Year, Good Friday, Easter Monday, King's Day, 5 May, Ascension, Whit Monday, both days of Christmas).
pub fn is_working_day(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5 && !is_public_holiday(date)
}

fn is_public_holiday(date: NaiveDate) -> bool {
    match (date.month(), date.day()) {
        (1, 1) | (5, 5) | (12, 25 | 26) => return true,
        (4, day) if day == kings_day(date.year()) => return true,
        _ => {}
    }
    easter(date.year()).is_some_and(|easter| [-2, 1, 39, 50].contains(&(date - easter).num_days()))
}

/// 27 April, or the day before when that is a Sunday.
fn kings_day(year: i32) -> u32 {
    match NaiveDate::from_ymd_opt(year, 4, 27).map(|date| date.weekday()) {
        Some(chrono::Weekday::Sun) => 26,
        _ => 27,
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The moment `days` working days later, at the same time of day in the Netherlands. Zero days is the moment itself.
pub fn add_working_days(moment: Moment, days: u32) -> Moment {
    if days == 0 {
        return moment;
    }
    let local = moment.with_timezone(&Amsterdam);
    let mut date = local.date_naive();
    let mut left = days;
    while left > 0 {
        let Some(next) = date.checked_add_days(Days::new(1)) else { return moment };
        date = next;
        left -= u32::from(is_working_day(date));
    }
    let naive = date.and_time(local.time().with_nanosecond(local.nanosecond()).unwrap_or(local.time()));
    // The hour that the clocks skip in March does not exist: the hour after it is meant.
    Amsterdam
        .from_local_datetime(&naive)
        .earliest()
        .or_else(|| Amsterdam.from_local_datetime(&(naive + chrono::TimeDelta::hours(1))).earliest())
        .map_or(moment, |local| local.to_utc())
}

/// How many working days lie after `from`, up to and including the day of `to`; zero when `to` is not later.
pub fn working_days_between(from: Moment, to: Moment) -> u32 {
    let (from, to) = (local_date(from), local_date(to));
    let days = from.iter_days().skip(1).take_while(|date| *date <= to).filter(|date| is_working_day(*date)).count();
    u32::try_from(days).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn the_days_of_the_law_are_no_working_days() {
        for holiday in [
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-04-27",
            "2026-05-05",
            "2026-05-14",
            "2026-05-25",
            "2026-12-25",
            "2025-04-26",
        ] {
            assert!(!is_working_day(date(holiday)), "{holiday}");
        }
        for ordinary in ["2026-04-02", "2026-04-28", "2026-12-24", "2026-11-23"] {
            assert!(is_working_day(date(ordinary)), "{ordinary}");
        }
    }

    #[test]
    fn a_term_skips_weekends_and_holidays_and_keeps_the_local_hour() {
        assert_eq!(add_working_days(moment("2026-11-20T09:00:00Z"), 1), moment("2026-11-23T09:00:00Z"));
        assert_eq!(add_working_days(moment("2026-12-24T09:00:00Z"), 1), moment("2026-12-28T09:00:00Z"));
        // Summer time begins on 29 March 2026: the local hour stays, the UTC hour moves.
        assert_eq!(add_working_days(moment("2026-03-27T09:00:00Z"), 1), moment("2026-03-30T08:00:00Z"));
        assert_eq!(add_working_days(moment("2026-03-27T09:00:00Z"), 0), moment("2026-03-27T09:00:00Z"));
    }

    #[test]
    fn counting_undoes_adding() {
        let start = moment("2026-04-01T10:00:00Z");
        for days in 0..40 {
            assert_eq!(working_days_between(start, add_working_days(start, days)), days);
        }
    }
}
