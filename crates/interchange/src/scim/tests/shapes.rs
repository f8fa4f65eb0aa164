use domain::exchange::staff::StaffDetails;
use domain::parties::persons::PersonLanguage;
use serde_json::{Value, json};

use super::super::bulk::Bulk;
use super::super::project::Projection;
use super::super::staff::{details_of, user_of};
use super::super::{ErrorType, GROUP, Query, USER, read, resource_types, schemas};
use super::{at, sanne};

#[test]
fn what_is_kept_is_kept_unchanged_and_the_rest_is_passed_over() {
    let user = sanne();
    assert_eq!(
        Value::Object(user),
        json!({
            "schemas": [USER.schema.id, USER.extensions[0].id, USER.extensions[1].id],
            "externalId": "0A21f0f2", "userName": "S.deVries@oss.example",
            "name": {"formatted": "Sanne de Vries", "familyName": "Vries", "givenName": "Sanne"}, "active": true,
            "emails": [{"value": "S.deVries@oss.example", "type": "work", "primary": true}, {"value": "sanne@thuis.example", "type": "home"}],
            (USER.extensions[0].id): {"employeeNumber": "104233", "department": "Ruimte", "manager": {"value": "m-1"}},
            (USER.extensions[1].id): {"infix": "de", "contractMinutesPerWeek": "2160", "startDate": "2027-01-01"}
        })
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let wrong = json!({"name": "Sanne", "active": 3, "emails": [{"value": 1}, {"value": "a", "primary": true}],
        "title": "a\u{0}b", "displayName": "x".repeat(500), "externalId": ["a", "b"]});
    let error = read(&USER, wrong).unwrap_err();
    for name in ["name", "active", "title", "displayName", "externalId"] {
        assert!(error.detail.contains(&format!("{name} must")), "{name}: {}", error.detail);
    }
    assert_eq!(error.kind, Some(ErrorType::InvalidValue));
    assert!(read(&USER, json!({})).unwrap_err().detail.contains("userName must be given"));
    let primaries =
        json!({"userName": "a", "emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]});
    assert!(read(&USER, primaries).unwrap_err().detail.contains("at most one value that is primary"));
    let other = json!({"schemas": [GROUP.schema.id], "userName": "a"});
    assert_eq!(read(&USER, other).unwrap_err().kind, Some(ErrorType::InvalidSyntax));
    assert_eq!(read(&USER, json!([])).unwrap_err().kind, Some(ErrorType::InvalidSyntax));
}

#[test]
fn what_was_sent_follows_what_changed_since() {
    let details = details_of(&sanne());
    assert_eq!(
        (details.email.as_deref(), details.employee_number.as_deref()),
        (Some("S.deVries@oss.example"), Some("104233"))
    );
    assert_eq!(details.name.full(), "Sanne de Vries");
    assert_eq!((details.active, details.language), (true, PersonLanguage::Dutch));
    assert_eq!(user_of(&details), sanne(), "nothing changed");
    let moved = StaffDetails {
        department: Some("Wonen".to_owned()),
        manager: None,
        active: false,
        working_days_per_week: Some(3),
        email: Some("s@oss.example".to_owned()),
        ..details.clone()
    };
    let user = user_of(&moved);
    assert_eq!(at(&user, "emails"), Some(&json!([{"value": "s@oss.example", "type": "work"}])));
    assert_eq!(user[USER.extensions[0].id], json!({"employeeNumber": "104233", "department": "Wonen"}));
    assert_eq!(at(&user, "name/formatted"), Some(&json!("Sanne de Vries")), "what did not change stays");
    assert_eq!(details_of(&user), StaffDetails { sent: details_of(&user).sent, ..moved });
    let bare = StaffDetails { sent: None, user_name: None, ..details };
    let user = user_of(&bare);
    assert_eq!(
        at(&user, "userName"),
        Some(&json!("S.deVries@oss.example")),
        "a user always has a name to sign in with"
    );
    assert_eq!(user["name"], json!({"familyName": "Vries", "givenName": "Sanne"}));
}

#[test]
fn a_name_is_made_of_what_there_is() {
    let name = |body: Value| details_of(&read(&USER, body).unwrap()).name.full();
    assert_eq!(name(json!({"userName": "a@b", "displayName": "Sanne de Vries"})), "Sanne de Vries");
    assert_eq!(name(json!({"userName": "sanne@b"})), "sanne -");
    assert_eq!(
        name(json!({"userName": "a@b", "displayName": "Sanne de Vries", "name": {"familyName": "Vries"}})),
        "Sanne de Vries"
    );
    assert_eq!(name(json!({"userName": "a@b", "name": {"givenName": "Sanne"}})), "Sanne -");
}

#[test]
fn an_end_that_is_not_known_is_none() {
    let end = |end: &str| {
        let body = json!({"userName": "a", (USER.extensions[1].id): {"endDate": end}});
        details_of(&read(&USER, body).unwrap()).end.map(|end| end.to_string())
    };
    assert_eq!(end("9999-12-31"), None);
    assert_eq!(end("2027-12-31T00:00:00Z").as_deref(), Some("2027-12-31"));
    assert_eq!(end(""), None);
}

#[test]
fn only_what_is_asked_for_is_shown_and_the_id_always() {
    let mut user = sanne();
    user.insert("id".to_owned(), json!("u-1"));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let only = |asked: &[&str]| Value::Object(Projection::of(&USER, &names(asked), &[]).unwrap().show(user.clone()));
    let shown = only(&["userName", "NAME.familyName", "emails.value", "nothing"]);
    assert_eq!(shown["name"], json!({"familyName": "Vries"}));
    assert_eq!(shown["emails"], json!([{"value": "S.deVries@oss.example"}, {"value": "sanne@thuis.example"}]));
    assert_eq!((&shown["id"], shown.get("active")), (&json!("u-1"), None));
    let number = format!("{}:employeeNumber", USER.extensions[0].id);
    assert_eq!(only(&[&number])[USER.extensions[0].id], json!({"employeeNumber": "104233"}));
    assert_eq!(only(&[USER.extensions[1].id])[USER.extensions[1].id]["infix"], json!("de"));
    let without = |asked: &[&str]| Value::Object(Projection::of(&USER, &[], &names(asked)).unwrap().show(user.clone()));
    let shown = without(&["id", "schemas", "emails.type", "name", USER.extensions[1].id, &number]);
    assert_eq!((&shown["id"], shown.get("name"), shown.get(USER.extensions[1].id)), (&json!("u-1"), None, None));
    assert_eq!(shown["emails"][1], json!({"value": "sanne@thuis.example"}));
    assert_eq!(shown[USER.extensions[0].id].get("employeeNumber"), None);
    assert!(Projection::of(&USER, &names(&["id"]), &names(&["name"])).is_err());
    let projection = Projection::of(&GROUP, &[], &names(&["members"])).unwrap();
    assert!(!projection.shows("members") && projection.shows("displayName"));
}

#[test]
fn queries_are_read_and_what_nobody_knows_is_passed_over() {
    let pairs = |text: &str| {
        text.split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .collect::<Vec<_>>()
    };
    let query =
        Query::from_pairs(&pairs("startIndex=-3&COUNT=5&sortOrder=Descending&aadOptscim062020=&attributes=a,b"))
            .unwrap();
    assert_eq!((query.start_index, query.count, query.descending), (Some(1), Some(5), true));
    assert_eq!(query.attributes, ["a", "b"]);
    assert_eq!(Query::from_pairs(&pairs("cursor=")).unwrap().cursor.as_deref(), Some(""));
    for (wrong, kind) in [
        ("count=x", ErrorType::InvalidCount),
        ("sortOrder=up", ErrorType::InvalidValue),
        ("cursor=a&startIndex=1", ErrorType::InvalidValue),
    ] {
        assert_eq!(Query::from_pairs(&pairs(wrong)).unwrap_err().kind, Some(kind));
    }
    let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "attributes": ["a", "b"], "count": 2, "filter": null});
    assert_eq!(Query::from_body(&body).unwrap().count, Some(2));
    assert!(Query::from_body(&json!({"attributes": [1]})).is_err() && Query::from_body(&json!(3)).is_err());
}

#[test]
fn operations_in_bulk_refer_to_one_another() {
    let body = json!({"Operations": [
        {"method": "post", "path": "/Users", "bulkId": "a", "data": {"manager": {"value": "bulkId:b"}}},
        {"method": "PATCH", "path": "/Users/bulkId:a", "data": {}}
    ]});
    let bulk = Bulk::parse(body, 10).unwrap();
    assert_eq!(
        (bulk.operations[0].references(), bulk.operations[1].references()),
        (vec!["b".to_owned()], vec!["a".to_owned()])
    );
    let ids = [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())].into_iter().collect();
    assert_eq!(bulk.operations[0].clone().resolved(&ids).data, json!({"manager": {"value": "2"}}));
    assert_eq!(bulk.operations[1].clone().resolved(&ids).path, "/Users/1");
    for wrong in [
        json!({}),
        json!([]),
        json!({"Operations": [{"method": "POST", "path": "/Users"}]}),
        json!({"Operations": [{"method": "GET", "path": "/Users"}]}),
        json!({"Operations": [{"method": "PUT", "path": "Users"}]}),
        json!({"failOnErrors": 0, "Operations": []}),
        json!({"Operations": [{"method": "POST", "path": "/Users", "bulkId": "a"}, {"method": "POST", "path": "/Users", "bulkId": "a"}]}),
    ] {
        assert_eq!(Bulk::parse(wrong, 10).unwrap_err().status, 400);
    }
    let many = json!({"Operations": vec![json!({"method": "DELETE", "path": "/Users/1"}); 11]});
    assert_eq!(Bulk::parse(many, 10).unwrap_err().status, 413);
}

#[test]
fn what_is_published_holds_no_nulls() {
    let published =
        json!([schemas("https://klusnet.example/scim/v2"), resource_types("https://klusnet.example/scim/v2")]);
    assert!(!published.to_string().contains("null"));
}
