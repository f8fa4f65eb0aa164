//! A file as a table: a header, and rows with their number.

use csv::StringRecord;
use domain::Fault;

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The names of the columns, as the file has them.
    pub(super) header: Vec<String>,
    /// The rows that hold anything.
    pub(super) rows: Vec<Line>,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its number in the file: the header is 1.
    pub(super) number: i64,
    /// What stands in it.
    pub(super) cells: StringRecord,
}

/// How many rows are read.
pub(super) const MOST_ROWS: usize = 200_000;
/// How many columns are read.
const MOST_COLUMNS: usize = 500;

/// Reads a table of text, whatever it is separated by.
pub(super) fn read(text: &str, name: &str) -> Result<Table, Fault> {
    let (text, told) = separator_told(text);
    let separator = told.unwrap_or_else(|| separator_of(text));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut table = Table::default();
    // Rows are counted as a spreadsheet does: one with a line end inside is one row.
    for (number, record) in (1_i64..).zip(reader.records()) {
        let record = record.map_err(|_| unreadable(name))?;
        if table.header.is_empty() {
            table.header = record.iter().map(|cell| plain(cell).to_owned()).collect();
            continue;
        }
        if record.iter().all(|cell| plain(cell).is_empty()) {
            continue;
        }
        if table.rows.len() == MOST_ROWS {
            return Err(fault(name, format!("must have at most {MOST_ROWS} rows")));
        }
        table.rows.push(Line { number, cells: record });
    }
    if table.header.iter().all(String::is_empty) {
        return Err(fault(name, "must begin with the names of the columns"));
    }
    if table.header.len() > MOST_COLUMNS {
        return Err(fault(name, format!("must have at most {MOST_COLUMNS} columns")));
    }
    Ok(table)
}

/// What stands in a cell: without spaces around it, and without the `="…"` that keeps zeros in a spreadsheet.
pub(super) fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"')).unwrap_or(cell).trim()
}

/// Spreadsheets may say in the first line what separates the cells.
fn separator_told(text: &str) -> (&str, Option<u8>) {
    let told = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")).and_then(|rest| {
        let (line, after) = rest.split_once('\n')?;
        let byte = line.trim_end_matches('\r').as_bytes();
        matches!(byte, [b';' | b',' | b'\t' | b'|']).then(|| (after, byte.first().copied()))
    });
    told.unwrap_or((text, None))
}

/// What stands most often in the first line, outside of quotes.
fn separator_of(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b';', 0_usize), (b',', 0), (b'\t', 0), (b'|', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // Of equals, the first one of the list.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b';', |(byte, _)| *byte)
}

pub(super) fn fault(name: &str, reason: impl Into<String>) -> Fault {
    Fault { name: name.to_owned(), reason: reason.into() }
}

fn unreadable(name: &str) -> Fault {
    fault(name, "must be text in columns, separated by semicolons, commas or tabs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = read(text, "body").unwrap();
        let rows = table.rows.iter().map(|line| line.cells.iter().map(|cell| plain(cell).to_owned()).collect());
        std::iter::once(table.header).chain(rows).collect()
    }

    #[test]
    fn the_separator_is_found() {
        for text in ["a;b,c\n1;2\n", "a,\"b;;;c\"\n1,2\n", "a\tb\n1\t2\n", "sep=,\r\na,b\r\n1,2\r\n", "a|b\n1|2"] {
            let cells = cells(text);
            assert_eq!((cells[0].len(), &cells[1]), (2, &vec!["1".to_owned(), "2".to_owned()]), "{text}");
        }
        assert_eq!(cells("nummer\n0012\n"), [["nummer"], ["0012"]], "one column needs none");
    }

    #[test]
    fn a_quoted_line_end_stays_in_its_cell_and_rows_are_counted_as_in_a_spreadsheet() {
        let table = read("a;b\r\n\"een\r\ntwee\";\"zei \"\"ja\"\"\"\r\n;;\r\n3;4\r\n", "body").unwrap();
        assert_eq!(&table.rows[0].cells[0], "een\r\ntwee");
        assert_eq!(&table.rows[0].cells[1], "zei \"ja\"");
        assert_eq!(table.rows.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn zeros_that_a_spreadsheet_keeps_are_kept() {
        assert_eq!(cells("nummer;naam\n\"=\"\"0012\"\"\"; Jan \n")[1], ["0012", "Jan"]);
    }

    #[test]
    fn a_file_without_header_is_refused() {
        for text in ["", "\n\n", ";;;\n"] {
            assert_eq!(read(text, "persons.csv").unwrap_err().name, "persons.csv");
        }
    }
}
