//! An organisation begins to take part.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

const PASSWORD: &str = "vier woorden zijn genoeg";

on_both! {
    /// shows: M23 M17 U16
    fn an_organisation_takes_part_after_a_handful_of_calls(service) {
        let platform = service.administrator();
        let network = World::new(service).network("Ondernemende Ambtenaren Brabant", "BY_ORGANISATION");

        // The platform's administrator registers the organisation and the first of its people: four calls.
        let draft = json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY", "town": "Oss", "province": "PV30",
            "identifiers": [{"scheme": "CBS", "value": "GM0828"}]});
        let oss = platform.post("/organisations", &draft).expect(201).id();
        let person = |given: &str, email: &str, function: &str, more: &Value| {
            let mut employment = json!({"organisationId": oss, "function": function, "contractMinutesPerWeek": 2160,
                "workingDaysPerWeek": 5, "startDate": "2020-01-01"});
            for (name, value) in more.as_object().unwrap() {
                employment[name] = value.clone();
            }
            json!({"givenName": given, "familyName": "Jansen", "email": email, "employment": employment})
        };
        let anna = platform.post("/persons", &person("Anna", "anna@oss.example", "Adviseur P&O", &json!({}))).expect(201).id();
        let role = json!({"personId": anna, "role": "ORGANISATION_ADMINISTRATOR", "organisationId": oss});
        platform.post("/role-assignments", &role).expect(201);
        let token = platform.act(&format!("/persons/{anna}/activation-tokens")).expect(200);

        // She chooses a password and signs in.
        let choice = json!({"activationToken": token.body["activationToken"], "password": PASSWORD});
        service.anonymous().post("/account-activations", &choice).expect(204);
        let session = json!({"email": "anna@oss.example", "password": PASSWORD});
        let session = service.anonymous().post("/sessions", &session).expect(201);
        let anna = service.anonymous().with_token(session.text_at("/accessToken"));
        let me = anna.get("/me").expect(200);
        assert_eq!(me.text_at("/roleAssignments/0/role"), "ORGANISATION_ADMINISTRATOR");
        assert_eq!(me.text_at("/roleAssignments/0/organisationId"), oss);

        // She arranges her organisation: a unit, the policy, a manager, an employee, a client.
        let unit = anna.post(&format!("/organisations/{oss}/units"), &json!({"name": "Ruimte"})).expect(201).id();
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Iedereen mag twee dagen per week elders werken."});
        anna.post(&format!("/organisations/{oss}/mobility-policies"), &policy).expect(201);
        let karel = person("Karel", "karel@oss.example", "Teammanager", &json!({"unitId": unit}));
        let karel = anna.post("/persons", &karel).expect(201).id();
        let sanne = person("Sanne", "sanne@oss.example", "Planoloog", &json!({"unitId": unit, "managerId": karel}));
        let sanne = anna.post("/persons", &sanne).expect(201).id();
        let role = json!({"personId": karel, "role": "CLIENT", "organisationId": oss});
        anna.post("/role-assignments", &role).expect(201);

        // She asks for a membership, and the coordinator admits the organisation.
        let asked = anna.post(&format!("/networks/{}/memberships", network.id), &json!({"organisationId": oss})).expect(201);
        let membership = asked.headers["location"].clone();
        let admitted = network.coordinator.client.transition(&membership, "admissions", &Value::Null).expect(200);
        assert_eq!(admitted.text_at("/state"), "ACTIVE");

        // Everybody finds everything in place.
        let sanne = service.client_of(&sanne);
        assert_eq!(sanne.get("/me").text_at("/employments/0/managerName"), "Karel Jansen");
        assert_eq!(sanne.get("/networks?mine=true").ids(), [network.id.clone()]);
        let current = sanne.get(&format!("/organisations/{oss}/current-mobility-policy")).expect(200);
        assert_eq!(current.text_at("/basis"), "OWN");
        let karel = service.client_of(&karel);
        assert_eq!(karel.get("/employments").ids().len(), 2, "the own one and that of the team");
        assert_eq!(anna.get("/persons").ids().len(), 3);
    }
}
