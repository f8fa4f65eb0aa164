//! How much room an arrangement has, per ISO week, in whole minutes (invariant 1).

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::arrangements::Arrangement;
use super::codes::NO_ROOM;
use super::variants::HourKind;
use crate::market::effort::{Effort, Period};
use crate::{Refusal, Week};

/// Work for a while: so much a week, or so much in all, from one day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stretch {
    /// From when to when.
    pub period: Period,
    /// How much.
    pub effort: Effort,
}

impl Stretch {
    /// The weeks it touches.
    pub fn weeks(self) -> impl Iterator<Item = Week> {
        Week::of(self.period.start).through(Week::of(self.period.end))
    }

    /// The minutes it takes in a week. A week that it touches counts whole; minutes in all are spread evenly over the
    /// weeks, the first ones getting the minute that is left over, so that they add up exactly.
    pub fn minutes_in(self, week: Week) -> i64 {
        let (first, last) = (Week::of(self.period.start), Week::of(self.period.end));
        if week < first || week > last {
            return 0;
        }
        match self.effort {
            Effort::MinutesPerWeek(minutes) => minutes,
            Effort::TotalMinutes(total) => {
                let weeks = first.weeks_until(last) + 1;
                let (each, left) = (total.div_euclid(weeks), total.rem_euclid(weeks));
                each + i64::from(first.weeks_until(week) < left)
            }
        }
    }

    /// The minutes it takes in all.
    pub fn total_minutes(self) -> i64 {
        match self.effort {
            Effort::MinutesPerWeek(minutes) => minutes.saturating_mul(i64::from(self.period.weeks())),
            Effort::TotalMinutes(total) => total,
        }
    }
}

/// What a placement takes from an arrangement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whose hours it takes.
    pub hours: HourKind,
    /// The work, stretch by stretch.
    pub stretches: Vec<Stretch>,
    /// The last day, where it ended before its time.
    pub until: Option<NaiveDate>,
}

impl Claim {
    /// The minutes it takes in a week; two stretches that meet in a week take the larger of the two, not both.
    pub fn minutes_in(&self, week: Week) -> i64 {
        if self.until.is_some_and(|until| Week::of(until) < week) {
            return 0;
        }
        let both = self.stretches.iter().map(|stretch| stretch.minutes_in(week));
        match self.stretches.iter().any(|stretch| matches!(stretch.effort, Effort::TotalMinutes(_))) {
            true => both.sum(),
            false => both.max().unwrap_or(0),
        }
    }

    /// The weeks it touches.
    pub fn weeks(&self) -> Vec<Week> {
        let mut weeks: Vec<Week> = self.stretches.iter().flat_map(|stretch| stretch.weeks()).collect();
        weeks.sort_unstable();
        weeks.dedup();
        weeks
    }
}

/// The room of an arrangement in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekRoom {
    /// The week.
    pub week: Week,
    /// Minutes exempted by the home organisation.
    pub exempted: i64,
    /// Exempted minutes that placements take.
    pub exempted_used: i64,
    /// Minutes at one's own risk.
    pub own_risk: i64,
    /// Minutes at one's own risk that placements take.
    pub own_risk_used: i64,
}

impl WeekRoom {
    /// The minutes of this kind that are free; negative where more is taken than there is.
    pub fn free(self, hours: HourKind) -> i64 {
        match hours {
            HourKind::Exempted => self.exempted - self.exempted_used,
            HourKind::OwnRisk => self.own_risk - self.own_risk_used,
        }
    }
}

/// The room of a series of versions in a week, beside the placements that stand on it. The version that holds on the
/// last day of the week counts, else the one that held on the last of its days that any did.
pub fn room_in(week: Week, versions: &[Arrangement], claims: &[Claim]) -> WeekRoom {
    let holds = |version: &&Arrangement| {
        version.terms.start <= week.sunday()
            && version.last_day().is_none_or(|last| week.monday() <= last)
            && version.holds_on(version.terms.start)
    };
    let version = versions.iter().filter(holds).max_by_key(|version| version.terms.start);
    let used = |hours: HourKind| {
        claims.iter().filter(|claim| claim.hours == hours).map(|claim| claim.minutes_in(week)).sum::<i64>()
    };
    WeekRoom {
        week,
        exempted: version.map_or(0, |version| version.terms.exempted_minutes_per_week),
        exempted_used: used(HourKind::Exempted),
        own_risk: version.map_or(0, |version| version.terms.own_risk_minutes_per_week),
        own_risk_used: used(HourKind::OwnRisk),
    }
}

/// The first week in which one more claim does not fit, with the room there is in it.
pub fn first_full_week(versions: &[Arrangement], claims: &[Claim], added: &Claim) -> Option<WeekRoom> {
    let does_not_fit = |room: &WeekRoom| room.free(added.hours) < added.minutes_in(room.week);
    added.weeks().into_iter().map(|week| room_in(week, versions, claims)).find(does_not_fit)
}

/// Refuses where the placements that stand take more than these versions give in some week.
pub fn check_room(versions: &[Arrangement], claims: &[Claim]) -> Result<(), Refusal> {
    let mut weeks: Vec<Week> = claims.iter().flat_map(Claim::weeks).collect();
    weeks.sort_unstable();
    weeks.dedup();
    for week in weeks {
        let room = room_in(week, versions, claims);
        for hours in [HourKind::Exempted, HourKind::OwnRisk] {
            if room.free(hours) < 0 {
                return Err(NO_ROOM.refuse(format!(
                    "In {week} the placements that stand take {} minutes more than the arrangement would give.",
                    -room.free(hours)
                )));
            }
        }
    }
    Ok(())
}
