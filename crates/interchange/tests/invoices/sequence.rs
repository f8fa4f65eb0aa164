//! The sequences of UBL 2.1 (OASIS Standard, 4 November 2013: UBL-Invoice-2.1.xsd, UBL-CreditNote-2.1.xsd and
//! UBL-CommonAggregateComponents-2.1.xsd), cut down to what an invoice of ours holds.

use interchange::invoice::{Profile, write};

use crate::reader::{Node, read};
use crate::samples;

/// An element, the elements that its type allows in their order, and how often each may stand: `?`, `+`, or once.
const SEQUENCES: &[(&str, &str)] = &[
    (
        "Invoice",
        "cbc:CustomizationID cbc:ProfileID? cbc:ID cbc:IssueDate cbc:DueDate cbc:InvoiceTypeCode cbc:Note? \
         cbc:DocumentCurrencyCode cbc:BuyerReference? cac:InvoicePeriod cac:OrderReference? \
         cac:ContractDocumentReference? cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PaymentMeans \
         cac:TaxTotal cac:LegalMonetaryTotal cac:InvoiceLine+",
    ),
    (
        "CreditNote",
        "cbc:CustomizationID cbc:ProfileID? cbc:ID cbc:IssueDate cbc:CreditNoteTypeCode cbc:Note? \
         cbc:DocumentCurrencyCode cbc:BuyerReference? cac:InvoicePeriod cac:OrderReference? cac:BillingReference \
         cac:ContractDocumentReference? cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PaymentMeans \
         cac:TaxTotal cac:LegalMonetaryTotal cac:CreditNoteLine+",
    ),
    ("cac:InvoicePeriod", "cbc:StartDate cbc:EndDate"),
    ("cac:OrderReference", "cbc:ID"),
    ("cac:BillingReference", "cac:InvoiceDocumentReference"),
    ("cac:InvoiceDocumentReference", "cbc:ID cbc:IssueDate?"),
    ("cac:ContractDocumentReference", "cbc:ID"),
    ("cac:AccountingSupplierParty", "cac:Party"),
    ("cac:AccountingCustomerParty", "cac:Party"),
    ("cac:Party", "cbc:EndpointID cac:PostalAddress cac:PartyTaxScheme? cac:PartyLegalEntity cac:Contact?"),
    ("cac:PostalAddress", "cbc:StreetName cbc:CityName cbc:PostalZone cac:Country"),
    ("cac:Country", "cbc:IdentificationCode"),
    ("cac:PartyTaxScheme", "cbc:CompanyID cac:TaxScheme"),
    ("cac:TaxScheme", "cbc:ID"),
    ("cac:PartyLegalEntity", "cbc:RegistrationName cbc:CompanyID"),
    ("cac:Contact", "cbc:Name? cbc:ElectronicMail?"),
    ("cac:PaymentMeans", "cbc:PaymentMeansCode cbc:PaymentID? cac:PayeeFinancialAccount"),
    ("cac:PayeeFinancialAccount", "cbc:ID cbc:Name?"),
    ("cac:TaxTotal", "cbc:TaxAmount cac:TaxSubtotal"),
    ("cac:TaxSubtotal", "cbc:TaxableAmount cbc:TaxAmount cac:TaxCategory"),
    ("cac:TaxCategory", "cbc:ID cbc:Percent? cbc:TaxExemptionReason? cac:TaxScheme"),
    (
        "cac:LegalMonetaryTotal",
        "cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:PayableAmount",
    ),
    (
        "cac:InvoiceLine",
        "cbc:ID cbc:InvoicedQuantity cbc:LineExtensionAmount cac:InvoicePeriod cac:DocumentReference? cac:Item cac:Price",
    ),
    (
        "cac:CreditNoteLine",
        "cbc:ID cbc:CreditedQuantity cbc:LineExtensionAmount cac:InvoicePeriod cac:DocumentReference? cac:Item cac:Price",
    ),
    ("cac:DocumentReference", "cbc:ID cbc:DocumentTypeCode"),
    ("cac:Item", "cbc:Name cac:ClassifiedTaxCategory"),
    ("cac:ClassifiedTaxCategory", "cbc:ID cbc:Percent? cac:TaxScheme"),
    ("cac:Price", "cbc:PriceAmount cbc:BaseQuantity"),
];

