//! A placement to tell a story in: what comes of a dossier once home and host have arranged it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{Answer, Client, Dossier, Employee, Scope, Service};

/// A dossier with an accepted offer, and what was arranged for it so far.
pub struct Placed<'s> {
    /// The dossier: from 1 June to 30 November 2027, a day a week.
    pub dossier: Dossier<'s>,
    /// Who handles money for the home organisation.
    pub finance: Employee,
    /// Who handles money for the host organisation.
    pub host_finance: Employee,
    /// The path of the arrangement; empty while there is none.
    pub arrangement: String,
    /// The path of the placement; empty while there is none.
    pub placement: String,
    /// The path of the agreement; empty while there is none.
    pub agreement: String,
    service: &'s Service,
}

/// Terms of an arrangement of two days a week that the platform's default policy allows, from March 2027 on.
pub fn terms() -> Value {
    json!({"variant": "ZPP", "startDate": "2027-03-01", "exemptedMinutesPerWeek": 864,
        "acquisitionPlan": "Elke maand twee gesprekken met mogelijke opdrachtgevers.",
        "returnGuarantee": {"destination": "INTERNAL_ASSIGNMENTS", "noticeWeeks": 4, "termWeeks": 13}})
}

/// An agreement with everything chosen that has to be chosen: untaxed by the approval for labour mobility.
pub fn agreement() -> Value {
    json!({"homeRepresentative": {"name": "Karel van Beek", "function": "teammanager"},
        "hostRepresentative": {"name": "Olga Opdracht", "function": "programmamanager"},
        "vat": {"category": "EXEMPT", "legalBasis": "Besluit van 7 juni 2024, nr. 2024-13855, onderdeel 9.1",
            "evidence": "Mobiliteitskader, artikel 3"},
        "procurement": {"basis": "PUBLIC_COOPERATION", "evidence": "Convenant As-50, artikel 2"},
        "references": {"buyerReference": "RUIMTE-2027"}})
}

impl<'s> Placed<'s> {
    /// An accepted offer for which every light is green that the dossier itself gives, and nothing is arranged yet.
    #[track_caller]
    pub fn accepted(service: &'s Service) -> Self {
        Self::of(service, Dossier::open(service))
    }

    /// The same for this dossier, which nobody has responded to yet.
    #[track_caller]
    pub fn of(service: &'s Service, dossier: Dossier<'s>) -> Self {
        Self::offered(service, dossier, &json!({}))
    }

    /// The same, with an offer that differs so from the klus.
    #[track_caller]
    pub fn offered(service: &'s Service, dossier: Dossier<'s>, terms: &Value) -> Self {
        let mut dossier = dossier;
        dossier.fit_for_invoices();
        dossier.reach("IN_CONVERSATION");
        let (world, home, host) = (&dossier.world, &dossier.home, &dossier.host);
        let finance = world.employee(home, "Frits Geld");
        world.give(&finance, "FINANCE", Scope::Organisation(home));
        let host_finance = world.employee(host, "Hanna Kas");
        world.give(&host_finance, "FINANCE", Scope::Organisation(host));
        let sanne = &dossier.employee.client;
        let policy = sanne.get(&dossier.response).expect(200).body["policyId"].clone();
        let aware = json!({"light": "S2_AWARE", "colour": "GREEN", "policyId": policy});
        sanne.post(&format!("{}/signals", dossier.response), &aware).expect(200);
        dossier.say(sanne, "G4_INTEGRITY", "GREEN").expect(200);
        dossier.say(&dossier.owner.client, "S3_FIT", "GREEN").expect(200);
        if dossier.home.id != dossier.host.id {
            let consent = dossier.ask_consent();
            dossier.manager.client.transition(&consent, "grants", &json!({})).expect(200);
        }
        dossier.meet("YES", "YES");
        let offer = dossier.offer_of(terms);
        sanne.transition(&offer, "acceptances", &Value::Null).expect(200);
        let nothing = String::new;
        Self {
            dossier,
            finance,
            host_finance,
            arrangement: nothing(),
            placement: nothing(),
            agreement: nothing(),
            service,
        }
    }

    /// A confirmed placement: arranged, agreed upon by three parties, with a cost rate of 50 euros an hour.
    #[track_caller]
    pub fn confirmed(service: &'s Service) -> Self {
        let mut placed = Self::accepted(service);
        placed.arrange();
        placed.confirm().expect(200);
        placed
    }

    /// A placement that runs: it is the morning of 1 June 2027, its first day.
    #[track_caller]
    pub fn running(service: &'s Service) -> Self {
        let placed = Self::confirmed(service);
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        placed
    }

    /// Arranges everything that the four gates ask for.
    #[track_caller]
    pub fn arrange(&mut self) {
        self.arrange_as(&terms(), &agreement());
    }

    /// The same with another arrangement and another agreement.
    #[track_caller]
    pub fn arrange_as(&mut self, terms: &Value, agreement: &Value) {
        self.arrangement = self.agree_on(terms);
        self.plan().expect(201);
        self.lay_down_rate("2027-01-01", 3500);
        self.agreement = self.draft_agreement(agreement);
        self.propose_agreement();
        self.sign_all();
    }

    /// An arrangement of these terms that both have signed; gives its path.
    #[track_caller]
    pub fn agree_on(&self, terms: &Value) -> String {
        let draft = json!({"employmentId": self.dossier.employee.employment_id, "terms": terms});
        let (sanne, karel) = (&self.dossier.employee.client, &self.dossier.manager.client);
        let arrangement = format!("/arrangements/{}", sanne.post("/arrangements", &draft).expect(201).id());
        sanne.transition(&arrangement, "proposals", &Value::Null).expect(200);
        karel.transition(&arrangement, "signatures", &Value::Null).expect(200);
        arrangement
    }

