//! Charge statements: approved hours times the rate valid on the day, and nothing else.

mod deciding;
mod invoicing;
mod making;
mod reading;
mod setu;
mod types;

use domain::placements::charge_statements::{ChargeStatement, ChargeStatementState};
use domain::placements::timesheets::TimesheetState;
use domain::{Change, ChargeStatementId, EventKind, Moment, Part, Refusal, TextEnum};
use persistence::placements::charge_statements::{self as kept, timesheets_in};
use persistence::placements::timesheets;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::ChargeStatementView;
use super::standing::{Standing, finance_of, of_statement};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(making::run_charges)
        .service(making::create_counter_statement)
        .service(reading::list_charge_statements)
        .service(reading::get_charge_statement)
        .service(deciding::issue_charge_statement)
        .service(deciding::discard_charge_statement)
        .service(deciding::accept_charge_statement)
        .service(deciding::dispute_charge_statement)
        .service(deciding::pay_charge_statement)
        .service(invoicing::get_invoice)
        .service(invoicing::get_invoice_pdf)
        .service(setu::get_setu_invoice)
        .service(setu::get_setu_timecard)
        .service(setu::get_setu_assignment);
}

/// A statement for who may know of it: finance of both sides, and who owns the klus; a draft is the issuer's own.
pub(super) fn open(
    view: &mut View<'_>,
    actor: &Actor,
    id: ChargeStatementId,
) -> Result<(ChargeStatement, Standing), Problem> {
    let statement = kept::get(view, id)?;
    let standing = of_statement(view, actor, &statement)?;
    if standing.is_nobody() {
        return Err(Refusal::hidden("charge statement").into());
    }
    Ok((statement, standing))
}

/// Takes a step with a statement at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: ChargeStatementId,
    seen: &IfMatch,
    decide: impl FnOnce(&mut Work<'_>, ChargeStatement, &[Part], Moment) -> Result<ChargeStatement, Problem>,
) -> Answer<ChargeStatementView> {
    let (statement, standing) = open(work, actor, id)?;
    seen.expect(statement.revision)?;
    let (from, now) = (statement.state, work.now());
    let statement = decide(work, statement, &standing.parts, now)?;
    let statement = keep(work, from, statement)?;
    Ok(Reply::current(statement.revision, ChargeStatementView::of(statement, &standing.parts)))
}

/// Keeps a changed statement, and tells both sides.
fn keep(
    work: &mut Work<'_>,
    from: ChargeStatementState,
    statement: ChargeStatement,
) -> Result<ChargeStatement, Problem> {
    let statement = kept::save(work, statement)?;
    tell(work, Some(from), &statement)?;
    Ok(statement)
}

/// Tells finance of the issuer, and of the recipient once it is issued.
fn tell(work: &mut Work<'_>, from: Option<ChargeStatementState>, statement: &ChargeStatement) -> Result<(), Problem> {
    let mut audiences = finance_of(work, statement.issuer)?;
    if statement.number.is_some() {
        audiences.extend(finance_of(work, statement.recipient)?);
    }
    let change = Change::new(EventKind::ChargeStatementStateChanged, statement.id).to(audiences);
    Ok(ledger::record(work, change.states(from.map(TextEnum::as_str), statement.state.as_str()))?)
}

/// Notes for the timesheets of a statement whether all of their lines stand in statements.
fn note_charged(work: &mut Work<'_>, statement: &ChargeStatement) -> Result<(), Problem> {
    let now = work.now();
    for id in timesheets_in(statement) {
        let timesheet = timesheets::get(work, id)?;
        let is_charged = timesheets::is_wholly_charged(work, id)?;
        match timesheet.state {
            TimesheetState::Approved if is_charged => {
                timesheets::save(work, timesheet.charge(now)?)?;
            }
            TimesheetState::Charged if !is_charged => {
                timesheets::save(work, timesheet.uncharge(now)?)?;
            }
            _ => {}
        }
    }
    Ok(())
}
