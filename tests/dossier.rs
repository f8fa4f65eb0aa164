//! A dossier to tell a story in: an assignment of one organisation, and somebody of another one who responds to it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{Answer, Client, Employee, Organisation, Service, World};

/// An assignment with its client, somebody elsewhere who responds to it, and their manager.
#[derive(Clone)]
pub struct Dossier<'s> {
    /// Where they live.
    pub world: World<'s>,
    /// The organisation that has the work.
    pub host: Organisation,
    /// The organisation that employs who responds.
    pub home: Organisation,
    /// Who answers for the work.
    pub owner: Employee,
    /// Who responds.
    pub employee: Employee,
    /// Their manager.
    pub manager: Employee,
    /// The path of the assignment, open to the whole of government until the end of April 2027.
    pub assignment: String,
    /// The path of the response; empty while there is none.
    pub response: String,
}

/// The colour of a light and why it has it.
pub type LightOf = (String, Option<String>);

impl<'s> Dossier<'s> {
    /// An open assignment that nobody has responded to.
    #[track_caller]
    pub fn open(service: &'s Service) -> Self {
        Self::published(service, &json!([{"ring": "ALL_GOVERNMENT"}]))
    }

    /// An assignment published in these rings.
    #[track_caller]
    pub fn published(service: &'s Service, rings: &Value) -> Self {
        let world = World::new(service);
        let host = world.organisation("Gemeente Uden");
        let home = world.organisation("Gemeente Oss");
        let owner = world.client_of(&host, "Olga Opdracht");
        let manager = world.employee(&home, "Karel van Beek");
        let employee = world.employee_with(&home, "Sanne de Vries", &json!({"managerId": manager.id}));
        let mut draft = work(&host);
        draft["publication"] = json!({"rings": rings, "deadline": "2027-04-30T15:00:00Z"});
        let assignment = format!("/assignments/{}", owner.client.post("/assignments", &draft).expect(201).id());
        Self { world, host, home, owner, employee, manager, assignment, response: String::new() }
    }

    /// Another klus of this host for the same people, open to the whole of government; `changes` says how it differs.
    #[must_use]
    #[track_caller]
    pub fn another(&self, changes: &Value) -> Self {
        let mut draft = work(&self.host);
        draft["publication"] = json!({"rings": [{"ring": "ALL_GOVERNMENT"}], "deadline": "2027-04-30T15:00:00Z"});
        for (name, value) in changes.as_object().unwrap() {
            draft[name] = value.clone();
        }
        let assignment = format!("/assignments/{}", self.owner.client.post("/assignments", &draft).expect(201).id());
        Self { assignment, response: String::new(), ..self.clone() }
    }

    /// The same, with a response that has come to this state.
    #[track_caller]
    pub fn at(service: &'s Service, state: &str) -> Self {
        let mut dossier = Self::open(service);
        dossier.reach(state);
        dossier
    }

    /// Brings the response of the employee to this state: DRAFT, SUBMITTED, IN_REVIEW, IN_CONVERSATION, OFFERED or
    /// ACCEPTED.
    #[track_caller]
    pub fn reach(&mut self, state: &str) {
        let submit = state != "DRAFT";
        self.response = self.respond(&self.employee.client, submit);
        let steps = ["SUBMITTED", "IN_REVIEW", "IN_CONVERSATION", "OFFERED", "ACCEPTED"];
        let wanted = steps.iter().position(|step| *step == state).unwrap_or(0);
        for step in &steps[..=wanted] {
            match *step {
                "IN_REVIEW" => drop(self.by_owner("considerations", &Value::Null).expect(200)),
                "IN_CONVERSATION" => drop(self.by_owner("talk-invitations", &Value::Null).expect(200)),
                "OFFERED" => drop(self.offer()),
                "ACCEPTED" => {
                    let offers = self.employee.client.get(&format!("{}/offers", self.response)).expect(200).ids();
                    let offer = format!("/offers/{}", offers[0]);
                    self.employee.client.transition(&offer, "acceptances", &Value::Null).expect(200);
                }
                _ => {}
            }
        }
        assert_eq!(self.state(), state);
    }

    /// Responds as this person; gives the path of the response.
    #[track_caller]
    pub fn respond(&self, client: &Client, submit: bool) -> String {
        let draft = json!({"motivation": "Ik legde eerder een voedselbos aan.",
            "learningGoal": "Werken met een gemeenteraad", "submit": submit});
        format!("/responses/{}", client.post(&format!("{}/responses", self.assignment), &draft).expect(201).id())
    }

