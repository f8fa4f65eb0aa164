//! The work of the employee at the host: what the lines of the wing speak of.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use contract_tests::{Client as Speaker, agreement, terms, work};
use serde_json::{Value, json};

use super::scene::Scene;

/// Two months that are over.
pub(super) const OVER: (&str, &str) = ("2027-01-04", "2027-02-26");
/// Twelve weeks, this one among them.
pub(super) const RUNNING: (&str, &str) = ("2027-02-01", "2027-04-25");
/// Two months to come.
pub(super) const COMING: (&str, &str) = ("2027-06-01", "2027-07-31");
/// Years of work that is paid: a week for each timesheet.
const PAID: (&str, &str) = ("2021-01-04", "2025-12-28");

/// What was made once, and is kept until somebody succeeds with it.
#[derive(Default)]
pub(super) struct Placed {
    kept: RefCell<BTreeMap<String, String>>,
    weeks: Cell<u64>,
}

impl Placed {
    /// The thing of this name, made where there is none.
    pub(super) fn kept(&self, name: &str, make: impl FnOnce() -> String) -> String {
        let found = self.kept.borrow().get(name).cloned();
        found.unwrap_or_else(|| {
            let made = make();
            self.kept.borrow_mut().insert(name.to_owned(), made.clone());
            made
        })
    }

    /// Somebody succeeded with what this text names in braces: it is made anew for the next one.
    pub(super) fn changed(&self, text: &str) {
        self.kept.borrow_mut().retain(|name, _| !text.contains(&format!("{{{name}}}")));
    }

    /// The Monday of a week of paid work for which nothing is written.
    pub(super) fn monday(&self) -> NaiveDate {
        let weeks = self.weeks.replace(self.weeks.get() + 1);
        PAID.0.parse::<NaiveDate>().unwrap() + Days::new(7 * weeks)
    }
}

/// Takes a step that succeeds.
#[track_caller]
pub(super) fn act(who: &Speaker, path: &str, action: &str, body: &Value) {
    who.transition(path, action, body).expect(200);
}

/// An arrangement of the employee and the manager that both have signed, of so many minutes a week.
pub(super) fn agreed(scene: &Scene<'_>, minutes: i64, from: &str) -> String {
    let mut terms = terms();
    (terms["exemptedMinutesPerWeek"], terms["startDate"]) = (json!(minutes), json!(from));
    let draft = json!({"employmentId": scene.employee.employment_id, "terms": terms});
    let id = scene.employee.client.post("/arrangements", &draft).expect(201).id();
    act(&scene.employee.client, &format!("/arrangements/{id}"), "proposals", &Value::Null);
    act(&scene.manager.client, &format!("/arrangements/{id}"), "signatures", &Value::Null);
    id
}

/// The arrangement on which all placements of the scene stand.
pub(super) fn series(scene: &Scene<'_>) -> String {
    scene.placed().kept("the arrangement", || agreed(scene, 800, "2020-01-06"))
}

