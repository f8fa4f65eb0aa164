use serde_json::json;

use super::super::sort::SortBy;
use super::super::{ErrorType, Expression, Filter, GROUP, Needle, Resource, USER};
use super::sanne;

fn resource() -> Resource {
    let mut sanne = sanne();
    sanne.insert("id".to_owned(), json!("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"));
    sanne.insert("meta".to_owned(), json!({"lastModified": "2027-03-01T09:00:00Z", "resourceType": "User"}));
    sanne
}

fn fits(filter: &str) -> bool {
    let filter =
        Filter::of(&USER, &Expression::parse(filter).unwrap()).unwrap_or_else(|error| panic!("{filter}: {error}"));
    filter.fits(&resource())
}

#[test]
fn every_operator_compares() {
    for (filter, expected) in [
        (r#"userName eq "s.devries@OSS.example""#, true),
        (r#"USERNAME EQ "s.devries@OSS.example""#, true),
        (r#"userName ne "s.devries@oss.example""#, false),
        (r#"title ne "Adviseur""#, true),
        (r#"userName co "VRIES""#, true),
        (r#"userName sw "s.de""#, true),
        (r#"userName ew ".example""#, true),
        (r#"userName sw ".example""#, false),
        (r#"externalId eq "0A21f0f2""#, true),
        (r#"externalId eq "0a21f0f2""#, false),
        (r"title pr", false),
        (r"name pr", true),
        (r"name.familyName pr", true),
        (r"title eq null", true),
        (r"userName ne null", true),
        (r"active eq true", true),
        (r#"active eq "True""#, true),
        (r"active ne true", false),
        (r#"meta.lastModified gt "2027-03-01T09:59:59+01:00""#, true),
        (r#"meta.lastModified ge "2027-03-01T10:00:00+01:00""#, true),
        (r#"meta.lastModified lt "2027-03-01T09:00:00Z""#, false),
        (r#"meta.lastModified le "2027-03-01T09:00:00Z""#, true),
        ("urn:ietf:params:scim:schemas:extension:klusnet:1:User:contractMinutesPerWeek gt 2000", true),
        ("urn:ietf:params:scim:schemas:extension:klusnet:1:User:contractMinutesPerWeek le 2159.5", false),
        (r#"urn:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User:employeeNumber eq "104233""#, true),
        (r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "m-1""#, true),
        (r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "m-2""#, false),
        (r#"urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "vries""#, true),
        (r#"emails eq "sanne@thuis.example""#, true),
        (r#"emails.type eq "home""#, true),
        (r#"emails[type eq "work"].value eq "s.devries@oss.example""#, true),
        (r#"emails[type eq "home"].value eq "s.devries@oss.example""#, false),
        (r#"emails[type eq "home" and value co "thuis"]"#, true),
        (r#"emails[type eq "home" and primary eq true]"#, false),
        (r#"emails[not (type eq "work")]"#, true),
        (r#"schemas eq "urn:ietf:params:scim:schemas:core:2.0:User""#, true),
    ] {
        assert_eq!(fits(filter), expected, "{filter}");
    }
}

#[test]
fn and_binds_closer_than_or_and_parentheses_and_not_closest() {
    for (filter, expected) in [
        (r#"userName pr or title pr and title eq "x""#, true),
        (r#"(userName pr or title pr) and title eq "x""#, false),
        (r#"title pr and title eq "x" or userName pr"#, true),
        ("not (title pr) and userName pr", true),
        ("not (title pr or userName pr)", false),
        ("NOT(title pr) AND userName pr", true),
        ("not (not (userName pr))", true),
    ] {
        assert_eq!(fits(filter), expected, "{filter}");
    }
}

#[test]
fn what_cannot_be_read_or_compared_is_refused_with_the_reason() {
    for filter in [
        "",
        "userName",
        "userName eq",
        "userName eq Sanne",
        r#"userName is "x""#,
        r#"userName eq "x"#,
        r#"(userName eq "x""#,
        r#"userName eq "x")"#,
        r#"userName eq "x" and"#,
        r#"userName eq "x" userName pr"#,
        r#"emails[type eq "work""#,
        r#"emails[type eq "work"]."#,
        r#"emails[type eq "work"].value"#,
        "nothing pr",
        "name.nothing pr",
        "active gt true",
        "active co true",
        r#"active eq "perhaps""#,
        r#"name eq "Sanne""#,
        "userName gt 3",
        "userName gt null",
        "userName.x pr",
        r#"meta.lastModified gt "gisteren""#,
        r#"userName[type eq "x"]"#,
        r#"emails[urn:x:type eq "x"]"#,
        "a:b:c pr",
        "urn:x:y pr",
        "\"userName\" pr",
        "..",
    ] {
        let refused = Expression::parse(filter).and_then(|expression| Filter::of(&USER, &expression));
        assert_eq!(refused.unwrap_err().kind, Some(ErrorType::InvalidFilter), "{filter}");
    }
    let deep = format!("{}title pr{}", "(".repeat(5000), ")".repeat(5000));
    let long = vec!["title pr"; 1000].join(" or ");
    let huge = format!("userName eq \"{}\"", "x".repeat(20_000));
    for filter in [deep, long, huge] {
        assert!(Expression::parse(&filter).is_err());
    }
}

#[test]
fn what_another_type_has_fits_nothing_among_several_types() {
    let expression = Expression::parse(r#"userName eq "x" or displayName eq "Ruimte""#).unwrap();
    let filter = Filter::among(&GROUP, &expression).unwrap();
    let group = json!({"displayName": "ruimte"});
    assert!(filter.fits(group.as_object().unwrap()));
    assert!(Filter::of(&GROUP, &expression).is_err());
}

#[test]
fn what_an_index_finds_is_found_in_it() {
    let needle = |filter: &str| Filter::of(&USER, &Expression::parse(filter).unwrap()).unwrap().needle();
    assert_eq!(needle(r#"userName eq "A@b""#), Some(Needle::UserName("a@b".to_owned())));
    assert_eq!(needle(r#"active eq true and externalId eq "X""#), Some(Needle::ExternalId("X".to_owned())));
    assert_eq!(needle(r#"emails[type eq "Work"].value eq "A@b""#), Some(Needle::WorkEmail("a@b".to_owned())));
    assert_eq!(needle(r#"emails[value eq "A@b" and type eq "work"]"#), Some(Needle::WorkEmail("a@b".to_owned())));
    assert_eq!(needle(r#"emails[type eq "home"].value eq "A@b""#), None);
    assert_eq!(needle(r#"userName eq "A" or externalId eq "x""#), None);
    assert_eq!(needle(r#"not (userName eq "A")"#), None);
    assert_eq!(needle(r#"userName sw "A""#), None);
}

#[test]
fn what_has_no_value_comes_last_and_in_the_other_order_first() {
    let titled = |title: Option<&str>| {
        let body = title.map_or(json!({}), |title| json!({"title": title}));
        body.as_object().unwrap().clone()
    };
    let all = [titled(Some("b")), titled(None), titled(Some("A"))];
    let ordered = |descending| {
        let by = SortBy::of(&USER, "title", descending).unwrap();
        let mut keys: Vec<_> = all.iter().map(|one| by.key(one)).collect();
        keys.sort_by(|one, other| by.compare(one, other));
        keys
    };
    let (up, mut down) = (ordered(false), ordered(true));
    down.reverse();
    assert_eq!(up, down);
    assert_eq!(up[2], SortBy::of(&USER, "title", false).unwrap().key(&all[1]));
    assert!(SortBy::of(&USER, "name", false).is_err() && SortBy::of(&USER, "nothing", false).is_err());
    let by = SortBy::of(&USER, "emails", false).unwrap();
    assert_eq!(by.key(&sanne()), SortBy::of(&USER, "userName", false).unwrap().key(&sanne()));
}
