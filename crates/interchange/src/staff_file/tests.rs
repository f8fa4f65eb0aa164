use std::io::Write as _;

use domain::exchange::staff_files::StaffFaultCode as Code;
use domain::exchange::staff_mapping::{StaffColumn, StaffConversion};

use super::*;

const OIN: &str = "00000001001299757000";
const HEADER: &str = "personeelsnummer;roepnaam;tussenvoegsel;achternaam;email_werk;organisatie_oin;afdeling_code;kostenplaats;leidinggevende_nummer;uren_per_week;begindatum;einddatum";
const SANNE: &str =
    "0104233;Sanne;de;Vries;s.devries@oss.example;00000001001299757000;R-120;6120;0100088;32,0;2019-03-01;";

fn reading(format: Format) -> Reading<'static> {
    Reading {
        format,
        charset: None,
        mapping: None,
        oin: Some(OIN),
        today: "2027-03-01".parse().unwrap(),
        limit: 1 << 20,
    }
}

fn csv(text: &str) -> Result<StaffFile, Vec<Fault>> {
    read(text.as_bytes(), &reading(Format::Csv))
}

fn names(read: Result<StaffFile, Vec<Fault>>) -> Vec<String> {
    read.unwrap_err().into_iter().map(|fault| fault.name).collect()
}

fn codes(file: &StaffFile, row: usize) -> Vec<(Option<StaffField>, Code)> {
    file.rows[row].read.as_ref().unwrap_err().iter().map(|fault| (fault.field, fault.code)).collect()
}

#[test]
fn the_example_of_a_dutch_municipality_is_read() {
    for text in [format!("{HEADER}\n{SANNE}\n"), format!("\u{feff}{HEADER}\r\n{SANNE}\r\n")] {
        let file = csv(&text).unwrap();
        assert_eq!((file.count, file.rows.len()), (1, 1));
        let row = file.rows[0].read.as_ref().unwrap();
        assert_eq!((file.rows[0].number, file.rows[0].key.as_deref()), (2, Some("0104233")));
        assert_eq!(
            (row.given_name.as_str(), row.infix.as_deref(), row.family_name.as_str()),
            ("Sanne", Some("de"), "Vries")
        );
        assert_eq!((row.contract_minutes_per_week, row.manager.as_deref()), (Some(1920), Some("0100088")));
        assert_eq!((row.start, row.end, row.active), ("2019-03-01".parse().ok(), None, None));
        assert!(!file.fields.contains(&StaffField::Function), "what is no column stays what it is");
    }
}

#[test]
fn every_character_set_gives_the_same_people() {
    let text = format!("{HEADER}\n{}\n", SANNE.replace("Sanne", "Andrée").replace("Vries", "Çelik"));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let plain = csv(&text).unwrap();
    assert_eq!(read(&latin, &reading(Format::Csv)).unwrap(), plain);
    let declared = Reading { charset: Some("windows-1252"), ..reading(Format::Csv) };
    assert_eq!(read(&latin, &declared).unwrap(), plain);
    let wrong = Reading { charset: Some("utf-8"), ..reading(Format::Csv) };
    assert_eq!(names(read(&latin, &wrong)), ["body"]);
    let commas = text.replace(',', ".").replace(';', ",");
    assert_eq!(csv(&commas).unwrap(), plain);
}

#[test]
fn a_row_tells_everything_that_is_wrong_with_it_and_the_others_stay() {
    let wrong = "0104234;;de;Jansen;geen adres;00000001001299757000;R-120;;;veel;2019-02-30;2018-01-01";
    let order = "0104235;Piet;;Bakker;;00000001001299757000;;;;36;2019-03-01;2018-01-01";
    let short = "0104236;Kees;;Smit";
    let file = csv(&format!("{HEADER}\n{SANNE}\n{wrong}\n{order}\n{short}\n")).unwrap();
    assert!(file.rows[0].read.is_ok());
    let expected = [
        (Some(StaffField::GivenName), Code::Missing),
        (Some(StaffField::Email), Code::NotAnAddress),
        (Some(StaffField::ContractHours), Code::NotANumber),
        (Some(StaffField::Start), Code::NotADate),
    ];
    assert_eq!(codes(&file, 1), expected);
    assert_eq!(codes(&file, 2), [(Some(StaffField::End), Code::WrongOrder)]);
    assert_eq!(codes(&file, 3), [(None, Code::Cells)]);
    assert_eq!(file.rows[3].key.as_deref(), Some("0104236"), "who it is about is known: rejected is not missing");
    let long = SANNE.replace("Sanne", &"a".repeat(101)).replace("R-120", "\"R\n120\"");
    let file = csv(&format!("{HEADER}\n{long}\n")).unwrap();
    assert_eq!(
        codes(&file, 0),
        [(Some(StaffField::GivenName), Code::TooLong), (Some(StaffField::Department), Code::Characters)]
    );
}

