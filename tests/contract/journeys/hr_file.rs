//! A municipality connects its HR file.

use std::time::Duration;

use chrono::TimeDelta;
use contract_tests::{Answer, Client, World, on_both};
use serde_json::{Value, json};

const HEADER: &str = "Medewerker;Roepnaam;Voorvoegsel;Achternaam;E-mail werk;Afdeling;Leidinggevende;FTE;Begin;Einde";

/// What the HR system writes down tonight.
fn export(rows: &[&str]) -> String {
    format!("{HEADER}\r\n{}\r\n", rows.join("\r\n"))
}

fn send(hr: &Client, path: &str, query: &str, text: &str) -> Answer {
    let mut import =
        hr.send_text("POST", &format!("{path}?{query}"), Some(("text/csv; charset=utf-8", text))).expect(201);
    while import.body["state"] == "APPLYING" {
        std::thread::sleep(Duration::from_millis(20));
        import = hr.get(&format!("{path}/{}", import.id())).expect(200);
    }
    import
}

on_both! {
    fn a_municipality_connects_its_hr_file(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let hr = &oss.administrator.client;
        let (feed, imports) = (format!("/organisations/{}/staff-feed", oss.id), format!("/organisations/{}/staff-imports", oss.id));

        // The columns are those of its HR system.
        let column = |field: &str, column: &str| json!({"field": field, "column": column});
        let mut columns = vec![column("EMPLOYEE_NUMBER", "medewerker"), column("GIVEN_NAME", "roepnaam"), column("INFIX", "voorvoegsel"),
            column("FAMILY_NAME", "achternaam"), column("EMAIL", "e-mail werk"), column("DEPARTMENT", "afdeling"),
            column("MANAGER", "leidinggevende"), column("START", "begin"), column("END", "einde")];
        columns.push(json!({"field": "CONTRACT_HOURS", "column": "fte", "conversion": "FTE"}));
        hr.put(&feed, &json!({"leadingSource": "FILE", "columns": columns})).expect(200);

        // First it is only tried: one row is wrong, and it says what.
        let karel = "0100088;Karel;van;Beek;k.vanbeek@oss.example;Ruimte;;1,0;01-05-2010;31-12-9999";
        let sanne = "0104233;Sanne;de;Vries;s.devries@oss.example;Ruimte;0100088;0,8889;01-03-2019;";
        let bo = "0105001;Bo;;Smit;b.smit@oss.example;Ruimte;0100088;0,5;01-09-2026;";
        let wrong = sanne.replace("01-03-2019", "maart 2019");
        let tried = send(hr, &imports, "mode=DRY_RUN", &export(&[karel, &wrong, bo]));
        assert_eq!((tried.body["planned"]["create"].clone(), tried.body["planned"]["rejected"].clone()), (json!(2), json!(1)));
        let rejected = hr.get(&format!("{imports}/{}/rows?outcome=REJECTED", tried.id())).expect(200);
        assert_eq!(rejected.body["items"][0]["rowNumber"], 3);
        assert_eq!(rejected.body["items"][0]["faults"], json!([{"field": "START", "column": "begin", "code": "NOT_A_DATE",
            "allowed": "must be a day such as 2019-03-01 or 01-03-2019"}]));

        // Put right, it is applied.
        let applied = send(hr, &imports, "mode=APPLY&firstLoad=true&generatedAt=2027-03-01T02:00:00%2B01:00", &export(&[karel, sanne, bo]));
        assert_eq!((applied.body["state"].clone(), applied.body["applied"]["create"].clone()), (json!("APPLIED"), json!(3)));
        let person = |given: &str| {
            let people = hr.get(&format!("/persons?organisationId={}", oss.id)).expect(200);
            people.body["items"].as_array().unwrap().iter().find(|one| one["givenName"] == given).unwrap().clone()
        };
        let id = person("Sanne")["id"].as_str().unwrap().to_owned();
        let works = hr.get(&format!("/employments?personId={id}")).expect(200).body["items"][0].clone();
        assert_eq!((works["contractMinutesPerWeek"].clone(), works["managerId"].clone()), (json!(1920), person("Karel")["id"].clone()));
        let sannes = service.client_of(&id);
        sannes.get("/me").expect(200);

        service.pass(TimeDelta::days(1));
        // The next night she is no longer in it: access ends at once, and what is hers stays.
        let night = send(hr, &imports, "mode=APPLY&generatedAt=2027-03-02T02:00:00%2B01:00", &export(&[karel, bo]));
        assert_eq!((night.body["state"].clone(), night.body["applied"]["deactivate"].clone()), (json!("APPLIED"), json!(1)), "{}", night.text);
        sannes.get("/me").refused(401, "token_invalid");
        let gone = hr.get(&format!("/persons/{id}")).expect(200);
        assert_eq!(gone.body["status"], "CLOSED");
        let ended = hr.get(&format!("/employments?personId={id}")).expect(200);
        assert_ne!(ended.body["items"][0]["endDate"], Value::Null);

        // The file of the night before does not bring her back.
        let old = hr.send_text("POST", &format!("{imports}?mode=APPLY&generatedAt=2027-02-28T02:00:00Z"), Some(("text/csv", &export(&[karel, sanne, bo]))));
        old.refused(409, "staff_file_older");
    }
}
