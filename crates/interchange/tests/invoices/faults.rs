//! What keeps an invoice from being written is told all at once, under the name of its field.

use interchange::invoice::{Invoice, Kind, LegalId, Profile, Scheme, VatTreatment, write};

use crate::samples;

fn faults(invoice: &Invoice) -> Vec<String> {
    let of =
        |profile| write(invoice, profile).err().map(|fault| fault.fields.into_iter().map(|field| field.name).collect());
    let (peppol, nlcius): (Option<Vec<String>>, Option<Vec<String>>) = (of(Profile::PeppolBis3), of(Profile::Nlcius));
    assert_eq!(peppol, nlcius, "what fits one profile fits the other");
    peppol.unwrap_or_default()
}

/// The faults of the standard sample after a change.
fn after(change: impl FnOnce(&mut Invoice)) -> Vec<String> {
    let mut invoice = samples::standard();
    change(&mut invoice);
    faults(&invoice)
}

#[test]
fn all_faults_are_told_at_once() {
    let found = after(|invoice| {
        invoice.number = " ".to_owned();
        invoice.due_date = None;
        invoice.buyer_reference = None;
        invoice.order_reference = Some(String::new());
        invoice.seller.street = None;
        invoice.seller.legal_id = None;
        invoice.seller.vat_number = None;
        invoice.buyer.town = Some("  ".to_owned());
        invoice.payment.iban = Some("NL03ABNA0123456789".to_owned());
        invoice.lines.clear();
    });
    assert_eq!(
        found,
        [
            "number",
            "dueDate",
            "buyerReference",
            "seller.street",
            "seller.legalId",
            "buyer.town",
            "payment.iban",
            "seller.vatNumber",
            "lines",
        ]
    );
}

#[test]
fn every_reason_says_what_must_be() {
    let mut invoice = samples::standard();
    invoice.number.clear();
    invoice.lines[0].minutes = 0;
    let fault = write(&invoice, Profile::Nlcius).unwrap_err();
    assert!(fault.fields.iter().all(|field| field.reason.starts_with("must ")), "{fault}");
    assert!(fault.to_string().contains("number must be filled"));
}

#[test]
fn a_due_date_is_not_before_the_issue_date() {
    assert_eq!(after(|invoice| invoice.due_date = Some(samples::day("2026-11-30"))), ["dueDate"]);
    assert!(after(|invoice| invoice.due_date = Some(invoice.issue_date)).is_empty());
}

#[test]
fn one_of_buyer_reference_and_order_reference_is_enough() {
    assert!(after(|invoice| invoice.buyer_reference = None).is_empty());
    assert!(after(|invoice| invoice.order_reference = None).is_empty());
}

#[test]
fn a_vat_number_stands_where_there_is_vat_and_nowhere_else() {
    let number = || Some("NL000099998B57".to_owned());
    let exempt = |reason: &str| VatTreatment::Exempt { reason: reason.to_owned() };
    assert_eq!(after(|invoice| invoice.seller.vat_number = None), ["seller.vatNumber"]);
    assert_eq!(after(|invoice| invoice.buyer.vat_number = Some("NL1".to_owned())), ["buyer.vatNumber"]);
    assert!(after(|invoice| invoice.buyer.vat_number = number()).is_empty());
    assert_eq!(after(|invoice| invoice.vat = exempt("")), ["vat.reason"]);
    assert_eq!(after(|invoice| invoice.vat = VatTreatment::Standard { basis_points: 0 }), ["vat.basisPoints"]);
    let mut invoice = samples::exempt();
    invoice.seller.vat_number = None;
    assert_eq!(faults(&invoice), ["seller.vatNumber"]);
    let mut invoice = samples::outside_scope();
    invoice.seller.vat_number = number();
    invoice.buyer.vat_number = number();
    assert_eq!(faults(&invoice), ["seller.vatNumber", "buyer.vatNumber"]);
}

#[test]
fn a_legal_number_has_the_length_of_its_register() {
    let id = |scheme, value: &str| Some(LegalId { scheme, value: value.to_owned() });
    assert_eq!(after(|invoice| invoice.buyer.legal_id = id(Scheme::Oin, "99999999")), ["buyer.legalId"]);
    assert_eq!(after(|invoice| invoice.buyer.legal_id = id(Scheme::Kvk, "9999 9999")), ["buyer.legalId"]);
}

#[test]
fn a_line_is_whole_and_its_amount_is_minutes_at_the_price() {
    assert_eq!(after(|invoice| invoice.lines[1].amount_cents += 1), ["lines[1].amountCents"]);
    assert_eq!(after(|invoice| invoice.lines[1].description.clear()), ["lines[1].description"]);
    assert_eq!(after(|invoice| invoice.lines[1].id = "1".to_owned()), ["lines[1].id"]);
    assert_eq!(
        after(|invoice| invoice.lines[0].period = samples::days("2026-10-31", "2026-11-01")),
        ["lines[0].period"]
    );
    let found = after(|invoice| invoice.lines[0].period = samples::days("2026-11-03", "2026-11-02"));
    assert_eq!(found, ["lines[0].period.end"]);
    let negative = after(|invoice| {
        invoice.lines[0].cents_per_hour = -5_225;
        invoice.lines[0].minutes = -480;
    });
    assert_eq!(negative, ["lines[0].centsPerHour"]);
}

#[test]
fn a_document_charges_or_credits_as_its_kind_says() {
    let charges = after(|invoice| {
        invoice.kind = Kind::CreditNote { corrects: "1".to_owned(), corrects_issue_date: invoice.issue_date };
    });
    assert_eq!(charges, ["lines"]);
    let mut credits = samples::credit_note();
    credits.kind = Kind::Invoice;
    credits.due_date = Some(samples::day("2027-01-15"));
    assert_eq!(faults(&credits), ["lines"]);
}

#[test]
fn a_credit_note_names_an_invoice_that_was_issued_before_it() {
    let mut invoice = samples::credit_note();
    invoice.kind = Kind::CreditNote { corrects: String::new(), corrects_issue_date: samples::day("2027-01-01") };
    assert_eq!(faults(&invoice), ["corrects", "correctsIssueDate"]);
}

#[test]
fn control_characters_that_xml_cannot_hold_are_refused() {
    assert_eq!(after(|invoice| invoice.note = Some("a\u{0}b".to_owned())), ["note"]);
    assert_eq!(after(|invoice| invoice.lines[0].description = "\u{1b}[1m".to_owned()), ["lines[0].description"]);
}
