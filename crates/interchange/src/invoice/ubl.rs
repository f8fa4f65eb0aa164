//! The elements of UBL 2.1, in the order that its schema demands.

use chrono::NaiveDate;

use super::xml::Element;
use super::{Invoice, Kind, LegalId, Line, Party, Payment, Period, Profile, Quantity, VatTreatment, decimal};

const EURO: &str = "EUR";
const CREDIT_TRANSFER: &str = "58"; // SEPA credit transfer, UNTDID 4461 (BT-81, NL-R-008)
const INVOICED_OBJECT: &str = "130"; // UNTDID 1001 (UBL-SR-43)

/// What is called otherwise in an invoice and in a credit note.
struct Words {
    root: &'static str,
    namespace: &'static str,
    type_code: (&'static str, &'static str),
    line: &'static str,
    quantity: &'static str,
}

const INVOICE: Words = Words {
    root: "Invoice",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    type_code: ("cbc:InvoiceTypeCode", "380"),
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const CREDIT_NOTE: Words = Words {
    root: "CreditNote",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    type_code: ("cbc:CreditNoteTypeCode", "381"),
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

/// The whole document; the invoice has been checked.
pub(super) fn document(invoice: &Invoice, profile: Profile) -> Element {
    let (words, due_date, corrected) = match &invoice.kind {
        Kind::Invoice => (INVOICE, invoice.due_date, None),
        // UBL has no due date for a credit note, and Peppol leaves out the one in the payment means.
        Kind::CreditNote { corrects, corrects_issue_date } => {
            (CREDIT_NOTE, None, Some(billing_reference(corrects, *corrects_issue_date, profile)))
        }
    };
    let (type_element, type_code) = words.type_code;
    let head = Element::group(words.root)
        .attribute("xmlns", words.namespace)
        .attribute("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2")
        .attribute("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2")
        .with(Element::text("cbc:CustomizationID", profile.customization_id()))
        .with(profile.profile_id().map(|id| Element::text("cbc:ProfileID", id)))
        .with(Element::text("cbc:ID", invoice.number.trim()))
        .with(date("cbc:IssueDate", invoice.issue_date))
        .with(due_date.map(|day| date("cbc:DueDate", day)))
        .with(Element::text(type_element, type_code))
        .with(optional("cbc:Note", &invoice.note))
        .with(Element::text("cbc:DocumentCurrencyCode", EURO))
        .with(optional("cbc:BuyerReference", &invoice.buyer_reference))
        .with(period(invoice.period))
        .with(reference("cac:OrderReference", &invoice.order_reference))
        .with(corrected)
        .with(reference("cac:ContractDocumentReference", &invoice.contract_reference))
        .with(Element::group("cac:AccountingSupplierParty").with(party(&invoice.seller)))
        .with(Element::group("cac:AccountingCustomerParty").with(party(&invoice.buyer)))
        .with(payment_means(&invoice.payment, profile))
        .with(tax_total(invoice))
        .with(monetary_total(invoice));
    invoice.lines.iter().fold(head, |document, line| document.with(line_element(invoice, line, &words)))
}

fn date(name: &'static str, day: NaiveDate) -> Element {
    Element::text(name, day.format("%Y-%m-%d").to_string())
}

fn optional(name: &'static str, text: &Option<String>) -> Option<Element> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| Element::text(name, text))
}

fn reference(name: &'static str, id: &Option<String>) -> Option<Element> {
    optional("cbc:ID", id).map(|id| Element::group(name).with(id))
}

fn amount(name: &'static str, cents: i128) -> Element {
    Element::text(name, decimal(cents)).attribute("currencyID", EURO)
}

fn period(period: Period) -> Element {
    Element::group("cac:InvoicePeriod").with(date("cbc:StartDate", period.start)).with(date("cbc:EndDate", period.end))
}

/// Preceding invoice (BG-3); NLCIUS warns of its issue date (BR-NL-24).
fn billing_reference(number: &str, issue_date: NaiveDate, profile: Profile) -> Element {
    Element::group("cac:BillingReference").with(
        Element::group("cac:InvoiceDocumentReference")
            .with(Element::text("cbc:ID", number.trim()))
            .with((profile != Profile::Nlcius).then(|| date("cbc:IssueDate", issue_date))),
    )
}

fn party(party: &Party) -> Element {
    Element::group("cac:Party")
        .with(party.legal_id.as_ref().map(|id| legal_id("cbc:EndpointID", id)))
        .with(
            Element::group("cac:PostalAddress")
                .with(optional("cbc:StreetName", &party.street))
                .with(optional("cbc:CityName", &party.town))
                .with(optional("cbc:PostalZone", &party.postal_code))
                .with(Element::group("cac:Country").with(Element::text("cbc:IdentificationCode", "NL"))),
        )
        .with(
            optional("cbc:CompanyID", &party.vat_number)
                .map(|number| Element::group("cac:PartyTaxScheme").with(number).with(tax_scheme())),
        )
        .with(
            Element::group("cac:PartyLegalEntity")
                .with(Element::text("cbc:RegistrationName", party.name.trim()))
                .with(party.legal_id.as_ref().map(|id| legal_id("cbc:CompanyID", id))),
        )
        .with(
            Element::group("cac:Contact")
                .with(optional("cbc:Name", &party.contact_name))
                .with(optional("cbc:ElectronicMail", &party.contact_email))
                .unless_empty(),
        )
}

fn legal_id(name: &'static str, id: &LegalId) -> Element {
    Element::text(name, id.value.as_str()).attribute("schemeID", id.scheme.code())
}

fn tax_scheme() -> Element {
    Element::group("cac:TaxScheme").with(Element::text("cbc:ID", "VAT"))
}

fn payment_means(payment: &Payment, profile: Profile) -> Element {
    // NLCIUS warns of the name (BR-NL-30).
    let account_name = (profile != Profile::Nlcius).then(|| optional("cbc:Name", &payment.account_name)).flatten();
    Element::group("cac:PaymentMeans")
        .with(Element::text("cbc:PaymentMeansCode", CREDIT_TRANSFER))
        .with(optional("cbc:PaymentID", &payment.reference))
        .with(Element::group("cac:PayeeFinancialAccount").with(optional("cbc:ID", &payment.iban)).with(account_name))
}

/// Code and rate of the VAT category; no rate where nothing is subject to VAT (BR-48, BR-O-05).
fn tax_category(name: &'static str, vat: &VatTreatment) -> Element {
    let percent = match vat {
        VatTreatment::Standard { basis_points } => Some(decimal(i128::from(*basis_points))),
        VatTreatment::Exempt { .. } => Some(decimal(0)),
        VatTreatment::OutsideScope { .. } => None,
    };
    Element::group(name)
        .with(Element::text("cbc:ID", vat.category()))
        .with(percent.map(|percent| Element::text("cbc:Percent", percent)))
}

fn tax_total(invoice: &Invoice) -> Element {
    let totals = invoice.totals();
    // In words and not as a VATEX code: NLCIUS warns of the code (BR-NL-35).
    let reason = match &invoice.vat {
        VatTreatment::Standard { .. } => None,
        VatTreatment::Exempt { reason } | VatTreatment::OutsideScope { reason } => {
            Some(Element::text("cbc:TaxExemptionReason", reason.trim()))
        }
    };
    Element::group("cac:TaxTotal").with(amount("cbc:TaxAmount", totals.vat)).with(
        Element::group("cac:TaxSubtotal")
            .with(amount("cbc:TaxableAmount", totals.net))
            .with(amount("cbc:TaxAmount", totals.vat))
            .with(tax_category("cac:TaxCategory", &invoice.vat).with(reason).with(tax_scheme())),
    )
}

fn monetary_total(invoice: &Invoice) -> Element {
    let totals = invoice.totals();
    Element::group("cac:LegalMonetaryTotal")
        .with(amount("cbc:LineExtensionAmount", totals.net))
        .with(amount("cbc:TaxExclusiveAmount", totals.net))
        .with(amount("cbc:TaxInclusiveAmount", totals.gross))
        .with(amount("cbc:PayableAmount", totals.gross))
}

fn line_element(invoice: &Invoice, line: &Line, words: &Words) -> Element {
    let quantity = Quantity::of_minutes(invoice.shown(line.minutes));
    let timesheet = reference("cac:DocumentReference", &line.timesheet_reference)
        .map(|reference| reference.with(Element::text("cbc:DocumentTypeCode", INVOICED_OBJECT)));
    Element::group(words.line)
        .with(Element::text("cbc:ID", line.id.trim()))
        .with(Element::text(words.quantity, quantity.value).attribute("unitCode", quantity.unit))
        .with(amount("cbc:LineExtensionAmount", invoice.shown(line.amount_cents)))
        .with(period(line.period))
        .with(timesheet)
        .with(
            Element::group("cac:Item")
                .with(Element::text("cbc:Name", line.description.trim()))
                .with(tax_category("cac:ClassifiedTaxCategory", &invoice.vat).with(tax_scheme())),
        )
        .with(
            Element::group("cac:Price")
                .with(amount("cbc:PriceAmount", i128::from(line.cents_per_hour)))
                .with(Element::text("cbc:BaseQuantity", quantity.base).attribute("unitCode", quantity.unit)),
        )
}
