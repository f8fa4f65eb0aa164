//! Making statements: the monthly run, and the counter-statement that credits.

use actix_web::post;
use actix_web::web::Path;
use chrono::NaiveDate;
use domain::parties::role_assignments::Role;
use domain::placements::charge_statements::{ChargeStatement, Charging, Month};
use domain::placements::cost_rates::CostRate;
use domain::placements::placements::Placement;
use domain::placements::secondment_agreements::{Agreement, AgreementState};
use domain::placements::timesheets::TimesheetLine;
use domain::{ChargeStatementId, Kind, OrganisationId, Part, PlacementId, Refusal, TimesheetId};
use persistence::parties::organisations;
use persistence::placements::charge_statements as kept;
use persistence::placements::{cost_rates, placements, secondment_agreements, timesheets};
use persistence::{View, Work};

use super::invoicing::{documents, lay_down};
use super::types::{ChargeLeftView, ChargeRunDraft, ChargeRunView, ChargeStatementView};
use super::{keep, note_charged, open, tell};
use crate::body::{Bare, Post};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

const HOME: &[Part] = &[Part::Finance];

/// Charge the approved hours of an organisation up to the end of a month
///
/// Done by finance of the organisation that lends: one statement for each placement of it and the organisations below it, in
/// one transaction. Safe to repeat: an hour that stands in a statement is never charged again, so a second run makes nothing.
/// A placement that cannot be charged yet stays behind with the reason, and keeps nobody else behind; with `issue` also one
/// for whose e-invoice something is missing.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation that lends")),
    request_body = ChargeRunDraft, responses(
    (status = 200, description = "What was made, and what stayed behind", body = ChargeRunView),
))]
#[post("/organisations/{organisationId}/charge-runs")]
pub(crate) async fn run_charges(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<ChargeRunDraft>,
) -> Answer<ChargeRunView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            if !actor.has_role(work, Role::Finance, organisation)? {
                return Err(Refusal::forbidden("This is done by finance of the organisation.").into());
            }
            let reason = "must be a month such as 2027-06";
            let month = Month::parse(&draft.month).ok_or_else(|| Refusal::invalid("month", reason))?;
            let below = organisations::descendants(work, &[organisation])?;
            let (mut statement_ids, mut left) = (Vec::new(), Vec::new());
            for placement in timesheets::placements_to_charge(work, &below, month.period().end)? {
                match charged(work, placement, month, draft.issue)? {
                    Ok(id) => statement_ids.push(id),
                    Err(why) => left.push(why),
                }
            }
            Ok(Reply::shown(ChargeRunView { month: month.to_string(), statement_ids, left }))
        })
        .await
}

/// Charges one placement, or tells why it cannot be charged yet.
fn charged(
    work: &mut Work<'_>,
    id: PlacementId,
    month: Month,
    issue: bool,
) -> Result<Result<ChargeStatementId, ChargeLeftView>, Problem> {
    let ground = Ground::of(work, id)?;
    let last = month.period().end;
    let reversed = ground.statement_reversed(work, |line| line.day <= last)?;
    let Some(agreement) = &ground.agreement else { return Ok(Err(ground.left("agreement_missing", NO_AGREEMENT))) };
    let now = work.now();
    let drafted =
        ground.charging(agreement, reversed).and_then(|on| ChargeStatement::draft(work.id(), month, on, HOME, now));
    let made = match drafted {
        Ok(statement) => made(work, statement, issue)?,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(statement) => Ok(Ok(statement.id)),
        Err(refusal) if refusal.code.kind == Kind::Conflict => Ok(Err(ground.left(refusal.code.name, refusal.detail))),
        Err(refusal) => Err(refusal.into()),
    }
}

const NO_AGREEMENT: &str = "No agreement says how it is taxed.";

