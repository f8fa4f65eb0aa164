//! Made-up invoices between two made-up organisations; the numbers are in the ranges kept for tests.

use chrono::NaiveDate;
use interchange::invoice::{Invoice, Kind, LegalId, Line, Party, Payment, Period, Scheme, VatTreatment};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn days(start: &str, end: &str) -> Period {
    Period { start: day(start), end: day(end) }
}

fn line(id: &str, on: &str, minutes: i64, amount_cents: i64) -> Line {
    Line {
        id: id.to_owned(),
        description: "Beleidsadviseur energietransitie".to_owned(),
        period: days(on, on),
        minutes,
        cents_per_hour: 5_225,
        amount_cents,
        timesheet_reference: Some(format!("US-2026-0042-45#{id}")),
    }
}

/// An invoice at the standard rate, with a quarter, minutes that are no finite number of hours, and a correction.
pub fn standard() -> Invoice {
    Invoice {
        kind: Kind::Invoice,
        number: "2026-000123".to_owned(),
        issue_date: day("2026-12-01"),
        due_date: Some(day("2026-12-31")),
        period: days("2026-11-01", "2026-11-30"),
        buyer_reference: Some("Kostenplaats 4711".to_owned()),
        order_reference: Some("4500012345".to_owned()),
        contract_reference: Some("OVK-2026-0042".to_owned()),
        note: Some("Kale loonkosten volgens overeenkomst OVK-2026-0042 & bijlage 1".to_owned()),
        seller: Party {
            name: "Gemeente Voorbeeldstad".to_owned(),
            street: Some("Raadhuisplein 1".to_owned()),
            postal_code: Some("1234 AB".to_owned()),
            town: Some("Voorbeeldstad".to_owned()),
            legal_id: Some(LegalId { scheme: Scheme::Oin, value: "00000099000000001000".to_owned() }),
            vat_number: Some("NL000099998B57".to_owned()),
            contact_name: Some("Financiële administratie".to_owned()),
            contact_email: Some("facturen@voorbeeldstad.example".to_owned()),
        },
        buyer: Party {
            name: "Waterschap Proefpolder".to_owned(),
            street: Some("Dijkweg 2".to_owned()),
            postal_code: Some("4321 BA".to_owned()),
            town: Some("Proefdam".to_owned()),
            legal_id: Some(LegalId { scheme: Scheme::Kvk, value: "99999999".to_owned() }),
            vat_number: None,
            contact_name: None,
            contact_email: None,
        },
        payment: Payment {
            iban: Some("NL02ABNA0123456789".to_owned()),
            account_name: Some("Gemeente Voorbeeldstad".to_owned()),
            reference: Some("2026-000123".to_owned()),
        },
        vat: VatTreatment::Standard { basis_points: 2_100 },
        lines: vec![
            line("1", "2026-11-03", 480, 41_800),
            line("2", "2026-11-04", 440, 38_317),
            line("3", "2026-11-05", 435, 37_881),
            line("4", "2026-11-05", -435, -37_881),
            line("5", "2026-11-05", 450, 39_188),
        ],
    }
}

/// The same under the approval for labour mobility.
pub fn exempt() -> Invoice {
    let reason = "Goedkeuring arbeidsmobiliteit, besluit van 7 juni 2024, nr. 2024-13855, paragraaf 9.1".to_owned();
    Invoice { number: "2026-000124".to_owned(), vat: VatTreatment::Exempt { reason }, ..standard() }
}

/// The same within one legal person.
pub fn outside_scope() -> Invoice {
    let invoice = standard();
    let reason = "Geen prestatie in het economisch verkeer: binnen één rechtspersoon".to_owned();
    Invoice {
        number: "2026-000125".to_owned(),
        vat: VatTreatment::OutsideScope { reason },
        seller: Party { vat_number: None, ..invoice.seller },
        ..invoice
    }
}

/// A credit note that takes two lines back and puts a smaller one in their place.
pub fn credit_note() -> Invoice {
    Invoice {
        kind: Kind::CreditNote { corrects: "2026-000123".to_owned(), corrects_issue_date: day("2026-12-01") },
        number: "2026-000130".to_owned(),
        issue_date: day("2026-12-15"),
        due_date: None,
        lines: vec![
            line("1", "2026-11-03", -480, -41_800),
            line("2", "2026-11-04", -440, -38_317),
            line("3", "2026-11-04", 400, 34_833),
        ],
        ..standard()
    }
}

/// Every sample with the name of its golden file.
pub fn all() -> [(&'static str, Invoice); 4] {
    [("standard", standard()), ("exempt", exempt()), ("outside-scope", outside_scope()), ("credit-note", credit_note())]
}
