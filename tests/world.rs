//! A world to tell a story in: organisations with their people, and networks, made over HTTP as clients make them.
//!
//! ```ignore
//! let world = World::new(service);
//! let oss = world.organisation("Gemeente Oss");
//! let karel = world.employee(&oss, "Karel van Beek");
//! let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": karel.id}));
//! let client = world.client_of(&oss, "Olga Opdracht");
//! world.give(&karel, "MOBILITY_ADVISER", Scope::Organisation(&oss));
//! let brabant = world.network("Brabant", "BY_ORGANISATION");
//! world.join(&brabant, &oss);
//! sanne.client.get("/me").expect(200);
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::{Client, Service};

/// Makes organisations, people and networks.
#[derive(Clone)]
pub struct World<'s> {
    service: &'s Service,
    /// The client of the platform's administrator.
    pub platform: Client,
    people: Arc<AtomicU32>,
}

/// An organisation with an administrator of its own.
#[derive(Clone)]
pub struct Organisation {
    /// Its id.
    pub id: String,
    /// Who administers it; employed there.
    pub administrator: Employee,
}

/// A network with a coordinator of its own.
pub struct Network {
    /// Its id.
    pub id: String,
    /// Who coordinates it; employed by no organisation.
    pub coordinator: Employee,
}

/// Somebody who can call.
#[derive(Clone)]
pub struct Employee {
    /// The id of the person.
    pub id: String,
    /// The id of their employment; empty for who has none.
    pub employment_id: String,
    /// The work e-mail address.
    pub email: String,
    /// A client with their token.
    pub client: Client,
}

