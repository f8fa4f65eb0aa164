//! What keeps an invoice from being a valid document, all of it at once.

use std::collections::BTreeSet;

use super::{Invoice, Kind, LegalId, Line, Party, Payment, Period, Scheme, VatTreatment};
use domain::parties::identifiers::is_iban;

use crate::identifiers::{is_digits, is_vat_number_like};

/// A field of an invoice that lacks or does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfitField {
    /// The path of the field, as `seller.postalCode` or `lines[0].minutes`.
    pub name: String,
    /// What it must be.
    pub reason: String,
}

/// Why an invoice cannot be written: every field that lacks or does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceFault {
    /// The fields, in the order of the invoice; at least one.
    pub fields: Vec<UnfitField>,
}

impl std::fmt::Display for InvoiceFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the invoice cannot be written")?;
        self.fields.iter().try_for_each(|field| write!(f, "; {} {}", field.name, field.reason))
    }
}

impl std::error::Error for InvoiceFault {}

impl InvoiceFault {
    /// The writer failed, which into memory it does not.
    pub(super) fn unwritten(error: &std::io::Error) -> Self {
        let mut fault = Self::default();
        fault.add("invoice", format!("must be writable: {error}"));
        fault
    }

    fn add(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        self.fields.push(UnfitField { name: name.into(), reason: reason.into() });
    }

    fn unless(&mut self, holds: bool, name: &str, reason: &str) {
        if !holds {
            self.add(name, reason);
        }
    }

    /// A text that has to be there; `reason` says why.
    fn needed(&mut self, name: &str, text: Option<&str>, reason: &str) {
        match text.filter(|text| !text.trim().is_empty()) {
            None => self.add(name, reason),
            Some(text) => self.printable(name, text),
        }
    }

    /// A text that may lack.
    fn optional(&mut self, name: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.printable(name, text);
        }
    }

    /// XML 1.0 has no way to hold the other control characters, not even escaped.
    fn printable(&mut self, name: &str, text: &str) {
        let fits = text
            .chars()
            .all(|c| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')));
        self.unless(fits, name, "must not have control characters");
    }

    fn period(&mut self, name: &str, period: Period) {
        self.unless(period.start <= period.end, &format!("{name}.end"), "must not be before the start (BR-29, BR-30)");
    }
}

/// Ok when the invoice makes a valid document in both profiles.
pub(super) fn check(invoice: &Invoice) -> Result<(), InvoiceFault> {
    let mut faults = InvoiceFault::default();
    check_head(invoice, &mut faults);
    check_party("seller", &invoice.seller, &mut faults);
    check_party("buyer", &invoice.buyer, &mut faults);
    check_payment(&invoice.payment, &mut faults);
    check_vat(invoice, &mut faults);
    check_lines(invoice, &mut faults);
    if faults.fields.is_empty() { Ok(()) } else { Err(faults) }
}

fn check_head(invoice: &Invoice, faults: &mut InvoiceFault) {
    faults.needed("number", Some(&invoice.number), "must be filled (BR-02)");
    match (&invoice.kind, invoice.due_date) {
        (Kind::Invoice, None) => faults.add("dueDate", "must be filled (BR-CO-25)"),
        (_, Some(due)) => {
            faults.unless(due >= invoice.issue_date, "dueDate", "must not be before issueDate");
        }
        (Kind::CreditNote { .. }, None) => {}
    }
    if let Kind::CreditNote { corrects, corrects_issue_date } = &invoice.kind {
        faults.needed("corrects", Some(corrects), "must name the invoice that is corrected (NL-R-001)");
        faults.unless(*corrects_issue_date <= invoice.issue_date, "correctsIssueDate", "must not be after issueDate");
    }
    faults.period("period", invoice.period);
    let is_filled = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    faults.unless(
        is_filled(&invoice.buyer_reference) || is_filled(&invoice.order_reference),
        "buyerReference",
        "must be filled when orderReference is not (PEPPOL-EN16931-R003)",
    );
    faults.optional("buyerReference", &invoice.buyer_reference);
    faults.optional("orderReference", &invoice.order_reference);
    faults.optional("contractReference", &invoice.contract_reference);
    faults.optional("note", &invoice.note);
}

