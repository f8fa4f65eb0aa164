//! Invariant 10: what an employee prepares is nobody else's to learn of before they say so.

use contract_tests::unchanged::{Snapshot, UNKNOWN};
use contract_tests::{Dossier, Employee, Placed, Scope, on_both, terms};
use serde_json::{Value, json};

use super::scene::{Team, act, location, terms_with};

/// What somebody is answered by everything there is to read, with these things known by name.
fn read(team: &Team<'_>, who: &Employee, arrangement: &str) -> Snapshot {
    let known = [("employee", team.sanne.id.as_str()), ("arrangement", arrangement)];
    Snapshot::of(&who.client, &known)
}

on_both! {
    /// shows: U14
    fn a_manager_and_who_administers_read_the_same_before_and_after_an_arrangement_is_drafted(service) {
        let team = Team::new(service);
        let others = [("MOBILITY_ADVISER", "Ada Viseur"), ("FINANCE", "Frits Geld")].map(|(role, name)| {
            let employee = team.world.employee(&team.oss, name);
            team.world.give(&employee, role, Scope::Organisation(&team.oss));
            employee
        });
        let watchers = [team.karel.clone(), team.oss.administrator.clone(), others[0].clone(), others[1].clone()];
        // What was told before is told.
        service.tick();
        let before = watchers.clone().map(|who| read(&team, &who, UNKNOWN));
        let path = location(&team.draft(&team.sanne, &json!({})));
        team.sanne.client.put(&path, &terms_with(&json!({"exemptedMinutesPerWeek": 432}))).expect(200);
        service.tick();
        for (who, before) in watchers.iter().zip(&before) {
            before.assert_same(&read(&team, who, &path[14..]));
        }
        for (method, below, body) in [
            ("POST", "/proposals", None),
            ("POST", "/signatures", None),
            ("POST", "/refusals", Some(json!({"reason": "Geen tijd."}))),
            ("POST", "/withdrawals", None),
            ("POST", "/pauses", None),
            ("POST", "/resumptions", None),
            ("POST", "/endings", Some(json!({"reason": "Geen tijd."}))),
            ("POST", "/versions", Some(terms())),
            ("PUT", "", Some(terms())),
        ] {
            let client = team.karel.client.with("If-Match", "*");
            let there = client.send(method, &format!("{path}{below}"), body.as_ref());
            let nowhere = client.send(method, &format!("/arrangements/{UNKNOWN}{below}"), body.as_ref());
            assert_eq!((there.status, &there.text), (404, &nowhere.text), "{method} {below}");
        }
        act(&team.sanne, &path, "proposals").expect(200);
        team.karel.client.get(&path).expect(200);
    }

    /// Before consent is asked a placement is between the employee and the client, though both may have arranged much.
    fn a_manager_reads_the_same_before_and_after_a_placement_is_planned_without_consent(service) {
        let mut dossier = Dossier::open(service);
        dossier.reach("ACCEPTED");
        let Dossier { employee, manager, home, owner, response, .. } = &dossier;
        let draft = json!({"employmentId": employee.employment_id, "terms": terms()});
        let arrangement = format!("/arrangements/{}", employee.client.post("/arrangements", &draft).expect(201).id());
        act(employee, &arrangement, "proposals").expect(200);
        act(manager, &arrangement, "signatures").expect(200);
        service.tick();
        let watchers = [manager.clone(), home.administrator.clone()];
        let read = |who: &Employee, placement: &str, agreement: &str| {
            let known = [("arrangement", &arrangement[14..]), ("response", &response[11..]), ("placement", placement), ("agreement", agreement)];
            Snapshot::of(&who.client, &known)
        };
        let before = watchers.clone().map(|who| read(&who, UNKNOWN, UNKNOWN_TOO));
        let plan = json!({"arrangementId": &arrangement[14..]});
        let placement = employee.client.post(&format!("{response}/placements"), &plan).expect(201).id();
        let agreement = owner.client.post(&format!("/placements/{placement}/secondment-agreements"), &contract_tests::agreement()).expect(201).id();
        service.tick();
        for (who, before) in watchers.iter().zip(&before) {
            before.assert_same(&read(who, &placement, &agreement));
        }
        for (below, body) in [
            ("/cancellations", Some(json!({"reason": "NOT_RELEASED"}))),
            ("/notices", Some(json!({"reason": "NEEDED_AT_HOME", "lastDate": "2027-09-30"}))),
            ("/notice-withdrawals", None),
            ("/returns", Some(json!({"date": "2027-12-01"}))),
            ("/conversions", Some(json!({"date": "2027-12-01"}))),
            ("/secondment-agreements", Some(contract_tests::agreement())),
        ] {
            let client = manager.client.with("If-Match", "*");
            let there = client.send("POST", &format!("/placements/{placement}{below}"), body.as_ref());
            let nowhere = client.send("POST", &format!("/placements/{UNKNOWN}{below}"), body.as_ref());
            assert_eq!((there.status, &there.text), (404, &nowhere.text), "{below}");
        }
        let consent = dossier.ask_consent();
        manager.client.get(&format!("/placements/{placement}")).refused(404, "not_found");
        manager.client.transition(&consent, "grants", &json!({})).expect(200);
        assert_eq!(manager.client.get(&format!("/placements/{placement}")).expect(200).body["responseId"], Value::Null);
    }

    fn other_organisations_read_the_same_before_and_after_a_placement_is_confirmed(service) {
        // With a position left the klus stays open: that it is filled is for everybody who could respond.
        let mut placed = Placed::of(service, Dossier::open(service).another(&json!({"positions": 2})));
        let veghel = placed.dossier.world.organisation("Gemeente Veghel");
        let ina = placed.dossier.world.client_of(&veghel, "Ina Anders");
        let sanne = placed.dossier.employee.clone();
        let read = |placement: &str| Snapshot::of(&ina.client, &[("employee", sanne.id.as_str()), ("placement", placement)]);
        placed.arrange();
        // What was told before is told.
        service.tick();
        let before = read(UNKNOWN);
        placed.confirm().expect(200);
        service.tick();
        before.assert_same(&read(&placed.placement[12..]));
    }
}

/// Another id of nothing, so that two things do not share one.
const UNKNOWN_TOO: &str = "0fff5b7e-8a3c-7c4e-9a51-3d2f6b8e0c18";
