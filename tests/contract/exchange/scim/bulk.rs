//! Many operations in one request.

use contract_tests::on_both;
use serde_json::{Value, json};

use super::*;

fn bulk(scim: &Scim, operations: Value) -> Answer {
    scim.post(
        "/Bulk",
        &json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": operations}),
    )
}

fn create(name: &str, manager: Option<&str>) -> Value {
    let mut data = user(name);
    if let Some(manager) = manager {
        data[ENTERPRISE]["manager"] = json!({"value": format!("bulkId:{manager}")});
    }
    json!({"method": "POST", "path": "/Users", "bulkId": name, "data": data})
}

fn statuses(answer: &Answer) -> Vec<&str> {
    let all = answer.body["Operations"].as_array().unwrap_or_else(|| panic!("{}", answer.text)).iter();
    all.map(|line| line["status"].as_str().unwrap()).collect()
}

on_both! {
    fn operations_refer_to_one_another_forward_and_back(service) {
        let (_, organisation, scim) = oss(service);
        let group = json!({"method": "POST", "path": "/Groups", "bulkId": "wonen",
            "data": {"displayName": "Wonen", "members": [{"value": "bulkId:piet"}, {"value": "bulkId:anna"}]}});
        let answer = bulk(&scim, json!([create("anna", Some("piet")), group, create("bob", Some("anna")), create("piet", Some("bob")),
            {"method": "PATCH", "path": "/Users/bulkId:bob", "data": {"Operations": [{"op": "add", "path": "title", "value": "Chef"}]}}])).expect(200);
        assert_eq!(statuses(&answer), ["201", "201", "201", "201", "200"], "{}", answer.text);
        let line = |at: usize| answer.body["Operations"][at].clone();
        let read = |at: usize| scim.get(line(at)["location"].as_str().unwrap().split("/scim/v2").nth(1).unwrap()).expect(200);
        assert_eq!((line(0)["bulkId"].as_str(), line(0)["method"].as_str()), (Some("anna"), Some("POST")));
        let (anna, wonen, bob, piet) = (read(0), read(1), read(2), read(3));
        assert!(line(0)["version"].as_str().unwrap().starts_with("W/"));
        for (user, manager) in [(&anna, &piet), (&bob, &anna), (&piet, &bob)] {
            assert_eq!(user.body[ENTERPRISE]["manager"]["value"], manager.body["id"]);
        }
        assert_eq!(wonen.body["members"].as_array().unwrap().len(), 2);
        assert_eq!(bob.body["title"], json!("Chef"));
        let employments = organisation.administrator.client.get(&format!("/employments?organisationId={}&limit=100", organisation.id)).expect(200);
        let managed = employments.body["items"].as_array().unwrap().iter().filter(|one| !one["managerId"].is_null()).count();
        assert_eq!(managed, 3, "{}", employments.text);
    }

    fn each_operation_succeeds_or_fails_by_itself(service) {
        let (_, _, scim) = oss(service);
        scim.add_named("karel");
        let mut twice = create("karel", None);
        twice["bulkId"] = json!("again");
        let wrong = json!({"method": "POST", "path": "/Users", "bulkId": "wrong", "data": {"name": {"givenName": "Niemand"}}});
        let unknown = json!({"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "G", "members": [{"value": "bulkId:nobody"}]}});
        let failed = json!({"method": "POST", "path": "/Groups", "bulkId": "h", "data": {"displayName": "H", "members": [{"value": "bulkId:again"}]}});
        let gone = json!({"method": "DELETE", "path": "/Users/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"});
        let elsewhere = json!({"method": "PUT", "path": "/Things/1", "data": {}});
        let answer = bulk(&scim, json!([create("anna", None), twice, create("bob", None), wrong, create("cees", None), unknown, failed, gone, elsewhere])).expect(200);
        assert_eq!(statuses(&answer), ["201", "409", "201", "400", "201", "400", "400", "404", "404"], "{}", answer.text);
        assert_eq!(answer.body["Operations"][1]["response"]["scimType"], json!("uniqueness"));
        assert!(answer.body["Operations"][3]["response"]["detail"].as_str().unwrap().contains("userName must be given"));
        assert_eq!(scim.get("/Users?count=0").expect(200).body["totalResults"], json!(4));
    }

    fn it_stops_after_as_many_errors_as_were_allowed(service) {
        let (_, _, scim) = oss(service);
        let gone = json!({"method": "DELETE", "path": "/Users/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"});
        let body = json!({"failOnErrors": 2, "Operations": [gone, gone, create("anna", None)]});
        let answer = scim.post("/Bulk", &body).expect(200);
        assert_eq!(statuses(&answer), ["404", "404"]);
        assert_eq!(scim.get("/Users").expect(200).body["totalResults"], json!(0));
    }

    fn users_and_groups_are_changed_and_removed_at_a_version(service) {
        let (_, _, scim) = oss(service);
        let anna = scim.post("/Users", &user("anna")).expect(201);
        let group = scim.post("/Groups", &json!({"displayName": "Wonen"})).expect(201);
        let (user_path, group_path) = (format!("/Users/{}", anna.id()), format!("/Groups/{}", group.id()));
        let stale = json!({"method": "PUT", "path": user_path, "version": "W/\"0-x\"", "data": user("anna")});
        let put = json!({"method": "PUT", "path": group_path, "version": group.tag(), "data": {"displayName": "Zorg"}});
        let member = json!({"method": "PATCH", "path": group_path, "data": {"Operations": [{"op": "add", "path": "members", "value": [{"value": anna.id()}]}]}});
        let fine = json!({"method": "PUT", "path": user_path, "data": user("anna")});
        let answer = bulk(&scim, json!([stale, put, member, fine, {"method": "DELETE", "path": group_path}, {"method": "DELETE", "path": user_path}])).expect(200);
        assert_eq!(statuses(&answer), ["412", "200", "204", "200", "204", "204"], "{}", answer.text);
    }

    fn a_request_that_is_none_is_refused_whole(service) {
        let (_, _, scim) = oss(service);
        refused(&scim.post("/Bulk", &json!({})), 400, Some("invalidSyntax"));
        refused(&bulk(&scim, json!([{"method": "POST", "path": "/Users", "data": {}}])), 400, Some("invalidSyntax"));
        refused(&bulk(&scim, json!(vec![json!({"method": "DELETE", "path": "/Users/1"}); 1001])), 413, None);
        let huge = json!({"Operations": [], "padding": "x".repeat(9_000_000)});
        refused(&scim.post("/Bulk", &huge), 413, None);
    }

    fn a_thousand_employees_come_in_one_request(service) {
        let (_, _, scim) = oss(service);
        let all: Vec<Value> = (0..1000).map(|at| create(&format!("p{at:04}"), (at > 0).then(|| format!("p{:04}", at / 10)).as_deref())).collect();
        let answer = bulk(&scim, json!(all)).expect(200);
        assert!(statuses(&answer).iter().all(|status| *status == "201"));
        assert_eq!(scim.get("/Users?count=0").expect(200).body["totalResults"], json!(1000));
        let last = scim.get("/Users?startIndex=1000&count=5").expect(200);
        assert_eq!(names(&last), ["p0999"]);
    }
}