#[test]
fn a_file_that_cannot_be_trusted_is_refused_as_a_whole() {
    for text in ["", "  \n", HEADER, &format!("{HEADER}\n;;;;;;;;;;;\n")] {
        assert_eq!(names(csv(text)), ["body"], "{text:?}");
    }
    let without = |column: &str| csv(&format!("{}\n{SANNE}\n", HEADER.replace(column, "iets")));
    assert_eq!(names(without("personeelsnummer")), ["personeelsnummer"]);
    assert_eq!(names(without("uren_per_week")), ["uren_per_week"]);
    assert!(without("kostenplaats").is_ok(), "an optional column may be missing");
    assert_eq!(names(csv(&format!("{HEADER};Roepnaam\n{SANNE};x\n"))), ["roepnaam"]);
    let twice = csv(&format!("{HEADER}\n{SANNE}\n{SANNE}\n")).unwrap_err();
    assert!(twice[0].name == "personeelsnummer" && twice[0].reason.contains("rows 2 and 3"), "{twice:?}");
    let other =
        csv(&format!("{HEADER}\n{SANNE}\n{}\n", SANNE.replace("0104233", "1").replace(OIN, "00000099000000001000")));
    assert_eq!(names(other), ["organisatie_oin"]);
    let nameless = Reading { oin: None, ..reading(Format::Csv) };
    assert_eq!(names(read(format!("{HEADER}\n{SANNE}\n").as_bytes(), &nameless)), ["organisatie_oin"]);
}

#[test]
fn a_mapping_of_its_own_names_columns_conversions_and_fixed_values() {
    let column = |field, column: Option<&str>, fixed: Option<&str>| StaffColumn {
        field,
        column: column.map(str::to_owned),
        fixed: fixed.map(str::to_owned),
        conversion: None,
        active_values: Vec::new(),
        optional: false,
    };
    let mut columns = vec![
        column(StaffField::EmployeeNumber, Some("Medewerker"), None),
        column(StaffField::GivenName, Some("Roepnaam"), None),
        column(StaffField::FamilyName, Some("Achternaam"), None),
        column(StaffField::Language, None, Some("nl")),
        column(StaffField::ContractHours, Some("FTE"), None),
        column(StaffField::Active, Some("Status"), None),
    ];
    columns[4].conversion = Some(StaffConversion::Fte);
    columns[5].active_values = vec!["A".to_owned(), "P".to_owned()];
    let mapping = StaffMapping { full_time_minutes_per_week: 2160, columns };
    let own = Reading { mapping: Some(&mapping), ..reading(Format::Csv) };
    let text = "Medewerker,Roepnaam,Achternaam,FTE,Status\n0012,An,Smit,\"0,5\",A\n0013,Bo,Smit,1,T\n";
    let file = read(text.as_bytes(), &own).unwrap();
    let rows: Vec<_> = file.rows.iter().map(|row| row.read.as_ref().unwrap()).collect();
    assert_eq!((rows[0].employee_number.as_str(), rows[0].contract_minutes_per_week), ("0012", Some(1080)));
    assert_eq!((rows[0].active, rows[1].active), (Some(true), Some(false)));
    assert!(rows[0].language.is_some());
}

