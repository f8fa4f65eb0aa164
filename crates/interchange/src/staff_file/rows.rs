//! From the cells of a row to what it says of an employee, by the mapping.

use std::collections::HashMap;

use csv::StringRecord;
use domain::Fault;
use domain::exchange::staff_files::{StaffFault, StaffFaultCode as Code};
use domain::exchange::staff_mapping::{StaffColumn, StaffConversion, StaffField as Is, StaffMapping, StaffRow};

use super::table::{Line, Table, fault, plain};
use super::values::{self, Wrong};

/// A mapping, held against the header of a file.
pub(super) struct Slots {
    slots: Vec<Slot>,
    full_time: i64,
    width: usize,
}

struct Slot {
    field: Is,
    /// As the file names it.
    column: Option<String>,
    from: From,
    conversion: StaffConversion,
    active_values: Vec<String>,
}

enum From {
    Cell(usize),
    Fixed(String),
}

/// A row, read.
pub(super) struct Read {
    pub(super) number: i64,
    pub(super) key: Option<String>,
    pub(super) contract: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) read: Result<StaffRow, Vec<StaffFault>>,
}

/// A text, and how long it may be.
const LENGTHS: &[(Is, usize)] = &[
    (Is::EmployeeNumber, 100),
    (Is::ContractNumber, 100),
    (Is::ExternalId, 200),
    (Is::UserName, 254),
    (Is::GivenName, 100),
    (Is::Infix, 30),
    (Is::FamilyName, 100),
    (Is::Email, 254),
    (Is::Function, 200),
    (Is::Department, 200),
    (Is::CostCenter, 100),
    (Is::Manager, 100),
];

impl Slots {
    /// Finds the columns of the mapping; every column that is missing or stands twice is told.
    pub(super) fn find(mapping: &StaffMapping, table: &Table) -> Result<Self, Vec<Fault>> {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, name) in table.header.iter().enumerate() {
            places.entry(name.to_lowercase()).or_default().push(index);
        }
        let mut faults = Vec::new();
        let mut slots = Vec::new();
        for column in &mapping.columns {
            match place_of(column, &places) {
                Ok(Some(from)) => slots.push(Slot::of(column, from)),
                Ok(None) => {}
                Err(one) => faults.push(one),
            }
        }
        let (full_time, width) = (mapping.full_time_minutes_per_week, table.header.len());
        if faults.is_empty() { Ok(Self { slots, full_time, width }) } else { Err(faults) }
    }

    /// The fields that the file speaks of.
    pub(super) fn fields(&self) -> Vec<Is> {
        self.slots.iter().map(|slot| slot.field).collect()
    }

    /// Whether people may have several rows, one for each contract.
    pub(super) fn has_contracts(&self) -> bool {
        self.slots.iter().any(|slot| slot.field == Is::ContractNumber)
    }

    /// The column of a field as the file names it.
    pub(super) fn column(&self, field: Is) -> Option<&str> {
        self.slots.iter().find(|slot| slot.field == field)?.column.as_deref()
    }

    /// Reads a row: a value, or everything that is wrong with it.
    pub(super) fn read(&self, line: &Line) -> Read {
        let Line { number, cells } = line;
        let mut reading = Reading { faults: Vec::new(), row: StaffRow::default(), contract: None, organisation: None };
        for slot in &self.slots {
            reading.take(slot, slot.text(cells), self.full_time);
        }
        let Reading { mut faults, mut row, contract, organisation } = reading;
        if cells.len() != self.width {
            // Everything may stand in the wrong place: what the cells seem to say is worth nothing.
            let allowed = format!("must have {} cells, as the header has", self.width);
            faults = vec![StaffFault { field: None, column: None, code: Code::Cells, allowed }];
        }
        let key = Some(row.employee_number.clone()).filter(|key| !key.is_empty());
        if let (Some(start), Some(end)) = (row.start, row.end)
            && end < start
        {
            faults.push(StaffFault::of(
                Is::End,
                self.column(Is::End),
                Code::WrongOrder,
                "must not lie before the first day",
            ));
        }
        // Heads of departments stand in some files as their own manager.
        row.manager = row.manager.filter(|manager| *manager != row.employee_number);
        let read = if faults.is_empty() { Ok(row) } else { Err(faults) };
        Read { number: *number, key, contract, organisation, read }
    }
}

