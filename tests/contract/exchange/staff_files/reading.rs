//! How files are read, and what is told of each row.

use std::io::Write as _;

use contract_tests::on_both;

use super::*;

on_both! {
    fn a_dry_run_tells_what_would_happen_and_changes_nothing(service) {
        let scene = Scene::set(service);
        scene.load(&file(&[row("0001", "Karel", &[]), row("0002", "Sanne", &[]), row("0003", "Bo", &[])]));
        let before = still(&scene);
        let rows = [
            row("0001", "Karel", &[]),
            row("0002", "Sanne", &[("function", "Projectleider"), ("hours", "32")]),
            row("0004", "Nieuw", &[("start", "2027-04-01")]),
            row("0005", "Fout", &[("start", "30-02-2027")]),
        ];
        let tried = scene.dry_run(&file(&rows));
        assert_eq!((tried.body["state"].clone(), tried.body["mode"].clone()), (json!("CHECKED"), json!("DRY_RUN")));
        let outcomes = json!({"create": 1, "update": 1, "deactivate": 1, "reactivate": 0, "unchanged": 1, "rejected": 1});
        assert_eq!(tried.body["planned"], outcomes);
        let expected = [
            (None, "0003", "DEACTIVATE"), (Some(2), "0001", "UNCHANGED"), (Some(3), "0002", "UPDATE"),
            (Some(4), "0004", "CREATE"), (Some(5), "0005", "REJECTED"),
        ];
        assert_eq!(scene.rows(&tried.id()), expected.map(|(row, key, outcome)| (row, key.to_owned(), outcome.to_owned())));
        service.tick();
        assert_eq!(still(&scene), before, "nothing moved");
        assert_eq!(scene.import(&tried.id()).body["applied"]["create"], 0);
    }

    fn each_fault_of_a_row_is_told_and_none_of_what_stands_in_it(service) {
        let scene = Scene::set(service);
        let wrong = row("0005", "Geheim", &[("start", "30-02-2027"), ("hours", "veel"), ("email", "geen adres")]);
        let tried = scene.dry_run(&file(&[row("0001", "Karel", &[]), wrong]));
        let rows = scene.hr.get(&scene.path(&format!("staff-imports/{}/rows?outcome=REJECTED", tried.id()))).expect(200);
        let faults: Vec<_> = rows.body["items"][0]["faults"].as_array().unwrap().iter()
            .map(|fault| (fault["field"].as_str().unwrap(), fault["column"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        assert_eq!(faults, [("EMAIL", "email_werk", "NOT_AN_ADDRESS"), ("CONTRACT_HOURS", "uren_per_week", "NOT_A_NUMBER"), ("START", "begindatum", "NOT_A_DATE")]);
        let report = scene.hr.get(&scene.path(&format!("staff-imports/{}/report", tried.id()))).expect(200);
        assert!(report.headers["content-type"].starts_with("text/csv"));
        assert!(report.text.starts_with("\u{feff}row;employeeNumber;outcome;field;column;code;allowed\r\n"), "{}", report.text);
        assert!(report.text.contains("2;0001;CREATE;;;;\r\n3;0005;REJECTED;EMAIL;email_werk;NOT_AN_ADDRESS;must be one"), "{}", report.text);
        for told in [&rows.text, &report.text] {
            assert!(!told.contains("Geheim") && !told.contains("geen adres") && !told.contains("veel"), "{told}");
        }
    }

    fn a_key_that_is_a_formula_is_harmless_in_the_report(service) {
        let scene = Scene::set(service);
        let tried = scene.dry_run(&file(&[row("=1+cmd|' /c calc'!A1", "An", &[]), row("@x", "Bo", &[])]));
        let report = scene.hr.get(&scene.path(&format!("staff-imports/{}/report", tried.id()))).expect(200);
        assert!(report.text.contains("2;'=1+cmd") && report.text.contains("3;'@x"), "{}", report.text);
    }

    fn a_file_may_be_in_another_character_set_packed_json_or_an_archive(service) {
        let scene = Scene::set(service);
        let path = scene.path("staff-imports?mode=DRY_RUN");
        let text = file(&[row("0001", "Andrée", &[("email", "a@oss.example")])]);
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let send = |client: &Client, kind: &str, bytes: &[u8]| client.send_bytes("POST", &path, Some((kind, bytes)));
        for (kind, bytes) in [("text/csv", latin.as_slice()), ("text/csv; charset=windows-1252", &latin), ("text/csv; charset=utf-8", text.as_bytes())] {
            let tried = send(&scene.hr, kind, bytes).expect(201);
            assert_eq!(tried.body["planned"]["create"], 1, "{kind}");
        }
        send(&scene.hr, "text/csv; charset=utf-8", &latin).refused(400, "staff_file_refused").names(&["body"]);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let gzip = scene.hr.with("Content-Encoding", "gzip");
        assert_eq!(send(&gzip, "text/csv", &packed).expect(201).body["rowCount"], 1);
        send(&gzip, "text/csv", text.as_bytes()).refused(400, "body_unreadable");
        send(&gzip, "text/csv", &packed[..packed.len() / 2]).refused(400, "body_unreadable");
        send(&scene.hr.with("Content-Encoding", "br"), "text/csv", &packed).names(&["Content-Encoding"]);
        let json = br#"[{"employeeNumber": "0001", "givenName": "Bo", "familyName": "Smit", "startDate": "2019-03-01"}]"#;
        assert_eq!(send(&scene.hr, "application/json", json).expect(201).body["planned"]["create"], 1);
        send(&scene.hr, "application/json", b"{}").refused(400, "staff_file_refused");
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [
            ("persons.csv", "ID;FirstName;MiddleName;LastName\n0001;Karel;van;Beek\n"),
            ("contracts.csv", "ID;PersonID;DepartmentID;StartDate;EndDate;Title\n7;0001;R;2019-03-01;9999-12-31;Hoofd\n"),
            ("departments.csv", "ID;Name;ManagerID\nR;Ruimte;0001\n"),
        ] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let archive = writer.finish().unwrap().into_inner();
        assert_eq!(send(&scene.hr, "application/zip", &archive).expect(201).body["planned"]["create"], 1);
        send(&scene.hr, "application/zip", b"PK").refused(400, "staff_file_refused");
        send(&scene.hr, "application/xml", b"<a/>").refused(415, "media_type_unsupported");
    }

    /// What is small as it is sent may be far too large when it is unpacked.
    fn a_file_that_unpacks_to_too_much_is_refused(service) {
        let scene = Scene::set(service);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let line = vec![b';'; 1024 * 1024];
        for _ in 0..65 {
            packer.write_all(&line).unwrap();
        }
        let packed = packer.finish().unwrap();
        assert!(packed.len() < 1024 * 1024);
        let path = scene.path("staff-imports?mode=DRY_RUN");
        let gzip = scene.hr.with("Content-Encoding", "gzip");
        gzip.send_bytes("POST", &path, Some(("text/csv", &packed))).refused(413, "body_too_large");
    }

    fn rows_are_paged_forward_and_backward_and_by_outcome(service) {
        let scene = Scene::set(service);
        let mut rows = crowd(620);
        for number in [3, 510, 619] {
            rows[number] = row(&format!("{number:05}"), "Fout", &[("hours", "veel")]);
        }
        let tried = scene.dry_run(&file(&rows));
        let path = scene.path(&format!("staff-imports/{}/rows", tried.id()));
        let mut seen = Vec::new();
        let mut next = format!("{path}?limit=100");
        let mut last = String::new();
        loop {
            let page = scene.hr.get(&next).expect(200);
            let numbers = page.body["items"].as_array().unwrap().iter().map(|row| row["rowNumber"].as_i64().unwrap());
            seen.extend(numbers);
            last = page.body["links"]["prev"].as_str().map_or(last, str::to_owned);
            match page.body["links"]["next"].as_str() {
                Some(link) => next = link.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, (2..622).collect::<Vec<_>>());
        let back = scene.hr.get(&last).expect(200);
        assert_eq!((back.body["items"][0]["rowNumber"].clone(), back.body["items"][99]["rowNumber"].clone()), (json!(502), json!(601)));
        let rejected = scene.hr.get(&format!("{path}?outcome=REJECTED&limit=2")).expect(200);
        let rest = scene.hr.get(rejected.text_at("/links/next")).expect(200);
        let numbers: Vec<_> = [&rejected, &rest].iter().flat_map(|page| page.body["items"].as_array().unwrap().clone())
            .map(|row| row["rowNumber"].as_i64().unwrap()).collect();
        assert_eq!(numbers, [5, 512, 621]);
        assert!(rest.body["links"].get("next").is_none());
        scene.hr.get(&format!("{path}?outcome=GONE")).names(&["outcome"]);
    }
}