fn check_party(role: &str, party: &Party, faults: &mut InvoiceFault) {
    let field = |name: &str| format!("{role}.{name}");
    faults.needed(&field("name"), Some(&party.name), "must be filled (BR-06, BR-07)");
    let address = "must be filled (NL-R-002, NL-R-004)";
    faults.needed(&field("street"), party.street.as_deref(), address);
    faults.needed(&field("postalCode"), party.postal_code.as_deref(), address);
    faults.needed(&field("town"), party.town.as_deref(), address);
    match &party.legal_id {
        None => faults.add(field("legalId"), "must be an OIN or a KvK number (NL-R-003, NL-R-005)"),
        Some(LegalId { scheme: Scheme::Oin, value }) => {
            faults.unless(is_digits(value, 20), &field("legalId"), "must have 20 digits for an OIN");
        }
        Some(LegalId { scheme: Scheme::Kvk, value }) => {
            faults.unless(is_digits(value, 8), &field("legalId"), "must have 8 digits for a KvK number");
        }
    }
    faults.optional(&field("contactName"), &party.contact_name);
    faults.optional(&field("contactEmail"), &party.contact_email);
}

fn check_payment(payment: &Payment, faults: &mut InvoiceFault) {
    faults.unless(
        payment.iban.as_deref().is_some_and(is_iban),
        "payment.iban",
        "must be an IBAN without spaces (NL-R-007, BR-61)",
    );
    faults.optional("payment.accountName", &payment.account_name);
    faults.optional("payment.reference", &payment.reference);
}

fn check_vat(invoice: &Invoice, faults: &mut InvoiceFault) {
    let seller = ("seller.vatNumber", invoice.seller.vat_number.as_deref());
    let buyer = ("buyer.vatNumber", invoice.buyer.vat_number.as_deref());
    match &invoice.vat {
        VatTreatment::Standard { basis_points } => {
            // The published test of BR-CO-17 takes a rate that rounds to no whole percent for none.
            let fits = (100..=10_000).contains(basis_points);
            faults.unless(fits, "vat.basisPoints", "must be from 100 to 10000 (BR-S-05, BR-CO-17)");
            faults.unless(seller.1.is_some(), seller.0, "must be filled when VAT is charged (BR-S-02)");
        }
        VatTreatment::Exempt { reason } => {
            faults.needed("vat.reason", Some(reason), "must say why there is no VAT (BR-E-10)");
            faults.unless(seller.1.is_some(), seller.0, "must be filled for an exemption (BR-E-02)");
        }
        VatTreatment::OutsideScope { reason } => {
            faults.needed("vat.reason", Some(reason), "must say why there is no VAT (BR-O-10)");
            for (name, number) in [seller, buyer] {
                faults.unless(number.is_none(), name, "must be left out when nothing is subject to VAT (BR-O-02)");
            }
            return;
        }
    }
    for (name, number) in [seller, buyer] {
        let fits = number.is_none_or(is_vat_number_like);
        faults.unless(fits, name, "must be a Dutch VAT number as NL123456789B01 (BR-CO-09)");
    }
}

fn check_lines(invoice: &Invoice, faults: &mut InvoiceFault) {
    faults.unless(!invoice.lines.is_empty(), "lines", "must have at least one line (BR-16)");
    let mut ids = BTreeSet::new();
    for (index, line) in invoice.lines.iter().enumerate() {
        check_line(&format!("lines[{index}]"), line, invoice.period, faults);
        faults.unless(ids.insert(line.id.trim()), &format!("lines[{index}].id"), "must be another for every line");
    }
    let reason = match invoice.kind {
        Kind::Invoice => "must not add up to less than zero in an invoice; a credit note is needed",
        Kind::CreditNote { .. } => "must not add up to more than zero in a credit note; an invoice is needed",
    };
    faults.unless(invoice.totals().net >= 0, "lines", reason);
}

fn check_line(path: &str, line: &Line, whole: Period, faults: &mut InvoiceFault) {
    let field = |name: &str| format!("{path}.{name}");
    faults.needed(&field("id"), Some(&line.id), "must be filled (BR-21)");
    faults.needed(&field("description"), Some(&line.description), "must be filled (BR-25)");
    faults.period(&field("period"), line.period);
    faults.unless(
        whole.start <= line.period.start && line.period.end <= whole.end,
        &field("period"),
        "must lie in the period of the invoice (PEPPOL-EN16931-R110, R111)",
    );
    faults.unless(line.minutes != 0, &field("minutes"), "must not be zero");
    faults.unless(line.cents_per_hour >= 0, &field("centsPerHour"), "must not be negative (BR-27)");
    faults.unless(
        line.amount_fits(),
        &field("amountCents"),
        "must be minutes × centsPerHour ÷ 60, rounded to the cent (PEPPOL-EN16931-R120)",
    );
    faults.optional(&field("timesheetReference"), &line.timesheet_reference);
}
