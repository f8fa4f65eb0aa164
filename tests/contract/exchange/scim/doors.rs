//! Who comes in: tokens, and what one organisation cannot learn of another.

use chrono::TimeDelta;
use contract_tests::{OAuth, on_both};
use serde_json::json;

use super::*;

on_both! {
    fn a_token_is_shown_once_and_two_are_good_at_a_time(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let administrator = &oss.administrator.client;
        let draft = |until: &str| json!({"label": "Entra ID", "expiresAt": until});
        for until in ["2027-03-01T09:00:00Z", "2028-03-02T00:00:00Z", "2026-01-01T00:00:00Z"] {
            administrator.post(&tokens(&oss), &draft(until)).names(&["expiresAt"]);
        }
        administrator.post(&tokens(&oss), &json!({"label": " "})).names(&["label", "expiresAt"]);
        let made = administrator.post(&tokens(&oss), &draft("2027-04-01T00:00:00Z")).expect(201);
        let secret = made.text_at("/token").to_owned();
        assert!(secret.starts_with("klusnet_scim_") && secret.len() > 50);
        let scim = Scim::with(service, &secret);
        scim.get("/Users").expect(200);
        let other = token(&oss);
        administrator.post(&tokens(&oss), &draft("2027-04-01T00:00:00Z")).refused(409, "scim_tokens_full");
        let listed = administrator.get(&tokens(&oss)).expect(200);
        assert!(!listed.text.contains(&secret) && !listed.text.contains(&other), "secrets are never shown again");
        let used: Vec<_> = listed.body["items"].as_array().unwrap().iter().map(|one| one["lastUsedDate"].clone()).collect();
        assert_eq!(used, [json!(null), json!("2027-03-01")]);
        let one = administrator.get(&format!("/scim-tokens/{}", made.id())).expect(200);
        assert_eq!((&one.body["label"], one.body.get("token")), (&json!("Entra ID"), None));

        // It expires, which makes room for another; and it is taken back at once.
        service.clock.advance(TimeDelta::days(31));
        refused(&scim.get("/Users"), 401, None);
        let next = administrator.post(&tokens(&oss), &draft("2027-05-01T00:00:00Z")).expect(201);
        let scim = Scim::with(service, next.text_at("/token"));
        let sanne = scim.add_named("sanne");
        administrator.delete(&format!("/scim-tokens/{}", next.id())).expect(204);
        refused(&scim.get(&format!("/Users/{sanne}")), 401, None);
        refused(&scim.post("/Users", &user("karel")), 401, None);
        administrator.get(&format!("/scim-tokens/{}", next.id())).expect(404);
        Scim::with(service, &other).get(&format!("/Users/{sanne}")).expect(200);
    }

    fn whoever_has_no_good_token_learns_nothing(service) {
        let (_, organisation, scim) = oss(service);
        let nobody = Scim { client: service.anonymous(), root: scim.root.clone() };
        for path in ["/Users", "/Groups", "/Users/x", "/Users?filter=wrong"] {
            let answer = nobody.get(path);
            refused(&answer, 401, None);
            assert!(answer.headers["www-authenticate"].starts_with("Bearer"));
        }
        refused(&nobody.send("POST", "/Bulk", Some("no JSON")), 401, None);
        let long = format!("klusnet_scim_{}", "x".repeat(20_000));
        for token in ["klusnet_scim_x", "x", &long] {
            refused(&Scim::with(service, token).get("/Users"), 401, None);
        }
        let basic = Scim { client: service.anonymous().with("Authorization", "Basic eDp5"), root: scim.root.clone() };
        refused(&basic.get("/Users"), 401, None);
        // A person is no identity system, and an identity system no person.
        let person = Scim { client: organisation.administrator.client.clone(), root: scim.root.clone() };
        refused(&person.get("/Users"), 403, None);
        scim.client.get("/me").expect(401);
        scim.client.get(&tokens(&organisation)).expect(401);
    }

    fn a_client_of_the_organisation_provisions_with_a_token_it_got_for_itself(service) {
        let (_, organisation, own) = oss(service);
        let oauth = OAuth::of(service);
        let administrator = &organisation.administrator.client;
        let draft = json!({"name": "HR-systeem", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:read", "staff:write"]});
        let path = format!("/organisations/{}/oauth-clients", organisation.id);
        let id = administrator.post(&path, &draft).expect(201).id();
        let secret = administrator.post(&format!("/oauth-clients/{id}/secrets"), &json!({})).expect(201);
        let secret = secret.text_at("/clientSecret").to_owned();
        let scim = |scope: &str| {
            let form = [("grant_type", "client_credentials"), ("client_id", &id), ("client_secret", &secret), ("scope", scope)];
            let told = oauth.token(&form).expect(200);
            Scim::with(service, told.body["access_token"].as_str().unwrap())
        };
        let system = scim("staff:write");
        let sanne = system.add_named("sanne");
        own.get(&format!("/Users/{sanne}")).expect(200);
        refused(&scim("staff:read").get("/Users"), 403, None);
        administrator.patch(&format!("/oauth-clients/{id}"), &json!({"disabled": true})).expect(200);
        refused(&system.get("/Users"), 401, None);
    }

    fn where_files_lead_nothing_is_changed_here(service) {
        let (_, organisation, scim) = oss(service);
        let sanne = scim.add_named("sanne");
        let feed = format!("/organisations/{}/staff-feed", organisation.id);
        organisation.administrator.client.put(&feed, &json!({"leadingSource": "FILE"})).expect(200);
        refused(&scim.post("/Users", &user("karel")), 409, None);
        refused(&scim.delete(&format!("/Users/{sanne}")), 409, None);
        scim.get(&format!("/Users/{sanne}")).expect(200);
        organisation.administrator.client.put(&feed, &json!({"leadingSource": "SCIM"})).expect(200);
        scim.delete(&format!("/Users/{sanne}")).expect(204);
    }

    fn one_organisation_cannot_see_count_or_meet_the_people_of_another(service) {
        let (world, _, oss) = oss(service);
        let uden = Scim::of(service, &world.organisation("Gemeente Uden"));
        let sanne = oss.post("/Users", &user("sanne")).expect(201);
        let group = oss.post("/Groups", &json!({"displayName": "Wonen", "members": [{"value": sanne.id()}]})).expect(201);
        let (path, group_path) = (format!("/Users/{}", sanne.id()), format!("/Groups/{}", group.id()));
        refused(&uden.get(&path), 404, None);
        refused(&uden.patch(&path, &json!([{"op": "replace", "path": "active", "value": false}])), 404, None);
        refused(&uden.put(&path, &user("sanne")), 404, None);
        refused(&uden.delete(&path), 404, None);
        refused(&uden.get(&group_path), 404, None);
        refused(&uden.patch(&group_path, &json!([{"op": "remove", "path": "members"}])), 404, None);
        refused(&uden.delete(&group_path), 404, None);
        for filter in [r#"userName eq "sanne@oss.example""#.to_owned(), format!(r#"id eq "{}""#, sanne.id()), "userName pr".to_owned()] {
            assert_eq!(uden.filter("Users", &filter, "").expect(200).body["totalResults"], json!(0), "{filter}");
        }
        assert_eq!(uden.get("/Users").expect(200).body["totalResults"], json!(0));
        refused(&uden.post("/Groups", &json!({"displayName": "W", "members": [{"value": sanne.id()}]})), 400, Some("invalidValue"));
        // The same names, numbers and addresses are simply accepted.
        let own = uden.post("/Users", &user("sanne")).expect(201);
        uden.post("/Groups", &json!({"displayName": "Wonen"})).expect(201);
        assert_ne!(own.body["id"], sanne.body["id"]);
        uden.patch(&format!("/Users/{}", own.id()), &json!([{"op": "replace", "path": "active", "value": false}])).expect(200);
        assert_eq!(oss.get(&path).expect(200).body["active"], json!(true));
    }

    fn bodies_are_json_of_either_media_type_and_not_too_large(service) {
        let (_, _, scim) = oss(service);
        let body = user("sanne").to_string();
        scim.send_as("application/json; charset=utf-8", "POST", "/Users", Some(&body)).expect(201);
        refused(&scim.send_as("text/plain", "POST", "/Users", Some(&body)), 415, None);
        refused(&scim.send("POST", "/Users", Some("{\"userName\":")), 400, Some("invalidSyntax"));
        refused(&scim.send("POST", "/Users", Some("")), 400, Some("invalidSyntax"));
        let huge = json!({"userName": "x", "displayName": "x".repeat(2_000_000)}).to_string();
        refused(&scim.send("POST", "/Users", Some(&huge)), 413, None);
        refused(&scim.send("POST", "/Users/.search", Some(&huge)), 413, None);
    }

    fn who_was_registered_by_hand_is_recognised(service) {
        let (world, organisation, scim) = oss(service);
        let karel = world.employee(&organisation, "Karel van Beek");
        let mut told = user("karel");
        told["emails"][0]["value"] = json!(karel.email);
        scim.add(&told);
        let employments = organisation.administrator.client.get(&format!("/employments?personId={}", karel.id)).expect(200);
        assert_eq!(employments.body["items"].as_array().unwrap().len(), 1, "no second employment");
    }
}
