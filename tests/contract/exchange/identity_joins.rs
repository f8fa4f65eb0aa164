//! One person, two identities: only the person joins them.

use chrono::TimeDelta;
use contract_tests::{Employee, Scope, World, on_both};
use serde_json::{Value, json};

fn code_of(person: &Employee) -> Value {
    json!({"joinCode": person.client.act("/me/join-codes").expect(200).text_at("/joinCode")})
}

on_both! {
    fn whoever_works_at_two_places_says_so_with_both_identities(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let other = world.employee(&uden, "Sanne");
        world.give(&other, "CLIENT", Scope::Organisation(&uden));
        let below = world.employee_with(&uden, "Piet", &json!({"managerId": other.id}));
        let joined = sanne.client.post("/me/identity-joins", &code_of(&other)).expect(200);
        assert_eq!((joined.text_at("/personId"), joined.text_at("/joinedPersonId")), (sanne.id.as_str(), other.id.as_str()));
        assert_eq!(joined.body["employments"], 1);
        other.client.get("/me").refused(401, "token_invalid");
        let me = sanne.client.get("/me").expect(200);
        assert_eq!(me.body["employments"].as_array().unwrap().len(), 2);
        assert_eq!(me.text_at("/roleAssignments/0/role"), "CLIENT");
        let team = below.client.get(&format!("/employments/{}", below.employment_id)).expect(200);
        assert_eq!(team.text_at("/managerId"), sanne.id);
        let gone = world.platform.get(&format!("/persons/{}", other.id)).expect(200);
        assert_eq!((gone.text_at("/status"), &gone.body["email"]), ("CLOSED", &Value::Null));
        // The address is free again, and nobody at the other organisation learns of the first.
        assert_eq!(uden.administrator.client.get(&format!("/persons/{}", sanne.id)).expect(200).text_at("/email"), sanne.email);
    }

    fn an_identity_that_has_begun_something_is_not_given_up(service) {
        let dossier = contract_tests::Dossier::at(service, "SUBMITTED");
        let world = &dossier.world;
        let uden = world.organisation("Gemeente Uden");
        let other = world.employee(&uden, "Sanne");
        let refused = other.client.post("/me/identity-joins", &code_of(&dossier.employee)).refused(409, "identity_in_use");
        assert!(refused.text_at("/detail").contains("RESPONSES"), "{}", refused.text);
        dossier.employee.client.get("/me").expect(200);
        dossier.employee.client.post("/me/identity-joins", &code_of(&other)).expect(200);
        let shown = world.employee(&uden, "Kim");
        shown.client.at_present("/profile").patch("/profile", &json!({"headline": "Bruggenbouwer"})).expect(200);
        let refused = dossier.employee.client.post("/me/identity-joins", &code_of(&shown)).refused(409, "identity_in_use");
        assert!(refused.text_at("/detail").contains("PROFILE"), "{}", refused.text);
    }

    fn a_code_is_good_for_an_hour_and_of_another_identity(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, other) = (world.employee(&oss, "Sanne"), world.employee(&uden, "Sanne"));
        let same = world.employee(&oss, "Sanne");
        sanne.client.post("/me/identity-joins", &code_of(&sanne)).names(&["joinCode"]);
        sanne.client.post("/me/identity-joins", &code_of(&same)).refused(409, "employment_overlaps");
        same.client.get("/me").expect(200);
        let code = code_of(&other);
        let newer = code_of(&other);
        sanne.client.post("/me/identity-joins", &code).names(&["joinCode"]);
        service.clock.advance(TimeDelta::hours(1));
        sanne.client.post("/me/identity-joins", &newer).names(&["joinCode"]);
    }
}
