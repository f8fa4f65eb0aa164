//! Keeping an account when an employer is left.

use chrono::TimeDelta;
use contract_tests::{Employee, Service, World, on_both};
use serde_json::{Value, json};

const PASSWORD: &str = "vier woorden zijn genoeg";
const HOME: &str = "sanne@thuis.example";

fn code_of(person: &Employee) -> String {
    person.client.act("/me/claim-codes").expect(200).text_at("/claimCode").to_owned()
}

fn claim(code: &str) -> Value {
    json!({"claimCode": code, "email": HOME, "password": PASSWORD})
}

fn sign_in(service: &Service) -> contract_tests::Answer {
    service.anonymous().post("/sessions", &json!({"email": HOME, "password": PASSWORD}))
}

on_both! {
    /// shows: M14
    fn whoever_left_opens_the_same_account_with_an_address_of_their_own(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        sanne.client.at_present("/profile").patch("/profile", &json!({"headline": "Bruggenbouwer"})).expect(200);
        let code = code_of(&sanne);
        let client = &oss.administrator.client;
        client.patch(&format!("/employments/{}", sanne.employment_id), &json!({"endDate": "2027-02-28"})).expect(200);
        client.transition(&format!("/persons/{}", sanne.id), "closures", &Value::Null).expect(200);
        sanne.client.get("/me").refused(401, "token_invalid");
        service.anonymous().post("/account-claims", &claim(&code)).expect(204);
        let token = sign_in(service).expect(201).text_at("/accessToken").to_owned();
        let back = service.anonymous().with_token(&token);
        let me = back.get("/me").expect(200);
        assert_eq!((me.text_at("/person/id"), me.text_at("/person/email")), (sanne.id.as_str(), HOME));
        assert_eq!(me.text_at("/person/status"), "ACTIVE");
        assert!(me.body["employments"].as_array().unwrap().is_empty());
        assert_eq!(back.get("/profile").expect(200).text_at("/headline"), "Bruggenbouwer");
        service.anonymous().post("/account-claims", &claim(&code)).names(&["claimCode"]);
    }

    fn no_employer_reads_changes_or_closes_what_is_ones_own(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let gone = world.employee(&uden, "Piet");
        for person in [&sanne, &gone] {
            let body = json!({"claimCode": code_of(person), "email": format!("{}@thuis.example", person.id), "password": PASSWORD});
            service.anonymous().post("/account-claims", &body).expect(204);
        }
        let (client, path) = (&oss.administrator.client, format!("/persons/{}", sanne.id));
        assert_eq!(client.get(&path).expect(200).body["email"], Value::Null);
        client.patch(&path, &json!({"email": "sanne@oss.example"})).refused(403, "not_allowed");
        client.act(&format!("{path}/activation-tokens")).refused(403, "not_allowed");
        client.transition(&path, "closures", &Value::Null).refused(403, "not_allowed");
        let end = json!({"endDate": "2027-02-28"});
        uden.administrator.client.patch(&format!("/employments/{}", gone.employment_id), &end).expect(200);
        uden.administrator.client.get(&format!("/persons/{}", gone.id)).refused(404, "not_found");
        assert!(!uden.administrator.client.get("/persons").expect(200).ids().contains(&gone.id));
    }

    fn a_claim_code_is_good_for_400_days_and_replaces_the_one_before(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (sanne, piet) = (world.employee(&oss, "Sanne"), world.employee(&oss, "Piet"));
        let (first, second, old) = (code_of(&sanne), code_of(&sanne), code_of(&piet));
        let anonymous = service.anonymous();
        anonymous.post("/account-claims", &claim(&first)).names(&["claimCode"]);
        let taken = json!({"claimCode": second, "email": piet.email, "password": PASSWORD});
        anonymous.post("/account-claims", &taken).refused(409, "email_taken");
        anonymous.post("/account-claims", &json!({"claimCode": second, "email": "thuis", "password": "kort"}))
            .names(&["email", "password"]);
        anonymous.post("/account-claims", &claim(&second)).expect(204);
        sanne.client.get("/me").refused(401, "token_invalid");
        sign_in(service).expect(201);
        service.clock.advance(TimeDelta::days(400));
        anonymous.post("/account-claims", &claim(&old)).names(&["claimCode"]);
    }
}
