//! How the columns of a staff file become what is said of an employee: a mapping that is data, not code.

use chrono::NaiveDate;

use crate::parties::persons::PersonLanguage;
use crate::{Faults, Refusal, text_enum};

text_enum! {
    /// What a column of a staff file tells of an employee
    StaffField {
        EmployeeNumber = "EMPLOYEE_NUMBER", "Employee number: what identifies somebody in the file", "Personeelsnummer";
        ContractNumber = "CONTRACT_NUMBER", "Number of the contract, where somebody may have several", "Contractnummer";
        ExternalId = "EXTERNAL_ID", "How another system calls them", "Kenmerk in een ander systeem";
        UserName = "USER_NAME", "Name to sign in with", "Gebruikersnaam";
        GivenName = "GIVEN_NAME", "Given name", "Roepnaam";
        Infix = "INFIX", "What stands between", "Tussenvoegsel";
        FamilyName = "FAMILY_NAME", "Family name", "Achternaam";
        Email = "EMAIL", "Work e-mail address", "E-mailadres van het werk";
        Language = "LANGUAGE", "Preferred language", "Voorkeurstaal";
        Function = "FUNCTION", "Function", "Functie";
        Department = "DEPARTMENT", "Department", "Afdeling";
        CostCenter = "COST_CENTER", "Cost centre", "Kostenplaats";
        Manager = "MANAGER", "Employee number of the manager", "Personeelsnummer van de leidinggevende";
        ContractHours = "CONTRACT_HOURS", "Contract hours a week", "Contracturen per week";
        WorkingDays = "WORKING_DAYS", "Working days a week", "Werkdagen per week";
        Start = "START", "First day", "Begindatum";
        End = "END", "Last day; 9999-12-31 is an open end", "Einddatum; 9999-12-31 is een open einde";
        Active = "ACTIVE", "Whether they are employed; the days tell where it is left out", "Of iemand in dienst is; zonder dit veld vertellen de dagen het";
        Organisation = "ORGANISATION", "OIN of the organisation: another one than its own refuses the file", "OIN van de organisatie: een ander dan het eigen weigert het bestand";
    }
}

text_enum! {
    /// How a column says how many hours somebody works
    StaffConversion {
        HoursPerWeek = "HOURS_PER_WEEK", "Hours a week, such as 32,0", "Uren per week, zoals 32,0";
        MinutesPerWeek = "MINUTES_PER_WEEK", "Minutes a week, such as 1920", "Minuten per week, zoals 1920";
        Fte = "FTE", "Part of full-time, such as 0,8889", "Deel van voltijd (fte), zoals 0,8889";
        Percentage = "PERCENTAGE", "Percentage of full-time, such as 88,89", "Percentage van voltijd, zoals 88,89";
    }
}

/// One row of a mapping: a field, and the column or the fixed value that fills it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffColumn {
    /// What is filled.
    pub field: StaffField,
    /// The name of the column, without regard to case.
    pub column: Option<String>,
    /// The same value for everybody.
    pub fixed: Option<String>,
    /// How hours are read; hours a week unless said.
    pub conversion: Option<StaffConversion>,
    /// What the column holds for who is employed; yes, true, 1 and the like unless said.
    pub active_values: Vec<String>,
    /// Whether a file without the column is taken too; the field then stays what it is.
    pub optional: bool,
}

/// A mapping as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffMapping {
    /// Full-time, for hours that come as a part of it.
    pub full_time_minutes_per_week: i64,
    /// The rows.
    pub columns: Vec<StaffColumn>,
}

/// What a file says of one employee.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct StaffRow {
    /// Employee number: the key, with its leading zeros.
    pub employee_number: String,
    /// How another system calls them.
    pub external_id: Option<String>,
    /// Name to sign in with.
    pub user_name: Option<String>,
    /// Given name.
    pub given_name: String,
    /// What stands between.
    pub infix: Option<String>,
    /// Family name.
    pub family_name: String,
    /// Work e-mail address, as sent.
    pub email: Option<String>,
    /// Preferred language.
    pub language: Option<PersonLanguage>,
    /// Function.
    pub function: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Cost centre.
    pub cost_center: Option<String>,
    /// Employee number of the manager.
    pub manager: Option<String>,
    /// Contract minutes a week.
    pub contract_minutes_per_week: Option<i64>,
    /// Working days a week.
    pub working_days_per_week: Option<i64>,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// Whether the file says that they are employed.
    pub active: Option<bool>,
}