#[test]
fn several_contracts_of_one_person_become_one_employee() {
    let header = "personeelsnummer;contractnummer;roepnaam;tussenvoegsel;achternaam;email_werk;afdeling_code;leidinggevende_nummer;uren_per_week;begindatum;einddatum;functie";
    let row = |contract: &str, hours: &str, start: &str, end: &str, function: &str| {
        format!("0012;{contract};An;;Smit;;R;0012;{hours};{start};{end};{function}\n")
    };
    let text = [
        row("1", "12", "2015-01-01", "2019-12-31", "Stagiair"),
        row("2", "16", "2020-01-01", "", "Adviseur"),
        row("3", "8", "2024-01-01", "2027-12-31", "Docent"),
        row("4", "36", "2027-06-01", "", "Manager"),
    ];
    let file = csv(&format!("{header}\n{}", text.concat())).unwrap();
    assert_eq!((file.count, file.rows.len(), file.rows[0].number), (4, 1, 3));
    let person = file.rows[0].read.as_ref().unwrap();
    assert_eq!((person.function.as_deref(), person.contract_minutes_per_week), (Some("Adviseur"), Some(1440)));
    assert_eq!((person.start, person.end), ("2020-01-01".parse().ok(), None));
    assert_eq!(person.manager, None, "nobody is their own manager");
    let faulty = csv(&format!("{header}\n{}{}", text[1], row("3", "veel", "2024-01-01", "", "Docent"))).unwrap();
    assert_eq!(codes(&faulty, 0), [(None, Code::OtherContract)]);
    assert_eq!(codes(&faulty, 1), [(Some(StaffField::ContractHours), Code::NotANumber)]);
    assert_eq!(names(csv(&format!("{header}\n{}{}", text[1], text[1]))), ["personeelsnummer"]);
}

#[test]
fn json_has_the_same_fields_in_english() {
    let json = |text: &str| read(text.as_bytes(), &reading(Format::Json));
    let text = r#"[{"employeeNumber": "0104233", "givenName": "Sanne", "infix": "de", "familyName": "Vries", "email": "s@oss.example",
        "contractMinutesPerWeek": 1920, "startDate": "2019-03-01", "endDate": null, "active": true},
        {"employeeNumber": "0104234", "givenName": "Bo", "familyName": "Smit", "contractMinutesPerWeek": 9999}]"#;
    let file = json(text).unwrap();
    let sanne = file.rows[0].read.as_ref().unwrap();
    assert_eq!((sanne.contract_minutes_per_week, sanne.end, sanne.active), (Some(1920), None, Some(true)));
    assert_eq!(codes(&file, 1), [(Some(StaffField::ContractHours), Code::OutOfRange)]);
    assert!(!file.fields.contains(&StaffField::Department), "what no row names stays what it is");
    assert_eq!(names(json("[]")), ["body"]);
    assert_eq!(names(json("{}")), ["body"]);
    assert_eq!(names(json(r#"[{"employeeNumber": "1", "givenName": "A", "familyName": "B", "bsn": "1"}]"#)), ["bsn"]);
    assert_eq!(
        names(json(r#"[{"employeeNumber": ["1"], "givenName": "A", "familyName": "B"}]"#)),
        ["0.employeeNumber"]
    );
    assert_eq!(names(json(r#"[{"givenName": "A", "familyName": "B"}]"#)), ["employeeNumber"]);
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn three_files_of_an_hr_tool_are_joined() {
    let persons = "ID;FirstName;MiddleName;LastName\n0001;Karel;van;Beek\n0002;Sanne;de;Vries\n0003;Bo;;Smit\n";
    let contracts = "ID;PersonID;DepartmentID;LocationID;StartDate;EndDate;Title\n10;0001;R;1;2010-01-01;9999-12-31;Hoofd\n20;0002;R;1;2019-03-01;;Adviseur\n";
    let departments = "ID;Name;ManagerID\nR;Ruimte;0001\n";
    let files =
        [("export/Persons.csv", persons), ("export/contracts.csv", contracts), ("departments.csv", departments)];
    let zip = |files: &[(&str, &str)]| read(&archive(files), &reading(Format::Zip));
    let file = zip(&files).unwrap();
    let people: Vec<_> = file.rows.iter().map(|row| row.read.as_ref().unwrap()).collect();
    assert_eq!(
        (people[0].function.as_deref(), people[0].end, people[0].manager.as_deref()),
        (Some("Hoofd"), None, None)
    );
    assert_eq!((people[1].department.as_deref(), people[1].manager.as_deref()), (Some("Ruimte"), Some("0001")));
    assert_eq!((people[2].start, people[2].department.as_deref()), (None, None), "without a contract");
    assert_eq!(names(zip(&files[..1])), ["contracts.csv"]);
    assert_eq!(names(zip(&[files[0], ("contracts.csv", "ID;PersonID\n1;0009\n")])), ["contracts.PersonID"]);
    assert_eq!(names(read(b"PK no", &reading(Format::Zip))), ["body"]);
    let small = Reading { limit: 200, ..reading(Format::Zip) };
    assert!(names(read(&archive(&files), &small))[0].ends_with(".csv"), "an archive unpacks to a limit");
}
