//! A journey in the dialect of Entra ID.

use contract_tests::on_both;
use serde_json::{Value, json};

use super::*;

on_both! {
    /// shows: P13
    fn entra_provisions_somebody_from_the_first_day_to_the_last(service) {
        let (world, organisation, scim) = oss(service);
        let scim = &scim;
        // "Test connection" asks for somebody who is not there.
        let nobody = scim.filter("Users", r#"userName eq "6ec9b50b-6a6e-4f4c-a36c-2cf9ec1b9a46""#, "").expect(200);
        assert_eq!((&nobody.body["totalResults"], &nobody.body["Resources"]), (&json!(0), &json!([])));
        let draft = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
            "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef", "userName": "S.deVries@oss.example", "active": "True",
            "displayName": "Sanne de Vries", "title": null, "addresses": null, "department": null,
            "emails": [{"primary": true, "type": "work", "value": "S.deVries@oss.example"}],
            "name": {"formatted": "Sanne de Vries", "familyName": "de Vries", "givenName": "Sanne"},
            "preferredLanguage": "nl-NL", (ENTERPRISE): {"employeeNumber": "104233", "manager": "26118915-6090-4610-87e4-49d8ca9f808d"}
        });
        let made = scim.post("/Users?aadOptscim062020", &draft).expect(201);
        let path = format!("/Users/{}", made.id());
        assert_eq!(made.headers["location"], format!("https://klusnet.test/scim/v2{path}"));
        assert_eq!(made.body["userName"], json!("S.deVries@oss.example"), "values stay as they were sent");
        assert_eq!(made.body["active"], json!(true));
        let manager = &made.body[ENTERPRISE]["manager"];
        assert_eq!(manager["value"], json!("26118915-6090-4610-87e4-49d8ca9f808d"), "a manager may come later");
        assert!(manager["$ref"].as_str().unwrap().ends_with("/Users/26118915-6090-4610-87e4-49d8ca9f808d"));
        refused(&scim.post("/Users", &draft), 409, Some("uniqueness"));
        let found = scim.filter("Users", r#"userName eq "s.devries@OSS.example""#, "").expect(200);
        assert_eq!(found.body["Resources"][0]["id"], made.body["id"]);
        assert_eq!(scim.filter("Users", r#"emails[type eq "work"].value eq "S.deVries@oss.example""#, "").body["totalResults"], json!(1));

        // Changes, with the flag and without.
        let karel = scim.add_named("karel");
        for value in [json!(karel), json!({"value": karel}), json!([{"$ref": format!("../Users/{karel}"), "value": karel}])] {
            let changed = scim.patch(&path, &json!([{"op": "Replace", "path": format!("{ENTERPRISE}:manager"), "value": value}])).expect(200);
            assert_eq!(changed.body[ENTERPRISE]["manager"]["value"], json!(karel), "{value}");
        }
        let with_keys = json!([{"op": "replace", "value": {"displayName": "Sanna de Vries", "name.givenName": "Sanna",
            format!("{ENTERPRISE}:department"): "Wonen", format!("{KLUSNET}:contractMinutesPerWeek"): 1920}}]);
        let changed = scim.patch(&path, &with_keys).expect(200);
        assert_eq!((&changed.body["name"]["givenName"], &changed.body["name"]["familyName"]), (&json!("Sanna"), &json!("de Vries")));
        assert_eq!(changed.body["groups"][0]["display"], json!("Wonen"), "a department is a group");
        let mail = json!([{"op": "Replace", "path": "emails[type eq \"work\"].Value", "value": "sanna@oss.example"},
            {"op": "Add", "path": "emails[type eq \"other\"].value", "value": "s@anders.example"}]);
        let changed = scim.patch(&path, &mail).expect(200);
        assert_eq!(changed.body["emails"].as_array().unwrap().len(), 2);

        // What follows from it.
        let people = organisation.administrator.client.get(&format!("/employments?organisationId={}&limit=100", organisation.id)).expect(200);
        let of = |number: &str| {
            let all = people.body["items"].as_array().unwrap().iter();
            all.clone().find(|one| one["hrExternalId"] == number).unwrap_or_else(|| panic!("{}", people.text)).clone()
        };
        let (sanne, manager) = (of("104233"), of("n-karel"));
        assert_eq!((&sanne["managerId"], &sanne["contractMinutesPerWeek"]), (&manager["personId"], &json!(1920)));
        let person = sanne["personId"].as_str().unwrap().to_owned();
        let own = service.client_of(&person);
        own.get("/me").expect(200);

        // She leaves: access closes at once, and the user can still be read.
        let left = scim.patch(&path, &json!([{"op": "Replace", "path": "active", "value": "False"}])).expect(200);
        assert_eq!(left.body["active"], json!(false));
        own.get("/me").expect(401);
        assert_eq!(scim.get(&path).expect(200).body["active"], json!(false));
        assert_eq!(scim.filter("Users", "active eq false", "").expect(200).body["totalResults"], json!(1));
        scim.delete(&path).expect(204);
        refused(&scim.get(&path), 404, None);
        refused(&scim.delete(&path), 404, None);
        world.platform.get(&format!("/persons/{person}")).expect(200);

        // She comes back.
        let again = scim.post("/Users", &draft).expect(201);
        assert_ne!(again.body["id"], made.body["id"]);
        assert_eq!(again.body["active"], json!(true));
    }

    fn a_user_is_put_in_place_of_another_and_nothing_reactivates_anybody_by_the_way(service) {
        let (_, _, scim) = oss(service);
        let path = format!("/Users/{}", scim.add_named("sanne"));
        let stays = scim.put(&path, &user("sanne")).expect(200);
        scim.patch(&path, &json!([{"op": "replace", "path": "active", "value": false}])).expect(200);
        let put = scim.put(&path, &json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "sanne@oss.example"})).expect(200);
        assert_eq!((&put.body["active"], put.body.get("emails")), (&json!(false), None));
        assert_eq!(put.body.get(ENTERPRISE), None);
        assert_ne!(stays.tag(), put.tag());
    }

    fn what_changes_nothing_writes_nothing(service) {
        let (_, organisation, scim) = oss(service);
        let made = scim.post("/Users", &user("sanne")).expect(201);
        let path = format!("/Users/{}", made.id());
        let events = |service: &contract_tests::Service| {
            service.tick();
            organisation.administrator.client.get("/events?limit=100").expect(200).body["items"].as_array().unwrap().len()
        };
        let before = events(service);
        let same = json!([{"op": "replace", "value": {"active": "True", "name": {"givenName": "sanne"}, format!("{ENTERPRISE}:department"): "Ruimte"}}]);
        assert_eq!(scim.patch(&path, &same).expect(200).tag(), made.tag());
        assert_eq!(scim.put(&path, &user("sanne")).expect(200).tag(), made.tag());
        assert_eq!(events(service), before);
    }

    fn only_a_fitting_version_is_changed_and_an_unchanged_one_is_not_sent_again(service) {
        let (_, _, scim) = oss(service);
        let made = scim.post("/Users", &user("sanne")).expect(201);
        let path = format!("/Users/{}", made.id());
        assert_eq!(json!(made.tag()), made.body["meta"]["version"]);
        let title = |title: &str| json!([{"op": "add", "path": "title", "value": title}]);
        let changed = scim.header("If-Match", &made.tag()).patch(&path, &title("Adviseur")).expect(200);
        refused(&scim.header("If-Match", &made.tag()).patch(&path, &title("Planoloog")), 412, None);
        refused(&scim.header("If-Match", &made.tag()).put(&path, &user("sanne")), 412, None);
        refused(&scim.header("If-Match", &made.tag()).delete(&path), 412, None);
        scim.header("If-Match", &changed.tag().replace("W/", "")).patch(&path, &title("Planoloog")).expect(200);
        scim.header("If-Match", "*").patch(&path, &title("Adviseur")).expect(200);
        let present = scim.get(&path).expect(200).tag();
        let same = scim.header("If-None-Match", &present).get(&path);
        assert_eq!((same.status, same.text.as_str()), (304, ""));
        scim.header("If-None-Match", &made.tag()).get(&path).expect(200);
        let group = scim.get(&format!("/Groups/{}", scim.get(&path).body["groups"][0]["value"].as_str().unwrap())).expect(200);
        scim.header("If-None-Match", &group.tag()).get(&format!("/Groups/{}", group.id())).expect(304);
    }

    fn what_is_wrong_is_refused_by_name(service) {
        let (_, _, scim) = oss(service);
        let path = format!("/Users/{}", scim.add_named("sanne"));
        let wrong = |body: Value, kind: &str, named: &str| {
            let answer = scim.post("/Users", &body);
            refused(&answer, 400, Some(kind));
            assert!(answer.text_at("/detail").contains(named), "{}", answer.text);
        };
        wrong(json!({}), "invalidValue", "userName must be given");
        wrong(json!([]), "invalidSyntax", "JSON object");
        wrong(json!({"userName": "a", "active": "soms"}), "invalidValue", "active must be true or false");
        wrong(json!({"userName": "a", (KLUSNET): {"startDate": "2027-02-01", "endDate": "2027-01-01"}}), "invalidValue", "endDate must not be before startDate");
        wrong(json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "userName": "a"}), "invalidSyntax", "schemas");
        let operation = |operation: Value, status: u16, kind: &str| refused(&scim.patch(&path, &json!([operation])), status, Some(kind));
        operation(json!({"op": "remove", "path": "userName"}), 400, "mutability");
        operation(json!({"op": "add", "path": "nothing", "value": 1}), 400, "invalidPath");
        operation(json!({"op": "remove"}), 400, "noTarget");
        scim.add_named("karel");
        for (name, value) in [("userName", "KAREL@oss.example"), ("externalId", "x-karel")] {
            operation(json!({"op": "replace", "path": name, "value": value}), 409, "uniqueness");
        }
        operation(json!({"op": "replace", "path": format!("{ENTERPRISE}:employeeNumber"), "value": "n-karel"}), 409, "uniqueness");
        assert_eq!(scim.get(&path).expect(200).body["userName"], json!("sanne@oss.example"));
    }
}
