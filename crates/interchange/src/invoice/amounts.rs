//! The arithmetic of an invoice, in whole cents and whole minutes.

use super::{Invoice, Kind, Line, VatTreatment};

/// Two decimals from hundredths: -1205 becomes `-12.05`.
pub(crate) fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// A quantity of work, in a unit in which it is exact (BT-129, BT-130, with BT-149 and BT-150).
///
/// The net amount of a line has to be quantity × price ÷ base quantity (PEPPOL-EN16931-R120), and one minute is no finite
/// number of hours: 440 minutes are 7.333… hours, and 7.33 hours at € 80 are 27 cents too few. So hours (`HUR`) are
/// written where two decimals hold them exactly, which is so for every multiple of three minutes, hence for every quarter
/// of an hour; all else is written in minutes (`MIN`) with the price standing for sixty of them. Price and hourly rate
/// are the same number in both, and nothing is rounded before the amount.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// The number.
    pub value: String,
    /// Its unit in UN/ECE Recommendation 20.
    pub unit: &'static str,
    /// How many of the unit the price is for.
    pub base: &'static str,
}

impl Quantity {
    /// The quantity of so many minutes.
    pub fn of_minutes(minutes: i128) -> Self {
        if minutes % 3 == 0 {
            Self { value: decimal(minutes / 3 * 5), unit: "HUR", base: "1" }
        } else {
            Self { value: minutes.to_string(), unit: "MIN", base: "60" }
        }
    }
}

impl Invoice {
    /// What the document shows of a booked number: a credit note turns all signs, so that what is credited is positive.
    pub(crate) fn shown(&self, booked: i64) -> i128 {
        match self.kind {
            Kind::Invoice => i128::from(booked),
            Kind::CreditNote { .. } => -i128::from(booked),
        }
    }

    /// The totals as the document shows them.
    pub(crate) fn totals(&self) -> Totals {
        let net = self.lines.iter().map(|line| self.shown(line.amount_cents)).sum();
        let vat = match self.vat {
            VatTreatment::Standard { basis_points } => rounded_share(net, i128::from(basis_points)),
            VatTreatment::Exempt { .. } | VatTreatment::OutsideScope { .. } => 0,
        };
        Totals { net, vat, gross: net + vat }
    }
}

impl Line {
    /// Whether the amount is minutes at the price, to the nearest cent; which way a half goes is left to who rounded.
    pub(crate) fn amount_fits(&self) -> bool {
        let sixtieths = i128::from(self.minutes) * i128::from(self.cents_per_hour);
        (i128::from(self.amount_cents) * 60 - sixtieths).abs() <= 30
    }
}

/// The totals of a document in cents (BG-22), with one VAT category and no allowances, charges or prepayments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Sum of the lines, and total without VAT (BT-106, BT-109; BR-CO-10, BR-CO-13).
    pub net: i128,
    /// VAT (BT-110, BT-117; BR-CO-14, BR-CO-17).
    pub vat: i128,
    /// Total with VAT, and what is to be paid (BT-112, BT-115; BR-CO-15, BR-CO-16).
    pub gross: i128,
}

/// So many ten-thousandths, rounded to the nearest cent, a half away from zero.
fn rounded_share(cents: i128, basis_points: i128) -> i128 {
    (cents * basis_points + 5_000 * cents.signum()) / 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quantity in sixtieths of an hour, times hundred: exact for both units.
    fn centiminutes(quantity: &Quantity) -> i128 {
        let digits: i128 = quantity.value.replace('.', "").parse().unwrap();
        match quantity.unit {
            "HUR" => digits * 60,
            _ => digits * 100,
        }
    }

    #[test]
    fn a_quantity_is_exact_for_every_number_of_minutes() {
        for minutes in -3_000..=3_000 {
            let quantity = Quantity::of_minutes(minutes);
            assert_eq!(centiminutes(&quantity), minutes * 100, "{quantity:?}");
        }
    }

    #[test]
    fn a_quarter_of_an_hour_is_written_in_hours() {
        for quarters in -100..=100 {
            assert_eq!(Quantity::of_minutes(quarters * 15).unit, "HUR");
        }
        assert_eq!(Quantity::of_minutes(-90), Quantity { value: "-1.50".into(), unit: "HUR", base: "1" });
        assert_eq!(Quantity::of_minutes(440), Quantity { value: "440".into(), unit: "MIN", base: "60" });
    }

    #[test]
    fn quantity_times_price_is_the_amount_for_many_minutes_and_prices() {
        for minutes in 1..=600_i128 {
            for cents_per_hour in (1..=20_000_i128).step_by(37) {
                let exact = centiminutes(&Quantity::of_minutes(minutes)) * cents_per_hour;
                let amount = (minutes * cents_per_hour + 30) / 60;
                assert!((amount * 6_000 - exact).abs() <= 3_000, "{minutes} minutes at {cents_per_hour}");
            }
        }
    }

    #[test]
    fn decimals_keep_their_sign_below_one() {
        assert_eq!(decimal(-5), "-0.05");
        assert_eq!(decimal(0), "0.00");
        assert_eq!(decimal(123_456), "1234.56");
    }

    #[test]
    fn a_half_cent_of_vat_goes_away_from_zero() {
        assert_eq!(rounded_share(50, 2_100), 11);
        assert_eq!(rounded_share(-50, 2_100), -11);
        assert_eq!(rounded_share(49, 2_100), 10);
    }
}