/// Full-time unless the mapping says otherwise: 36 hours.
pub const FULL_TIME_MINUTES: i64 = 2160;

/// The columns of a flat file, unless the organisation has its own: what Dutch HR systems agree on most.
const FLAT: &[(&str, StaffField, bool)] = &[
    ("personeelsnummer", StaffField::EmployeeNumber, false),
    ("roepnaam", StaffField::GivenName, false),
    ("tussenvoegsel", StaffField::Infix, false),
    ("achternaam", StaffField::FamilyName, false),
    ("email_werk", StaffField::Email, false),
    ("organisatie_oin", StaffField::Organisation, true),
    ("afdeling_code", StaffField::Department, false),
    ("kostenplaats", StaffField::CostCenter, true),
    ("leidinggevende_nummer", StaffField::Manager, false),
    ("uren_per_week", StaffField::ContractHours, false),
    ("begindatum", StaffField::Start, false),
    ("einddatum", StaffField::End, false),
    ("functie", StaffField::Function, true),
    ("contractnummer", StaffField::ContractNumber, true),
    ("werkdagen_per_week", StaffField::WorkingDays, true),
    ("gebruikersnaam", StaffField::UserName, true),
    ("extern_id", StaffField::ExternalId, true),
    ("taal", StaffField::Language, true),
    ("in_dienst", StaffField::Active, true),
];

/// The columns of persons, contracts and departments in files of their own, joined.
const JOINED: &[(&str, StaffField, bool)] = &[
    ("persons.ID", StaffField::EmployeeNumber, false),
    ("persons.FirstName", StaffField::GivenName, false),
    ("persons.MiddleName", StaffField::Infix, true),
    ("persons.LastName", StaffField::FamilyName, false),
    ("persons.Email", StaffField::Email, true),
    ("persons.UserName", StaffField::UserName, true),
    ("contracts.ID", StaffField::ContractNumber, false),
    ("contracts.StartDate", StaffField::Start, false),
    ("contracts.EndDate", StaffField::End, false),
    ("contracts.Title", StaffField::Function, true),
    ("contracts.HoursPerWeek", StaffField::ContractHours, true),
    ("contracts.CostCenter", StaffField::CostCenter, true),
    ("departments.Name", StaffField::Department, false),
    ("departments.ManagerID", StaffField::Manager, true),
];

/// The members of a JSON row.
pub const MEMBERS: &[(&str, StaffField, bool)] = &[
    ("employeeNumber", StaffField::EmployeeNumber, false),
    ("contractNumber", StaffField::ContractNumber, true),
    ("externalId", StaffField::ExternalId, true),
    ("userName", StaffField::UserName, true),
    ("givenName", StaffField::GivenName, false),
    ("infix", StaffField::Infix, true),
    ("familyName", StaffField::FamilyName, false),
    ("email", StaffField::Email, true),
    ("language", StaffField::Language, true),
    ("function", StaffField::Function, true),
    ("department", StaffField::Department, true),
    ("costCenter", StaffField::CostCenter, true),
    ("managerEmployeeNumber", StaffField::Manager, true),
    ("contractMinutesPerWeek", StaffField::ContractHours, true),
    ("workingDaysPerWeek", StaffField::WorkingDays, true),
    ("startDate", StaffField::Start, true),
    ("endDate", StaffField::End, true),
    ("active", StaffField::Active, true),
    ("organisationOin", StaffField::Organisation, true),
];

impl StaffColumn {
    fn named(column: &str, field: StaffField, optional: bool) -> Self {
        Self {
            field,
            column: Some(column.to_owned()),
            fixed: None,
            conversion: None,
            active_values: Vec::new(),
            optional,
        }
    }

