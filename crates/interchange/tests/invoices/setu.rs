//! SETU documents hold the names, and only the names, that SETU's JSON Schemas have.

use interchange::setu::{
    Assignment, Classification, Coded, Contact, Invoice, LegalId, LegalScheme, Location, Organisation, Rate,
    TimeInterval, Timecard, Worker, Workplace,
};
use serde_json::Value;

use crate::samples::{self, day};

fn organisations() -> (Organisation, Organisation) {
    let supplier = Organisation {
        legal_id: Some(LegalId { scheme: LegalScheme::Oin, value: "00000099000000001000".to_owned() }),
        vat_number: Some("NL000099998B57".to_owned()),
        contact: Some(Contact {
            name: "N. Bakker".to_owned(),
            email: Some("n.bakker@voorbeeldstad.example".to_owned()),
        }),
    };
    let customer = Organisation {
        legal_id: Some(LegalId { scheme: LegalScheme::Kvk, value: "99999999".to_owned() }),
        vat_number: None,
        contact: Some(Contact { name: "P. Smit".to_owned(), email: None }),
    };
    (supplier, customer)
}

fn classification() -> Classification {
    Classification {
        department: None,
        cost_center: Some(Coded { code: "4711".to_owned(), name: Some("Energie".to_owned()) }),
        project: Some(Coded { code: "P-7".to_owned(), name: None }),
        reference_number: None,
        purchase_order_number: Some("4500012345".to_owned()),
    }
}

fn worker() -> Worker {
    Worker { id: "0104233".to_owned(), name: Some("S. de Vries".to_owned()) }
}

pub fn assignment() -> Assignment {
    let (supplier, customer) = organisations();
    Assignment {
        id: "OVK-2026-0042".to_owned(),
        supplier,
        customer,
        classification: classification(),
        rates: vec![
            Rate { cents_per_hour: 5_225, start: day("2026-11-01"), end: Some(day("2026-12-31")) },
            Rate { cents_per_hour: 5_382, start: day("2027-01-01"), end: None },
        ],
        position_id: Some("KLUS-2026-0815".to_owned()),
        title: "Beleidsadviseur energietransitie".to_owned(),
        task: Some("De warmtevisie afmaken".to_owned()),
        location: Some(Location {
            name: Some("Waterschapshuis".to_owned()),
            street: Some("Dijkweg 2".to_owned()),
            postal_code: Some("4321 BA".to_owned()),
            city: Some("Proefdam".to_owned()),
        }),
        start: day("2026-11-01"),
        expected_end: Some(day("2027-04-30")),
        actual_end: None,
        minutes_per_week: 990,
        collective_labour_agreement: Some("Cao Gemeenten".to_owned()),
        salary_scale: Some("11".to_owned()),
        worker: worker(),
        request_for_quotation_id: Some("KLUS-2026-0815".to_owned()),
        reason_of_change: None,
    }
}

pub fn timecard() -> Timecard {
    let (supplier, customer) = organisations();
    let interval = |id: &str, on: &str, minutes| TimeInterval {
        id: id.to_owned(),
        day: day(on),
        minutes,
        cents_per_hour: Some(5_225),
        workplace: None,
    };
    Timecard {
        id: "US-2026-0042-45".to_owned(),
        supplier,
        customer,
        classification: classification(),
        worker: worker(),
        start: day("2026-11-02"),
        end: day("2026-11-08"),
        assignment_id: Some("OVK-2026-0042".to_owned()),
        intervals: vec![
            TimeInterval { workplace: Some(Workplace::Office), ..interval("1", "2026-11-03", 480) },
            TimeInterval { workplace: Some(Workplace::Home), ..interval("2", "2026-11-04", 440) },
            interval("3", "2026-11-05", -435),
            TimeInterval { cents_per_hour: None, ..interval("4", "2026-11-05", 450) },
        ],
    }
}