    /// The employee plans the placement on the arrangement.
    pub fn plan(&mut self) -> Answer {
        let id = self.arrangement.rsplit('/').next().unwrap();
        let path = format!("{}/placements", self.dossier.response);
        let answer = self.dossier.employee.client.post(&path, &json!({"arrangementId": id}));
        if answer.status == 201 {
            self.placement = format!("/placements/{}", answer.id());
        }
        answer
    }

    /// Lays down a cost rate: so much gross pay, and 15 euros of IKB and employer charges.
    #[track_caller]
    pub fn lay_down_rate(&self, from: &str, gross: i64) -> Value {
        let draft = json!({"validFromDate": from, "grossPayCents": gross, "choiceBudgetCents": 600, "employerChargesCents": 900});
        let path = format!("/employments/{}/cost-rates", self.dossier.employee.employment_id);
        self.finance.client.post(&path, &draft).expect(201).body
    }

    /// The client drafts an agreement; gives its path.
    #[track_caller]
    pub fn draft_agreement(&self, draft: &Value) -> String {
        let path = format!("{}/secondment-agreements", self.placement);
        format!("/secondment-agreements/{}", self.dossier.owner.client.post(&path, draft).expect(201).id())
    }

    /// The client lays the agreement before the parties.
    #[track_caller]
    pub fn propose_agreement(&self) {
        self.dossier.owner.client.transition(&self.agreement, "proposals", &Value::Null).expect(200);
    }

    /// All three parties sign the agreement.
    #[track_caller]
    pub fn sign_all(&self) {
        let Dossier { employee, manager, owner, .. } = &self.dossier;
        for client in [&employee.client, &manager.client, &owner.client] {
            self.sign(client).expect(200);
        }
    }

    /// Signs what this client is shown of the agreement as a page.
    pub fn sign(&self, client: &Client) -> Answer {
        let seen = client.get(&self.agreement);
        let signature =
            json!({"documentHash": seen.body["documentHash"], "shownAs": "HTML", "shownHash": seen.body["htmlHash"]});
        client.transition(&self.agreement, "signatures", &signature)
    }

    /// The client confirms the response, and with it the placement.
    pub fn confirm(&self) -> Answer {
        self.dossier.by_owner("confirmations", &Value::Null)
    }

    /// The state of the placement, as the employee sees it.
    #[track_caller]
    pub fn state(&self) -> String {
        self.dossier.employee.client.get(&self.placement).expect(200).text_at("/state").to_owned()
    }

    /// Moves the clock to this moment and lets it do what is due.
    pub fn at(&self, moment: &str) {
        let moment: DateTime<Utc> = moment.parse().unwrap();
        self.service.clock.set(moment);
        self.service.tick();
    }

    /// The employee writes and submits hours: pairs of a day and minutes.
    pub fn write(&self, week: &str, days: &[(&str, i64)]) -> Answer {
        let lines: Vec<Value> = days.iter().map(|(date, minutes)| json!({"date": date, "minutes": minutes})).collect();
        let draft = json!({"week": week, "lines": lines, "submit": true});
        self.dossier.employee.client.post(&format!("{}/timesheets", self.placement), &draft)
    }

    /// Hours that were written and approved; gives the path of the timesheet.
    #[track_caller]
    pub fn worked(&self, week: &str, days: &[(&str, i64)]) -> String {
        let timesheet = format!("/timesheets/{}", self.write(week, days).expect(201).id());
        self.dossier.owner.client.transition(&timesheet, "approvals", &Value::Null).expect(200);
        timesheet
    }

    /// Finance of the home organisation charges a month, and issues what comes of it or leaves it a draft.
    pub fn run(&self, month: &str, issue: bool) -> Answer {
        let path = format!("/organisations/{}/charge-runs", self.dossier.home.id);
        self.finance.client.post(&path, &json!({"month": month, "issue": issue}))
    }

    /// Finance of the home organisation charges a month and leaves a draft of the one placement; gives its path.
    #[track_caller]
    pub fn draft_charge(&self, month: &str) -> String {
        let run = self.run(month, false).expect(200);
        assert_eq!(run.body["left"], json!([]), "{}", run.text);
        assert_eq!(run.body["statementIds"].as_array().map(Vec::len), Some(1), "{}", run.text);
        format!("/charge-statements/{}", run.text_at("/statementIds/0"))
    }

    /// The employee says what days really were, and the client approves it; gives the path of the correction.
    #[track_caller]
    pub fn corrected(&self, timesheet: &str, days: &[(&str, i64)]) -> String {
        let lines: Vec<Value> = days.iter().map(|(date, minutes)| json!({"date": date, "minutes": minutes})).collect();
        let sanne = &self.dossier.employee.client;
        let correction = sanne.post(&format!("{timesheet}/corrections"), &json!({"lines": lines})).expect(201);
        let correction = format!("/timesheets/{}", correction.id());
        self.dossier.owner.client.transition(&correction, "approvals", &Value::Null).expect(200);
        correction
    }

    /// Finance of the home organisation charges a month and issues what comes of it; gives the paths of the statements.
    #[track_caller]
    pub fn charge(&self, month: &str) -> Vec<String> {
        let run = self.run(month, true).expect(200);
        assert_eq!(run.body["left"], json!([]), "{}", run.text);
        let ids = run.body["statementIds"].as_array().unwrap().iter();
        ids.map(|id| format!("/charge-statements/{}", id.as_str().unwrap())).collect()
    }
}