    fn check(&self, place: &str, faults: &mut Faults) {
        faults.unless(
            self.column.is_some() != self.fixed.is_some(),
            place,
            "must have either column or fixedValue, and not both",
        );
        faults.unless(
            self.conversion.is_none() || self.field == StaffField::ContractHours,
            &format!("{place}.conversion"),
            "must be left out: only CONTRACT_HOURS has one",
        );
        faults.unless(
            self.active_values.is_empty() || self.field == StaffField::Active,
            &format!("{place}.activeValues"),
            "must be left out: only ACTIVE has them",
        );
        let keys =
            [StaffField::EmployeeNumber, StaffField::ContractNumber, StaffField::ExternalId, StaffField::UserName];
        faults.unless(
            self.fixed.is_none() || !keys.contains(&self.field),
            &format!("{place}.fixedValue"),
            "must be left out: what tells people apart is not the same for everybody",
        );
        faults.unless(
            !self.optional || !NEEDED.contains(&self.field),
            &format!("{place}.optional"),
            "must be false: nobody is known without this field",
        );
    }
}

/// What every mapping fills.
const NEEDED: &[StaffField] = &[StaffField::EmployeeNumber, StaffField::GivenName, StaffField::FamilyName];

impl StaffMapping {
    /// Of a flat file, where the organisation has none of its own.
    pub fn flat() -> Self {
        Self::of(FLAT)
    }

    /// Of persons, contracts and departments in files of their own.
    pub fn joined() -> Self {
        Self::of(JOINED)
    }

    /// Of JSON rows.
    pub fn members() -> Self {
        let mut mapping = Self::of(MEMBERS);
        for column in mapping.columns.iter_mut().filter(|column| column.field == StaffField::ContractHours) {
            column.conversion = Some(StaffConversion::MinutesPerWeek);
        }
        mapping
    }

    fn of(columns: &[(&str, StaffField, bool)]) -> Self {
        let named =
            |(column, field, optional): &(&str, StaffField, bool)| StaffColumn::named(column, *field, *optional);
        Self { full_time_minutes_per_week: FULL_TIME_MINUTES, columns: columns.iter().map(named).collect() }
    }

    /// Refuses a mapping that cannot be used; `columns` is its name in the request.
    pub fn check(self) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        for (index, column) in self.columns.iter().enumerate() {
            let place = format!("columns.{index}");
            column.check(&place, &mut faults);
            let twice = self.columns.iter().take(index).any(|before| before.field == column.field);
            faults.unless(!twice, &format!("{place}.field"), "must be another field: it stands in the mapping already");
        }
        for needed in NEEDED {
            let filled = self.columns.iter().any(|column| column.field == *needed);
            faults.unless(filled, "columns", &format!("must fill {needed}"));
        }
        faults.finish()?;
        Ok(self)
    }

    /// The row of a field.
    pub fn column_of(&self, field: StaffField) -> Option<&StaffColumn> {
        self.columns.iter().find(|column| column.field == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(mapping: StaffMapping) -> Vec<String> {
        mapping.check().map_or_else(|refusal| refusal.faults.into_iter().map(|fault| fault.name).collect(), |_| vec![])
    }

    fn with(change: impl Fn(&mut StaffColumn)) -> StaffMapping {
        let mut mapping = StaffMapping::flat();
        mapping.columns.iter_mut().take(1).for_each(change);
        mapping
    }

    #[test]
    fn the_mappings_of_the_service_can_be_used() {
        for mapping in [StaffMapping::flat(), StaffMapping::joined(), StaffMapping::members()] {
            assert!(names(mapping).is_empty());
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        assert_eq!(names(with(|column| column.column = None)), ["columns.0"]);
        assert_eq!(names(with(|column| column.fixed = Some("x".to_owned()))), ["columns.0", "columns.0.fixedValue"]);
        assert_eq!(names(with(|column| column.conversion = Some(StaffConversion::Fte))), ["columns.0.conversion"]);
        assert_eq!(names(with(|column| column.active_values = vec!["A".to_owned()])), ["columns.0.activeValues"]);
        assert_eq!(names(with(|column| column.optional = true)), ["columns.0.optional"]);
        assert_eq!(names(with(|column| column.field = StaffField::GivenName)), ["columns.1.field", "columns"]);
    }
}
