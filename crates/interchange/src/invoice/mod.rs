//! Electronic invoices: UBL 2.1 in the profiles Peppol BIS Billing 3.0 and NLCIUS.
//!
//! An invoice is a plain value; whoever has one fills it. [`write`] tells everything that keeps it from being a valid
//! document at once, or gives the bytes. The rules are those of EN 16931 (BR-…), Peppol (PEPPOL-…, NL-R-…) and NLCIUS
//! (BR-NL-…); money is in whole cents, time in whole minutes, and the currency is the euro.

mod amounts;
mod faults;
mod ubl;
mod xml;

use chrono::NaiveDate;

pub use faults::{InvoiceFault, UnfitField};

pub(crate) use amounts::{Quantity, decimal};

/// The agreement on top of EN 16931 that a document follows; one document cannot follow both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Peppol BIS Billing 3.0, for the Peppol network.
    PeppolBis3,
    /// NLCIUS (SI-UBL 2.0), the Dutch specification, for delivery outside Peppol.
    Nlcius,
}

impl Profile {
    /// Specification identifier (BT-24).
    pub fn customization_id(self) -> &'static str {
        match self {
            Self::PeppolBis3 => "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            Self::Nlcius => "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0",
        }
    }

    /// Business process type (BT-23); NLCIUS names none.
    pub fn profile_id(self) -> Option<&'static str> {
        match self {
            Self::PeppolBis3 => Some("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
            Self::Nlcius => None,
        }
    }
}

/// What an invoice says, before it is written in a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Whether it charges or credits.
    pub kind: Kind,
    /// Invoice number (BT-1).
    pub number: String,
    /// Issue date (BT-2).
    pub issue_date: NaiveDate,
    /// Payment due date (BT-9); an invoice needs one (BR-CO-25), a credit note does not show one.
    pub due_date: Option<NaiveDate>,
    /// Invoicing period (BG-14); every line lies in it.
    pub period: Period,
    /// Buyer reference (BT-10); this or an order reference is needed (PEPPOL-EN16931-R003).
    pub buyer_reference: Option<String>,
    /// Purchase order reference (BT-13).
    pub order_reference: Option<String>,
    /// Contract reference (BT-12).
    pub contract_reference: Option<String>,
    /// Note (BT-22).
    pub note: Option<String>,
    /// Who charges (BG-4): the home organisation.
    pub seller: Party,
    /// Who pays (BG-7): the host organisation.
    pub buyer: Party,
    /// How to pay (BG-16).
    pub payment: Payment,
    /// How the whole document stands to VAT (BG-23).
    pub vat: VatTreatment,
    /// The lines (BG-25), at least one.
    pub lines: Vec<Line>,
}

/// Whether a document charges or credits (BT-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A commercial invoice (380).
    Invoice,
    /// A credit note (381); its lines hold what is taken back as negative minutes and amounts, as they were booked.
    CreditNote {
        /// Number of the invoice it corrects (BT-25).
        corrects: String,
        /// Issue date of that invoice (BT-26); not written in NLCIUS.
        corrects_issue_date: NaiveDate,
    },
}

/// The first and the last day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The last day; the first day itself for a single day.
    pub end: NaiveDate,
}

/// A Dutch organisation as seller or buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Registered name (BT-27, BT-44).
    pub name: String,
    /// Street and house number (BT-35, BT-50).
    pub street: Option<String>,
    /// Postcode (BT-38, BT-53).
    pub postal_code: Option<String>,
    /// Town (BT-37, BT-52).
    pub town: Option<String>,
    /// Legal registration (BT-30, BT-47); also the electronic address (BT-34, BT-49).
    pub legal_id: Option<LegalId>,
    /// VAT number (BT-31, BT-48); to be left out where nothing is subject to VAT (BR-O-02).
    pub vat_number: Option<String>,
    /// Contact point (BT-41, BT-56).
    pub contact_name: Option<String>,
    /// E-mail of the contact (BT-43, BT-58); the national government asks for the seller's (BR-NL-BFR-1).
    pub contact_email: Option<String>,
}

/// A legal registration: register and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalId {
    /// The register.
    pub scheme: Scheme,
    /// The number, without spaces.
    pub value: String,
}

/// The registers that a Dutch party may be named by (NL-R-003, NL-R-005).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Organisation identification number (OIN).
    Oin,
    /// Chamber of Commerce number (KvK).
    Kvk,
}

impl Scheme {
    /// Its code in ISO 6523 ICD and in the Peppol list of participant schemes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Oin => "0190",
            Self::Kvk => "0106",
        }
    }
}

/// Payment instructions (BG-16): a credit transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Payment account (BT-84), in electronic form.
    pub iban: Option<String>,
    /// Name of the account (BT-85); not written in NLCIUS.
    pub account_name: Option<String>,
    /// Remittance information (BT-83).
    pub reference: Option<String>,
}

/// How a document stands to VAT; never decided here, and one for the whole document (BR-O-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VatTreatment {
    /// Standard rate (S).
    Standard {
        /// The rate in hundredths of a percent: 2100 for 21 %.
        basis_points: u16,
    },
    /// Exempt from VAT (E).
    Exempt {
        /// Why, in words (BT-120, BR-E-10).
        reason: String,
    },
    /// Not subject to VAT (O).
    OutsideScope {
        /// Why, in words (BT-120, BR-O-10).
        reason: String,
    },
}

impl VatTreatment {
    /// VAT category code (BT-118, BT-151).
    pub fn category(&self) -> &'static str {
        match self {
            Self::Standard { .. } => "S",
            Self::Exempt { .. } => "E",
            Self::OutsideScope { .. } => "O",
        }
    }
}

/// Hours of one kind at one price (BG-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line identifier (BT-126), once in a document.
    pub id: String,
    /// What was done (BT-153).
    pub description: String,
    /// Line period (BG-26): a day, or more.
    pub period: Period,
    /// Minutes worked, never zero; negative where hours are taken back.
    pub minutes: i64,
    /// Price of an hour (BT-146), not negative (BR-27).
    pub cents_per_hour: i64,
    /// Net amount (BT-131): minutes at the price, rounded to the cent.
    pub amount_cents: i64,
    /// Line of the timesheet (BT-128), as `TimeCardID#line`.
    pub timesheet_reference: Option<String>,
}

/// Writes an invoice as UBL 2.1 in UTF-8, or tells all that keeps it from being valid.
pub fn write(invoice: &Invoice, profile: Profile) -> Result<Vec<u8>, InvoiceFault> {
    faults::check(invoice)?;
    xml::write(&ubl::document(invoice, profile)).map_err(|error| InvoiceFault::unwritten(&error))
}
