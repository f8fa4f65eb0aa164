//! The invoice: what is charged for the hours, in the words of the other SETU documents.
//!
//! SETU publishes no JSON Schema for it. Its Invoice 2.2 is UBL, which is what [`crate::invoice::write`] makes, and the
//! API description of Purchase-to-Pay 2.0 leaves the body of an invoice open. So this is our own arrangement, for readers
//! that take the other two documents as JSON: their names where they have one, else the business term of EN 16931 in
//! words. Numbers and signs are those of the UBL document.

use serde_json::{Value, json};

use super::{
    Classification, Organisation, Worker, date, date_period, euros, hourly_rate, hours, identified, number, object,
};
use crate::invoice::{self, Kind, Line, VatTreatment};

/// An invoice with what SETU tells beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The invoice itself.
    pub invoice: invoice::Invoice,
    /// What the host books it on; the order reference of the invoice stands in for a purchase order number.
    pub classification: Classification,
    /// The employee, where it is about one.
    pub worker: Option<Worker>,
    /// The number of the agreement.
    pub assignment_id: Option<String>,
}

impl Invoice {
    /// The document.
    pub fn to_json(&self) -> Value {
        let invoice = &self.invoice;
        let (type_code, corrected) = match &invoice.kind {
            Kind::Invoice => ("380", None),
            Kind::CreditNote { corrects, corrects_issue_date } => (
                "381",
                Some(json!({
                    "documentId": identified(corrects, "Supplier"),
                    "issueDate": date(*corrects_issue_date),
                })),
            ),
        };
        let mut classification = self.classification.clone();
        classification.purchase_order_number =
            classification.purchase_order_number.or_else(|| invoice.order_reference.clone());
        classification.reference_number = classification.reference_number.or_else(|| invoice.buyer_reference.clone());
        let head = [
            ("documentId", Some(identified(&invoice.number, "Supplier"))),
            ("typeCode", Some(json!({ "value": type_code }))),
            ("issueDate", Some(date(invoice.issue_date))),
            ("paymentDueDate", invoice.due_date.map(date)),
            ("precedingInvoice", corrected),
            ("supplier", Some(Organisation::from(&invoice.seller).with_contact())),
            ("customer", Some(Organisation::from(&invoice.buyer).with_contact())),
        ];
        let assignment = self.assignment_id.as_ref().map(|id| identified(id, "Supplier"));
        let totals = invoice.totals();
        let body = [
            ("person", self.worker.as_ref().map(Worker::person)),
            ("period", Some(date_period(invoice.period.start, Some(invoice.period.end)))),
            ("staffingIds", assignment.map(|id| json!({ "assignmentId": id }))),
            ("invoiceLine", Some(invoice.lines.iter().map(|line| line_json(invoice, line)).collect())),
            ("vat", Some(vat_json(invoice))),
            ("totalWithoutVat", Some(euros(totals.net))),
            ("totalWithVat", Some(euros(totals.gross))),
            ("amountDue", Some(euros(totals.gross))),
        ];
        object(head.into_iter().chain(classification.fields()).chain(body))
    }
}

fn line_json(invoice: &invoice::Invoice, line: &Line) -> Value {
    object([
        ("id", Some(identified(&line.id, "Supplier"))),
        ("description", Some(json!(line.description))),
        ("period", Some(date_period(line.period.start, Some(line.period.end)))),
        ("timecardLine", line.timesheet_reference.as_ref().map(|id| identified(id, "Supplier"))),
        ("timeTotal", Some(json!(hours(invoice.shown(line.minutes))))),
        ("payRates", Some(json!([object(hourly_rate(line.cents_per_hour))]))),
        ("amount", Some(euros(invoice.shown(line.amount_cents)))),
    ])
}

fn vat_json(invoice: &invoice::Invoice) -> Value {
    let (percent, reason) = match &invoice.vat {
        VatTreatment::Standard { basis_points } => (Some(number(i128::from(*basis_points), 100)), None),
        VatTreatment::Exempt { reason } => (Some(json!(0)), Some(json!(reason))),
        VatTreatment::OutsideScope { reason } => (None, Some(json!(reason))),
    };
    object([
        ("categoryCode", Some(json!({ "value": invoice.vat.category() }))),
        ("percent", percent),
        ("exemptionReason", reason),
        ("amount", Some(euros(invoice.totals().vat))),
    ])
}
