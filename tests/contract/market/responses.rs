//! Responses: only the employee answers, and everybody who answered gets an outcome.

use contract_tests::{Dossier, on_both};
use serde_json::{Value, json};

const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

on_both! {
    /// shows: U14
    /// shows: F02
    /// shows: F03
    /// shows: F06
    fn somebody_elsewhere_responds_in_one_call_and_the_client_has_it_at_once(service) {
        let mut dossier = Dossier::open(service);
        let path = format!("{}/responses", dossier.assignment);
        let draft = json!({"motivation": "Ik legde eerder een voedselbos aan.",
            "learningGoal": "Werken met een gemeenteraad", "submit": true});
        let created = dossier.employee.client.post(&path, &draft).expect(201);
        assert_eq!((created.text_at("/state"), created.text_at("/channel")), ("SUBMITTED", "OWN"));
        dossier.response = created.headers["location"].clone();
        let read = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!((&read.body, read.tag()), (&created.body, created.tag()));
        let seen = dossier.owner.client.get(&dossier.response).expect(200);
        assert_eq!(seen.text_at("/learningGoal"), "Werken met een gemeenteraad");
        assert_eq!(seen.text_at("/personName"), "Sanne de Vries");
        assert_eq!((seen.text_at("/homeOrganisationId"), &seen.body["employmentId"]), (dossier.home.id.as_str(), &Value::Null));
        assert_eq!(dossier.owner.client.get(&path).expect(200).ids(), dossier.employee.client.get("/responses").expect(200).ids());
        assert_eq!(dossier.manager.client.get("/consent-requests").expect(200).ids(), [String::new(); 0], "no manager was asked");
    }

    fn a_draft_is_the_employees_own_until_it_is_submitted(service) {
        let dossier = Dossier::at(service, "DRAFT");
        let unknown = dossier.owner.client.get(&format!("/responses/{UNKNOWN}")).refused(404, "not_found");
        let hidden = dossier.owner.client.get(&dossier.response).refused(404, "not_found");
        assert_eq!(hidden.text, unknown.text);
        let to_it = format!("{}/responses", dossier.assignment);
        assert!(dossier.owner.client.get(&to_it).expect(200).ids().is_empty());
        let patch = json!({"motivation": "Ik plantte eerder een bos.", "totalMinutes": 2880});
        let revised = dossier.employee.client.patch(&dossier.response, &patch).expect(200);
        assert_eq!((&revised.body["totalMinutes"], &revised.body["minutesPerWeek"]), (&json!(2880), &Value::Null));
        let revised = dossier.employee.client.patch(&dossier.response, &json!({"minutesPerWeek": 480, "learningGoal": null})).expect(200);
        assert_eq!((&revised.body["totalMinutes"], &revised.body["minutesPerWeek"]), (&Value::Null, &json!(480)));
        assert_eq!(revised.body["learningGoal"], Value::Null);
        dossier.by_employee("submissions", &json!({})).expect(200);
        assert_eq!(dossier.owner.client.get(&to_it).expect(200).ids().len(), 1);
        dossier.by_owner("considerations", &Value::Null).expect(200);
        let refused = dossier.employee.client.patch(&dossier.response, &json!({"motivation": "Toch iets anders."}));
        refused.refused(409, "transition_not_listed");
    }

    fn a_draft_that_was_withdrawn_stays_unknown_to_the_client(service) {
        let dossier = Dossier::at(service, "DRAFT");
        dossier.by_employee("withdrawals", &json!({})).expect(200);
        dossier.owner.client.get(&dossier.response).refused(404, "not_found");
        let to_it = dossier.owner.client.get(&format!("{}/responses", dossier.assignment)).expect(200);
        assert!(to_it.ids().is_empty());
    }

    fn all_faults_of_a_response_are_named_at_once(service) {
        let dossier = Dossier::open(service);
        let path = format!("{}/responses", dossier.assignment);
        let draft = json!({"motivation": 7, "minutesPerWeek": 59, "submit": "ja", "personId": dossier.employee.id});
        dossier.employee.client.post(&path, &draft).names(&["motivation", "minutesPerWeek", "submit", "personId"]);
        let draft = json!({"minutesPerWeek": 480, "totalMinutes": 480});
        dossier.employee.client.post(&path, &draft).names(&["totalMinutes"]);
        dossier.employee.client.post(&path, &json!({"submit": true})).names(&["motivation"]);
        let draft = json!({"motivation": "Graag.", "submit": true, "employmentId": UNKNOWN});
        dossier.employee.client.post(&path, &draft).names(&["employmentId"]);
    }

    /// shows: I03
    fn nobody_answers_for_somebody_else(service) {
        let dossier = Dossier::at(service, "DRAFT");
        let path = format!("{}/responses", dossier.assignment);
        let forced = json!({"motivation": "Doe dit maar.", "personId": dossier.employee.id, "submit": true});
        dossier.owner.client.post(&path, &forced).names(&["personId"]);
        dossier.owner.client.post(&path, &json!({"motivation": "Ik zelf."})).refused(403, "own_assignment");
        for other in [&dossier.owner, &dossier.manager, &dossier.home.administrator] {
            let client = other.client.with("If-Match", "*");
            client.post(&format!("{}/submissions", dossier.response), &json!({})).refused(404, "not_found");
        }
        dossier.by_employee("submissions", &json!({})).expect(200);
        let client = dossier.owner.client.with("If-Match", "*");
        client.post(&format!("{}/consent-requests", dossier.response), &json!({})).refused(403, "not_allowed");
        client.post(&format!("{}/withdrawals", dossier.response), &json!({})).refused(403, "not_allowed");
        client.send("PATCH", &dossier.response, Some(&json!({"motivation": "Anders."}))).refused(403, "not_allowed");
        client.send("PUT", &format!("{}/adviser", dossier.response), Some(&json!({"adviserId": null}))).refused(403, "not_allowed");
    }

    fn each_person_has_one_live_response(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let path = format!("{}/responses", dossier.assignment);
        let draft = json!({"motivation": "Nog een keer."});
        dossier.employee.client.post(&path, &draft).refused(409, "response_exists");
        dossier.by_employee("withdrawals", &json!({"note": "Ik ga op reis."})).expect(200);
        dossier.employee.client.post(&path, &draft).expect(201);
        let own = dossier.employee.client.get(&format!("/responses?assignmentId={}", &dossier.assignment[13..])).expect(200);
        assert_eq!(own.ids().len(), 2);
    }

    fn a_response_is_submitted_only_while_the_klus_is_open(service) {
        let dossier = Dossier::at(service, "DRAFT");
        dossier.owner.client.transition(&dossier.assignment, "closures", &Value::Null).expect(200);
        dossier.by_employee("submissions", &json!({})).refused(409, "assignment_not_open");
        let late = dossier.world.employee(&dossier.home, "Laura Laat");
        let path = format!("{}/responses", dossier.assignment);
        let answer = late.client.post(&path, &json!({"motivation": "Ik ook."}));
        assert!(matches!(answer.status, 404 | 409), "{}", answer.text);
    }

    /// shows: K01
    fn posting_responding_choosing_takes_few_steps_and_what_is_not_listed_is_refused_with_what_is(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let refused = dossier.by_owner("talk-invitations", &Value::Null).refused(409, "transition_not_listed");
        let legal: Vec<_> = refused.body["legalTransitions"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
        assert_eq!(legal, ["REVISE", "CONSIDER", "WITHDRAW", "NOT_SELECT", "REFUSE_CONSENT", "LAPSE"]);
        dossier.by_employee("considerations", &Value::Null).refused(403, "not_allowed");
        let considered = dossier.by_owner("considerations", &Value::Null).expect(200);
        assert_eq!(considered.text_at("/state"), "IN_REVIEW");
        let invited = dossier.by_owner("talk-invitations", &Value::Null).expect(200);
        assert_eq!(invited.text_at("/state"), "IN_CONVERSATION");
        dossier.by_owner("confirmations", &Value::Null).refused(409, "transition_not_listed");
        dossier.by_owner("reopening-offers", &Value::Null).refused(409, "transition_not_listed");
        dossier.by_employee("reopening-acceptances", &Value::Null).refused(409, "transition_not_listed");
        dossier.by_employee("submissions", &json!({})).refused(409, "transition_not_listed");
        dossier.by_owner("considerations", &Value::Null).refused(409, "transition_not_listed");
        dossier.by_employee("withdrawals", &json!({})).expect(200);
        dossier.by_employee("withdrawals", &json!({})).refused(409, "transition_not_listed");
        dossier.by_owner("rejections", &json!({"reason": "NO_CLICK"})).refused(409, "transition_not_listed");
    }

    fn who_was_not_selected_is_told_why_and_may_be_asked_again(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        dossier.by_owner("rejections", &json!({"reason": "OTHER"})).names(&["note"]);
        let rejected = dossier.by_owner("rejections", &json!({"reason": "ANOTHER_CHOSEN", "note": "Volgende keer!"})).expect(200);
        assert_eq!(rejected.text_at("/state"), "NOT_SELECTED");
        let told = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!((told.text_at("/outcome/reason"), told.text_at("/outcome/note")), ("ANOTHER_CHOSEN", "Volgende keer!"));
        dossier.by_employee("reopening-acceptances", &Value::Null).refused(409, "reopening_not_offered");
        let offered = dossier.by_owner("reopening-offers", &Value::Null).expect(200);
        assert_eq!(offered.text_at("/state"), "NOT_SELECTED", "nothing changes until the employee agrees");
        let again = dossier.by_employee("reopening-acceptances", &Value::Null).expect(200);
        assert_eq!((again.text_at("/state"), &again.body["outcome"]), ("SUBMITTED", &Value::Null));
    }

    fn a_reopened_response_does_not_come_beside_a_new_one(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        dossier.by_owner("rejections", &json!({"reason": "ANOTHER_CHOSEN"})).expect(200);
        dossier.by_owner("reopening-offers", &Value::Null).expect(200);
        dossier.respond(&dossier.employee.client, true);
        dossier.by_employee("reopening-acceptances", &Value::Null).refused(409, "response_exists");
    }

    fn when_a_klus_ends_everybody_who_responded_gets_an_outcome(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let consent = dossier.ask_consent();
        let draft = json!({"plannedAt": "2027-03-08T13:00:00Z"});
        let talk = dossier.owner.client.post(&format!("{}/conversations", dossier.response), &draft).expect(201).id();
        let other = dossier.world.employee(&dossier.home, "Piet Peters");
        let (submitted, third) = (dossier.respond(&other.client, true), dossier.world.employee(&dossier.home, "Dora Drie"));
        let drafted = dossier.respond(&third.client, false);
        let why = json!({"reason": "BUDGET_WITHDRAWN"});
        dossier.owner.client.transition(&dossier.assignment, "cancellations", &why).expect(200);
        for (client, response) in [(&dossier.employee.client, &dossier.response), (&other.client, &submitted), (&third.client, &drafted)] {
            let ended = client.get(response).expect(200);
            assert_eq!((ended.text_at("/state"), ended.text_at("/outcome/reason")), ("LAPSED", "ASSIGNMENT_CANCELLED"));
        }
        let offer = dossier.employee.client.get(&format!("{}/offers", dossier.response)).expect(200);
        assert_eq!(offer.text_at("/items/0/state"), "LAPSED");
        assert_eq!(dossier.employee.client.get(&consent).expect(200).text_at("/state"), "WITHDRAWN");
        assert_eq!(dossier.manager.client.get(&consent).expect(200).text_at("/state"), "WITHDRAWN", "the manager is told");
        let talk = dossier.employee.client.get(&format!("/conversations/{talk}")).expect(200);
        assert_eq!(talk.text_at("/state"), "CANCELLED");
        dossier.owner.client.get(&drafted).refused(404, "not_found");
    }

    fn a_change_of_a_response_needs_the_revision_that_was_read(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let seen = dossier.owner.client.get(&dossier.response).tag();
        dossier.employee.client.patch(&dossier.response, &json!({"motivation": "Nu met meer zin."})).expect(200);
        let path = format!("{}/considerations", dossier.response);
        dossier.owner.client.act(&path).refused(428, "revision_missing");
        dossier.owner.client.with("If-Match", &seen).act(&path).refused(412, "revision_stale");
        dossier.by_owner("considerations", &Value::Null).expect(200);
    }

    fn responses_come_in_pages_newest_first(service) {
        let dossier = Dossier::open(service);
        let mut all = Vec::new();
        for name in ["Een", "Twee", "Drie", "Vier", "Vijf"] {
            let person = dossier.world.employee(&dossier.home, name);
            all.insert(0, dossier.respond(&person.client, true)[11..].to_owned());
        }
        let path = format!("{}/responses", dossier.assignment);
        let first = dossier.owner.client.get(&format!("{path}?limit=3")).expect(200);
        assert_eq!(first.ids(), all[..3]);
        let second = dossier.owner.client.get(first.text_at("/links/next")).expect(200);
        assert_eq!(second.ids(), all[3..]);
        assert_eq!(dossier.owner.client.get(second.text_at("/links/prev")).expect(200).ids(), all[..3]);
        dossier.employee.client.get(&path).refused(403, "not_allowed");
        dossier.employee.client.get(&format!("/assignments/{UNKNOWN}/responses")).refused(404, "not_found");
    }
}
