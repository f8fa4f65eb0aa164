use serde_json::{Value, json};

use super::super::patch::{apply, parse};
use super::super::{ErrorType, GROUP, Resource, ScimError, USER, read};
use super::{at, sanne};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const KLUSNET: &str = "urn:ietf:params:scim:schemas:extension:klusnet:1:User";

fn patched(operations: Value) -> Result<Resource, ScimError> {
    let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
    apply(&USER, sanne(), &parse(&body)?)
}

fn changed(operation: Value) -> Resource {
    patched(json!([operation])).unwrap()
}

#[test]
fn operations_are_read_in_any_case_and_booleans_as_text() {
    for value in [json!("False"), json!("false"), json!(false)] {
        for op in ["Replace", "replace", "Add", "ADD"] {
            let user = changed(json!({"op": op, "path": "active", "value": value}));
            assert_eq!(at(&user, "active"), Some(&json!(false)));
        }
    }
    assert_eq!(at(&changed(json!({"op": "Replace", "value": {"Active": "False"}})), "active"), Some(&json!(false)));
}

#[test]
fn without_a_path_the_keys_are_paths() {
    let user = changed(json!({"op": "replace", "value": {
        "name.givenName": "Sanna", "displayName": "Sanna de Vries", "emails[type eq \"work\"].value": "sanna@oss.example",
        format!("{ENTERPRISE}:department"): "Wonen", format!("{ENTERPRISE}:manager"): "m-2",
        KLUSNET: {"workingDays": 4}, "addresses[type eq \"work\"].locality": "Oss", "schemas": ["x"], "id": "mine"
    }}));
    assert_eq!(at(&user, "name/givenName"), Some(&json!("Sanna")));
    assert_eq!(at(&user, "name/familyName"), Some(&json!("Vries")));
    assert_eq!(at(&user, "emails/0/value"), Some(&json!("sanna@oss.example")));
    assert_eq!(at(&user, "emails/1/value"), Some(&json!("sanne@thuis.example")));
    let enterprise = user[ENTERPRISE].as_object().unwrap();
    assert_eq!(enterprise["department"], json!("Wonen"));
    assert_eq!(enterprise["manager"], json!({"value": "m-2"}));
    assert_eq!(
        user[KLUSNET],
        json!({"infix": "de", "contractMinutesPerWeek": "2160", "workingDays": "4", "startDate": "2027-01-01"})
    );
    assert_eq!((user.get("id"), user.get("addresses")), (None, None));
}

#[test]
fn a_manager_comes_in_any_form_and_goes() {
    let path = format!("{ENTERPRISE}:manager");
    for value in [
        json!("m-3"),
        json!(["m-3"]),
        json!({"value": "m-3"}),
        json!([{"$ref": "../Users/m-3", "value": "m-3"}]),
        json!({"$ref": "https://klusnet.example/scim/v2/Users/m-3"}),
    ] {
        let user = changed(json!({"op": "add", "path": path, "value": value}));
        assert_eq!(user[ENTERPRISE]["manager"], json!({"value": "m-3"}), "{value}");
    }
    let user = changed(json!({"op": "replace", "path": format!("{path}.value"), "value": "m-4"}));
    assert_eq!(user[ENTERPRISE]["manager"], json!({"value": "m-4"}));
    for operation in [
        json!({"op": "remove", "path": path}),
        json!({"op": "replace", "path": path, "value": null}),
        json!({"op": "replace", "path": path, "value": {"value": ""}}),
        json!({"op": "replace", "path": format!("{path}.value"), "value": ""}),
    ] {
        let user = changed(operation.clone());
        let left = user[ENTERPRISE].get("manager");
        assert!(left.is_none() || operation["value"]["value"] == "", "{operation}: {left:?}");
    }
}

#[test]
fn values_are_found_by_filter_and_made_where_none_fits() {
    let user = changed(json!({"op": "Replace", "path": "emails[type eq \"work\"].Value", "value": "s@oss.example"}));
    assert_eq!(at(&user, "emails/0"), Some(&json!({"value": "s@oss.example", "type": "work", "primary": true})));
    let user = changed(json!({"op": "Add", "path": "emails[type eq \"other\"].value", "value": "o@oss.example"}));
    assert_eq!(at(&user, "emails/2"), Some(&json!({"value": "o@oss.example", "type": "other"})));
    let user = changed(json!({"op": "replace", "path": "emails[type eq \"home\"]", "value": {"primary": true}}));
    assert_eq!(
        (at(&user, "emails/0/primary"), at(&user, "emails/1/primary")),
        (Some(&json!(false)), Some(&json!(true)))
    );
    let user = changed(json!({"op": "remove", "path": "emails[type eq \"work\"]"}));
    assert_eq!(user["emails"], json!([{"value": "sanne@thuis.example", "type": "home"}]));
    let user = changed(json!({"op": "remove", "path": "emails[type eq \"work\"].primary"}));
    assert_eq!(at(&user, "emails/0"), Some(&json!({"value": "S.deVries@oss.example", "type": "work"})));
    let user = changed(json!({"op": "remove", "path": "emails", "value": [{"value": "SANNE@thuis.example"}]}));
    assert_eq!(user["emails"].as_array().unwrap().len(), 1);
    assert_eq!(changed(json!({"op": "remove", "path": "emails"})).get("emails"), None);
    let user = changed(json!({"op": "add", "path": "emails", "value": {"value": "n@oss.example"}}));
    assert_eq!(user["emails"].as_array().unwrap().len(), 3);
    let user = changed(json!({"op": "replace", "path": "emails", "value": [{"value": "n@oss.example"}]}));
    assert_eq!(user["emails"], json!([{"value": "n@oss.example"}]));
    let refused = patched(json!([{"op": "replace", "path": "emails[value sw \"q\"].type", "value": "x"}]));
    assert_eq!(refused.unwrap_err().kind, Some(ErrorType::NoTarget));
}

