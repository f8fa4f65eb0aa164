//! The ten lights: all of them green at once, or there is no placement.

use contract_tests::{Dossier, Scope, on_both};
use serde_json::{Value, json};

fn light(colour: &str, reason: &str) -> (String, Option<String>) {
    (colour.to_owned(), Some(reason.to_owned()))
}

on_both! {
    /// shows: W09
    fn a_response_that_was_just_submitted_waits_for_everybody(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let lights = dossier.lights(&dossier.employee.client);
        assert_eq!(lights.keys().collect::<Vec<_>>(), ["G1", "G2", "G3", "G4", "G5", "S1", "S2", "S3", "S4", "S5"]);
        for (name, colour, reason) in [
            ("S1", "AMBER", "RECONFIRMED_AT_OFFER"),
            ("S2", "AMBER", "POLICY_NOT_READ"),
            ("S3", "AMBER", "FIT_NOT_MARKED"),
            ("S4", "AMBER", "CONSENT_NOT_ASKED"),
            ("S5", "AMBER", "NO_CONVERSATION_YET"),
            ("G1", "RED", "NOT_ARRANGED_YET"),
            ("G2", "RED", "NOT_ARRANGED_YET"),
            ("G3", "RED", "NOT_ARRANGED_YET"),
            ("G4", "AMBER", "INTEGRITY_NOT_DECLARED"),
            ("G5", "RED", "NOT_ARRANGED_YET"),
        ] {
            assert_eq!(lights[name], light(colour, reason), "{name}");
        }
        let all = dossier.owner.client.get(&format!("{}/lights", dossier.response)).expect(200);
        assert_eq!(all.body["allGreen"], json!(false));
        assert_eq!(all.body["items"][2]["waitsFor"], json!(["CLIENT"]), "who can act");
    }

    /// shows: W09
    fn nobody_is_confirmed_while_a_light_is_not_green_and_each_is_named_with_who_can_act(service) {
        let dossier = Dossier::at(service, "ACCEPTED");
        let refused = dossier.by_owner("confirmations", &Value::Null).refused(409, "not_all_green");
        let detail = refused.text_at("/detail");
        for said in [
            "S3_FIT is AMBER (FIT_NOT_MARKED), waits for CLIENT",
            "S4_MANAGER is AMBER;",
            "G1_CAPACITY is RED (NOT_ARRANGED_YET), waits for EMPLOYEE or HOME_MANAGER",
            "G5_MONEY is RED (NOT_ARRANGED_YET), waits for FINANCE",
        ] {
            assert!(detail.contains(said), "{said}: {detail}");
        }
        assert!(!detail.contains("S1_WILLING"), "{detail}");
        assert!(!detail.contains("CONSENT"), "of the manager's light the client learns the colour alone: {detail}");
        dossier.by_employee("confirmations", &Value::Null).refused(403, "not_allowed");
    }

    /// shows: W11
    fn who_read_the_policy_or_talked_with_an_adviser_knows_that_it_is_possible(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let sanne = &dossier.employee.client;
        let said = dossier.say(sanne, "S2_AWARE", "GREEN").expect(200);
        assert_eq!((said.text_at("/name"), said.text_at("/reason")), ("S2_AWARE", "POLICY_READ"));
        let unread = json!({"light": "S2_AWARE", "colour": "GREEN", "policyId": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"});
        sanne.post(&format!("{}/signals", dossier.response), &unread).names(&["policyId"]);
        dossier.say(&dossier.owner.client, "S2_AWARE", "GREEN").refused(403, "not_allowed");

        let other = Dossier { response: dossier.respond(&dossier.world.employee(&dossier.home, "Piet Peters").client, true), ..dossier };
        let adviser = other.world.employee(&other.home, "Ada Viseur");
        assert_eq!(other.lights(&other.owner.client)["S2"].1.as_deref(), Some("POLICY_NOT_READ"));
        other.say(&adviser.client, "S2_AWARE", "GREEN").refused(404, "not_found");
    }

    /// shows: W11
    fn an_adviser_sees_what_the_employee_shares_and_nothing_else(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let adviser = dossier.world.employee(&dossier.home, "Ada Viseur");
        let share = |id: &Value| {
            let client = dossier.employee.client.at_present(&dossier.response);
            client.send("PUT", &format!("{}/adviser", dossier.response), Some(&json!({"adviserId": id})))
        };
        share(&json!(adviser.id)).names(&["adviserId"]);
        dossier.world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&dossier.home));
        adviser.client.get(&dossier.response).refused(404, "not_found");
        share(&json!(dossier.employee.id)).names(&["adviserId"]);
        assert_eq!(share(&json!(adviser.id)).expect(200).text_at("/adviserId"), adviser.id);
        assert_eq!(dossier.owner.client.get(&dossier.response).expect(200).body["adviserId"], Value::Null);
        adviser.client.get(&dossier.response).expect(200);
        assert_eq!(dossier.say(&adviser.client, "S2_AWARE", "GREEN").expect(200).text_at("/reason"), "ADVISER_SPOKEN");
        dossier.say(&adviser.client, "S3_FIT", "GREEN").refused(403, "not_allowed");
        adviser.client.get(&format!("{}/conversations", dossier.response)).refused(403, "not_allowed");
        share(&Value::Null).expect(200);
        adviser.client.get(&dossier.response).refused(404, "not_found");
        assert_eq!(dossier.lights(&dossier.owner.client)["S2"].1.as_deref(), Some("ADVISER_SPOKEN"), "the talk took place");
    }

    fn a_draft_takes_no_signals_and_is_not_shared(service) {
        let dossier = Dossier::at(service, "DRAFT");
        dossier.say(&dossier.employee.client, "G4_INTEGRITY", "GREEN").refused(409, "response_not_ready");
        let adviser = dossier.world.employee(&dossier.home, "Ada Viseur");
        dossier.world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&dossier.home));
        let client = dossier.employee.client.at_present(&dossier.response);
        let share = json!({"adviserId": adviser.id});
        client.send("PUT", &format!("{}/adviser", dossier.response), Some(&share)).names(&["adviserId"]);
        assert_eq!(dossier.lights(&dossier.employee.client)["S1"], light("AMBER", "NOT_SUBMITTED"));
        let consent = format!("{}/consent-requests", dossier.response);
        dossier.employee.client.post(&consent, &json!({})).refused(409, "response_not_ready");
    }

    fn the_client_marks_the_fit_and_says_why_not(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        let olga = &dossier.owner.client;
        dossier.say(olga, "S3_FIT", "AMBER").names(&["reason"]);
        let doubt = json!({"light": "S3_FIT", "colour": "AMBER", "reason": "Ik twijfel over de uren."});
        olga.post(&format!("{}/signals", dossier.response), &doubt).expect(200);
        assert_eq!(dossier.lights(&dossier.employee.client)["S3"], light("AMBER", "FIT_DOUBTED"));
        dossier.say(olga, "S3_FIT", "GREEN").expect(200);
        assert_eq!(dossier.lights(&dossier.employee.client)["S3"], light("GREEN", "FIT_MARKED"));
        dossier.say(olga, "S5_CLICK", "GREEN").names(&["light"]);
        dossier.say(&dossier.employee.client, "S3_FIT", "GREEN").refused(403, "not_allowed");
        let signals = dossier.employee.client.get(&format!("{}/signals", dossier.response)).expect(200);
        assert_eq!((signals.text_at("/items/0/colour"), signals.text_at("/items/1/reason")), ("GREEN", "Ik twijfel over de uren."));
        assert_eq!(signals.text_at("/items/0/part"), "CLIENT");
    }

    fn of_the_managers_light_the_client_sees_the_colour_alone(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        for asked in [false, true] {
            if asked {
                dossier.ask_consent();
            }
            let lights = dossier.owner.client.get(&format!("{}/lights", dossier.response)).expect(200);
            let manager = &lights.body["items"][3];
            let told = json!({"name": "S4_MANAGER", "colour": "AMBER", "reason": null, "waitsFor": [], "changedAt": null});
            assert_eq!(*manager, told, "asked or not is the same to the client");
        }
        assert_eq!(dossier.lights(&dossier.employee.client)["S4"], light("AMBER", "CONSENT_ASKED"));
    }

    fn a_conflict_of_interest_is_answered_by_the_home_organisation_once_consent_is_asked(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        let declared = json!({"light": "G4_INTEGRITY", "colour": "AMBER", "reason": "Mijn zwager werkt bij de aannemer."});
        dossier.employee.client.post(&format!("{}/signals", dossier.response), &declared).expect(200);
        dossier.say(&dossier.manager.client, "G4_INTEGRITY", "GREEN").refused(404, "not_found");
        let seen = dossier.owner.client.get(&format!("{}/signals", dossier.response)).expect(200);
        assert_eq!((seen.text_at("/items/0/colour"), &seen.body["items"][0]["reason"]), ("AMBER", &Value::Null));
        let consent = dossier.ask_consent();
        let signals = format!("{consent}/signals");
        dossier.say(&dossier.owner.client, "S3_FIT", "GREEN").expect(200);
        let told = dossier.manager.client.get(&signals).expect(200);
        assert_eq!((told.ids().len(), told.text_at("/items/0/reason")), (1, "Mijn zwager werkt bij de aannemer."));
        dossier.owner.client.get(&signals).refused(404, "not_found");
        let answer = |colour: &str, reason: &Value| json!({"light": "G4_INTEGRITY", "colour": colour, "reason": reason});
        dossier.manager.client.post(&signals, &json!({"light": "G4_INTEGRITY", "colour": "GREEN"})).names(&["reason"]);
        let handled = answer("GREEN", &json!("Zij beslist niet over de aannemer."));
        let light = dossier.manager.client.post(&signals, &handled).expect(200);
        assert_eq!((light.text_at("/colour"), light.text_at("/reason")), ("GREEN", "CONFLICT_HANDLED"));
        dossier.manager.client.post(&signals, &answer("RED", &json!("Toch niet."))).expect(200);
        assert_eq!(dossier.lights(&dossier.owner.client)["G4"].1.as_deref(), Some("CONFLICT_NOT_ACCEPTABLE"));
        let fit = json!({"light": "S3_FIT", "colour": "GREEN"});
        dossier.manager.client.post(&signals, &fit).refused(403, "not_allowed");
        dossier.by_employee("withdrawals", &json!({})).expect(200);
        dossier.manager.client.post(&signals, &handled).refused(409, "response_not_ready");
    }

    fn requirements_are_reported_and_never_scored(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let asked = json!({"educationLevels": ["HBO"], "requiredSkills": [{"label": "Gespreksleiding"}]});
        dossier.owner.client.patch(&dossier.assignment, &asked).expect(200);
        let path = format!("{}/requirements", dossier.response);
        let report = dossier.owner.client.get(&path).expect(200);
        let nothing_stated = json!({"education": "NOT_STATED", "isMet": false,
            "skills": [{"skillId": null, "label": "Gespreksleiding", "fulfilment": "NOT_STATED"}]});
        assert_eq!(report.body, nothing_stated);
        assert_eq!(dossier.employee.client.get(&path).expect(200).body, nothing_stated);
        dossier.say(&dossier.owner.client, "S3_FIT", "GREEN").expect(200);
        assert_eq!(dossier.lights(&dossier.employee.client)["S3"], light("AMBER", "REQUIREMENTS_NOT_STATED"));
        dossier.manager.client.get(&path).refused(404, "not_found");
    }
}
