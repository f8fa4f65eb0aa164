//! From a klus to an accepted offer: what each of the three parties does, in the order in which they do it.
//!
//! - Olga, a client at the municipality of Uden (the *host*), has work: a plan for the town forest.
//! - Sanne works at the municipality of Oss (the *home organisation*) and would like to do it one day a week.
//! - Karel is Sanne's manager. He hears nothing until Sanne asks his consent.

use chrono::TimeDelta;
use contract_tests::{World, lay_down, on_both};
use serde_json::{Value, json};

on_both! {
    /// shows: Z07
    /// shows: W09
    /// shows: K01
    fn a_civil_servant_finds_a_klus_elsewhere_and_accepts_an_offer(service) {
        let world = World::new(service);

        // Two municipalities and a network that holds them together. The network lets a klus stay inside an
        // organisation for three working days at most; Uden's own policy allows as much.
        let uden = world.organisation("Gemeente Uden");
        let oss = world.organisation("Gemeente Oss");
        let network = world.network_with(&json!({"name": "As-50", "kind": "REGIONAL", "scaleLevel": "REGIONAL",
            "admission": "BY_ORGANISATION", "internalFirstCeilingWorkingDays": 3}));
        world.join(&network, &uden);
        world.join(&network, &oss);
        lay_down(&uden, &json!({"internalFirstWorkingDays": 3}));
        let policy = lay_down(&oss, &json!({"summary": "Twee dagen per week mag je elders werken."}));
        let olga = world.client_of(&uden, "Olga Opdracht").client;
        let karel = world.employee(&oss, "Karel van Beek");
        let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": karel.id})).client;
        let karel = karel.client;

        // Monday 1 March 2027, nine o'clock UTC. Olga describes the work and publishes it in the same call: her own
        // colleagues first, from Thursday on everybody in the network.
        let klus = olga.post("/assignments", &json!({
            "organisationId": uden.id,
            "kind": "PROJECT",
            "title": "Een plan voor het stadsbos",
            "description": "De stad wil een bos en heeft nog geen plan.",
            "intendedResult": "Een plan waarover de raad kan besluiten",
            "planning": "Juni: gesprekken. September: concept. November: raad.",
            "minutesPerWeek": 480,
            "startDate": "2027-06-01",
            "endDate": "2027-11-30",
            "scaleLevel": "LOCAL",
            "remote": "HYBRID",
            "chargeBasis": "BARE_WAGE",
            "publication": {
                "deadline": "2027-04-02T15:00:00Z",
                "rings": [
                    {"ring": "ORGANISATION"},
                    {"ring": "NETWORK", "networkIds": [network.id], "opensAt": "2027-03-04T09:00:00Z",
                        "reason": "Twee collega's vroegen om voorrang"},
                ],
            },
        })).expect(201);
        let klus = format!("/assignments/{}", klus.id());

        // On Monday there is no such klus for Sanne. On Thursday there is: the clock opened the ring.
        sanne.get(&klus).refused(404, "not_found");
        service.pass(TimeDelta::days(3));
        let found = sanne.get(&klus).expect(200);
        assert_eq!(found.text_at("/title"), "Een plan voor het stadsbos");

        // She responds in one call. Nobody had to allow it.
        let response = sanne.post(&format!("{klus}/responses"), &json!({
            "motivation": "Ik legde eerder een voedselbos aan.",
            "learningGoal": "Werken met een gemeenteraad",
            "submit": true,
        })).expect(201);
        let response = response.headers["location"].clone();

        // She has read the policy of her organisation, and has no conflict of interest: she says so.
        let say = |who: &contract_tests::Client, signal: Value| who.post(&format!("{response}/signals"), &signal).expect(200);
        say(&sanne, json!({"light": "S2_AWARE", "colour": "GREEN", "policyId": policy}));
        say(&sanne, json!({"light": "G4_INTEGRITY", "colour": "GREEN"}));

        // Olga takes it into consideration and invites her. Karel still knows nothing.
        olga.transition(&response, "considerations", &Value::Null).expect(200);
        olga.transition(&response, "talk-invitations", &Value::Null).expect(200);
        assert!(karel.get("/consent-requests").expect(200).ids().is_empty());
        karel.get(&response).refused(404, "not_found");

        // Sanne chooses the moment to ask consent. Karel sees the hours, the period, the host and the result.
        let consent = sanne.post(&format!("{response}/consent-requests"), &json!({})).expect(201);
        let consent = consent.headers["location"].clone();
        let asked = karel.get("/consent-requests?addressed=true").expect(200);
        assert_eq!(asked.text_at("/items/0/intendedResult"), "Een plan waarover de raad kan besluiten");
        assert_eq!(asked.text_at("/items/0/hostName"), "Gemeente Uden");
        assert_eq!(asked.body["items"][0]["minutesPerWeek"], json!(480));

        // He goes along, under a condition; it counts when she accepts it.
        let condition = json!({"conditions": "Donderdag blijf je bereikbaar voor de balie."});
        karel.transition(&consent, "grants", &condition).expect(200);
        let granted = sanne.transition(&consent, "condition-acceptances", &Value::Null).expect(200);
        assert_eq!(granted.text_at("/state"), "GRANTED");

        // They meet the next day, and both say that it clicks.
        let talk = json!({"plannedAt": "2027-03-05T13:00:00Z", "place": "Markt 145, Uden"});
        let talk = olga.post(&format!("{response}/conversations"), &talk).expect(201).headers["location"].clone();
        service.pass(TimeDelta::hours(29));
        olga.transition(&talk, "completions", &Value::Null).expect(200);
        olga.transition(&talk, "clicks", &json!({"click": "YES"})).expect(200);
        sanne.transition(&talk, "clicks", &json!({"click": "YES"})).expect(200);

        // Olga marks the fit and makes an offer: what she published, unless she says otherwise. Sanne accepts.
        say(&olga, json!({"light": "S3_FIT", "colour": "GREEN"}));
        let offer = json!({"validUntil": "2027-03-19T17:00:00Z"});
        let offer = olga.post(&format!("{response}/offers"), &offer).expect(201).headers["location"].clone();
        sanne.transition(&offer, "acceptances", &Value::Null).expect(200);
        assert_eq!(olga.get(&response).expect(200).text_at("/state"), "ACCEPTED");

        // Six lights are green. What the home and the host organisation have to arrange is not arranged yet: the
        // free hours, the agreement, the way back, the money.
        let lights = sanne.get(&format!("{response}/lights")).expect(200);
        let named = |colour: &str| -> Vec<&str> {
            let items = lights.body["items"].as_array().unwrap().iter();
            items.filter(|light| light["colour"] == colour).map(|light| light["name"].as_str().unwrap()).collect()
        };
        assert_eq!(named("GREEN"), ["S1_WILLING", "S2_AWARE", "S3_FIT", "S4_MANAGER", "S5_CLICK", "G4_INTEGRITY"]);
        assert_eq!(named("RED"), ["G1_CAPACITY", "G2_AGREEMENT", "G3_RETURN", "G5_MONEY"]);

        // So a confirmation is refused, and says which lights and who can act.
        let refused = olga.transition(&response, "confirmations", &Value::Null).refused(409, "not_all_green");
        let said = "G1_CAPACITY is RED (NOT_ARRANGED_YET), waits for EMPLOYEE or HOME_MANAGER; \
            G2_AGREEMENT is RED (NOT_ARRANGED_YET), waits for EMPLOYEE or HOME_MANAGER or CLIENT; \
            G3_RETURN is RED (NOT_ARRANGED_YET), waits for HOME_MANAGER; \
            G5_MONEY is RED (NOT_ARRANGED_YET), waits for FINANCE";
        assert!(refused.text_at("/detail").contains(said), "{}", refused.text);
    }
}
