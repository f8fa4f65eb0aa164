//! What reading a staff file gives: a value or faults per row, and faults of the file as a whole.

use super::staff_mapping::{StaffField, StaffRow};
use crate::text_enum;

text_enum! {
    /// Why a row of a staff file is not taken
    StaffFaultCode {
        Missing = "MISSING", "There is nothing where something must be", "Er staat niets waar iets moet staan";
        TooLong = "TOO_LONG", "It is too long", "Het is te lang";
        Characters = "CHARACTERS", "It holds control characters", "Er staan besturingstekens in";
        NotADate = "NOT_A_DATE", "It is no date", "Het is geen datum";
        NotANumber = "NOT_A_NUMBER", "It is no number", "Het is geen getal";
        OutOfRange = "OUT_OF_RANGE", "It is outside of what is possible", "Het valt buiten wat kan";
        NotAnAddress = "NOT_AN_ADDRESS", "It is no e-mail address", "Het is geen e-mailadres";
        NotListed = "NOT_LISTED", "It is none of the values that are known", "Het is geen bekende waarde";
        WrongOrder = "WRONG_ORDER", "The last day lies before the first", "De laatste dag ligt voor de eerste";
        Cells = "CELLS", "The row has another number of cells than the header", "De rij heeft een ander aantal cellen dan de kop";
        Repeated = "REPEATED", "Another row has it too", "Een andere rij heeft het ook";
        OtherContract = "OTHER_CONTRACT", "Another contract of the same person is not taken", "Een ander contract van dezelfde persoon is niet overgenomen";
        Refused = "REFUSED", "A rule of the service refuses it", "Een regel van de dienst weigert het";
    }
}

/// What is wrong with one cell. It never holds what stands in the cell.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffFault {
    /// The field that is at fault, where it is one.
    #[serde(rename = "f", skip_serializing_if = "Option::is_none")]
    pub field: Option<StaffField>,
    /// The column as the file names it.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why.
    #[serde(rename = "y")]
    pub code: StaffFaultCode,
    /// What is allowed.
    #[serde(rename = "a")]
    pub allowed: String,
}

/// One employee as the file has them: a value, or what is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// The number of the row in the file; the header is row 1. Of several contracts, that of the main one.
    pub number: i64,
    /// The employee number, where there is one.
    pub key: Option<String>,
    /// What it says, or everything that is wrong with it.
    pub read: Result<StaffRow, Vec<StaffFault>>,
}

/// A staff file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffFile {
    /// How many rows it has, the header not counted.
    pub count: i64,
    /// The fields that it speaks of; the others stay what they are.
    pub fields: Vec<StaffField>,
    /// The employees.
    pub rows: Vec<ReadRow>,
}

impl StaffFault {
    /// A fault of a field.
    pub fn of(field: StaffField, column: Option<&str>, code: StaffFaultCode, allowed: impl Into<String>) -> Self {
        Self { field: Some(field), column: column.map(str::to_owned), code, allowed: allowed.into() }
    }
}
