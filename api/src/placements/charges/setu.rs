//! Placements, timesheets and statements in the words of SETU 2.0, as an export.

use actix_web::get;
use actix_web::web::Path;
use domain::parties::identifiers::IdentifierScheme;
use domain::parties::organisations::Organisation;
use domain::placements::charge_statements::ChargeStatement;
use domain::placements::placements::Placement;
use domain::placements::timesheets::{Timesheet, TimesheetLine};
use domain::{ChargeStatementId, PlacementId, TimesheetId};
use interchange::setu::{
    Assignment, Classification, Coded, Contact, Invoice, LegalId, LegalScheme, Organisation as SetuOrganisation,
    TimeInterval, Timecard, Worker,
};
use persistence::View;
use persistence::market::assignments;
use persistence::parties::{organisations, persons};
use persistence::placements::charge_statements::DocumentForm;
use persistence::placements::placements as kept;
use utoipa::ToSchema;

use super::invoicing::issued;
use crate::caller::Caller;
use crate::placements::placements::open as open_placement;
use crate::placements::timesheets::open as open_timesheet;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// A document of SETU 2.0, as its own schema describes it
#[derive(serde::Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct SetuDocument(serde_json::Value);

/// Get a placement as a SETU assignment
///
/// SETU 2.0 (Purchase-to-Pay), JSON: an export for systems that speak it.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), responses(
    (status = 200, description = "The assignment", body = SetuDocument),
))]
#[get("/placements/{placementId}/setu")]
pub(crate) async fn get_setu_assignment(caller: Caller, id: Path<PlacementId>) -> Answer<SetuDocument> {
    caller
        .read(move |view, actor| {
            let (placement, _) = open_placement(view, actor, *id)?;
            Ok(Reply::shown(SetuDocument(assignment_of(view, placement)?.to_json())))
        })
        .await
}

/// Get a timesheet as a SETU timecard
///
/// SETU 2.0 (Purchase-to-Pay), JSON. Reversals are no hours: a correction shows the days as they really were.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:read"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet")), responses(
    (status = 200, description = "The timecard", body = SetuDocument),
))]
#[get("/timesheets/{timesheetId}/setu")]
pub(crate) async fn get_setu_timecard(caller: Caller, id: Path<TimesheetId>) -> Answer<SetuDocument> {
    caller
        .read(move |view, actor| {
            let (timesheet, placement, _) = open_timesheet(view, actor, *id)?;
            Ok(Reply::shown(SetuDocument(timecard_of(view, timesheet, &placement)?.to_json())))
        })
        .await
}

/// Get a charge statement as a SETU invoice
///
/// JSON after SETU 2.0, which publishes no schema of it: the e-invoice (UBL) is the one that counts.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement")), responses(
    (status = 200, description = "The invoice", body = SetuDocument),
    (status = 409, description = "It is not issued"),
))]
#[get("/charge-statements/{chargeStatementId}/setu")]
pub(crate) async fn get_setu_invoice(caller: Caller, id: Path<ChargeStatementId>) -> Answer<SetuDocument> {
    caller
        .read(move |view, actor| {
            let bytes = issued(view, actor, *id, DocumentForm::Setu)?;
            let invoice = serde_json::from_slice(&bytes).map_err(|error| Problem::internal(&error))?;
            Ok(Reply::shown(SetuDocument(invoice)))
        })
        .await
}

/// The placement as an assignment of the worker at the host.
fn assignment_of(view: &mut View<'_>, placement: Placement) -> Result<Assignment, Problem> {
    let sides = Sides::of(view, &placement)?;
    let period = placement.period();
    let details = assignments::get(view, placement.assignment)?.details;
    let ended = placement.state.is_over().then(|| placement.last_day());
    Ok(Assignment {
        id: placement.id.to_string(),
        supplier: sides.supplier,
        customer: sides.customer,
        classification: Classification::default(),
        rates: Vec::new(),
        position_id: Some(placement.assignment.to_string()),
        title: details.title,
        task: details.intended_result,
        location: None,
        start: period.start,
        expected_end: Some(period.end),
        actual_end: ended,
        minutes_per_week: average(&placement),
        collective_labour_agreement: None,
        salary_scale: None,
        worker: sides.worker,
        request_for_quotation_id: None,
        reason_of_change: None,
    })
}

/// The timesheet as a timecard, of the hours as they really were.
fn timecard_of(view: &mut View<'_>, timesheet: Timesheet, placement: &Placement) -> Result<Timecard, Problem> {
    let sides = Sides::of(view, placement)?;
    let worked = timesheet.lines.iter().filter(|line| line.minutes > 0);
    let interval = |line: &TimesheetLine| TimeInterval {
        id: line.id.to_string(),
        day: line.day,
        minutes: line.minutes,
        cents_per_hour: None,
        workplace: None,
    };
    Ok(Timecard {
        id: timesheet.id.to_string(),
        supplier: sides.supplier,
        customer: sides.customer,
        classification: Classification::default(),
        worker: sides.worker,
        start: timesheet.week.monday(),
        end: timesheet.week.sunday(),
        assignment_id: Some(placement.id.to_string()),
        intervals: worked.map(interval).collect(),
    })
}

/// The statement as an invoice of SETU.
pub(super) fn setu_of(
    view: &mut View<'_>,
    statement: &ChargeStatement,
    invoice: interchange::invoice::Invoice,
) -> Result<serde_json::Value, Problem> {
    let placement = kept::get(view, statement.placement)?;
    let references = statement.references.clone();
    let invoice = Invoice {
        invoice,
        classification: Classification {
            cost_center: references.cost_centre.map(|code| Coded { code, name: None }),
            reference_number: references.buyer_reference,
            purchase_order_number: references.order_reference,
            ..Classification::default()
        },
        worker: Some(Sides::of(view, &placement)?.worker),
        assignment_id: Some(placement.id.to_string()),
    };
    Ok(invoice.to_json())
}

/// Both organisations and the worker, as SETU names them.
struct Sides {
    supplier: SetuOrganisation,
    customer: SetuOrganisation,
    worker: Worker,
}

impl Sides {
    fn of(view: &mut View<'_>, placement: &Placement) -> Result<Self, Problem> {
        Ok(Self {
            supplier: named(&organisations::get(view, placement.home)?),
            customer: named(&organisations::get(view, placement.host)?),
            worker: Worker {
                id: placement.person.to_string(),
                name: Some(persons::get(view, placement.person)?.name.full()),
            },
        })
    }
}

fn named(organisation: &Organisation) -> SetuOrganisation {
    let details = &organisation.details;
    let of = |wanted: IdentifierScheme, scheme: LegalScheme| {
        let found = details.identifiers.iter().find(|one| one.scheme == wanted);
        found.map(|one| LegalId { scheme, value: one.value.clone() })
    };
    let legal_id = of(IdentifierScheme::Oin, LegalScheme::Oin)
        .or_else(|| of(IdentifierScheme::Kvk, LegalScheme::Kvk))
        .or_else(|| of(IdentifierScheme::Rsin, LegalScheme::Rsin));
    SetuOrganisation {
        legal_id,
        vat_number: details.vat_number.clone(),
        contact: Some(Contact { name: details.name.clone(), email: details.invoicing_email.clone() }),
    }
}

/// The minutes a week of the first stretch of work.
fn average(placement: &Placement) -> i64 {
    let first = placement.stretches.first();
    first.and_then(|stretch| stretch.effort.average_minutes_per_week(Some(stretch.period))).unwrap_or_default()
}
