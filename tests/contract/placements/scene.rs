//! What the stories of this wing begin with.

use contract_tests::{Answer, Client, Employee, Organisation, Service, World, terms};
use serde_json::{Value, json};

/// An id that nothing has.
pub const UNKNOWN: &str = "0fff5b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

/// The same thing with some fields changed.
pub fn with(thing: &Value, changes: &Value) -> Value {
    let mut thing = thing.clone();
    for (name, value) in changes.as_object().unwrap() {
        thing[name] = value.clone();
    }
    thing
}

/// The terms of every test, with some fields changed; null takes one away.
pub fn terms_with(changes: &Value) -> Value {
    with(&terms(), changes)
}

/// What a problem says must be done about a field.
#[track_caller]
pub fn allowed(answer: &Answer, field: &str) -> String {
    let faults = answer.body["invalidParams"].as_array().unwrap_or_else(|| panic!("{}", answer.text));
    let fault = faults.iter().find(|fault| fault["name"] == field).unwrap_or_else(|| panic!("{}", answer.text));
    fault["reason"].as_str().unwrap().to_owned()
}

/// The types and subjects of the events that somebody is shown.
pub fn events(client: &Client) -> Vec<(String, String)> {
    let mut events = Vec::new();
    let mut next = Some("/events?limit=100".to_owned());
    while let Some(address) = next {
        let page = client.get(&address).expect(200);
        for event in page.body["items"].as_array().unwrap() {
            let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
            events.push((text("type"), text("subjectId")));
        }
        next = page.body["links"]["next"].as_str().map(str::to_owned);
    }
    events
}

/// How many events of this type about this thing somebody is shown.
pub fn told(client: &Client, kind: &str, path: &str) -> usize {
    let (kind, id) = (format!("nl.klusnet.{kind}.v1"), path.rsplit('/').next().unwrap());
    events(client).iter().filter(|(of, about)| *of == kind && about == id).count()
}

/// Sanne works at Oss, 36 hours in 5 days, and Karel is her manager.
pub struct Team<'s> {
    pub world: World<'s>,
    pub oss: Organisation,
    pub karel: Employee,
    pub sanne: Employee,
}

impl<'s> Team<'s> {
    #[track_caller]
    pub fn new(service: &'s Service) -> Self {
        Self::with(service, &json!({}))
    }

    /// The same, with other terms of her employment.
    #[track_caller]
    pub fn with(service: &'s Service, employment: &Value) -> Self {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let karel = world.employee(&oss, "Karel van Beek");
        let employment = with(employment, &json!({"managerId": karel.id}));
        let sanne = world.employee_with(&oss, "Sanne de Vries", &employment);
        Self { world, oss, karel, sanne }
    }

    /// Somebody drafts an arrangement for Sanne that differs so from the usual terms.
    pub fn draft(&self, by: &Employee, changes: &Value) -> Answer {
        draft(by, &self.sanne, changes)
    }

    /// An arrangement that Sanne has proposed; gives its path.
    #[track_caller]
    pub fn proposed(&self, changes: &Value) -> String {
        let path = location(&self.draft(&self.sanne, changes));
        act(&self.sanne, &path, "proposals").expect(200);
        path
    }

    /// An arrangement that both have signed; gives its path.
    #[track_caller]
    pub fn agreed(&self, changes: &Value) -> String {
        let path = self.proposed(changes);
        act(&self.karel, &path, "signatures").expect(200);
        path
    }
}

/// Somebody drafts an arrangement for somebody that differs so from the usual terms.
pub fn draft(by: &Employee, whose: &Employee, changes: &Value) -> Answer {
    let draft = json!({"employmentId": whose.employment_id, "terms": terms_with(changes)});
    by.client.post("/arrangements", &draft)
}

/// Where the thing is that was made.
#[track_caller]
pub fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.headers["location"].trim_start_matches("/v1").to_owned()
}

/// Somebody does what needs no body.
pub fn act(who: &Employee, path: &str, action: &str) -> Answer {
    who.client.transition(path, action, &Value::Null)
}

/// The state of a thing, as somebody sees it.
#[track_caller]
pub fn state(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text_at("/state").to_owned()
}
