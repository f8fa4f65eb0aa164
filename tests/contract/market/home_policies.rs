//! What the mobility policies of home and host do to a dossier: it keeps the version it started under.

use chrono::TimeDelta;
use contract_tests::{Dossier, Scope, World, lay_down, on_both, work};
use serde_json::{Value, json};

const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

on_both! {
    fn who_stands_outside_the_rings_is_not_told_that_there_is_a_klus(service) {
        let world = World::new(service);
        let host = world.organisation("Gemeente Uden");
        lay_down(&host, &json!({"internalFirstWorkingDays": 5}));
        let owner = world.client_of(&host, "Olga Opdracht");
        let outsider = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let mut draft = work(&host);
        draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-08T09:00:00Z", "reason": "Twee collega's vroegen om voorrang"}]});
        let assignment = owner.client.post("/assignments", &draft).expect(201).id();
        let (path, draft) = (format!("/assignments/{assignment}/responses"), json!({"motivation": "Graag.", "submit": true}));
        let unknown = outsider.client.post(&format!("/assignments/{UNKNOWN}/responses"), &draft).refused(404, "not_found");
        let hidden = outsider.client.post(&path, &draft).refused(404, "not_found");
        assert_eq!(hidden.text, unknown.text);
        outsider.client.get(&path).refused(404, "not_found");
        world.employee(&host, "Ina Intern").client.post(&path, &draft).expect(201);
        service.clock.advance(TimeDelta::days(7));
        outsider.client.post(&path, &draft).expect(201);
    }

    /// shows: W11
    fn the_policy_that_is_read_is_the_version_the_dossier_started_under(service) {
        let dossier = Dossier::open(service);
        let first = lay_down(&dossier.home, &json!({}));
        let response = dossier.respond(&dossier.employee.client, true);
        let dossier = Dossier { response, ..dossier };
        let second = lay_down(&dossier.home, &json!({"consentTermWorkingDays": 1}));
        let read = |policy: &str| {
            let said = json!({"light": "S2_AWARE", "colour": "GREEN", "policyId": policy});
            dossier.employee.client.post(&format!("{}/signals", dossier.response), &said)
        };
        assert_eq!(dossier.employee.client.get(&dossier.response).expect(200).text_at("/policyId"), first);
        read(&second).names(&["policyId"]);
        dossier.say(&dossier.employee.client, "S2_AWARE", "GREEN").names(&["policyId"]);
        assert_eq!(read(&first).expect(200).text_at("/reason"), "POLICY_READ");
        let consent = dossier.employee.client.get(&dossier.ask_consent()).expect(200);
        assert_eq!((consent.text_at("/policyId"), consent.text_at("/expiresAt")), (first.as_str(), "2027-03-08T09:00:00Z"));
    }

    fn an_excluded_function_gets_the_reason_and_a_pointer_to_the_adviser(service) {
        let dossier = Dossier::open(service);
        let excluded = json!([{"function": "Griffier", "reason": "De griffier staat in dienst van de raad."}]);
        lay_down(&dossier.home, &json!({"excludedFunctions": excluded}));
        let clerk = dossier.world.employee_with(&dossier.home, "Gerda Griffier", &json!({"function": "griffier"}));
        let path = format!("{}/responses", dossier.assignment);
        let draft = clerk.client.post(&path, &json!({"motivation": "Graag."})).expect(201);
        let refused = clerk.client.transition(&draft.headers["location"], "submissions", &json!({}));
        let refused = refused.refused(403, "function_excluded");
        assert!(refused.text_at("/detail").contains("De griffier staat in dienst van de raad."), "{}", refused.text);
        assert!(refused.text_at("/detail").contains("mobility adviser"), "{}", refused.text);
    }

    /// shows: Z13
    fn a_private_host_is_possible_only_where_the_policy_allows_it(service) {
        let world = World::new(service);
        let host = world.organisation_with(&json!({"name": "Bosbouw BV", "kind": "PRIVATE"}));
        let (owner, home) = (world.client_of(&host, "Olga Opdracht"), world.organisation("Gemeente Oss"));
        let sanne = world.employee(&home, "Sanne de Vries");
        let mut draft = work(&host);
        draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "PUBLIC"}]});
        let assignment = owner.client.post("/assignments", &draft).expect(201).id();
        let (path, draft) = (format!("/assignments/{assignment}/responses"), json!({"motivation": "Graag.", "submit": true}));
        sanne.client.post(&path, &draft).refused(403, "private_host_excluded");
        lay_down(&home, &json!({"privateHostsAllowed": true}));
        sanne.client.post(&path, &draft).expect(201);
    }

    /// shows: W10
    fn silence_refuses_only_where_the_policy_says_so(service) {
        let dossier = Dossier::open(service);
        lay_down(&dossier.home, &json!({"consentSilence": "REFUSE", "consentTermWorkingDays": 2}));
        let dossier = { let mut dossier = dossier; dossier.reach("OFFERED"); dossier };
        let consent = dossier.ask_consent();
        service.clock.advance(TimeDelta::days(2));
        let asked = dossier.manager.client.get(&consent).expect(200);
        assert_eq!((asked.text_at("/state"), asked.text_at("/decision/reason")), ("REFUSED", "NO_ANSWER"));
        assert_eq!((asked.text_at("/decision/part"), &asked.body["decision"]["decidedById"]), ("CLOCK", &Value::Null));
        let before = dossier.owner.client.get(&dossier.response).expect(200);
        assert_eq!(before.text_at("/state"), "CONSENT_REFUSED", "also before the clock has written so");
        dossier.manager.client.transition(&consent, "grants", &json!({})).refused(409, "transition_not_listed");
        service.tick();
        assert_eq!(dossier.owner.client.get(&dossier.response).expect(200).text, before.text);
        let offers = dossier.owner.client.get(&format!("{}/offers", dossier.response)).expect(200);
        assert_eq!(offers.text_at("/items/0/state"), "LAPSED");
    }

    fn who_was_refused_by_silence_responds_anew_before_the_clock_has_written_so(service) {
        let mut dossier = Dossier::open(service);
        lay_down(&dossier.home, &json!({"consentSilence": "REFUSE", "consentTermWorkingDays": 2}));
        dossier.reach("SUBMITTED");
        dossier.ask_consent();
        service.clock.advance(TimeDelta::days(2));
        dossier.respond(&dossier.employee.client, true);
        assert_eq!(dossier.state(), "CONSENT_REFUSED");
    }

    /// shows: Z07
    /// shows: Z08
    fn a_klus_of_another_department_goes_from_response_to_acceptance_inside_one_organisation(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        lay_down(&oss, &json!({"internalConsentRequired": false}));
        let unit = |name: &str| {
            let units = format!("/organisations/{}/units", oss.id);
            oss.administrator.client.post(&units, &json!({"name": name})).expect(201).id()
        };
        let (parks, archive) = (unit("Groen"), unit("Archief"));
        let owner = world.employee_with(&oss, "Olga Opdracht", &json!({"unitId": parks}));
        world.give(&owner, "CLIENT", Scope::Organisation(&oss));
        let manager = world.employee_with(&oss, "Karel van Beek", &json!({"unitId": archive}));
        let terms = json!({"unitId": archive, "managerId": manager.id});
        let sanne = world.employee_with(&oss, "Sanne de Vries", &terms);
        let mut draft = work(&oss);
        draft["unitId"] = json!(parks);
        draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "ORGANISATION"}]});
        let assignment = owner.client.post("/assignments", &draft).expect(201).id();

        let path = format!("/assignments/{assignment}/responses");
        let response = sanne.client.post(&path, &json!({"motivation": "Graag.", "submit": true})).expect(201);
        let response = response.headers["location"].clone();
        let ask = sanne.client.post(&format!("{response}/consent-requests"), &json!({}));
        ask.refused(409, "consent_not_needed");
        owner.client.transition(&response, "considerations", &Value::Null).expect(200);
        owner.client.transition(&response, "talk-invitations", &Value::Null).expect(200);
        let offer = json!({"validUntil": "2027-03-15T17:00:00Z", "chargeBasis": "NONE"});
        let offer = owner.client.post(&format!("{response}/offers"), &offer).expect(201).headers["location"].clone();
        sanne.client.transition(&offer, "acceptances", &Value::Null).expect(200);
        assert_eq!(owner.client.get(&response).expect(200).text_at("/state"), "ACCEPTED");
        let lights = sanne.client.get(&format!("{response}/lights")).expect(200);
        assert_eq!((lights.text_at("/items/3/colour"), lights.text_at("/items/3/reason")), ("GREEN", "CONSENT_NOT_NEEDED"));
        manager.client.get(&response).refused(404, "not_found");
    }

    fn a_public_rate_stays_under_the_ceiling_of_the_network(service) {
        let world = World::new(service);
        let (host, home) = (world.organisation("Gemeente Uden"), world.organisation("Gemeente Oss"));
        let network = world.network_with(&json!({"name": "Brabant", "kind": "REGIONAL", "scaleLevel": "REGIONAL",
            "admission": "OPEN", "publicRateCeilingCents": 6000}));
        world.join(&network, &host);
        world.join(&network, &home);
        let (owner, sanne) = (world.client_of(&host, "Olga Opdracht"), world.employee(&home, "Sanne de Vries"));
        let mut draft = work(&host);
        draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "NETWORK", "networkIds": [network.id]}]});
        let assignment = owner.client.post("/assignments", &draft).expect(201).id();
        let path = format!("/assignments/{assignment}/responses");
        let response = sanne.client.post(&path, &json!({"motivation": "Graag.", "submit": true})).expect(201);
        let response = response.headers["location"].clone();
        owner.client.transition(&response, "considerations", &Value::Null).expect(200);
        owner.client.transition(&response, "talk-invitations", &Value::Null).expect(200);
        let offer = |cents: i64| {
            let draft = json!({"validUntil": "2027-03-15T17:00:00Z", "chargeBasis": "PUBLIC_RATE", "hourlyRateCents": cents});
            owner.client.post(&format!("{response}/offers"), &draft)
        };
        offer(6001).names(&["hourlyRateCents"]);
        offer(6000).expect(201);
    }
}