    /// What the owner does with the response.
    pub fn by_owner(&self, action: &str, body: &Value) -> Answer {
        self.owner.client.transition(&self.response, action, body)
    }

    /// What the employee does with the response.
    pub fn by_employee(&self, action: &str, body: &Value) -> Answer {
        self.employee.client.transition(&self.response, action, body)
    }

    /// The state of the response, as the employee sees it.
    #[track_caller]
    pub fn state(&self) -> String {
        self.employee.client.get(&self.response).expect(200).text_at("/state").to_owned()
    }

    /// The employee asks consent; gives the path of the request.
    #[track_caller]
    pub fn ask_consent(&self) -> String {
        let path = format!("{}/consent-requests", self.response);
        format!("/consent-requests/{}", self.employee.client.post(&path, &json!({})).expect(201).id())
    }

    /// The owner makes an offer that holds for two weeks; gives its path.
    #[track_caller]
    pub fn offer(&self) -> String {
        self.offer_of(&json!({}))
    }

    /// The same, of these hours, this period and this basis where they differ from those of the assignment.
    #[track_caller]
    pub fn offer_of(&self, terms: &Value) -> String {
        let mut draft = terms.clone();
        draft["validUntil"] = json!("2027-03-15T17:00:00Z");
        let path = format!("{}/offers", self.response);
        format!("/offers/{}", self.owner.client.post(&path, &draft).expect(201).id())
    }

    /// Gives both organisations what an invoice needs.
    #[track_caller]
    pub fn fit_for_invoices(&self) {
        self.world.fit_for_invoices(&self.home, &self.host);
    }

    /// They meet, and both say whether there was a click.
    #[track_caller]
    pub fn meet(&self, employee: &str, client: &str) {
        let draft = json!({"plannedAt": "2027-03-01T08:00:00Z", "place": "Markt 145, Uden"});
        let path = format!("{}/conversations", self.response);
        let talk = format!("/conversations/{}", self.employee.client.post(&path, &draft).expect(201).id());
        self.owner.client.transition(&talk, "completions", &Value::Null).expect(200);
        self.employee.client.transition(&talk, "clicks", &json!({"click": employee})).expect(200);
        self.owner.client.transition(&talk, "clicks", &json!({"click": client})).expect(200);
    }

    /// Says something about a light.
    pub fn say(&self, client: &Client, light: &str, colour: &str) -> Answer {
        client.post(&format!("{}/signals", self.response), &json!({"light": light, "colour": colour}))
    }

    /// The lights, by the two signs they begin with: colour and reason as this client sees them.
    #[track_caller]
    pub fn lights(&self, client: &Client) -> BTreeMap<String, LightOf> {
        let lights = client.get(&format!("{}/lights", self.response)).expect(200);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        lights.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|light| {
                (
                    text(&light["name"]).unwrap()[..2].to_owned(),
                    (text(&light["colour"]).unwrap(), text(&light["reason"])),
                )
            })
            .collect()
    }
}

/// Work that can be published as it stands: a day a week, from June to November 2027.
pub fn work(host: &Organisation) -> Value {
    json!({"organisationId": host.id, "kind": "PROJECT", "title": "Een plan voor het stadsbos",
        "description": "De stad wil een bos en heeft nog geen plan.",
        "intendedResult": "Een plan waarover de raad kan besluiten", "planning": "Juni: gesprekken. November: raad.",
        "minutesPerWeek": 480, "startDate": "2027-06-01", "endDate": "2027-11-30", "scaleLevel": "LOCAL",
        "remote": "HYBRID", "chargeBasis": "BARE_WAGE"})
}

/// Lays down a mobility policy that holds since January 2027; what is not said is as the platform's default. Gives its
/// id.
#[track_caller]
pub fn lay_down(organisation: &Organisation, terms: &Value) -> String {
    let mut draft =
        json!({"validFromDate": "2027-01-01", "summary": "Iedereen mag twee dagen per week elders werken."});
    for (name, value) in terms.as_object().unwrap() {
        draft[name] = value.clone();
    }
    let path = format!("/organisations/{}/mobility-policies", organisation.id);
    organisation.administrator.client.post(&path, &draft).expect(201).id()
}
