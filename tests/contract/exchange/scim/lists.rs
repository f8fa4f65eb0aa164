//! Filters, orders, pages, and which attributes are shown.

use contract_tests::on_both;
use serde_json::{Value, json};

use super::*;

const NAMES: [&str; 7] = ["dirk", "anna", "gijs", "carla", "floor", "bram", "els"];

fn seven(service: &Service) -> Scim {
    let (_, _, scim) = oss(service);
    for (at, name) in NAMES.iter().enumerate() {
        let mut user = user(name);
        user["active"] = json!(at != 2);
        user["title"] = if at < 3 { json!("Adviseur") } else { Value::Null };
        user[KLUSNET] = json!({"contractMinutesPerWeek": 1000 + at, "infix": "van"});
        scim.add(&user);
    }
    scim
}

on_both! {
    fn every_operator_finds_what_it_should(service) {
        let scim = seven(service);
        let found = |filter: &str| names(&scim.filter("Users", filter, "").expect(200)).join(" ");
        let minutes = format!("{KLUSNET}:contractMinutesPerWeek");
        for (filter, expected) in [
            (r#"userName eq "ANNA@oss.example""#, "anna"),
            (r#"externalId eq "x-els""#, "els"),
            (&*format!(r#"{ENTERPRISE}:employeeNumber eq "n-bram""#), "bram"),
            (r#"emails[type eq "work"].value eq "floor@oss.example""#, "floor"),
            (r#"emails.value eq "floor@oss.example""#, "floor"),
            (r#"emails eq "floor@oss.example" and active eq true"#, "floor"),
            (r#"userName eq "gijs@oss.example" and active eq true"#, ""),
            (r#"userName sw "c""#, "carla"),
            (r#"userName co "ar""#, "carla"),
            (r#"name.givenName ew "s""#, "gijs els"),
            ("active eq false", "gijs"),
            (r#"title pr and not (userName sw "d")"#, "anna gijs"),
            (r#"title eq "adviseur" and userName sw "d" or userName eq "els@oss.example""#, "dirk els"),
            (r#"title eq "adviseur" and (userName sw "d" or userName eq "els@oss.example")"#, "dirk"),
            (&format!("{minutes} ge 1005"), "bram els"),
            (&format!("{minutes} lt 1001"), "dirk"),
            (&format!("{minutes} gt 1004 and {minutes} le 1005"), "bram"),
            (r#"title ne "Adviseur""#, "carla floor bram els"),
            (r#"meta.lastModified ge "2027-03-01T00:00:00Z" and userName sw "e""#, "els"),
            (r#"groups.display eq "ruimte" and userName sw "f""#, "floor"),
            (r#"id eq "no id" or userName eq "nobody""#, ""),
            (r#"id eq "no id""#, ""),
        ] {
            assert_eq!(found(filter), expected, "{filter}");
        }
        for wrong in ["userName", "userName is \"x\"", "nothing eq \"x\"", "active gt true", "userName eq \"x", "(userName pr"] {
            refused(&scim.filter("Users", wrong, ""), 400, Some("invalidFilter"));
        }
    }

    fn pages_follow_one_another_by_index_and_by_cursor(service) {
        let scim = seven(service);
        for order in ["", "&sortBy=userName", "&sortBy=name.givenName&sortOrder=descending", "&filter=userName%20pr", "&sortBy=title&filter=title%20pr%20or%20active%20eq%20true"] {
            let whole = names(&scim.get(&format!("/Users?count=100{order}")).expect(200));
            assert_eq!(whole.len(), 7, "{order}");
            let mut by_index = Vec::new();
            for start in [1, 4, 7, 10] {
                let page = scim.get(&format!("/Users?startIndex={start}&count=3{order}")).expect(200);
                assert_eq!((&page.body["totalResults"], &page.body["startIndex"]), (&json!(7), &json!(start)));
                assert_eq!(page.body["itemsPerPage"], json!(page.body["Resources"].as_array().unwrap().len()));
                by_index.extend(names(&page));
            }
            assert_eq!(by_index, whole, "{order}");
            let (mut by_cursor, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = scim.get(&format!("/Users?cursor={cursor}&count=3{order}")).expect(200);
                assert_eq!((&page.body["totalResults"], page.body.get("startIndex")), (&json!(7), None));
                by_cursor.extend(names(&page));
                pages += 1;
                match page.body["nextCursor"].as_str() {
                    Some(next) => next.clone_into(&mut cursor),
                    None => break,
                }
            }
            assert_eq!((by_cursor, pages), (whole, 3), "{order}");
        }
        let sorted = names(&scim.get("/Users?sortBy=userName").expect(200)).join(" ");
        assert_eq!(sorted, "anna bram carla dirk els floor gijs");
        let none = scim.get("/Users?count=0").expect(200);
        assert_eq!((&none.body["totalResults"], &none.body["Resources"]), (&json!(7), &json!([])));
        let first = scim.get("/Users?cursor=&count=1").expect(200);
        let cursor = first.text_at("/nextCursor");
        refused(&scim.get(&format!("/Users?cursor={cursor}&sortBy=userName")), 400, Some("invalidCursor"));
        refused(&scim.get("/Users?cursor=nonsense"), 400, Some("invalidCursor"));
        refused(&scim.get("/Users?count=many"), 400, Some("invalidCount"));
        refused(&scim.get("/Users?cursor=&startIndex=1"), 400, Some("invalidValue"));
        refused(&scim.get("/Users?sortBy=nothing"), 400, Some("invalidPath"));
        refused(&scim.get("/Users?sortOrder=up"), 400, Some("invalidValue"));
        let sorted = scim.get("/Users?cursor=&count=1&sortBy=userName").expect(200);
        let cursor = sorted.text_at("/nextCursor").to_owned();
        scim.delete(&format!("/Users/{}", sorted.body["Resources"][0]["id"].as_str().unwrap())).expect(204);
        refused(&scim.get(&format!("/Users?cursor={cursor}&count=1&sortBy=userName")), 400, Some("expiredCursor"));
    }

    fn only_the_attributes_that_are_asked_for_are_shown(service) {
        let scim = seven(service);
        let id = scim.filter("Users", r#"userName eq "anna@oss.example""#, "").expect(200).body["Resources"][0]["id"].clone();
        let id = id.as_str().unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let one = scim.get(&format!("/Users/{id}?attributes=userName,{ENTERPRISE}:department,emails.value")).expect(200);
        assert_eq!(keys(&one.body), ["schemas", "id", "userName", ENTERPRISE, "emails"]);
        assert_eq!(one.body[ENTERPRISE], json!({"department": "Ruimte"}));
        assert_eq!(one.body["emails"], json!([{"value": "anna@oss.example"}]));
        let list = scim.get(&format!("/Users?excludedAttributes=emails,groups,meta,{ENTERPRISE}&count=1")).expect(200);
        for gone in ["emails", "groups", "meta", ENTERPRISE] {
            assert_eq!(list.body["Resources"][0].get(gone), None, "{gone}");
        }
        refused(&scim.get("/Users?attributes=id&excludedAttributes=name"), 400, Some("invalidValue"));
        let changed = scim.patch(&format!("/Users/{id}?attributes=title"), &json!([{"op": "add", "path": "title", "value": "Chef"}])).expect(200);
        assert_eq!(keys(&changed.body), ["schemas", "id", "title"]);
        let made = scim.post("/Users?attributes=userName", &user("nico")).expect(201);
        assert_eq!(keys(&made.body), ["schemas", "id", "userName"]);
    }

    fn a_search_is_a_list_that_was_posted(service) {
        let scim = seven(service);
        let search = |path: &str, body: Value| scim.post(path, &body);
        let wanted = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName sw \"e\"", "attributes": ["userName"]});
        let found = search("/Users/.search", wanted).expect(200);
        assert_eq!((names(&found).join(" "), found.body["Resources"][0].get("name")), ("els".to_owned(), None));
        assert_eq!(search("/Groups/.search", json!({"filter": "displayName eq \"Ruimte\""})).expect(200).body["totalResults"], json!(1));
        let everything = search("/.search", json!({"filter": "userName sw \"e\" or displayName sw \"ruim\"", "excludedAttributes": ["members"]})).expect(200);
        let kinds: Vec<&Value> = everything.body["Resources"].as_array().unwrap().iter().map(|one| &one["meta"]["resourceType"]).collect();
        assert_eq!(kinds, [&json!("User"), &json!("Group")]);
        let pages: Vec<Value> = (1..=3).map(|start| search("/.search", json!({"startIndex": start * 3 - 2, "count": 3})).expect(200).body).collect();
        let counts: Vec<usize> = pages.iter().map(|page| page["Resources"].as_array().unwrap().len()).collect();
        assert_eq!((counts, &pages[0]["totalResults"]), (vec![3, 3, 2], &json!(8)));
        refused(&search("/Users/.search", json!({"attributes": 3})), 400, Some("invalidValue"));
        refused(&search("/Users/.search", json!([])), 400, Some("invalidSyntax"));
        refused(&search("/.search", json!({"filter": "nothing pr and"})), 400, Some("invalidFilter"));
    }

    fn what_can_be_done_here_is_told_without_a_token(service) {
        let anybody = Scim { client: service.anonymous(), root: format!("{}/scim/v2", service.root()) };
        let config = anybody.get("/ServiceProviderConfig").expect(200);
        for ability in ["patch", "bulk", "filter", "sort", "etag"] {
            assert_eq!(config.body[ability]["supported"], json!(true), "{ability}");
        }
        assert_eq!((&config.body["pagination"]["cursor"], &config.body["pagination"]["index"]), (&json!(true), &json!(true)));
        for (list, many) in [("/Schemas", 4), ("/ResourceTypes", 2)] {
            let all = anybody.get(list).expect(200);
            assert_eq!(all.body["totalResults"], json!(many));
            for one in all.body["Resources"].as_array().unwrap() {
                assert_eq!(anybody.get(&format!("{list}/{}", one["id"].as_str().unwrap())).expect(200).body, *one);
            }
            refused(&anybody.get(&format!("{list}/nothing")), 404, None);
        }
        for path in ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"] {
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                let answer = anybody.send(method, path, None);
                refused(&answer, 405, None);
                assert_eq!(answer.headers["allow"], "GET");
            }
        }
        refused(&anybody.get("/Nothing"), 404, None);
        refused(&anybody.send("DELETE", "/Bulk", None), 405, None);
        let document = service.anonymous().get(&format!("{}/scim/v2/openapi.json", service.root())).expect(200);
        assert_eq!(document.body["servers"][0]["url"], json!("https://klusnet.test/scim/v2"));
    }
}
