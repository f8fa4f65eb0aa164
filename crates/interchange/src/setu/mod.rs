//! SETU 2.0: assignment, timecard and invoice as JSON.
//!
//! SETU is the Dutch standard for hiring flexible staff. A loan between two public employers does not fall under it, but
//! the systems around it read it: the home organisation is the `supplier`, the host the `customer`. Names and closed lists
//! are those of the JSON Schemas that SETU publishes for Purchase-to-Pay 2.0 (`Assignment.yml`, `Timecard.yml`).

mod assignment;
mod invoice;
mod timecard;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

pub use assignment::{Assignment, Location, Rate};
pub use invoice::Invoice;
pub use timecard::{TimeInterval, Timecard, Workplace};

use crate::invoice::{Party, Scheme, decimal};

/// Regular hours in SETU's list of hour types 2.0; a klus knows no other.
const REGULAR_HOURS: &str = "HT100";

/// One of the two organisations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its legal registration.
    pub legal_id: Option<LegalId>,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// Whom to call there.
    pub contact: Option<Contact>,
}

/// A legal registration of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalId {
    /// The register.
    pub scheme: LegalScheme,
    /// The number.
    pub value: String,
}

/// The registers that SETU knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalScheme {
    /// Chamber of Commerce.
    Kvk,
    /// Organisation identification number.
    Oin,
    /// Legal entity number of the tax authority.
    Rsin,
}

/// A person to call at an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The e-mail address at work.
    pub email: Option<String>,
}

/// What the customer books it on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classification {
    /// The department.
    pub department: Option<Coded>,
    /// The cost centre.
    pub cost_center: Option<Coded>,
    /// The project.
    pub project: Option<Coded>,
    /// A reference of the customer.
    pub reference_number: Option<String>,
    /// The number of the purchase order.
    pub purchase_order_number: Option<String>,
}

/// A code of the customer, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// The name.
    pub name: Option<String>,
}

/// The employee who is lent, by the number that the home organisation gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The number.
    pub id: String,
    /// The name as it is written.
    pub name: Option<String>,
}

impl From<&Party> for Organisation {
    fn from(party: &Party) -> Self {
        let contact = party.contact_name.as_ref();
        Self {
            legal_id: party.legal_id.as_ref().map(|id| LegalId {
                scheme: match id.scheme {
                    Scheme::Oin => LegalScheme::Oin,
                    Scheme::Kvk => LegalScheme::Kvk,
                },
                value: id.value.clone(),
            }),
            vat_number: party.vat_number.clone(),
            contact: contact.map(|name| Contact { name: name.clone(), email: party.contact_email.clone() }),
        }
    }
}

impl Organisation {
    /// With `personContacts`, which not every place allows.
    fn with_contact(&self) -> Value {
        self.fields(self.contact.as_ref().map(|contact| {
            let email = contact.email.as_ref().map(|address| json!([{ "address": address, "useCode": "Business" }]));
            json!([object([
                ("name", Some(json!({ "formattedName": contact.name }))),
                ("communication", email.map(|email| json!({ "email": email }))),
            ])])
        }))
    }

    fn without_contact(&self) -> Value {
        self.fields(None)
    }

    fn fields(&self, contacts: Option<Value>) -> Value {
        let legal_id = self.legal_id.as_ref().map(|id| {
            let scheme = match id.scheme {
                LegalScheme::Kvk => "KvK",
                LegalScheme::Oin => "OIN",
                LegalScheme::Rsin => "RSIN",
            };
            identified(&id.value, scheme)
        });
        let tax_id = self.vat_number.as_ref().map(|number| identified(number, "BTW"));
        object([("legalId", legal_id), ("taxId", tax_id), ("personContacts", contacts)])
    }
}

impl Classification {
    fn fields(&self) -> [(&'static str, Option<Value>); 5] {
        let coded = |coded: &Option<Coded>| {
            coded.as_ref().map(|coded| {
                object([("name", coded.name.as_ref().map(|name| json!(name))), ("code", Some(json!(coded.code)))])
            })
        };
        [
            ("department", coded(&self.department)),
            ("costCenter", coded(&self.cost_center)),
            ("project", coded(&self.project)),
            ("referenceNumber", self.reference_number.as_ref().map(|number| json!(number))),
            ("purchaseOrderNumber", self.purchase_order_number.as_ref().map(|number| json!(number))),
        ]
    }
}

impl Worker {
    fn person(&self) -> Value {
        object([
            ("id", Some(json!([identified(&self.id, "Supplier")]))),
            ("name", self.name.as_ref().map(|name| json!({ "formattedName": name }))),
        ])
    }
}

/// An object of the fields that are there.
fn object(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let present = fields.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)));
    Value::Object(present.collect::<Map<_, _>>())
}

fn identified(value: &str, scheme: &str) -> Value {
    json!({ "value": value, "schemeAgencyId": scheme })
}

fn date_period(start: NaiveDate, end: Option<NaiveDate>) -> Value {
    json!({ "datePeriod": object([("start", Some(date(start))), ("end", end.map(date))]) })
}

fn date(day: NaiveDate) -> Value {
    json!(day.format("%Y-%m-%d").to_string())
}

fn euros(cents: i128) -> Value {
    json!({ "value": number(cents, 100), "currency": { "value": "EUR" } })
}

/// A JSON number; SETU has them for amounts, and for these sizes the shortest one that means it is the decimal itself.
fn number(parts: i128, of_one: i64) -> Value {
    json!(parts as f64 / of_one as f64)
}

/// An hourly rate. It is the bare wage cost that is billed, and not what the employee is paid.
fn hourly_rate(cents_per_hour: i64) -> [(&'static str, Option<Value>); 5] {
    [
        ("amount", Some(euros(i128::from(cents_per_hour)))),
        ("intervalCode", Some(json!({ "value": "HourlyConsolidated" }))),
        ("multiplier", Some(json!(100))),
        // A rate of nothing is what a loan with closed purses has.
        ("toBeBilled", Some(json!(cents_per_hour != 0))),
        ("toBePaid", Some(json!(false))),
    ]
}

/// Hours as text, as in `8.00`: two decimals where they are exact, otherwise six.
fn hours(minutes: i128) -> String {
    if minutes % 3 == 0 {
        return decimal(minutes / 3 * 5);
    }
    let sign = if minutes < 0 { "-" } else { "" };
    let millionths = (minutes.unsigned_abs() * 1_000_000 + 30) / 60;
    format!("{sign}{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_have_two_decimals_where_these_are_exact() {
        assert_eq!(hours(480), "8.00");
        assert_eq!(hours(-435), "-7.25");
        assert_eq!(hours(440), "7.333333");
        assert_eq!(hours(-20), "-0.333333");
        assert_eq!(hours(40), "0.666667");
    }

    #[test]
    fn an_amount_is_the_decimal_itself() {
        for cents in 0..200_000_i64 {
            let text = number(i128::from(cents), 100).to_string();
            let (whole, part) = text.split_once('.').unwrap();
            assert_eq!(format!("{whole}{part:0<2}").parse::<i64>().unwrap(), cents, "{text}");
        }
    }
}
