//! The arithmetic of EN 16931, read back from the bytes of many invoices that chance made.

use chrono::Days;
use interchange::invoice::{Invoice, Kind, Line, Profile, VatTreatment, write};

use crate::reader::{Node, read};
use crate::{samples, sequence};

/// Numbers that look like chance and are the same every time (the generator of Knuth's MMIX).
struct Chance(u64);

impl Chance {
    /// A number from `low` up to and with `high`.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let span = u64::try_from(high - low).unwrap() + 1;
        low + i64::try_from((self.0 >> 33) % span).unwrap()
    }
}

/// To the nearest cent, a half away from zero.
fn rounded(sixtieths: i64) -> i64 {
    (sixtieths + 30 * sixtieths.signum()) / 60
}

fn line(chance: &mut Chance, id: i64, credit: bool) -> Line {
    let size = chance.between(1, if id % 7 == 0 { 20_000 } else { 720 });
    let cents_per_hour = match chance.between(0, 9) {
        0 => chance.between(0, 99),
        1 => chance.between(0, 10_000_000),
        _ => chance.between(2_000, 15_000),
    };
    let reversed = chance.between(0, 4) == 0;
    let minutes = if reversed != credit { -size } else { size };
    let start = samples::day("2026-11-01") + Days::new(u64::try_from(chance.between(0, 28)).unwrap());
    Line {
        id: id.to_string(),
        description: "Uren".to_owned(),
        period: interchange::invoice::Period { start, end: start + Days::new(1) },
        minutes,
        cents_per_hour,
        amount_cents: rounded(minutes * cents_per_hour),
        timesheet_reference: None,
    }
}

/// An invoice or credit note that chance made; none where its lines happen to add up to the other kind.
fn invoice(chance: &mut Chance) -> Option<Invoice> {
    let credit = chance.between(0, 1) == 1;
    let mut invoice = match chance.between(0, 3) {
        0 => samples::exempt(),
        1 => samples::outside_scope(),
        _ => samples::standard(),
    };
    if let VatTreatment::Standard { basis_points } = &mut invoice.vat {
        *basis_points =
            u16::try_from([2_100, 900, 100, 1_950][usize::try_from(chance.between(0, 3)).unwrap()]).unwrap();
    }
    if credit {
        invoice.kind =
            Kind::CreditNote { corrects: "2026-1".to_owned(), corrects_issue_date: samples::day("2026-11-30") };
    }
    invoice.lines = (1..=chance.between(1, 40)).map(|id| line(chance, id, credit)).collect();
    let sum: i64 = invoice.lines.iter().map(|line| line.amount_cents).sum();
    (if credit { sum <= 0 } else { sum >= 0 }).then_some(invoice)
}

/// Holds one line against its price; both sides times 100 × base, so that nothing is rounded on the way.
fn check_line(line: &Node, quantity: &str) {
    let quantity = line.one(quantity);
    let base = line.one("cac:Price/cbc:BaseQuantity");
    assert_eq!(quantity.attribute("unitCode"), base.attribute("unitCode"), "PEPPOL-EN16931-R130");
    let base: i128 = base.text.parse().unwrap();
    let net = line.one("cbc:LineExtensionAmount").hundredths();
    let price = line.one("cac:Price/cbc:PriceAmount").hundredths();
    assert!(price >= 0, "BR-27");
    let exact = quantity.hundredths() * price;
    assert!((net * 100 * base - exact).abs() * 2 <= 100 * base, "net is quantity × price ÷ base, to the nearest cent");
}

fn check(root: &Node) {
    sequence::check(root);
    let (line, quantity) = match root.name.as_str() {
        "Invoice" => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        _ => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    let lines: Vec<&Node> = root.all(line).collect();
    lines.iter().for_each(|line| check_line(line, quantity));
    let sum: i128 = lines.iter().map(|line| line.one("cbc:LineExtensionAmount").hundredths()).sum();
    let total = |name: &str| root.one(&format!("cac:LegalMonetaryTotal/{name}")).hundredths();
    let vat = root.one("cac:TaxTotal/cbc:TaxAmount").hundredths();
    let subtotal = root.one("cac:TaxTotal/cac:TaxSubtotal");
    let taxable = subtotal.one("cbc:TaxableAmount").hundredths();
    let tax = subtotal.one("cbc:TaxAmount").hundredths();
    assert_eq!(total("cbc:LineExtensionAmount"), sum, "BR-CO-10");
    assert_eq!(total("cbc:TaxExclusiveAmount"), sum, "BR-CO-13, without allowances and charges");
    assert_eq!(vat, tax, "BR-CO-14");
    assert_eq!(total("cbc:TaxInclusiveAmount"), total("cbc:TaxExclusiveAmount") + vat, "BR-CO-15");
    assert_eq!(total("cbc:PayableAmount"), total("cbc:TaxInclusiveAmount"), "BR-CO-16, nothing paid before");
    assert_eq!(taxable, sum, "BR-S-08, BR-E-08, BR-O-08");
    let percent = subtotal.find("cac:TaxCategory/cbc:Percent").first().map_or(0, |percent| percent.hundredths());
    assert!((tax * 10_000 - taxable * percent).abs() * 2 <= 10_000, "BR-CO-17, to the nearest cent");
    assert!(taxable >= 0, "what a document says it charges or credits is positive");
}

#[test]
fn the_arithmetic_of_en_16931_holds_for_whatever_is_booked() {
    let mut chance = Chance(20_261_124);
    let invoices: Vec<Invoice> = (0..1_500).filter_map(|_| invoice(&mut chance)).collect();
    assert!(invoices.len() > 1_000, "most of them can be written");
    for invoice in &invoices {
        check(&read(&write(invoice, Profile::PeppolBis3).unwrap()));
    }
}

#[test]
fn the_samples_add_up() {
    for (_, invoice) in samples::all() {
        check(&read(&write(&invoice, Profile::Nlcius).unwrap()));
    }
}

#[test]
fn a_credit_note_shows_what_is_credited_as_positive_and_what_replaces_it_as_negative() {
    let root = read(&write(&samples::credit_note(), Profile::PeppolBis3).unwrap());
    let shown: Vec<(i128, i128)> = root
        .all("cac:CreditNoteLine")
        .map(|line| (line.one("cbc:CreditedQuantity").hundredths(), line.one("cbc:LineExtensionAmount").hundredths()))
        .collect();
    assert_eq!(shown, [(800, 41_800), (44_000, 38_317), (-40_000, -34_833)]);
    assert_eq!(root.one("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount").hundredths(), 45_284);
    assert_eq!(root.one("cac:TaxTotal/cbc:TaxAmount").hundredths(), 9_510);
    assert_eq!(root.one("cac:LegalMonetaryTotal/cbc:PayableAmount").hundredths(), 54_794);
}
