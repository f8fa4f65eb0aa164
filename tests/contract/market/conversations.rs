//! Conversations: two people meet, and each says whether there was a click.

use chrono::TimeDelta;
use contract_tests::{Dossier, on_both};
use serde_json::{Value, json};

on_both! {
    fn two_people_meet_and_both_say_that_it_clicks(service) {
        let dossier = Dossier::at(service, "IN_CONVERSATION");
        let path = format!("{}/conversations", dossier.response);
        let planned = dossier.owner.client.post(&path, &json!({"plannedAt": "2027-03-08T13:00:00Z"})).expect(201);
        let talk = planned.headers["location"].clone();
        assert_eq!(dossier.employee.client.get(&talk).expect(200).text_at("/state"), "PLANNED");
        dossier.owner.client.transition(&talk, "completions", &Value::Null).refused(409, "conversation_still_to_come");
        dossier.owner.client.transition(&talk, "clicks", &json!({"click": "YES"})).refused(409, "transition_not_listed");
        let moved = json!({"plannedAt": "2027-03-02T13:00:00Z", "place": "Markt 145, Uden"});
        let moved = dossier.employee.client.patch(&talk, &moved).expect(200);
        assert_eq!((moved.text_at("/plannedAt"), moved.text_at("/place")), ("2027-03-02T13:00:00Z", "Markt 145, Uden"));
        dossier.employee.client.patch(&talk, &json!({"plannedAt": "2027-02-01T13:00:00Z"})).names(&["plannedAt"]);
        service.clock.advance(TimeDelta::days(2));
        let held = dossier.employee.client.transition(&talk, "completions", &Value::Null).expect(200);
        assert_eq!(held.text_at("/state"), "HELD");
        dossier.employee.client.patch(&talk, &json!({"place": "Elders"})).refused(409, "transition_not_listed");
        dossier.employee.client.transition(&talk, "cancellations", &Value::Null).refused(409, "transition_not_listed");
        dossier.employee.client.transition(&talk, "completions", &Value::Null).refused(409, "transition_not_listed");
        dossier.employee.client.transition(&talk, "clicks", &json!({"click": "YES"})).expect(200);
        assert_eq!(dossier.owner.client.get(&talk).expect(200).body["click"], Value::Null, "each says it for themselves");
        let light = dossier.lights(&dossier.owner.client)["S5"].clone();
        assert_eq!(light, ("AMBER".to_owned(), Some("CLICK_NOT_SAID".to_owned())));
        dossier.owner.client.transition(&talk, "clicks", &json!({"click": "YES"})).expect(200);
        assert_eq!(dossier.lights(&dossier.owner.client)["S5"].0, "GREEN");
        assert_eq!(dossier.owner.client.get(&path).expect(200).ids(), [planned.id()]);
    }

    fn a_note_is_read_by_its_own_side_alone(service) {
        let dossier = Dossier::at(service, "IN_CONVERSATION");
        let path = format!("{}/conversations", dossier.response);
        let talk = dossier.employee.client.post(&path, &json!({"plannedAt": "2027-03-08T13:00:00Z"})).expect(201);
        let talk = talk.headers["location"].clone();
        let write = |client: &contract_tests::Client, note: Value| {
            client.at_present(&talk).send("PUT", &format!("{talk}/note"), Some(&json!({"note": note})))
        };
        write(&dossier.owner.client, json!("Vragen naar de planning.")).expect(200);
        write(&dossier.employee.client, json!("Wat is het budget?")).expect(200);
        assert_eq!(dossier.owner.client.get(&talk).expect(200).text_at("/note"), "Vragen naar de planning.");
        let seen = dossier.employee.client.get(&path).expect(200);
        assert_eq!(seen.text_at("/items/0/note"), "Wat is het budget?");
        assert!(!seen.text.contains("planning"));
        assert_eq!(write(&dossier.owner.client, Value::Null).expect(200).body["note"], Value::Null);
        dossier.employee.client.transition(&talk, "cancellations", &Value::Null).expect(200);
        write(&dossier.owner.client, json!("Jammer.")).refused(409, "transition_not_listed");
    }

    fn a_conversation_is_planned_only_when_the_client_has_invited(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        let path = format!("{}/conversations", dossier.response);
        dossier.employee.client.post(&path, &json!({"plannedAt": "2027-03-08T13:00:00Z"})).refused(409, "response_not_ready");
        dossier.employee.client.post(&path, &json!({"plannedAt": "morgen"})).names(&["plannedAt"]);
        dossier.manager.client.get(&path).refused(404, "not_found");
    }
}
