//! The report of a staff file as CSV, fit to be opened in a spreadsheet.

/// A line of the report: one fault of a row, or a row without faults.
#[derive(Debug, Clone, Default)]
pub struct ReportLine<'r> {
    /// The number of the row; none for who is missing from the file.
    pub row: Option<i64>,
    /// The employee number.
    pub key: &'r str,
    /// What became of it.
    pub outcome: &'r str,
    /// The field at fault, or those that change.
    pub field: &'r str,
    /// The column at fault.
    pub column: &'r str,
    /// Why.
    pub code: &'r str,
    /// What is allowed.
    pub allowed: &'r str,
}

/// Writes the report: UTF-8 with a byte order mark, semicolons.
pub fn report<'r>(lines: impl IntoIterator<Item = ReportLine<'r>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(["row", "employeeNumber", "outcome", "field", "column", "code", "allowed"]);
    for line in lines {
        let row = line.row.map(|row| row.to_string()).unwrap_or_default();
        let cells = [&row, line.key, line.outcome, line.field, line.column, line.code, line.allowed];
        let _ = writer.write_record(cells.map(|cell| harmless(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A spreadsheet takes a cell that begins with one of these for a formula, and does what it says.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+31", "'+31"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("0012", "0012"),
        ] {
            assert_eq!(harmless(cell), written);
        }
        let bytes =
            report([ReportLine { row: Some(2), key: "=cmd|' /c calc'!A1", outcome: "REJECTED", ..Default::default() }]);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}row;employeeNumber;outcome;"), "{text}");
        assert!(text.ends_with("2;'=cmd|' /c calc'!A1;REJECTED;;;;\r\n"), "{text}");
    }
}
