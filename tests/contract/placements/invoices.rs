//! Statements as e-invoices and documents: the same figures, to the cent.

use contract_tests::{Dossier, Placed, Service, agreement, on_both, terms};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

/// Issued: a day of 455 minutes at 50 euros an hour, under an agreement with this treatment for the tax.
fn issued<'s>(service: &'s Service, vat: Option<&Value>) -> (Placed<'s>, String) {
    let dossier = Dossier::open(service);
    let mut placed = Placed::of(service, dossier);
    let mut draft = agreement();
    if let Some(vat) = vat {
        draft["vat"] = vat.clone();
    }
    placed.arrange_as(&terms(), &draft);
    placed.confirm().expect(200);
    placed.at("2027-07-02T08:00:00Z");
    placed.worked("2027-W22", &[("2027-06-01", 455)]);
    let statement = placed.charge("2027-06").remove(0);
    (placed, statement)
}

/// The texts of every element of this name, in a document that has to be well-formed.
fn texts(xml: &str, wanted: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut texts) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(start.name().as_ref().to_owned()),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if open.last().is_some_and(|name| name == wanted) => {
                texts.push(text.as_ref().to_owned());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} stand open");
    texts
}

on_both! {
    /// shows: Z10
    fn an_untaxed_statement_is_an_e_invoice_with_its_legal_basis(service) {
        let (placed, statement) = issued(service, None);
        let ubl = placed.host_finance.client.get(&format!("{statement}/ubl")).expect(200);
        assert!(ubl.headers["content-type"].starts_with("application/xml"), "{:?}", ubl.headers);
        let one = |name: &str| texts(&ubl.text, name).first().cloned().unwrap_or_default();
        assert_eq!((one("cbc:ID"), one("cbc:BuyerReference")), ("2027-00001".to_owned(), "RUIMTE-2027".to_owned()));
        assert_eq!(one("cbc:IssueDate"), "2027-07-02");
        assert_eq!((one("cbc:PayableAmount"), one("cbc:TaxExclusiveAmount"), one("cbc:TaxAmount")),
            ("379.17".to_owned(), "379.17".to_owned(), "0.00".to_owned()));
        assert!(one("cbc:TaxExemptionReason").contains("2024-13855"), "{}", ubl.text);
        placed.finance.client.get(&format!("{statement}/ubl?profile=PAPER")).names(&["profile"]);
    }

    fn a_taxed_statement_has_the_tax_on_top_of_the_same_cost(service) {
        let (placed, statement) = issued(service, Some(&json!({"category": "STANDARD", "rateBasisPoints": 2100})));
        let seen = placed.host_finance.client.get(&statement).expect(200);
        let figures = [&seen.body["totalCents"], &seen.body["vatCents"], &seen.body["payableCents"]];
        assert_eq!(figures, [&json!(37_917), &json!(7963), &json!(45_880)]);
        for profile in ["PEPPOL", "NLCIUS"] {
            let ubl = placed.host_finance.client.get(&format!("{statement}/ubl?profile={profile}")).expect(200);
            assert_eq!(texts(&ubl.text, "cbc:TaxAmount")[0], "79.63");
            assert_eq!((&*texts(&ubl.text, "cbc:PayableAmount")[0], &*texts(&ubl.text, "cbc:TaxInclusiveAmount")[0]), ("458.80", "458.80"));
        }
    }

    fn a_tax_that_does_not_add_up_is_refused_in_the_agreement(service) {
        let mut placed = Placed::accepted(service);
        placed.arrangement = placed.agree_on(&terms());
        placed.plan().expect(201);
        let path = format!("{}/secondment-agreements", placed.placement);
        let post = |vat: Value| {
            let mut draft = agreement();
            draft["vat"] = vat;
            placed.dossier.owner.client.post(&path, &draft)
        };
        post(json!({"category": "STANDARD"})).names(&["vat.rateBasisPoints"]);
        post(json!({"category": "EXEMPT"})).names(&["vat.legalBasis", "vat.evidence"]);
        post(json!({"category": "EXEMPT", "rateBasisPoints": 2100, "legalBasis": "Besluit", "evidence": "Kader"})).names(&["vat.rateBasisPoints"]);
    }

    fn a_statement_is_a_document_and_a_setu_invoice_too(service) {
        let (placed, statement) = issued(service, None);
        for reader in [&placed.finance, &placed.host_finance, &placed.dossier.owner] {
            let pdf = reader.client.get(&format!("{statement}/pdf")).expect(200);
            assert_eq!((&pdf.bytes[..5], pdf.headers["content-type"].as_str()), (b"%PDF-".as_slice(), "application/pdf"));
            let setu = reader.client.get(&format!("{statement}/setu")).expect(200);
            assert!(setu.text.contains("2027-00001") && setu.text.contains("379.17"), "{}", setu.text);
        }
        placed.dossier.employee.client.get(&format!("{statement}/pdf")).refused(404, "not_found");
        let sheets = placed.dossier.owner.client.get(&format!("{}/timesheets", placed.placement)).expect(200).ids();
        let timecard = placed.dossier.owner.client.get(&format!("/timesheets/{}/setu", sheets[0])).expect(200);
        assert!(timecard.text.contains("2027-06-01"), "{}", timecard.text);
        let assignment = placed.dossier.owner.client.get(&format!("{}/setu", placed.placement)).expect(200);
        assert!(assignment.text.contains("2027-11-30"), "{}", assignment.text);
    }

    fn a_credit_names_the_invoice_that_it_corrects(service) {
        let (placed, statement) = issued(service, None);
        let sheets = placed.dossier.employee.client.get(&format!("{}/timesheets", placed.placement)).expect(200).ids();
        placed.corrected(&format!("/timesheets/{}", sheets[0]), &[("2027-06-01", 0)]);
        let counter = placed.finance.client.act(&format!("{statement}/counter-statements")).expect(201).headers["location"].clone();
        placed.finance.client.get(&format!("{counter}/ubl")).refused(409, "placement_not_ready");
        placed.finance.client.transition(&counter, "issuances", &Value::Null).expect(200);
        let ubl = placed.host_finance.client.get(&format!("{counter}/ubl")).expect(200);
        assert!(ubl.text.contains("<CreditNote"), "{}", ubl.text);
        assert_eq!(texts(&ubl.text, "cbc:PayableAmount"), ["379.17"], "a credit note names what is given back");
        assert!(texts(&ubl.text, "cbc:ID").iter().any(|id| id == "2027-00001"), "{}", ubl.text);
    }

    fn an_invoice_that_lacks_something_names_it(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T08:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let draft = placed.draft_charge("2027-06");
        for below in ["ubl", "pdf", "setu"] {
            placed.finance.client.get(&format!("{draft}/{below}")).refused(409, "placement_not_ready");
        }
        for organisation in [&placed.dossier.home, &placed.dossier.host] {
            let unfit = json!({"iban": null, "invoicingAddress": null});
            placed.dossier.world.platform.patch(&format!("/organisations/{}", organisation.id), &unfit).expect(200);
        }
        let before = placed.finance.client.get(&draft).expect(200).text;
        let refused = placed.finance.client.transition(&draft, "issuances", &Value::Null).refused(409, "invoice_incomplete");
        for missing in ["seller.street", "buyer.town", "payment.iban"] {
            assert!(refused.text.contains(missing), "{missing}: {}", refused.text);
        }
        assert_eq!(placed.finance.client.get(&draft).expect(200).text, before);

        // A run that is to issue leaves it behind with the same reason, and makes nothing.
        placed.finance.client.transition(&draft, "discards", &Value::Null).expect(200);
        let run = placed.run("2027-06", true).expect(200);
        assert_eq!((&run.body["statementIds"], run.text_at("/left/0/code")), (&json!([]), "invoice_incomplete"));

        // With all that is needed it is issued, under the first number.
        placed.dossier.fit_for_invoices();
        let issued = placed.charge("2027-06").remove(0);
        assert_eq!(placed.finance.client.get(&issued).expect(200).text_at("/number"), "2027-00001");
    }

    /// An invoice says what it said when it was issued, whatever becomes of the organisations in it.
    fn an_issued_invoice_stays_the_same_to_the_last_byte(service) {
        let (placed, statement) = issued(service, None);
        let documents = || ["ubl", "ubl?profile=NLCIUS", "pdf"].map(|form| placed.finance.client.get(&format!("{statement}/{form}")).expect(200).bytes);
        let before = documents();
        let moved = json!({"name": "Gemeente Nieuw Oss", "iban": "NL02ABNA0123456789"});
        placed.dossier.world.platform.patch(&format!("/organisations/{}", placed.dossier.home.id), &moved).expect(200);
        assert!(before == documents());
    }
}
