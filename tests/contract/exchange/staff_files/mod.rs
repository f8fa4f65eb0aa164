//! Staff files: what they do to the staff of an organisation, and what they may not.

mod applying;
mod guards;
mod reading;
mod settings;
mod thresholds;

use std::time::{Duration, Instant};

use contract_tests::{Answer, Client, Organisation, Service, World};
use serde_json::{Value, json};

const OIN: &str = "00000001111222333000";
const HEADER: &str = "personeelsnummer;roepnaam;tussenvoegsel;achternaam;email_werk;organisatie_oin;afdeling_code;kostenplaats;leidinggevende_nummer;uren_per_week;begindatum;einddatum;functie";

/// A municipality that sends its staff.
struct Scene<'s> {
    world: World<'s>,
    oss: Organisation,
    /// Who administers it.
    hr: Client,
}

impl<'s> Scene<'s> {
    fn set(service: &'s Service) -> Self {
        let world = World::new(service);
        let oss = world.organisation_with(&json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY",
            "identifiers": [{"scheme": "OIN", "value": OIN}]}));
        let hr = oss.administrator.client.clone();
        Self { world, oss, hr }
    }

    fn path(&self, rest: &str) -> String {
        format!("/organisations/{}/{rest}", self.oss.id)
    }

    /// Sends a file; the answer as it comes.
    fn send(&self, query: &str, text: &str) -> Answer {
        let path = self.path(&format!("staff-imports?{query}"));
        self.hr.send_text("POST", &path, Some(("text/csv", text)))
    }

    /// Tries a file.
    fn dry_run(&self, text: &str) -> Answer {
        self.send("mode=DRY_RUN", text).expect(201)
    }

    /// Applies a file and waits until that is over, or waits for somebody.
    fn apply(&self, text: &str) -> Answer {
        let begun = self.send("mode=APPLY", text).expect(201);
        self.settled(&begun.id())
    }

    /// Applies the first file.
    fn load(&self, text: &str) -> Answer {
        let begun = self.send("mode=APPLY&firstLoad=true", text).expect(201);
        let import = self.settled(&begun.id());
        assert_eq!(import.body["state"], "APPLIED", "{}", import.text);
        import
    }

    fn import(&self, id: &str) -> Answer {
        self.hr.get(&self.path(&format!("staff-imports/{id}"))).expect(200)
    }

    fn settled(&self, id: &str) -> Answer {
        let began = Instant::now();
        loop {
            let import = self.import(id);
            if import.body["state"] != "APPLYING" {
                return import;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{}", import.text);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What became of the rows: number, employee number, outcome.
    fn rows(&self, id: &str) -> Vec<(Option<i64>, String, String)> {
        let page = self.hr.get(&self.path(&format!("staff-imports/{id}/rows?limit=100"))).expect(200);
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let rows = page.body["items"].as_array().unwrap().iter();
        rows.map(|row| (row["rowNumber"].as_i64(), text(row, "employeeNumber"), text(row, "outcome"))).collect()
    }

    fn people(&self) -> Vec<Value> {
        let page = self.hr.get(&format!("/persons?organisationId={}&limit=100", self.oss.id)).expect(200);
        page.body["items"].as_array().unwrap().clone()
    }

    /// The person with this given name.
    fn person(&self, given: &str) -> Value {
        let people = self.people();
        people.iter().find(|one| one["givenName"] == given).unwrap_or_else(|| panic!("no {given}: {people:?}")).clone()
    }

    /// The latest employment of the person with this given name.
    fn employment(&self, given: &str) -> Value {
        let id = self.person(given)["id"].as_str().unwrap().to_owned();
        self.hr.get(&format!("/employments?personId={id}")).expect(200).body["items"][0].clone()
    }
}

/// A row: number, given name, manager, hours, last day, function.
fn row(number: &str, given: &str, more: &[(&str, &str)]) -> String {
    let value = |name: &str, default: &str| {
        more.iter().find(|(known, _)| *known == name).map_or(default.to_owned(), |(_, value)| (*value).to_owned())
    };
    let email = format!("{}@oss.example", given.to_lowercase());
    [
        value("number", number),
        given.to_owned(),
        value("infix", ""),
        value("family", "Jansen"),
        value("email", &email),
        value("oin", OIN),
        value("department", "Ruimte"),
        value("cost", "6120"),
        value("manager", ""),
        value("hours", "36,0"),
        value("start", "2019-03-01"),
        value("end", ""),
        value("function", "Adviseur"),
    ]
    .join(";")
}

fn file(rows: &[String]) -> String {
    format!("{HEADER}\r\n{}\r\n", rows.join("\r\n"))
}

/// So many employees with the names `A000`, `A001` …
fn crowd(count: usize) -> Vec<String> {
    (0..count).map(|number| row(&format!("{number:05}"), &format!("A{number:03}"), &[])).collect()
}

/// The state of what must not move: everybody's revision, and the events of all but the imports.
fn still(scene: &Scene<'_>) -> (Vec<Value>, Vec<Value>) {
    let employments = scene.hr.get(&format!("/employments?organisationId={}&limit=100", scene.oss.id)).expect(200);
    let mut events = Vec::new();
    let mut next = "/events?limit=100".to_owned();
    loop {
        let page = scene.hr.get(&next).expect(200);
        let items = page.body["items"].as_array().unwrap();
        events.extend(
            items.iter().filter(|event| !event["type"].as_str().unwrap_or_default().contains("staff-")).cloned(),
        );
        match page.body["links"]["next"].as_str() {
            Some(link) => next = link.to_owned(),
            None => break,
        }
    }
    let mut seen = employments.body["items"].as_array().unwrap().clone();
    seen.extend(scene.people());
    (seen, events)
}
