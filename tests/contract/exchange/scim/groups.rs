//! Groups: the departments of the organisation.

use contract_tests::on_both;
use serde_json::{Value, json};

use super::*;

fn members(group: &Answer) -> Vec<String> {
    let all = group.body["members"].as_array().cloned().unwrap_or_default();
    all.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn members_of_a_department_come_and_go_in_the_ways_of_entra(service) {
        let (_, organisation, scim) = oss(service);
        let (sanne, karel, piet) = (scim.add_named("sanne"), scim.add_named("karel"), scim.add_named("piet"));
        let draft = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
            "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159", "displayName": "Wonen"});
        let made = scim.post("/Groups", &draft).expect(201);
        let path = format!("/Groups/{}", made.id());
        assert_eq!((&made.body["displayName"], &made.body["externalId"]), (&json!("Wonen"), &draft["externalId"]));
        refused(&scim.post("/Groups", &json!({"displayName": "WONEN"})), 409, Some("uniqueness"));
        let change = |operation: Value| assert_eq!(scim.patch(&path, &json!([operation])).expect(204).text, "");
        change(json!({"op": "Add", "path": "members", "value": [{"value": sanne}, {"value": karel}]}));
        change(json!({"op": "Add", "path": "members", "value": [{"$ref": null, "value": piet}]}));
        let read = scim.get(&path).expect(200);
        assert_eq!(members(&read), [sanne.clone(), karel.clone(), piet.clone()]);
        let of_sanne = scim.get(&format!("/Users/{sanne}")).expect(200);
        assert_eq!(of_sanne.body["groups"], json!([{"value": made.body["id"], "display": "Wonen", "$ref": made.body["meta"]["location"]}]));
        let unit = organisation.administrator.client.get(&format!("/employments?organisationId={}&limit=100", organisation.id)).expect(200);
        let units: Vec<&Value> = unit.body["items"].as_array().unwrap().iter().filter(|one| one["unitId"] == made.body["id"]).collect();
        assert_eq!(units.len(), 3, "the employments are in the unit");

        change(json!({"op": "Remove", "path": "members", "value": [{"value": karel}]}));
        change(json!({"op": "Remove", "path": format!("members[value eq \"{piet}\"]")}));
        assert_eq!(members(&scim.get(&path).expect(200)), [sanne.clone()]);
        let without = scim.get(&format!("{path}?excludedAttributes=members")).expect(200);
        assert_eq!(without.body.get("members"), None);
        let found = scim.filter("Groups", r#"displayName eq "wonen""#, "&excludedAttributes=members").expect(200);
        assert_eq!((&found.body["totalResults"], found.body["Resources"][0].get("members")), (&json!(1), None));
        assert_eq!(scim.filter("Groups", &format!(r#"members.value eq "{sanne}""#), "").expect(200).body["totalResults"], json!(1));
        assert_eq!(scim.filter("Groups", r#"externalId eq "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159""#, "").body["totalResults"], json!(1));

        // Nobody is in two: the last one wins.
        let other = scim.post("/Groups", &json!({"displayName": "Zorg", "members": [{"value": sanne}]})).expect(201);
        assert_eq!(members(&other), [sanne.clone()]);
        assert!(members(&scim.get(&path).expect(200)).is_empty());
        let renamed = scim.patch(&format!("{path}?attributes=displayName"), &json!([{"op": "Replace", "value": {"displayName": "Wonen en werken"}}])).expect(200);
        assert_eq!((&renamed.body["displayName"], renamed.body.get("meta")), (&json!("Wonen en werken"), None));
        refused(&scim.patch(&path, &json!([{"op": "Replace", "path": "displayName", "value": "zorg"}])), 409, Some("uniqueness"));
        refused(&scim.patch(&path, &json!([{"op": "Add", "path": "members", "value": [{"value": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"}]}])), 400, Some("invalidValue"));
        let put = scim.put(&path, &json!({"displayName": "Wonen", "members": [{"value": karel}, {"value": piet, "type": "User"}]})).expect(200);
        assert_eq!((members(&put), put.body.get("externalId")), (vec![karel.clone(), piet], None));

        scim.delete(&path).expect(204);
        refused(&scim.get(&path), 404, None);
        assert_eq!(scim.get(&format!("/Users/{karel}")).expect(200).body.get("groups"), None, "the members stay, in no department");
    }

    fn a_department_that_something_else_refers_to_stays(service) {
        let (_, organisation, scim) = oss(service);
        let parent = scim.post("/Groups", &json!({"displayName": "Ruimte"})).expect(201).id();
        let below = json!({"name": "Groen", "parentId": parent});
        organisation.administrator.client.post(&format!("/organisations/{}/units", organisation.id), &below).expect(201);
        refused(&scim.delete(&format!("/Groups/{parent}")), 409, None);
        scim.get(&format!("/Groups/{parent}")).expect(200);
        assert_eq!(scim.get("/Groups").expect(200).body["totalResults"], json!(2), "units that were made by hand are groups too");
    }
}