/// Where a role holds.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// In an organisation and those below it.
    Organisation(&'a Organisation),
    /// In a network.
    Network(&'a Network),
    /// Everywhere.
    Platform,
}

impl<'s> World<'s> {
    /// An empty world.
    pub fn new(service: &'s Service) -> Self {
        Self { service, platform: service.administrator(), people: Arc::default() }
    }

    /// A municipality of this name, with an administrator.
    #[track_caller]
    pub fn organisation(&self, name: &str) -> Organisation {
        self.organisation_with(&json!({"name": name, "kind": "MUNICIPALITY"}))
    }

    /// The organisation that this draft describes, with an administrator.
    #[track_caller]
    pub fn organisation_with(&self, draft: &Value) -> Organisation {
        let id = self.platform.post("/organisations", draft).expect(201).id();
        let administrator = self.register(&self.platform, &id, "Anna Beheer", &json!({}));
        let role = json!({"personId": administrator.id, "role": "ORGANISATION_ADMINISTRATOR", "organisationId": id});
        self.platform.post("/role-assignments", &role).expect(201);
        Organisation { id, administrator }
    }

    /// Gives a home organisation and a host what an invoice needs.
    #[track_caller]
    pub fn fit_for_invoices(&self, home: &Organisation, host: &Organisation) {
        let kvk = |organisation: &Organisation| {
            let number = organisation.id.parse::<uuid::Uuid>().unwrap().as_u128() % 100_000_000;
            json!([{"scheme": "KVK", "value": format!("{number:08}")}])
        };
        let of_home = json!({"vatNumber": "NL111222333B01", "iban": "NL91ABNA0417164300",
            "invoicingEmail": "facturen@oss.example", "identifiers": kvk(home),
            "invoicingAddress": {"street": "Raadhuislaan 2", "postalCode": "5341 GM", "town": "Oss"}});
        let of_host = json!({"identifiers": kvk(host),
            "invoicingAddress": {"street": "Markt 145", "postalCode": "5401 EJ", "town": "Uden"}});
        for (organisation, details) in [(home, of_home), (host, of_host)] {
            self.platform.patch(&format!("/organisations/{}", organisation.id), &details).expect(200);
        }
    }

    /// Somebody who works there 36 hours in 5 days, without a manager; `name` is a given name or a whole name.
    #[track_caller]
    pub fn employee(&self, organisation: &Organisation, name: &str) -> Employee {
        self.employee_with(organisation, name, &json!({}))
    }

    /// Somebody who works there, with other terms: `managerId`, `unitId`, `function`, `contractMinutesPerWeek`,
    /// `workingDaysPerWeek`, `startDate`, `endDate`.
    #[track_caller]
    pub fn employee_with(&self, organisation: &Organisation, name: &str, terms: &Value) -> Employee {
        self.register(&organisation.administrator.client, &organisation.id, name, terms)
    }

    /// Somebody who works there and publishes klussen: with the role `CLIENT`.
    #[track_caller]
    pub fn client_of(&self, organisation: &Organisation, name: &str) -> Employee {
        let employee = self.employee(organisation, name);
        self.give(&employee, "CLIENT", Scope::Organisation(organisation));
        employee
    }

    /// Somebody without an employment, such as a coordinator.
    #[track_caller]
    pub fn outsider(&self, name: &str) -> Employee {
        let draft = self.draft(name);
        let id = self.platform.post("/persons", &draft).expect(201).id();
        self.somebody(id, String::new(), &draft)
    }

    /// Gives somebody a role; returns the id of the role assignment.
    #[track_caller]
    pub fn give(&self, person: &Employee, role: &str, scope: Scope<'_>) -> String {
        let mut draft = json!({"personId": person.id, "role": role});
        match scope {
            Scope::Organisation(organisation) => draft["organisationId"] = json!(organisation.id),
            Scope::Network(network) => draft["networkId"] = json!(network.id),
            Scope::Platform => {}
        }
        self.platform.post("/role-assignments", &draft).expect(201).id()
    }

    /// A regional network of this name; `admission` is OPEN, BY_ORGANISATION or INVITATION_ONLY.
    #[track_caller]
    pub fn network(&self, name: &str, admission: &str) -> Network {
        let draft = json!({"name": name, "kind": "REGIONAL", "scaleLevel": "REGIONAL", "admission": admission});
        self.network_with(&draft)
    }

    /// The network that this draft describes, with a coordinator.
    #[track_caller]
    pub fn network_with(&self, draft: &Value) -> Network {
        let id = self.platform.post("/networks", draft).expect(201).id();
        let network = Network { id, coordinator: self.outsider("Mirjam Kartrekker") };
        self.give(&network.coordinator, "NETWORK_COORDINATOR", Scope::Network(&network));
        network
    }

    /// Makes an organisation a member, whatever the admission; returns the id of the membership.
    #[track_caller]
    pub fn join(&self, network: &Network, organisation: &Organisation) -> String {
        let draft = json!({"organisationId": organisation.id});
        self.join_as(network, &organisation.administrator.client, &draft)
    }

    /// Makes a person a member of a network by invitation only; returns the id of the membership.
    #[track_caller]
    pub fn join_person(&self, network: &Network, person: &Employee) -> String {
        self.join_as(network, &person.client, &json!({"personId": person.id}))
    }

    #[track_caller]
    fn join_as(&self, network: &Network, member: &Client, draft: &Value) -> String {
        let memberships = format!("/networks/{}/memberships", network.id);
        let coordinator = &network.coordinator.client;
        let invites = coordinator.get(&format!("/networks/{}", network.id)).body["admission"] == "INVITATION_ONLY";
        let begun = if invites { coordinator } else { member }.post(&memberships, draft).expect(201);
        let path = format!("/memberships/{}", begun.id());
        match begun.text_at("/state") {
            "REQUESTED" => coordinator.transition(&path, "admissions", &Value::Null).expect(200),
            "INVITED" => member.transition(&path, "acceptances", &Value::Null).expect(200),
            _ => begun,
        }
        .id()
    }

    #[track_caller]
    fn register(&self, by: &Client, organisation: &str, name: &str, terms: &Value) -> Employee {
        let mut draft = self.draft(name);
        let mut employment = json!({"organisationId": organisation, "function": "Beleidsadviseur",
            "contractMinutesPerWeek": 2160, "workingDaysPerWeek": 5, "startDate": "2020-01-01"});
        for (name, value) in terms.as_object().unwrap() {
            employment[name] = value.clone();
        }
        draft["employment"] = employment;
        let id = by.post("/persons", &draft).expect(201).id();
        let employments = by.get(&format!("/employments?personId={id}")).expect(200).ids();
        self.somebody(id, employments[0].clone(), &draft)
    }

    fn somebody(&self, id: String, employment_id: String, draft: &Value) -> Employee {
        let client = self.service.client_of(&id);
        Employee { id, employment_id, email: draft["email"].as_str().unwrap().to_owned(), client }
    }

    /// "Karel van Beek" is Karel, van, Beek; a name of one word gets a family name.
    fn draft(&self, name: &str) -> Value {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let words: Vec<&str> = name.split_whitespace().collect();
        let family = if words.len() > 1 { words[words.len() - 1] } else { "Jansen" };
        let mut draft = json!({"givenName": words[0], "familyName": family,
            "email": format!("{}.{number}@klusnet.example", words[0].to_lowercase())});
        if words.len() > 2 {
            draft["infix"] = json!(words[1..words.len() - 1].join(" "));
        }
        draft
    }
}
