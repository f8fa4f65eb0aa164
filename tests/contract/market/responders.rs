//! What a client sees of who responds, and for how long.

use contract_tests::{Dossier, on_both};
use serde_json::{Value, json};

fn fill(dossier: &Dossier<'_>) {
    let patch = json!({"headline": "Jurist die over de grens kijkt", "educationLevel": "HBO"});
    dossier.employee.client.patch("/profile", &patch).expect(200);
    let skill = json!({"freeText": "Gespreksleiding", "level": "ADVANCED"});
    dossier.employee.client.post("/profile/skills", &skill).expect(201);
}

on_both! {
    fn who_responds_shows_their_profile_to_the_client_for_as_long_as_the_dossier_lives(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let path = format!("{}/profile", dossier.response);
        dossier.owner.client.get(&path).refused(404, "not_found");
        fill(&dossier);
        let seen = dossier.owner.client.get(&path).expect(200);
        assert_eq!((seen.text_at("/basis"), seen.text_at("/headline")), ("RESPONSE", "Jurist die over de grens kijkt"));
        let log = dossier.employee.client.get("/profile/views").expect(200);
        assert_eq!((log.text_at("/items/0/viewerName"), log.text_at("/items/0/basis")), ("Olga Opdracht", "RESPONSE"));
        dossier.manager.client.get(&path).refused(404, "not_found");
        dossier.employee.client.put("/profile/visibility", &json!({"level": "V1"})).expect(200);
        dossier.owner.client.get(&path).refused(404, "not_found");
        dossier.employee.client.put("/profile/visibility", &json!({"level": "V2"})).expect(200);
        dossier.owner.client.get(&path).expect(200);
        dossier.by_employee("withdrawals", &json!({})).expect(200);
        dossier.owner.client.get(&path).refused(404, "not_found");
    }

    fn requirements_are_laid_beside_what_is_shown_to_the_client(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let asked = json!({"educationLevels": ["HBO"], "requiredSkills": [{"label": "Gespreksleiding"}]});
        dossier.owner.client.patch(&dossier.assignment, &asked).expect(200);
        fill(&dossier);
        dossier.say(&dossier.owner.client, "S3_FIT", "GREEN").expect(200);
        let report = || dossier.owner.client.get(&format!("{}/requirements", dossier.response)).expect(200);
        assert_eq!((report().text_at("/education"), report().text_at("/skills/0/fulfilment")), ("MET", "MET"));
        assert_eq!(dossier.lights(&dossier.owner.client)["S3"].1.as_deref(), Some("FIT_MARKED"));
        dossier.employee.client.patch("/profile", &json!({"educationLevel": "MBO"})).expect(200);
        assert_eq!(dossier.lights(&dossier.owner.client)["S3"].1.as_deref(), Some("REQUIREMENTS_NOT_MET"));
        dossier.employee.client.put("/profile/visibility", &json!({"level": "V0"})).expect(200);
        assert_eq!(report().text_at("/education"), "NOT_STATED", "what is not shown is not reported");
        let all = dossier.owner.client.get(&format!("{}/lights", dossier.response)).expect(200);
        assert_eq!(all.body["items"][2]["waitsFor"], json!(["EMPLOYEE"]));
        assert_ne!(all.body, Value::Null);
    }
}
