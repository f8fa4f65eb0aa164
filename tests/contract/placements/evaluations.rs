//! Evaluations: what a placement brought, seen by each of the three parties.

use contract_tests::{Placed, Service, on_both};
use serde_json::{Value, json};

/// A placement of which the work is over.
fn over(service: &Service) -> (Placed<'_>, String) {
    let placed = Placed::running(service);
    placed.at("2027-12-01T08:00:00Z");
    let path = format!("{}/evaluations", placed.placement);
    (placed, path)
}

on_both! {
    fn a_placement_is_evaluated_when_the_work_is_over(service) {
        let placed = Placed::running(service);
        let path = format!("{}/evaluations", placed.placement);
        let dossier = &placed.dossier;
        for party in [&dossier.employee, &dossier.manager, &dossier.owner] {
            party.client.post(&path, &json!({"result": "FULLY"})).refused(409, "placement_not_ready");
        }
        assert_eq!(dossier.employee.client.get(&path).expect(200).body["items"], json!([]));
    }

    /// shows: Z37
    fn the_employee_says_what_comes_back_to_the_home_organisation(service) {
        let (placed, path) = over(service);
        let brought = "Een aanpak voor gesprekken met bewoners.";
        let draft = json!({"result": "PARTLY", "learned": "Werken met een raad.", "broughtBack": brought});
        let given = placed.dossier.employee.client.post(&path, &draft).expect(201);
        assert_eq!((given.text_at("/party"), given.text_at("/byId")), ("EMPLOYEE", placed.dossier.employee.id.as_str()));
        let seen = placed.dossier.manager.client.get(&path).expect(200);
        assert_eq!(seen.text_at("/items/0/broughtBack"), brought, "the manager at home reads it");
    }

    /// shows: W12
    fn the_manager_says_what_it_did_to_the_department(service) {
        let (placed, path) = over(service);
        let draft = json!({"result": "FULLY", "effectOnDepartment": "Collega's namen de balie over.", "backfillNeeded": true});
        let given = placed.dossier.manager.client.post(&path, &draft).expect(201);
        assert_eq!((given.text_at("/party"), &given.body["backfillNeeded"]), ("HOME", &json!(true)));
        let seen = placed.dossier.owner.client.get(&path).expect(200);
        assert_eq!(seen.text_at("/items/0/effectOnDepartment"), "Collega's namen de balie over.");
    }

    fn each_party_gives_one_evaluation_and_it_stays(service) {
        let (placed, path) = over(service);
        let dossier = &placed.dossier;
        let parties = [(&dossier.employee, "EMPLOYEE"), (&dossier.owner, "HOST"), (&dossier.manager, "HOME")];
        for (party, name) in parties {
            let given = party.client.post(&path, &json!({"result": "FULLY"})).expect(201);
            assert_eq!(given.text_at("/party"), name);
            party.client.post(&path, &json!({"result": "NOT_REACHED"})).refused(409, "evaluation_exists");
        }
        let seen = dossier.employee.client.get(&path).expect(200);
        assert_eq!(seen.ids().len(), 3);
        for reader in [&dossier.owner, &dossier.manager, &dossier.home.administrator, &dossier.host.administrator] {
            assert_eq!(reader.client.get(&path).expect(200).body, seen.body);
        }
    }

    fn nobody_but_the_parties_evaluates_and_finance_does_not_read_it(service) {
        let (placed, path) = over(service);
        let dossier = &placed.dossier;
        dossier.employee.client.post(&path, &json!({"result": "FULLY", "learned": "Geduld."})).expect(201);
        for other in [&placed.finance, &placed.host_finance, &dossier.home.administrator, &dossier.host.administrator] {
            other.client.post(&path, &json!({"result": "FULLY"})).refused(403, "not_allowed");
        }
        for finance in [&placed.finance, &placed.host_finance] {
            finance.client.get(&path).refused(403, "not_allowed");
        }
        let stranger = dossier.world.employee(&dossier.home, "Sjaak Buiten");
        stranger.client.post(&path, &json!({"result": "FULLY"})).refused(404, "not_found");
        stranger.client.get(&path).refused(404, "not_found");
    }

    fn faults_of_an_evaluation_are_named_and_nothing_is_kept(service) {
        let (placed, path) = over(service);
        let post = |draft: Value| placed.dossier.employee.client.post(&path, &draft);
        post(json!({"learned": "", "backfillNeeded": "nee"})).names(&["result", "learned", "backfillNeeded"]);
        post(json!({"result": "GREAT", "score": 5})).names(&["result", "score"]);
        assert_eq!(placed.dossier.employee.client.get(&path).expect(200).body["items"], json!([]));
    }
}