/// Walks the tree and holds every element against its sequence; what is not in the table holds text, and only text.
pub fn check(node: &Node) {
    let Some((_, sequence)) = SEQUENCES.iter().find(|(name, _)| *name == node.name) else {
        assert!(node.name.starts_with("cbc:") && node.children.is_empty(), "{} is not in the table", node.name);
        assert!(!node.text.trim().is_empty(), "{} is empty (PEPPOL-EN16931-R008)", node.name);
        return;
    };
    assert!(!node.children.is_empty(), "{} is empty (PEPPOL-EN16931-R008)", node.name);
    let mut children = node.children.iter().peekable();
    for step in sequence.split_whitespace() {
        let name = step.trim_end_matches(['?', '+']);
        let mut times = 0;
        while children.next_if(|child| child.name == name).is_some() {
            times += 1;
        }
        let fits = match step.chars().last() {
            Some('?') => times <= 1,
            Some('+') => times >= 1,
            _ => times == 1,
        };
        assert!(fits, "{name} stands {times} times at its place in {}", node.name);
    }
    assert_eq!(children.next().map(|child| &child.name), None, "out of sequence in {}", node.name);
    node.children.iter().for_each(check);
}

#[test]
fn every_element_stands_where_the_schema_wants_it() {
    for (name, invoice) in samples::all() {
        for profile in [Profile::PeppolBis3, Profile::Nlcius] {
            let root = read(&write(&invoice, profile).unwrap());
            check(&root);
            assert_eq!(root.find("cbc:ProfileID").len(), usize::from(profile == Profile::PeppolBis3), "{name}");
        }
    }
}

#[test]
fn an_invoice_with_only_what_is_needed_holds_no_empty_elements() {
    let mut invoice = samples::standard();
    invoice.note = Some("  ".to_owned());
    invoice.order_reference = None;
    invoice.contract_reference = Some(String::new());
    invoice.seller.contact_name = None;
    invoice.seller.contact_email = Some(" ".to_owned());
    invoice.payment.account_name = None;
    invoice.payment.reference = None;
    invoice.lines.iter_mut().for_each(|line| line.timesheet_reference = None);
    check(&read(&write(&invoice, Profile::PeppolBis3).unwrap()));
}

#[test]
fn text_comes_back_as_it_went_in() {
    let mut invoice = samples::standard();
    invoice.note = Some("<Ünïcode> & \"aanhalingstekens\" 'zo' ]]> 😀\ntweede regel".to_owned());
    let root = read(&write(&invoice, Profile::Nlcius).unwrap());
    assert_eq!(Some(root.one("cbc:Note").text.clone()), invoice.note);
}

#[test]
fn a_credit_note_names_the_invoice_it_corrects() {
    let root = read(&write(&samples::credit_note(), Profile::PeppolBis3).unwrap());
    assert_eq!(root.one("cbc:CreditNoteTypeCode").text, "381");
    let corrected = root.one("cac:BillingReference/cac:InvoiceDocumentReference");
    assert_eq!(corrected.one("cbc:ID").text, "2026-000123");
    assert_eq!(corrected.one("cbc:IssueDate").text, "2026-12-01");
}

#[test]
fn nlcius_holds_nothing_that_its_rules_warn_of() {
    let root = read(&write(&samples::credit_note(), Profile::Nlcius).unwrap());
    let warned = [
        ("BR-NL-24", "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate"),
        ("BR-NL-30", "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:Name"),
        ("BR-NL-35", "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReasonCode"),
    ];
    for (rule, path) in warned {
        assert!(root.find(path).is_empty(), "{rule}");
    }
    assert_eq!(root.one("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID").text, "2026-000123");
}

#[test]
fn what_is_not_subject_to_vat_has_neither_rates_nor_vat_numbers() {
    let root = read(&write(&samples::outside_scope(), Profile::PeppolBis3).unwrap());
    for category in [
        root.one("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory"),
        root.find("cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory")[0],
    ] {
        assert_eq!(category.one("cbc:ID").text, "O");
        assert!(category.find("cbc:Percent").is_empty());
    }
    assert!(root.find("cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme").is_empty());
    assert!(root.find("cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme").is_empty());
}

#[test]
fn an_exemption_is_told_in_words_and_not_by_a_code() {
    let root = read(&write(&samples::exempt(), Profile::Nlcius).unwrap());
    let category = root.one("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory");
    assert_eq!(category.one("cbc:Percent").text, "0.00");
    assert!(category.one("cbc:TaxExemptionReason").text.contains("arbeidsmobiliteit"));
    assert!(category.find("cbc:TaxExemptionReasonCode").is_empty());
}

#[test]
fn both_parties_are_reached_under_their_legal_number() {
    let root = read(&write(&samples::standard(), Profile::PeppolBis3).unwrap());
    for (party, scheme) in [("cac:AccountingSupplierParty", "0190"), ("cac:AccountingCustomerParty", "0106")] {
        let party = root.one(party).one("cac:Party");
        for id in [party.one("cbc:EndpointID"), party.one("cac:PartyLegalEntity/cbc:CompanyID")] {
            assert_eq!(id.attribute("schemeID"), Some(scheme));
        }
    }
}