fn place_of(column: &StaffColumn, places: &HashMap<String, Vec<usize>>) -> Result<Option<From>, Fault> {
    if let Some(fixed) = &column.fixed {
        return Ok(Some(From::Fixed(fixed.trim().to_owned())));
    }
    let name = column.column.as_deref().unwrap_or_default();
    match places.get(&name.trim().to_lowercase()).map(Vec::as_slice) {
        Some([one]) => Ok(Some(From::Cell(*one))),
        Some(_) => Err(fault(name, "must be the name of one column: it stands in the header more than once")),
        None if column.optional => Ok(None),
        None => Err(fault(name, format!("must be a column of the file: it fills {} by the mapping", column.field))),
    }
}

impl Slot {
    fn of(column: &StaffColumn, from: From) -> Self {
        Self {
            field: column.field,
            column: column.column.clone(),
            from,
            conversion: column.conversion.unwrap_or(StaffConversion::HoursPerWeek),
            active_values: column.active_values.iter().map(|value| value.trim().to_lowercase()).collect(),
        }
    }

    fn text<'c>(&'c self, cells: &'c StringRecord) -> &'c str {
        match &self.from {
            From::Cell(index) => cells.get(*index).map(plain).unwrap_or_default(),
            From::Fixed(text) => text,
        }
    }
}

struct Reading {
    faults: Vec<StaffFault>,
    row: StaffRow,
    contract: Option<String>,
    organisation: Option<String>,
}

impl Reading {
    fn take(&mut self, slot: &Slot, text: &str, full_time: i64) {
        if text.is_empty() {
            if matches!(slot.field, Is::EmployeeNumber | Is::GivenName | Is::FamilyName) {
                self.wrong(slot, (Code::Missing, "must not be empty"));
            }
            return;
        }
        if text.chars().any(|c| c.is_control() && c != '\t') {
            return self.wrong(slot, (Code::Characters, "must hold no control characters and no line ends"));
        }
        let longest = LENGTHS.iter().find(|(field, _)| *field == slot.field).map(|(_, length)| *length);
        if longest.is_some_and(|longest| text.chars().count() > longest) {
            let allowed = format!("must have at most {} characters", longest.unwrap_or_default());
            return self.faults.push(StaffFault::of(slot.field, slot.column.as_deref(), Code::TooLong, allowed));
        }
        if let Err(wrong) = self.put(slot, text, full_time) {
            self.wrong(slot, wrong);
        }
    }

    fn put(&mut self, slot: &Slot, text: &str, full_time: i64) -> Result<(), Wrong> {
        let (row, owned) = (&mut self.row, || text.to_owned());
        match slot.field {
            Is::EmployeeNumber => row.employee_number = owned(),
            Is::ContractNumber => self.contract = Some(owned()),
            Is::ExternalId => row.external_id = Some(owned()),
            Is::UserName => row.user_name = Some(owned()),
            Is::GivenName => row.given_name = owned(),
            Is::Infix => row.infix = Some(owned()),
            Is::FamilyName => row.family_name = owned(),
            Is::Email if values::is_address(text) => row.email = Some(owned()),
            Is::Email => return Err((Code::NotAnAddress, "must be one e-mail address, such as s.devries@oss.example")),
            Is::Language => row.language = Some(values::language(text)?),
            Is::Function => row.function = Some(owned()),
            Is::Department => row.department = Some(owned()),
            Is::CostCenter => row.cost_center = Some(owned()),
            Is::Manager => row.manager = Some(owned()),
            Is::ContractHours => row.contract_minutes_per_week = values::minutes(text, slot.conversion, full_time)?,
            Is::WorkingDays => row.working_days_per_week = values::days(text)?,
            Is::Start => row.start = values::day(text)?,
            Is::End => row.end = values::day(text)?,
            Is::Active => row.active = Some(values::active(text, &slot.active_values)?),
            Is::Organisation => self.organisation = Some(owned()),
        }
        Ok(())
    }

    fn wrong(&mut self, slot: &Slot, (code, allowed): Wrong) {
        self.faults.push(StaffFault::of(slot.field, slot.column.as_deref(), code, allowed));
    }
}
