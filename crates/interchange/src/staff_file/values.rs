//! What a cell says: days, hours, yes and no.

use chrono::{Datelike as _, NaiveDate};
use domain::exchange::staff_files::StaffFaultCode as Code;
use domain::exchange::staff_mapping::StaffConversion;
use domain::parties::persons::PersonLanguage;

/// Why a cell is not taken, and what is allowed.
pub(super) type Wrong = (Code, &'static str);

/// The days on which somebody may have begun or may end.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// From this year on an end is no end: systems write 9999-12-31 or 2999-12-31 for "open".
const OPEN_FROM: i32 = 2900;
/// As many minutes a week as somebody may be employed for: 40 hours.
const MOST_MINUTES: i64 = 2400;

/// A day: `2019-03-01`, `01-03-2019`, `1/3/2019`, `20190301`, with or without a time after it. An open end is none.
pub(super) fn day(text: &str) -> Result<Option<NaiveDate>, Wrong> {
    const ALLOWED: &str = "must be a day such as 2019-03-01 or 01-03-2019";
    let text = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let date = match parts.as_slice() {
        [whole] if whole.len() == 8 => date_of(whole.get(..4), whole.get(4..6), whole.get(6..)),
        [year, month, day] if year.len() == 4 => date_of(Some(year), Some(month), Some(day)),
        [day, month, year] if year.len() == 4 => date_of(Some(year), Some(month), Some(day)),
        _ => None,
    };
    match date {
        None => Err((Code::NotADate, ALLOWED)),
        Some(date) if date.year() >= OPEN_FROM => Ok(None),
        Some(date) if YEARS.contains(&date.year()) => Ok(Some(date)),
        Some(_) => Err((Code::OutOfRange, "must be a day from 1900 to 2200, or 9999-12-31 for an open end")),
    }
}

fn date_of(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Option<NaiveDate> {
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    NaiveDate::from_ymd_opt(i32::try_from(number(year?)?).ok()?, number(month?)?, number(day?)?)
}

/// A number in ten-thousandths: `32`, `32,0`, `0.8889`; a sign or a thousand's point is none.
fn number(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !digits(whole) || !digits(part) || part.len() > 10 {
        return None;
    }
    let part: String = part.chars().chain(std::iter::repeat('0')).take(4).collect();
    Some(whole.parse::<i64>().ok()? * 10_000 + part.parse::<i64>().ok()?)
}

/// Minutes a week. Nothing for no hours: a contract on call says nothing of how long somebody works.
pub(super) fn minutes(text: &str, conversion: StaffConversion, full_time: i64) -> Result<Option<i64>, Wrong> {
    let allowed = match conversion {
        StaffConversion::HoursPerWeek => "must be hours a week from 0 to 40, such as 32,0",
        StaffConversion::MinutesPerWeek => "must be minutes a week from 0 to 2400",
        StaffConversion::Fte => "must be a part of full-time, such as 0,8889, of 40 hours a week at most",
        StaffConversion::Percentage => "must be a percentage of full-time, such as 88,89, of 40 hours a week at most",
    };
    let text = text.trim_end_matches('%').trim_end();
    let number = number(text).ok_or((Code::NotANumber, allowed))?;
    let (times, of) = match conversion {
        StaffConversion::HoursPerWeek => (60, 10_000),
        StaffConversion::MinutesPerWeek => (1, 10_000),
        StaffConversion::Fte => (full_time, 10_000),
        StaffConversion::Percentage => (full_time, 1_000_000),
    };
    let minutes = (number * times + of / 2) / of;
    if minutes > MOST_MINUTES {
        return Err((Code::OutOfRange, allowed));
    }
    Ok((minutes > 0).then_some(minutes))
}

/// Hours of several contracts together, as far as somebody may be employed.
pub(super) fn together(minutes: impl Iterator<Item = i64>) -> Option<i64> {
    let sum = minutes.sum::<i64>().min(MOST_MINUTES);
    (sum > 0).then_some(sum)
}

/// Days a week.
pub(super) fn days(text: &str) -> Result<Option<i64>, Wrong> {
    const ALLOWED: &str = "must be working days a week from 1 to 7";
    let number = number(text).ok_or((Code::NotANumber, ALLOWED))?;
    // Four and a half days are worked on five.
    let days = (number + 9_999) / 10_000;
    if (1..=7).contains(&days) { Ok(Some(days)) } else { Err((Code::OutOfRange, ALLOWED)) }
}

/// Yes or no, or whatever the mapping says stands there for who is employed.
pub(super) fn active(text: &str, values: &[String]) -> Result<bool, Wrong> {
    let text = text.to_lowercase();
    if !values.is_empty() {
        return Ok(values.contains(&text));
    }
    match text.as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "waar" | "1" | "actief" | "active" | "in dienst" => Ok(true),
        "nee" | "n" | "no" | "false" | "onwaar" | "0" | "inactief" | "inactive" | "uit dienst" => Ok(false),
        _ => Err((Code::NotListed, "must be ja or nee, true or false, 1 or 0; or give the mapping activeValues")),
    }
}

/// A language by its tag or name.
pub(super) fn language(text: &str) -> Result<PersonLanguage, Wrong> {
    let text = text.to_lowercase();
    match text.split(['-', '_']).next().unwrap_or_default() {
        "nl" | "nederlands" | "dutch" => Ok(PersonLanguage::Dutch),
        "en" | "engels" | "english" => Ok(PersonLanguage::English),
        _ => Err((Code::NotListed, "must be nl or en")),
    }
}

/// Whether this can be an e-mail address.
pub(super) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && !local.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_come() {
        let day = |text: &str| super::day(text).map(|day| day.map(|day| day.to_string()));
        for text in
            ["2019-03-01", "01-03-2019", "1-3-2019", "01/03/2019", "20190301", "2019-03-01T00:00:00Z", "01.03.2019"]
        {
            assert_eq!(day(text).unwrap().unwrap(), "2019-03-01", "{text}");
        }
        for text in ["9999-12-31", "31-12-9999", "2999-12-31"] {
            assert_eq!(day(text).unwrap(), None, "{text} is an open end");
        }
        for text in ["2019-02-30", "03-2019", "43525", "maart", "01-03-19", "2019-+3-01", ""] {
            assert_eq!(day(text).unwrap_err().0, Code::NotADate, "{text}");
        }
        assert_eq!(day("1066-10-14").unwrap_err().0, Code::OutOfRange);
    }

    #[test]
    fn hours_come_in_four_ways() {
        let minutes = |text: &str, conversion| super::minutes(text, conversion, 2160);
        assert_eq!(minutes("32,0", StaffConversion::HoursPerWeek), Ok(Some(1920)));
        assert_eq!(minutes("32.5", StaffConversion::HoursPerWeek), Ok(Some(1950)));
        assert_eq!(minutes("33,33", StaffConversion::HoursPerWeek), Ok(Some(2000)));
        assert_eq!(minutes("0,8889", StaffConversion::Fte), Ok(Some(1920)));
        assert_eq!(minutes("1", StaffConversion::Fte), Ok(Some(2160)));
        assert_eq!(minutes("88,89 %", StaffConversion::Percentage), Ok(Some(1920)));
        assert_eq!(minutes("1920", StaffConversion::MinutesPerWeek), Ok(Some(1920)));
        assert_eq!(minutes("0", StaffConversion::HoursPerWeek), Ok(None));
        assert_eq!(minutes("41", StaffConversion::HoursPerWeek).unwrap_err().0, Code::OutOfRange);
        for text in ["", "-4", "1.000,5", "acht", "3e2", "99999999"] {
            assert_eq!(minutes(text, StaffConversion::HoursPerWeek).unwrap_err().0, Code::NotANumber, "{text}");
        }
        assert_eq!(together([1440, 720, 720].into_iter()), Some(2400));
        assert_eq!((days("4"), days("4,5")), (Ok(Some(4)), Ok(Some(5))));
        assert_eq!(days("8").unwrap_err().0, Code::OutOfRange);
    }

    #[test]
    fn yes_and_no_in_both_languages_or_as_the_mapping_says() {
        assert_eq!((active("Ja", &[]), active("NEE", &[]), active("1", &[])), (Ok(true), Ok(false), Ok(true)));
        assert_eq!(active("misschien", &[]).unwrap_err().0, Code::NotListed);
        let values = ["a".to_owned(), "p".to_owned()];
        assert_eq!((active("A", &values), active("T", &values)), (Ok(true), Ok(false)));
        assert_eq!(language("nl-NL"), Ok(PersonLanguage::Dutch));
        assert_eq!(language("EN"), Ok(PersonLanguage::English));
        assert!(language("fr").is_err());
    }

    #[test]
    fn what_can_be_no_address_is_seen() {
        for text in ["s.devries@oss.example", "S.deVries+klus@mail.oss.example"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "s.devries",
            "@oss.example",
            "a@b@oss.example",
            "a@oss",
            "a b@oss.example",
            "a@.example",
            "a@oss.example;b@oss.example",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