/// A response of the employee whose offer was accepted, every light green that the dossier itself gives.
pub(super) fn accepted(scene: &Scene<'_>, (start, end): (&str, &str), terms: &Value) -> String {
    let (employee, client) = (&scene.employee.client, &scene.client.client);
    let mut draft = work(&scene.host);
    draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "ALL_GOVERNMENT"}]});
    let klus = client.post("/assignments", &draft).expect(201).id();
    let answer = json!({"motivation": "Graag.", "learningGoal": "Werken met een raad", "submit": true});
    let id = employee.post(&format!("/assignments/{klus}/responses"), &answer).expect(201).id();
    let response = format!("/responses/{id}");
    act(client, &response, "considerations", &Value::Null);
    act(client, &response, "talk-invitations", &Value::Null);
    for (who, light) in [(employee, "S2_AWARE"), (employee, "G4_INTEGRITY"), (client, "S3_FIT")] {
        who.post(&format!("{response}/signals"), &json!({"light": light, "colour": "GREEN"})).expect(200);
    }
    let consent = employee.post(&format!("{response}/consent-requests"), &json!({})).expect(201).id();
    act(&scene.manager.client, &format!("/consent-requests/{consent}"), "grants", &json!({}));
    let talk = json!({"plannedAt": "2027-03-01T08:00:00Z"});
    let talk =
        format!("/conversations/{}", employee.post(&format!("{response}/conversations"), &talk).expect(201).id());
    act(client, &talk, "completions", &Value::Null);
    for who in [employee, client] {
        act(who, &talk, "clicks", &json!({"click": "YES"}));
    }
    let mut offer = json!({"validUntil": "2027-03-15T17:00:00Z", "startDate": start, "endDate": end});
    for (name, value) in terms.as_object().unwrap() {
        offer[name] = value.clone();
    }
    let offer = client.post(&format!("{response}/offers"), &offer).expect(201).id();
    act(employee, &format!("/offers/{offer}"), "acceptances", &Value::Null);
    id
}

/// A response to unpaid work of a few hours, which needs no agreement.
pub(super) fn unpaid(scene: &Scene<'_>, period: (&str, &str)) -> String {
    accepted(scene, period, &json!({"chargeBasis": "NONE", "totalMinutes": 120}))
}

/// The placement of a response, planned.
pub(super) fn planned(scene: &Scene<'_>, response: &str) -> String {
    let draft = json!({"arrangementId": series(scene)});
    scene.employee.client.post(&format!("/responses/{response}/placements"), &draft).expect(201).id()
}

/// A placement of unpaid work that was confirmed; the calendar says how far it is.
pub(super) fn confirmed(scene: &Scene<'_>, period: (&str, &str)) -> String {
    let response = unpaid(scene, period);
    let placement = planned(scene, &response);
    act(&scene.client.client, &format!("/responses/{response}"), "confirmations", &Value::Null);
    placement
}

/// The client drafts an agreement for a placement that is planned.
pub(super) fn drafted(scene: &Scene<'_>, placement: &str) -> String {
    let path = format!("/placements/{placement}/secondment-agreements");
    scene.client.client.post(&path, &agreement()).expect(201).id()
}

/// What somebody sends to sign what they are shown of an agreement as a page.
pub(super) fn signature(scene: &Scene<'_>, agreement: &str) -> Value {
    let seen = scene.client.client.get(&format!("/secondment-agreements/{agreement}")).expect(200).body;
    json!({"documentHash": seen["documentHash"], "shownAs": "HTML", "shownHash": seen["htmlHash"]})
}

/// Work that was paid for, day after day: its placement.
pub(super) fn paid(scene: &Scene<'_>) -> String {
    scene.placed().kept("the paid placement", || {
        scene.world.fit_for_invoices(&scene.home, &scene.host);
        let rate = json!({"validFromDate": "2020-01-01", "grossPayCents": 5000});
        let path = format!("/employments/{}/cost-rates", scene.employee.employment_id);
        scene.finance.client.post(&path, &rate).expect(201);
        let response = accepted(scene, PAID, &json!({"minutesPerWeek": 480}));
        let placement = planned(scene, &response);
        let agreement = drafted(scene, &placement);
        let path = format!("/secondment-agreements/{agreement}");
        act(&scene.client.client, &path, "proposals", &Value::Null);
        for who in [&scene.employee, &scene.manager, &scene.client] {
            act(&who.client, &path, "signatures", &signature(scene, &agreement));
        }
        act(&scene.client.client, &format!("/responses/{response}"), "confirmations", &Value::Null);
        placement
    })
}

/// The agreement of the work that was paid for.
pub(super) fn concluded(scene: &Scene<'_>) -> String {
    let path = format!("/placements/{}/secondment-agreements", paid(scene));
    scene.client.client.get(&path).expect(200).ids().remove(0)
}
