//! The ledger of who lends to whom: hours and euros, out of what was approved and issued.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::market::effort::Period;
use domain::placements::timesheets::TimesheetState;
use domain::{OrganisationId, TextEnum};

use crate::among::AmongMethods as _;
use crate::columns::Key;
use crate::schema::placements::{charge_statement_lines, charge_statements, placements, timesheet_lines, timesheets};
use crate::{Result, View};

/// What one organisation lent to and borrowed from another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lending {
    /// Approved minutes lent.
    pub minutes_lent: i64,
    /// Approved minutes borrowed.
    pub minutes_received: i64,
    /// Cents issued to the other.
    pub cents_lent: i64,
    /// Cents issued by the other.
    pub cents_received: i64,
}

/// What an organisation lent and received on the days of a period, by the other organisation.
pub fn ledger(
    view: &mut View<'_>,
    organisation: OrganisationId,
    period: Period,
) -> Result<BTreeMap<OrganisationId, Lending>> {
    let key = Key::from(organisation);
    let settled = [TimesheetState::Approved.as_str(), TimesheetState::Charged.as_str()];
    let hours: Vec<(Key, Key, i64)> = each!(view.conn, |c| timesheet_lines::table
        .inner_join(timesheets::table.on(timesheets::id.eq(timesheet_lines::timesheet_id)))
        .inner_join(placements::table.on(placements::id.eq(timesheets::placement_id)))
        .filter(placements::home_organisation_id.eq(key).or(placements::host_organisation_id.eq(key)))
        .filter(timesheets::state.among(settled))
        .filter(timesheet_lines::day.between(period.start, period.end))
        .select((placements::home_organisation_id, placements::host_organisation_id, timesheet_lines::minutes))
        .load(c))?;
    let money: Vec<(Key, Key, i64)> = each!(view.conn, |c| charge_statement_lines::table
        .inner_join(charge_statements::table.on(charge_statements::id.eq(charge_statement_lines::statement_id)))
        .filter(charge_statements::issuer_id.eq(key).or(charge_statements::recipient_id.eq(key)))
        .filter(charge_statements::number_year.is_not_null())
        .filter(charge_statement_lines::day.between(period.start, period.end))
        .select((charge_statements::issuer_id, charge_statements::recipient_id, charge_statement_lines::amount_cents))
        .load(c))?;
    let mut ledger: BTreeMap<OrganisationId, Lending> = BTreeMap::new();
    for (home, host, minutes) in hours {
        let is_lent = home == key;
        let entry = ledger.entry(if is_lent { host } else { home }.to()).or_default();
        *if is_lent { &mut entry.minutes_lent } else { &mut entry.minutes_received } += minutes;
    }
    for (issuer, recipient, cents) in money {
        let is_lent = issuer == key;
        let entry = ledger.entry(if is_lent { recipient } else { issuer }.to()).or_default();
        *if is_lent { &mut entry.cents_lent } else { &mut entry.cents_received } += cents;
    }
    Ok(ledger)
}
