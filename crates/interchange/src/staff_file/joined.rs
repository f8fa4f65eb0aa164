//! Persons, contracts and departments in files of their own, in one archive: joined to one table.

use std::collections::HashMap;
use std::io::Cursor;

use csv::StringRecord;
use domain::Fault;

use super::table::{self, Line, MOST_ROWS, Table, fault, plain};
use super::text::{Unpacking, decode, read_at_most};

/// The files, and whether one may be missing.
const FILES: [(&str, bool); 3] = [("persons", false), ("contracts", false), ("departments", true)];

/// Reads the archive. Every contract becomes a row with its person and its department; a person without a contract is a
/// row too. Columns are named `persons.…`, `contracts.…` and `departments.…`.
pub(super) fn read(bytes: &[u8], charset: Option<&str>, limit: usize) -> Result<Table, Vec<Fault>> {
    let one = |name: &str, reason: &str| vec![fault(name, reason)];
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| one("body", "must be a ZIP archive with persons.csv, contracts.csv and departments.csv"))?;
    let mut tables = Vec::new();
    let mut left = limit;
    for (name, optional) in FILES {
        let file = format!("{name}.csv");
        let is_it = |index: &usize| {
            archive.name_for_index(*index).is_some_and(|path| path.is_ok_and(|path| is_file(&path, &file)))
        };
        let found = (0..archive.len()).find(is_it);
        let Some(index) = found else {
            if !optional {
                return Err(one(&file, "must be in the archive"));
            }
            tables.push(Table::default());
            continue;
        };
        let entry = archive
            .by_index(index)
            .map_err(|_| one(&file, "must be a file that can be unpacked, without a password"))?;
        let unpacked = read_at_most(entry, left).map_err(|why| match why {
            Unpacking::Broken => one(&file, "must be a file that can be unpacked"),
            Unpacking::TooLarge => {
                vec![fault(&file, format!("must be smaller: all files together have at most {limit} bytes"))]
            }
        })?;
        left = left.saturating_sub(unpacked.len());
        let text = decode(&unpacked, charset).map_err(|fault| vec![Fault { name: file.clone(), ..fault }])?;
        tables.push(table::read(&text, &file).map_err(|fault| vec![fault])?);
    }
    let [persons, contracts, departments] = <[Table; 3]>::try_from(tables).unwrap_or_default();
    join(&persons, &contracts, &departments)
}

fn is_file(path: &str, name: &str) -> bool {
    path.rsplit(['/', '\\']).next().is_some_and(|last| last.eq_ignore_ascii_case(name))
}

fn join(persons: &Table, contracts: &Table, departments: &Table) -> Result<Table, Vec<Fault>> {
    let person_id = column(persons, "persons", "ID")?;
    let contract_person = column(contracts, "contracts", "PersonID")?;
    let contract_department = place(contracts, "DepartmentID");
    let by_department = match place(departments, "ID") {
        Some(id) => by(departments, id),
        None => HashMap::new(),
    };
    let mut of_person: HashMap<&str, Vec<&Line>> = HashMap::new();
    for line in &contracts.rows {
        of_person.entry(cell(line, contract_person)).or_default().push(line);
    }
    let mut joined = Table { header: header(persons, contracts, departments), rows: Vec::new() };
    for person in &persons.rows {
        let contracts_of = of_person.remove(cell(person, person_id)).unwrap_or_default();
        let each = contracts_of.iter().map(|line| Some(*line));
        for contract in each.chain(contracts_of.is_empty().then_some(None)) {
            let department = contract
                .zip(contract_department)
                .and_then(|(line, place)| by_department.get(cell(line, place)).copied());
            let mut cells = StringRecord::new();
            push(&mut cells, persons, Some(person));
            push(&mut cells, contracts, contract);
            push(&mut cells, departments, department);
            joined.rows.push(Line { number: person.number, cells });
        }
    }
    if let Some(orphan) = of_person.values().flatten().map(|line| line.number).min() {
        let reason = format!("must be the ID of a person: see row {orphan}");
        return Err(vec![fault("contracts.PersonID", reason)]);
    }
    if joined.rows.len() > MOST_ROWS {
        return Err(vec![fault("contracts.csv", format!("must have at most {MOST_ROWS} rows"))]);
    }
    Ok(joined)
}

fn header(persons: &Table, contracts: &Table, departments: &Table) -> Vec<String> {
    let tables = [("persons", persons), ("contracts", contracts), ("departments", departments)];
    tables.iter().flat_map(|(name, table)| table.header.iter().map(move |column| format!("{name}.{column}"))).collect()
}

fn place(table: &Table, name: &str) -> Option<usize> {
    table.header.iter().position(|column| column.eq_ignore_ascii_case(name))
}

fn column(table: &Table, file: &str, name: &str) -> Result<usize, Vec<Fault>> {
    place(table, name).ok_or_else(|| vec![fault(&format!("{file}.{name}"), format!("must be a column of {file}.csv"))])
}

fn cell(line: &Line, place: usize) -> &str {
    line.cells.get(place).map(plain).unwrap_or_default()
}

fn by(table: &Table, place: usize) -> HashMap<&str, &Line> {
    table.rows.iter().map(|line| (cell(line, place), line)).collect()
}

/// As many cells as the header has, whatever the row has: rows that are short would shift the ones beside them.
fn push(cells: &mut StringRecord, table: &Table, line: Option<&Line>) {
    for place in 0..table.header.len() {
        cells.push_field(line.and_then(|line| line.cells.get(place)).unwrap_or_default());
    }
}
