//! Words, lists, lifecycles and problems: open to everybody.

use std::collections::BTreeSet;

use contract_tests::document::Document;
use contract_tests::on_both;
use serde_json::{Value, json};

fn items(body: &Value) -> &Vec<Value> {
    body["items"].as_array().unwrap()
}

fn texts<'a>(items: &'a [Value], field: &str) -> Vec<&'a str> {
    items.iter().map(|item| item[field].as_str().unwrap()).collect()
}

on_both! {
    fn the_glossary_explains_each_word_in_the_language_of_the_caller(service) {
        let english = service.anonymous().get("/glossary").expect(200);
        let dutch = service.anonymous().with("Accept-Language", "nl").get("/glossary").expect(200);
        assert!(items(&english.body).len() >= 94);
        assert_eq!(texts(items(&english.body), "dutch"), texts(items(&dutch.body), "dutch"));
        let meaning = |body: &Value| {
            let items = items(body).iter();
            items.clone().find(|item| item["dutch"] == "inlener").unwrap()["meaning"].as_str().unwrap().to_owned()
        };
        assert_ne!(meaning(&english.body), meaning(&dutch.body));
        assert_eq!((english.headers["content-language"].as_str(), dutch.headers["content-language"].as_str()), ("en", "nl"));
        assert_ne!(english.tag(), dutch.tag(), "one tag for each language");
        assert!(dutch.headers["vary"].contains("Accept-Language"));
        service.anonymous().with("If-None-Match", &dutch.tag()).with("Accept-Language", "nl").get("/glossary").expect(304);
    }

    fn a_lifecycle_lists_the_rows_that_decide(service) {
        let all = service.anonymous().get("/lifecycles").expect(200);
        let names = texts(items(&all.body), "name");
        assert!(names.contains(&"memberships") && names.contains(&"assignments") && names.contains(&"responses"));
        for lifecycle in items(&all.body) {
            let path = format!("/lifecycles/{}", lifecycle["name"].as_str().unwrap());
            assert_eq!(&service.anonymous().get(&path).expect(200).body, lifecycle);
            let states: BTreeSet<&str> = texts(lifecycle["states"].as_array().unwrap(), "value").into_iter().collect();
            assert!(lifecycle["states"].as_array().unwrap().iter().any(|state| state["initial"] == true), "{path}");
            for row in lifecycle["transitions"].as_array().unwrap() {
                assert!(states.contains(row["from"].as_str().unwrap()) && states.contains(row["to"].as_str().unwrap()));
                assert_ne!(row["by"], json!([]));
            }
        }
        let assignments = service.anonymous().get("/lifecycles/assignments").expect(200);
        let states = assignments.body["states"].as_array().unwrap();
        let state = |value: &str| states.iter().find(|state| state["value"] == value).unwrap();
        assert_eq!((&state("DRAFT")["initial"], &state("DRAFT")["last"]), (&json!(true), &json!(false)));
        assert_eq!((&state("OPEN")["initial"], &state("CANCELLED")["last"]), (&json!(false), &json!(true)));
    }

    fn every_closed_list_of_the_document_is_a_vocabulary_with_labels(service) {
        let dutch = service.anonymous().with("Accept-Language", "nl").get("/vocabularies").expect(200);
        let lists = items(&dutch.body);
        for (name, schema) in Document::committed().json["components"]["schemas"].as_object().unwrap() {
            let Some(values) = schema.get("enum") else { continue };
            let list = lists.iter().find(|list| list["name"] == name.as_str()).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!(json!(texts(list["values"].as_array().unwrap(), "value")), *values, "{name}");
        }
        let kinds = service.anonymous().get("/vocabularies/OrganisationKind").expect(200);
        assert_eq!(kinds.body["values"][0], json!({"value": "MUNICIPALITY", "label": "Municipality"}));
        let kinds = service.anonymous().with("Accept-Language", "nl").get("/vocabularies/OrganisationKind").expect(200);
        assert_eq!(kinds.body["values"][0]["label"], "Gemeente");
    }

    fn the_type_of_a_problem_leads_to_its_explanation(service) {
        let refused = service.anonymous().with("Accept-Language", "nl").get("/organisations").refused(401, "token_missing");
        let explained = service.anonymous().with("Accept-Language", "nl").get(refused.text_at("/type")).expect(200);
        assert_eq!(explained.body["title"], refused.body["title"]);
        assert_eq!((&explained.body["status"], &explained.body["code"]), (&json!(401), &json!("token_missing")));
        let all = service.anonymous().get("/problem-types").expect(200);
        for kind in items(&all.body) {
            let path = format!("/problem-types/{}", kind["code"].as_str().unwrap());
            assert_eq!(&service.anonymous().get(&path).expect(200).body, kind);
        }
        let unknown = service.anonymous().get("/problem-types/nonsense").refused(404, "not_found");
        service.anonymous().get(unknown.text_at("/type")).expect(200);
    }

    fn every_scope_of_the_document_is_explained(service) {
        let scopes = service.anonymous().get("/scopes").expect(200);
        let explained: BTreeSet<&str> = texts(items(&scopes.body), "name").into_iter().collect();
        for operation in Document::committed().operations() {
            for needed in operation.json["security"].as_array().into_iter().flatten() {
                for scope in needed.as_object().unwrap().values().flat_map(|scopes| scopes.as_array().unwrap()) {
                    assert!(explained.contains(scope.as_str().unwrap()), "{}: {scope}", operation.id);
                }
            }
        }
    }

    fn an_operation_that_needs_no_token_does_not_look_at_one(service) {
        for token in ["nonsense", "Bearer nonsense"] {
            service.anonymous().with("Authorization", token).get("/scopes").expect(200);
        }
    }
}
