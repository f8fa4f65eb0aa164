//! Staff files: everybody whom an organisation employs, as its HR system writes them down every night.
//!
//! A row gives a value or says what is wrong with it; a file that cannot be trusted as a whole is refused as a whole.

mod joined;
mod json;
mod people;
mod report;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod values;

use chrono::NaiveDate;
use domain::Fault;
use domain::exchange::staff_files::StaffFile;
use domain::exchange::staff_mapping::{StaffField, StaffMapping};

pub use report::{ReportLine, report};
pub use text::{Unpacking, unpack};

use rows::Slots;
use table::{Table, fault};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text in columns.
    Csv,
    /// A list of objects.
    Json,
    /// An archive with persons.csv, contracts.csv and departments.csv.
    Zip,
}

/// What is known beside the file itself.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'r> {
    /// How it is written.
    pub format: Format,
    /// The character set it was said to have.
    pub charset: Option<&'r str>,
    /// The mapping of the organisation, where it has one of its own.
    pub mapping: Option<&'r StaffMapping>,
    /// The OIN of the organisation.
    pub oin: Option<&'r str>,
    /// The day on which it is read: of several contracts, it tells which one counts.
    pub today: NaiveDate,
    /// As many bytes as an archive may hold.
    pub limit: usize,
}

/// Reads a staff file. Refuses it as a whole if it is empty, lacks a column, has somebody twice or is of another
/// organisation: every reason at once.
pub fn read(bytes: &[u8], reading: &Reading<'_>) -> Result<StaffFile, Vec<Fault>> {
    let table = match reading.format {
        Format::Csv => {
            let text = text::decode(bytes, reading.charset).map_err(|fault| vec![fault])?;
            if text.trim().is_empty() {
                return Err(vec![empty()]);
            }
            table::read(&text, "body").map_err(|fault| vec![fault])?
        }
        Format::Json => json::read(bytes)?,
        Format::Zip => joined::read(bytes, reading.charset, reading.limit)?,
    };
    if table.rows.is_empty() {
        return Err(vec![empty()]);
    }
    people_of(&table, reading)
}

fn empty() -> Fault {
    fault(
        "body",
        "must hold at least one employee: an empty file is taken for a mistake, not for an empty organisation",
    )
}

fn people_of(table: &Table, reading: &Reading<'_>) -> Result<StaffFile, Vec<Fault>> {
    let default = match reading.format {
        Format::Csv => StaffMapping::flat(),
        Format::Json => StaffMapping::members(),
        Format::Zip => StaffMapping::joined(),
    };
    // JSON names its members itself: there is nothing to map.
    let own = reading.mapping.filter(|_| reading.format != Format::Json);
    let slots = Slots::find(own.unwrap_or(&default), table)?;
    let reads: Vec<rows::Read> = table.rows.iter().map(|line| slots.read(line)).collect();
    let mut faults = Vec::new();
    let repeated = people::repeated(&reads);
    if !repeated.is_empty() {
        let field = if slots.has_contracts() { StaffField::ContractNumber } else { StaffField::EmployeeNumber };
        let column = slots.column(StaffField::EmployeeNumber).unwrap_or("body");
        faults.push(fault(column, people::told(&repeated, field)));
    }
    faults.extend(of_another(&reads, slots.column(StaffField::Organisation), reading.oin));
    if !faults.is_empty() {
        return Err(faults);
    }
    let count = i64::try_from(reads.len()).unwrap_or(i64::MAX);
    Ok(StaffFile { count, fields: slots.fields(), rows: people::of(reads, reading.today) })
}

/// A file that names another organisation is not of this one.
fn of_another(reads: &[rows::Read], column: Option<&str>, oin: Option<&str>) -> Option<Fault> {
    let column = column?;
    let other = |read: &&rows::Read| read.organisation.as_deref().is_some_and(|named| Some(named) != oin);
    let number = reads.iter().find(other)?.number;
    let reason = match oin {
        Some(oin) => format!("must be {oin}, the OIN of the organisation, in every row: see row {number}"),
        None => format!(
            "must be the OIN of the organisation, which has none here: add it, or leave the column out (row {number})"
        ),
    };
    Some(fault(column, reason))
}