/// The invoice and the credit note of the other samples, with what SETU tells beside them.
pub fn invoices() -> [(&'static str, Invoice); 2] {
    let around = |invoice| Invoice {
        invoice,
        classification: Classification { purchase_order_number: None, ..classification() },
        worker: Some(worker()),
        assignment_id: Some("OVK-2026-0042".to_owned()),
    };
    [("invoice", around(samples::standard())), ("credit-note", around(samples::credit_note()))]
}

/// What an object may hold, by the way to it; `!` marks what its schema requires. From `Assignment.yml` and `Timecard.yml`
/// of SETU Purchase-to-Pay 2.0, cut down to what we write.
const NAMES: &[(&str, &str)] = &[
    (
        "assignment",
        "documentId! supplier customer! resourceClassificationInclusion payRates! positionProfile! assignedWorker! \
         staffingIds reasonOfChange",
    ),
    (
        "timecard",
        "documentId! supplier customer department costCenter project referenceNumber purchaseOrderNumber person! \
         period! staffingIds timeInterval",
    ),
    ("documentId", "value! schemeAgencyId!"),
    ("assignment/supplier", "legalId taxId personContacts"),
    ("timecard/supplier", "legalId taxId"),
    ("customer", "legalId taxId personContacts"),
    ("legalId", "value! schemeAgencyId!"),
    ("taxId", "value! schemeAgencyId!"),
    ("personContacts", "name! communication"),
    ("name", "formattedName!"),
    ("communication", "email"),
    ("email", "address! useCode"),
    ("resourceClassificationInclusion", "department costCenter project referenceNumber purchaseOrderNumber"),
    ("costCenter", "name code!"),
    ("project", "name code!"),
    ("assignment/payRates", "rateType! code! amount! intervalCode! period! multiplier toBeBilled! toBePaid!"),
    ("timeInterval/payRates", "amount! intervalCode! multiplier! toBeBilled! toBePaid!"),
    ("amount", "value! currency!"),
    ("currency", "value!"),
    ("intervalCode", "value!"),
    ("timeInterval/period", "dateTimePeriod!"),
    ("period", "datePeriod!"),
    ("datePeriod", "start! end"),
    ("dateTimePeriod", "start! end"),
    (
        "positionProfile",
        "positionId positionTitle positionTask positionLocation positionPeriod! workingPeriods! \
         collectiveLabourAgreement salaryScale",
    ),
    ("positionId", "value!"),
    ("positionTask", "description"),
    ("description", "value!"),
    ("positionLocation", "name countryCode city postalCode streetName"),
    ("countryCode", "value!"),
    ("positionPeriod", "start! expectedEnd actualEnd"),
    ("workingPeriods", "workDuration baseDuration!"),
    ("workDuration", "value! unitCode!"),
    ("baseDuration", "value! unitCode!"),
    ("unitCode", "value!"),
    ("collectiveLabourAgreement", "name"),
    ("assignedWorker", "workerId!"),
    ("workerId", "value! schemeAgencyId!"),
    ("staffingIds", "requestForQuotationId assignmentId"),
    ("requestForQuotationId", "value! schemeAgencyId!"),
    ("assignmentId", "value! schemeAgencyId!"),
    ("person", "id! name"),
    ("id", "value! schemeAgencyId!"),
    ("timeInterval", "id! typeCode! period! timeTotal payRates dayAssignment homeOfficeIndicator"),
    ("typeCode", "value!"),
];

/// Walks the document: every object is in the table, holds all that is required, and nothing else than is allowed.
fn check(way: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            let names = NAMES.iter().filter(|(place, _)| way == *place || way.ends_with(&format!("/{place}")));
            let (_, names) =
                names.max_by_key(|(place, _)| place.len()).unwrap_or_else(|| panic!("{way} is not in the table"));
            let allowed: Vec<&str> = names.split_whitespace().map(|name| name.trim_end_matches('!')).collect();
            for (name, inner) in fields {
                assert!(allowed.contains(&name.as_str()), "{name} does not belong in {way}");
                check(&format!("{way}/{name}"), inner);
            }
            for required in names.split_whitespace().filter_map(|name| name.strip_suffix('!')) {
                assert!(fields.contains_key(required), "{required} lacks in {way}");
            }
        }
        Value::Array(values) => {
            assert!(!values.is_empty(), "{way} is empty");
            values.iter().for_each(|inner| check(way, inner));
        }
        Value::Null => panic!("{way} is null, which no schema of SETU allows"),
        _ => {}
    }
}

#[test]
fn an_assignment_has_the_names_of_its_schema() {
    check("assignment", &assignment().to_json());
}

#[test]
fn a_timecard_has_the_names_of_its_schema() {
    check("timecard", &timecard().to_json());
}

#[test]
fn an_assignment_shows_the_number_of_the_employee_and_not_the_name() {
    assert!(!assignment().to_json().to_string().contains("de Vries"));
}

#[test]
fn a_rate_of_nothing_is_not_billed() {
    let mut assignment = assignment();
    assignment.rates = vec![Rate { cents_per_hour: 0, start: day("2026-11-01"), end: None }];
    let rate = &assignment.to_json()["payRates"][0];
    assert_eq!((&rate["toBeBilled"], &rate["amount"]["value"]), (&Value::Bool(false), &Value::from(0.0)));
}

#[test]
fn a_credit_note_has_the_signs_of_its_ubl_document() {
    let [_, (_, credit_note)] = invoices();
    let document = credit_note.to_json();
    assert_eq!(document["typeCode"]["value"], "381");
    assert_eq!(document["precedingInvoice"]["documentId"]["value"], "2026-000123");
    assert_eq!(document["invoiceLine"][0]["timeTotal"], "8.00");
    assert_eq!(document["invoiceLine"][2]["amount"]["value"], -348.33);
    assert_eq!(document["amountDue"]["value"], 547.94);
    assert_eq!(document["purchaseOrderNumber"], "4500012345");
}
