//! Consent: the employee asks when they choose, for just what is needed.

use chrono::TimeDelta;
use contract_tests::{Dossier, on_both};
use serde_json::{Value, json};

on_both! {
    /// shows: W10
    fn a_manager_sees_the_question_and_nothing_else_and_says_under_which_conditions(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let consent = dossier.ask_consent();
        let asked = dossier.manager.client.get(&consent).expect(200);
        assert_eq!((asked.text_at("/title"), asked.text_at("/hostName")), ("Een plan voor het stadsbos", "Gemeente Uden"));
        assert_eq!(asked.text_at("/intendedResult"), "Een plan waarover de raad kan besluiten");
        assert_eq!((&asked.body["minutesPerWeek"], asked.text_at("/startDate")), (&json!(480), "2027-06-01"));
        assert_eq!((asked.text_at("/state"), &asked.body["responseId"]), ("REQUESTED", &Value::Null));
        assert!(!asked.text.contains("voedselbos"), "not the motivation: {}", asked.text);
        dossier.manager.client.get(&dossier.response).refused(404, "not_found");
        dossier.owner.client.get(&consent).refused(404, "not_found");
        assert_eq!(dossier.employee.client.get(&consent).expect(200).text_at("/responseId"), &dossier.response[11..]);

        let conditions = json!({"conditions": "Donderdag blijf je bereikbaar voor de balie."});
        let granted = dossier.manager.client.transition(&consent, "grants", &conditions).expect(200);
        assert_eq!(granted.text_at("/state"), "GRANTED_WITH_CONDITIONS");
        assert_eq!(dossier.lights(&dossier.employee.client)["S4"].1.as_deref(), Some("CONDITIONS_NOT_ACCEPTED"));
        dossier.manager.client.transition(&consent, "condition-acceptances", &Value::Null).refused(403, "not_allowed");
        let accepted = dossier.employee.client.transition(&consent, "condition-acceptances", &Value::Null).expect(200);
        assert_eq!(accepted.text_at("/state"), "GRANTED");
        assert_eq!(accepted.text_at("/decision/conditions"), "Donderdag blijf je bereikbaar voor de balie.");
        assert_eq!(dossier.lights(&dossier.employee.client)["S4"].0, "GREEN");
        assert_eq!(dossier.lights(&dossier.owner.client)["S4"], ("GREEN".to_owned(), None));
        dossier.employee.client.transition(&consent, "condition-acceptances", &Value::Null).refused(409, "transition_not_listed");
        dossier.manager.client.transition(&consent, "grants", &json!({})).refused(409, "transition_not_listed");
    }

    /// shows: W10
    fn a_refusal_has_a_reason_and_words_and_ends_the_response(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let consent = dossier.ask_consent();
        dossier.manager.client.transition(&consent, "refusals", &json!({"reason": "NO_ANSWER", "text": "x"})).names(&["reason"]);
        dossier.manager.client.transition(&consent, "refusals", &json!({"reason": "WORKLOAD"})).names(&["text"]);
        let why = json!({"reason": "WORKLOAD", "text": "Tot de zomer kunnen we niemand missen."});
        dossier.employee.client.transition(&consent, "refusals", &why).refused(403, "not_allowed");
        let refused = dossier.manager.client.transition(&consent, "refusals", &why).expect(200);
        assert_eq!((refused.text_at("/state"), refused.text_at("/decision/reason")), ("REFUSED", "WORKLOAD"));
        let ended = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!((ended.text_at("/state"), &ended.body["outcome"]["reason"]), ("CONSENT_REFUSED", &Value::Null));
        assert_eq!(dossier.lights(&dossier.employee.client)["S4"].0, "RED");
        let told = dossier.owner.client.get(&dossier.response).expect(200);
        assert!(!told.text.contains("zomer"), "why is between employee and manager");
        let offers = dossier.owner.client.get(&format!("{}/offers", dossier.response)).expect(200);
        assert_eq!(offers.text_at("/items/0/state"), "LAPSED", "the offer ends with it");
        dossier.manager.client.transition(&consent, "refusals", &why).refused(409, "transition_not_listed");
        let again = format!("{}/consent-requests", dossier.response);
        dossier.employee.client.post(&again, &json!({})).refused(409, "response_not_ready");
    }

    fn what_was_granted_is_revoked_only_before_the_start_and_then_asked_anew(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        let consent = dossier.ask_consent();
        let ask = format!("{}/consent-requests", dossier.response);
        dossier.employee.client.post(&ask, &json!({})).refused(409, "consent_asked_already");
        dossier.manager.client.transition(&consent, "revocations", &json!({"text": "Toch niet."})).refused(409, "transition_not_listed");
        dossier.manager.client.transition(&consent, "grants", &json!({})).expect(200);
        dossier.employee.client.transition(&consent, "revocations", &json!({"text": "Toch niet."})).refused(403, "not_allowed");
        let revoked = dossier.manager.client.transition(&consent, "revocations", &json!({"text": "Twee collega's vielen uit."})).expect(200);
        assert_eq!(revoked.text_at("/state"), "REVOKED");
        assert_eq!((dossier.state(), dossier.lights(&dossier.employee.client)["S4"].0.as_str()), ("IN_REVIEW".to_owned(), "RED"));
        let again = dossier.ask_consent();
        dossier.manager.client.transition(&again, "grants", &json!({})).expect(200);
        service.clock.advance(TimeDelta::days(92));
        dossier.manager.client.transition(&again, "revocations", &json!({"text": "Te laat."})).refused(409, "already_started");
        dossier.employee.client.transition(&again, "withdrawals", &Value::Null).refused(409, "already_started");
    }

    fn the_employee_withdraws_and_asks_for_other_hours(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let consent = dossier.ask_consent();
        dossier.manager.client.transition(&consent, "withdrawals", &Value::Null).refused(403, "not_allowed");
        dossier.employee.client.transition(&consent, "withdrawals", &Value::Null).expect(200);
        dossier.employee.client.transition(&consent, "withdrawals", &Value::Null).refused(409, "transition_not_listed");
        let ask = format!("{}/consent-requests", dossier.response);
        let both = json!({"minutesPerWeek": 240, "totalMinutes": 240});
        dossier.employee.client.post(&ask, &both).names(&["totalMinutes"]);
        let past = json!({"startDate": "2027-01-01", "endDate": "2027-02-01"});
        dossier.employee.client.post(&ask, &past).names(&["endDate"]);
        let turned = json!({"startDate": "2027-06-01", "endDate": "2027-05-01"});
        dossier.employee.client.post(&ask, &turned).names(&["endDate"]);
        let less = json!({"totalMinutes": 2880, "endDate": "2027-06-30"});
        let asked = dossier.employee.client.post(&ask, &less).expect(201);
        assert_eq!((&asked.body["totalMinutes"], &asked.body["minutesPerWeek"]), (&json!(2880), &Value::Null));
    }

    fn each_finds_the_requests_that_concern_them(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let consent = dossier.ask_consent()[18..].to_owned();
        let list = |client: &contract_tests::Client, query: &str| client.get(&format!("/consent-requests{query}")).expect(200).ids();
        let none: [String; 0] = [];
        assert_eq!(list(&dossier.employee.client, ""), [consent.clone()]);
        assert_eq!(list(&dossier.employee.client, "?addressed=false"), [consent.clone()]);
        assert_eq!(list(&dossier.employee.client, "?addressed=true"), none);
        assert_eq!(list(&dossier.manager.client, ""), [consent.clone()]);
        assert_eq!(list(&dossier.manager.client, "?addressed=true"), [consent]);
        assert_eq!(list(&dossier.manager.client, "?addressed=false"), none);
        for other in [&dossier.owner, &dossier.home.administrator, &dossier.host.administrator] {
            assert_eq!(list(&other.client, ""), none);
        }
    }

    fn where_no_manager_is_known_the_adviser_decides(service) {
        let dossier = Dossier::open(service);
        let adviser = dossier.world.employee(&dossier.home, "Ada Viseur");
        dossier.world.give(&adviser, "MOBILITY_ADVISER", contract_tests::Scope::Organisation(&dossier.home));
        let free = dossier.world.employee(&dossier.home, "Vera Vrij");
        let response = dossier.respond(&free.client, true);
        let consent = free.client.post(&format!("{response}/consent-requests"), &json!({})).expect(201);
        assert_eq!((consent.text_at("/state"), &consent.body["managerId"]), ("ESCALATED", &Value::Null));
        let path = format!("/consent-requests/{}", consent.id());
        assert_eq!(adviser.client.get("/consent-requests?addressed=true").expect(200).ids(), [consent.id()]);
        let granted = adviser.client.transition(&path, "grants", &json!({})).expect(200);
        assert_eq!(granted.text_at("/decision/part"), "MOBILITY_ADVISER");
    }

    fn nobody_decides_on_a_request_of_their_own(service) {
        let dossier = Dossier::open(service);
        let adviser = dossier.world.employee(&dossier.home, "Ada Viseur");
        dossier.world.give(&adviser, "MOBILITY_ADVISER", contract_tests::Scope::Organisation(&dossier.home));
        let response = dossier.respond(&adviser.client, true);
        let consent = adviser.client.post(&format!("{response}/consent-requests"), &json!({})).expect(201).id();
        let path = format!("/consent-requests/{consent}");
        adviser.client.transition(&path, "grants", &json!({})).refused(403, "not_allowed");
        dossier.home.administrator.client.transition(&path, "grants", &json!({})).expect(200);
    }
}
