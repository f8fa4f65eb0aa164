//! Paths, query parameters, methods, and things that are not there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use contract_tests::on_both;

use super::*;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The headers without those that differ with every answer.
fn steady(answer: &Answer) -> HashMap<String, String> {
    let mut headers = answer.headers.clone();
    for name in ["date", "x-request-id"] {
        headers.remove(name);
    }
    headers
}

/// The methods of each path.
fn paths() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut paths: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for operation in Document::committed().operations() {
        paths.entry(operation.path.as_str()).or_default().insert(operation.method.as_str());
    }
    paths
}

on_both! {
    fn a_query_parameter_that_is_not_documented_answers_400_and_is_named(service) {
        let client = administrator(service);
        sweep(|_| true, |operation| {
            Request::of(operation).and("onbekend=1&Limit=2").send(&client).names(&["onbekend", "Limit"]);
        });
    }

    fn a_malformed_id_in_the_path_answers_400_and_is_named(service) {
        let client = administrator(service);
        let is_id = |parameter: &&Value| parameter["in"] == "path" && unknown(parameter) == UNKNOWN;
        sweep(|operation| parameters(operation).any(|one| is_id(&one)), |operation| {
            for parameter in parameters(operation).filter(is_id) {
                let name = parameter["name"].as_str().unwrap();
                for value in ["niet-een-id", "1", "%27%20OR%201=1", "%00", "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c1"] {
                    Request::with(operation, name, value).send(&client).names(&[name]);
                }
            }
        });
    }

    fn what_is_not_there_answers_404_to_a_valid_request(service) {
        let client = administrator(service);
        let has_parameter = |operation: &Operation| operation.path.contains('{');
        sweep(has_parameter, |operation| {
            let answer = Request::of(operation).send(&client);
            assert_eq!((answer.status, answer.text_at("/code")), (404, "not_found"), "{}", answer.text);
        });
    }

    fn head_answers_as_get_does_without_a_body(service) {
        let client = administrator(service);
        sweep(reads, |operation| {
            let request = Request::of(operation);
            let (get, head) = (request.send(&client), client.send("HEAD", &request.address, None));
            assert_eq!((head.status, head.text.as_str()), (get.status, ""));
            assert_eq!(steady(&head), steady(&get));
        });
    }

    fn a_slash_at_the_end_is_another_address_where_nothing_is(service) {
        let client = administrator(service);
        sweep(|_| true, |operation| {
            let request = Request::of(operation);
            let path = request.address.split('?').next().unwrap();
            client.send(&operation.method, &format!("{path}/"), request.body.as_ref()).refused(404, "path_unknown");
        });
    }

    fn a_method_that_is_not_possible_answers_405_with_those_that_are(service) {
        let client = administrator(service);
        for (path, methods) in paths() {
            let operation = Document::committed().operations().iter().find(|one| one.path == path).unwrap();
            let address = Request::of(operation).address;
            // What also fits a path with a parameter (`sessions/current`, `sessions/{sessionId}`) is possible there.
            for method in METHODS.iter().filter(|method| Document::committed().find(method, &address).is_none()) {
                let answer = client.send(method, &address, None).refused(405, "method_not_allowed");
                let allowed: BTreeSet<&str> = answer.headers["allow"].split(", ").collect();
                assert!(methods.is_subset(&allowed), "{method} {path}: {allowed:?} lacks one of {methods:?}");
                assert!(!allowed.contains(method), "{method} {path}: {allowed:?}");
                assert_eq!(allowed.contains("HEAD"), allowed.contains("GET"), "{method} {path}: {allowed:?}");
            }
        }
    }

    fn where_nothing_is_the_answer_is_a_problem_too(service) {
        for client in [service.anonymous(), service.administrator()] {
            for path in ["/", "/nothing", "/organisations/x/y/z", "/%2e%2e/metrics", "/organisations%2F", "/ORGANISATIONS"] {
                client.get(path).refused(404, "path_unknown");
                client.post(path, &json!({})).refused(404, "path_unknown");
            }
        }
        let dutch = service.anonymous().with("Accept-Language", "nl").get("/nothing");
        assert_eq!(dutch.text_at("/title"), "Op dit adres is niets");
    }

    fn a_browser_of_another_origin_may_ask_and_is_answered(service) {
        for (path, methods) in paths() {
            let operation = Document::committed().operations().iter().find(|one| one.path == path).unwrap();
            let address = Request::of(operation).address;
            for method in methods {
                let client = service.anonymous().with("Origin", "https://portaal.test");
                let client = client.with("Access-Control-Request-Headers", "authorization, content-type, if-match");
                let answer = client.with("Access-Control-Request-Method", method).send("OPTIONS", &address, None);
                assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
                assert_eq!(answer.headers["access-control-allow-origin"], "https://portaal.test", "{method} {path}");
                assert!(answer.headers["access-control-allow-methods"].contains(method), "{method} {path}");
                let stranger = service.anonymous().with("Origin", "https://elders.test");
                let refused = stranger.with("Access-Control-Request-Method", method).send("OPTIONS", &address, None);
                let allowed = refused.headers.get("access-control-allow-origin");
                assert!(allowed.is_none_or(|origin| origin == "https://klusnet.test"), "{method} {path}: {allowed:?}");
            }
        }
        let client = service.administrator().with("Origin", "https://portaal.test");
        let answer = client.get("/organisations").expect(200);
        assert_eq!(answer.headers["access-control-allow-origin"], "https://portaal.test");
        let refused = client.get(&format!("/organisations/{UNKNOWN}")).expect(404);
        assert_eq!(refused.headers["access-control-allow-origin"], "https://portaal.test", "problems can be read too");
    }
}
