//! Invariant 10: a manager learns nothing of what a team member does in the market before consent is asked.

use contract_tests::unchanged::{Snapshot, UNKNOWN};
use contract_tests::{Dossier, Employee, on_both};
use serde_json::{Value, json};

/// The things of a dossier, as far as they are there; what is not there yet has an id of nothing.
struct Known {
    response: String,
    conversation: String,
    offer: String,
    search: String,
}

impl Known {
    fn nothing() -> Self {
        let nothing = || UNKNOWN.to_owned();
        Self { response: nothing(), conversation: nothing(), offer: nothing(), search: nothing() }
    }

    /// What this person is answered by everything there is to read.
    fn read_by(&self, dossier: &Dossier<'_>, who: &Employee) -> Snapshot {
        let assignment = dossier.assignment.trim_start_matches("/assignments/");
        Snapshot::of(
            &who.client,
            &[
                ("employee", &dossier.employee.id),
                ("assignment", assignment),
                ("response", &self.response),
                ("conversation", &self.conversation),
                ("offer", &self.offer),
                ("search", &self.search),
            ],
        )
    }
}

on_both! {
    /// shows: F06
    fn a_manager_reads_the_same_before_and_after_a_team_member_responds_talks_and_gets_an_offer(service) {
        let mut dossier = Dossier::open(service);
        let mut known = Known::nothing();
        let watchers = [dossier.manager.clone(), dossier.home.administrator.clone()];
        // What was told before is told.
        service.tick();
        let before = watchers.clone().map(|who| known.read_by(&dossier, &who));
        let compare = |dossier: &Dossier<'_>, known: &Known| {
            for (who, before) in watchers.iter().zip(&before) {
                before.assert_same(&known.read_by(dossier, who));
            }
        };
        let search = json!({"name": "Weg hier", "criteria": {}, "frequency": "IMMEDIATE"});
        known.search = dossier.employee.client.post("/saved-searches", &search).expect(201).id();
        compare(&dossier, &known);
        dossier.reach("DRAFT");
        known.response = dossier.response.trim_start_matches("/responses/").to_owned();
        compare(&dossier, &known);
        dossier.by_employee("submissions", &json!({})).expect(200);
        dossier.by_owner("considerations", &Value::Null).expect(200);
        dossier.by_owner("talk-invitations", &Value::Null).expect(200);
        dossier.meet("YES", "YES");
        let declared = json!({"light": "G4_INTEGRITY", "colour": "AMBER", "reason": "Mijn zwager werkt bij de aannemer."});
        dossier.employee.client.post(&format!("{}/signals", dossier.response), &declared).expect(200);
        let talks = dossier.employee.client.get(&format!("{}/conversations", dossier.response)).expect(200);
        known.conversation = talks.ids()[0].clone();
        known.offer = dossier.offer().trim_start_matches("/offers/").to_owned();
        service.tick();
        compare(&dossier, &known);

        dossier.ask_consent();
        let asked = dossier.manager.client.get("/consent-requests").expect(200);
        assert_eq!(asked.ids().len(), 1, "from here on the manager knows what is asked");
        dossier.manager.client.get(&dossier.response).refused(404, "not_found");
    }

    fn what_a_manager_tries_on_a_response_is_answered_as_if_it_were_not_there(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let client = dossier.manager.client.with("If-Match", "*");
        for (method, below, body) in [
            ("POST", "/submissions", Some(json!({}))),
            ("POST", "/withdrawals", Some(json!({}))),
            ("POST", "/considerations", None),
            ("POST", "/talk-invitations", None),
            ("POST", "/rejections", Some(json!({"reason": "NO_CLICK"}))),
            ("POST", "/reopening-offers", None),
            ("POST", "/reopening-acceptances", None),
            ("POST", "/confirmations", None),
            ("POST", "/consent-requests", Some(json!({}))),
            ("POST", "/conversations", Some(json!({"plannedAt": "2027-03-08T13:00:00Z"}))),
            ("POST", "/offers", Some(json!({"validUntil": "2027-03-15T17:00:00Z"}))),
            ("POST", "/signals", Some(json!({"light": "G4_INTEGRITY", "colour": "GREEN", "reason": "Geen bezwaar."}))),
            ("PUT", "/adviser", Some(json!({"adviserId": null}))),
            ("PATCH", "", Some(json!({"motivation": "Anders."}))),
        ] {
            let there = client.send(method, &format!("{}{below}", dossier.response), body.as_ref());
            let nowhere = client.send(method, &format!("/responses/{UNKNOWN}{below}"), body.as_ref());
            assert_eq!((there.status, &there.text), (404, &nowhere.text), "{method} {below}");
        }
    }
}