/// Keeps a new statement; issued at once where that is wanted, and not kept at all where it makes no invoice then.
fn made(
    work: &mut Work<'_>,
    statement: ChargeStatement,
    issue: bool,
) -> Result<Result<ChargeStatement, Refusal>, Problem> {
    let now = work.now();
    let last = kept::last_number(work, statement.issuer)?;
    if issue && let Err(refusal) = documents(work, &statement.clone().issue(last, HOME, now)?)? {
        return Ok(Err(refusal));
    }
    let statement = kept::insert(work, statement)?;
    note_charged(work, &statement)?;
    tell(work, None, &statement)?;
    if !issue {
        return Ok(Ok(statement));
    }
    let (from, issued) = (statement.state, statement.issue(last, HOME, now)?);
    lay_down(work, &issued)?;
    Ok(Ok(keep(work, from, issued)?))
}

/// Credit what corrections took from a statement
///
/// Done by finance of the issuer, after the hours were corrected and approved: the corrected days that it charged, which have to
/// come to less than was charged. What was issued is never changed.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement that is credited")), responses(
    (status = 201, description = "A draft; issue it as any statement", body = ChargeStatementView),
    (status = 409, description = "It is not issued, or no approved correction lowers it"),
))]
#[post("/charge-statements/{chargeStatementId}/counter-statements")]
pub(crate) async fn create_counter_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    post: Bare,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, ()| {
            let (of, standing) = open(work, actor, *id)?;
            let mut ground = Ground::of(work, of.placement)?;
            ground.keep_corrections_of(&of);
            let agreement = ground.agreement.as_ref().ok_or_else(|| Problem::internal(&NO_AGREEMENT))?;
            let on = ground.charging(agreement, Some(of.id))?;
            let counter = ChargeStatement::counter(work.id(), &of, on, &standing.parts, work.now())?;
            let counter = made(work, counter, false)??;
            let (path, revision) = (format!("/charge-statements/{}", counter.id), counter.revision);
            Ok(Reply::created(&path, ChargeStatementView::of(counter, &standing.parts)).revision(revision))
        })
        .await
}

/// What a statement of a placement is made of.
struct Ground {
    placement: Placement,
    lines: Vec<(TimesheetId, TimesheetLine)>,
    rates: Vec<CostRate>,
    agreement: Option<Agreement>,
}

impl Ground {
    fn of(view: &mut View<'_>, id: PlacementId) -> Result<Self, Problem> {
        let placement = placements::get(view, id)?;
        let agreements = secondment_agreements::versions(view, id)?;
        Ok(Self {
            lines: timesheets::uncharged(view, id)?,
            rates: cost_rates::of_employment(view, placement.employment)?,
            agreement: agreements.into_iter().rfind(|one| one.state == AgreementState::Signed),
            placement,
        })
    }

    fn charging<'a>(
        &'a self,
        agreement: &'a Agreement,
        reversed: Option<ChargeStatementId>,
    ) -> Result<Charging<'a>, Refusal> {
        let vat = agreement.terms.vat.as_ref();
        Ok(Charging {
            placement: &self.placement,
            lines: &self.lines,
            rates: &self.rates,
            vat: vat.ok_or_else(|| Refusal::invalid("vat", "must be chosen in the agreement"))?,
            references: &agreement.terms.references,
            reversed,
        })
    }

    /// The statement in which the first line stands that one of these lines reverses.
    fn statement_reversed(
        &self,
        view: &mut View<'_>,
        is_wanted: impl Fn(&TimesheetLine) -> bool,
    ) -> Result<Option<ChargeStatementId>, Problem> {
        let reversed = self.lines.iter().filter(|(_, line)| is_wanted(line)).find_map(|(_, line)| line.reverses);
        Ok(match reversed {
            Some(line) => kept::statement_of_line(view, line)?,
            None => None,
        })
    }

    /// Leaves only the days of which a line of this statement is reversed: what else a correction says goes into a run.
    fn keep_corrections_of(&mut self, statement: &ChargeStatement) {
        let reverses = |line: &TimesheetLine| {
            line.reverses.is_some_and(|reversed| statement.lines.iter().any(|charged| charged.line == reversed))
        };
        let days: Vec<NaiveDate> =
            self.lines.iter().filter(|(_, line)| reverses(line)).map(|(_, line)| line.day).collect();
        self.lines.retain(|(_, line)| days.contains(&line.day));
    }

    fn left(&self, code: &'static str, detail: impl Into<String>) -> ChargeLeftView {
        ChargeLeftView { placement_id: self.placement.id, code, detail: detail.into() }
    }
}