#[test]
fn a_whole_extension_is_set_and_removed() {
    let user = changed(json!({"op": "remove", "path": ENTERPRISE}));
    assert_eq!((user.get(ENTERPRISE), user["schemas"].as_array().unwrap().len()), (None, 2));
    let user = changed(json!({"op": "replace", "path": KLUSNET, "value": {"function": "Planoloog"}}));
    assert_eq!(user[KLUSNET]["function"], json!("Planoloog"));
}

#[test]
fn what_must_not_be_done_is_refused_by_name() {
    for (operation, kind) in [
        (json!({"op": "move", "path": "title", "value": "x"}), ErrorType::InvalidSyntax),
        (json!({"op": "remove"}), ErrorType::NoTarget),
        (json!({"op": "remove", "path": "userName"}), ErrorType::Mutability),
        (json!({"op": "replace", "path": "userName", "value": ""}), ErrorType::Mutability),
        (json!({"op": "replace", "path": "id", "value": "x"}), ErrorType::Mutability),
        (json!({"op": "replace", "path": "groups", "value": []}), ErrorType::Mutability),
        (json!({"op": "add", "path": "meta.version", "value": "x"}), ErrorType::Mutability),
        (json!({"op": "add", "path": "nothing", "value": "x"}), ErrorType::InvalidPath),
        (json!({"op": "add", "path": "urn:x:User:title", "value": "x"}), ErrorType::InvalidPath),
        (json!({"op": "add", "path": "title[type eq \"x\"]", "value": "x"}), ErrorType::InvalidPath),
        (json!({"op": "add", "path": "emails[nothing eq \"x\"]", "value": {}}), ErrorType::InvalidPath),
        (json!({"op": "add", "path": "emails[type eq", "value": {}}), ErrorType::InvalidPath),
        (json!({"op": "add", "path": "title"}), ErrorType::InvalidValue),
        (json!({"op": "add", "value": "x"}), ErrorType::InvalidValue),
        (json!({"op": "add", "path": "active", "value": "perhaps"}), ErrorType::InvalidValue),
        (json!({"op": "add", "path": "title", "value": {"a": 1}}), ErrorType::InvalidValue),
        (json!({"op": "add", "path": "emails", "value": [{"type": "work"}]}), ErrorType::InvalidValue),
        (json!({"op": "add", "path": format!("{KLUSNET}:startDate"), "value": "morgen"}), ErrorType::InvalidValue),
        (json!({"op": "add", "path": format!("{KLUSNET}:workingDays"), "value": 8}), ErrorType::InvalidValue),
    ] {
        let error = patched(json!([operation])).unwrap_err();
        assert_eq!(error.kind, Some(kind), "{operation}: {}", error.detail);
    }
    let body = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "Operations": []});
    assert_eq!(parse(&body).unwrap_err().kind, Some(ErrorType::InvalidSyntax));
    assert_eq!(parse(&json!({"Operations": []})).unwrap_err().kind, Some(ErrorType::InvalidSyntax));
}

#[test]
fn members_of_a_group_come_and_go() {
    let group = json!({"displayName": "Ruimte", "members": [{"value": "a"}, {"value": "b"}, {"value": "c"}]});
    let after = |operation: Value| {
        let body = json!({"Operations": [operation]});
        let group = apply(&GROUP, read(&GROUP, group.clone()).unwrap(), &parse(&body).unwrap()).unwrap();
        let members = group.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
        members.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(after(json!({"op": "Add", "path": "members", "value": [{"value": "d"}, {"value": "a"}]})), "a b c d");
    assert_eq!(after(json!({"op": "Add", "value": {"members": [{"value": "d"}]}})), "a b c d");
    assert_eq!(after(json!({"op": "Remove", "path": "members", "value": [{"value": "a"}, {"value": "c"}]})), "b");
    assert_eq!(after(json!({"op": "Remove", "path": "members[value eq \"b\"]"})), "a c");
    assert_eq!(after(json!({"op": "Remove", "path": "members[value eq \"nobody\"]"})), "a b c");
    assert_eq!(after(json!({"op": "Remove", "path": "members"})), "");
    assert_eq!(after(json!({"op": "Replace", "path": "members", "value": [{"value": "z"}]})), "z");
    assert_eq!(after(json!({"op": "Replace", "path": "members", "value": []})), "");
}
