//! What stands beside the interface: health, metrics, keys, the documents and their pages; and several instances.

use contract_tests::{ADMINISTRATOR, Answer, Client, Service, on_both};
use serde_json::{Value, json};

/// Asks at an address without the base path.
fn root(service: &Service, client: &Client, path: &str) -> Answer {
    client.get(&format!("{}{path}", service.root()))
}

fn sign_in(service: &Service) -> Client {
    let body = json!({"email": ADMINISTRATOR.0, "password": ADMINISTRATOR.1});
    let tokens = service.anonymous().post("/sessions", &body).expect(201);
    service.anonymous().with_token(tokens.text_at("/accessToken"))
}

fn gauge(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}:\n{metrics}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

on_both! {
    fn metrics_tell_of_operations_the_pool_and_what_waits(service) {
        let client = service.administrator();
        client.get("/organisations").expect(200);
        client.get("/organisations/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").expect(404);
        client.get("/nothing/here").expect(404);
        client.post("/organisations", &json!({"name": "Oss", "kind": "AGENCY"})).expect(201);
        let answer = root(service, &service.anonymous(), "/metrics").expect(200);
        assert!(answer.headers["content-type"].starts_with("text/plain"));
        let metrics = answer.text;
        assert_eq!(gauge(&metrics, "klusnet_request_seconds_count{operation=\"listOrganisations\",status=\"200\"}"), 1.0);
        assert_eq!(gauge(&metrics, "klusnet_request_seconds_count{operation=\"getOrganisation\",status=\"404\"}"), 1.0);
        assert_eq!(gauge(&metrics, "klusnet_request_seconds_count{operation=\"other\",status=\"404\"}"), 1.0);
        let open = gauge(&metrics, "klusnet_database_connections{state=\"idle\"}") + gauge(&metrics, "klusnet_database_connections{state=\"busy\"}");
        assert!((1.0..=4.0).contains(&open), "{metrics}");
        assert!(gauge(&metrics, "klusnet_build{version=") == 1.0);
        assert!(gauge(&metrics, "klusnet_events_waiting") >= 0.0);
        service.tick();
        let metrics = root(service, &service.anonymous(), "/metrics").text;
        assert_eq!(gauge(&metrics, "klusnet_events_waiting"), 0.0, "the clock gives them their place");
        assert!(!metrics.contains("01935b7e"), "operations, not addresses");
    }

    fn the_service_is_live_and_ready(service) {
        assert_eq!(root(service, &service.anonymous(), "/health/live").expect(200).body["status"], "live");
        assert_eq!(root(service, &service.anonymous(), "/health/ready").expect(200).body["status"], "ready");
    }

    fn the_document_is_open_to_every_origin_in_three_forms(service) {
        let client = service.anonymous().with("Origin", "https://elders.test");
        for (path, version) in [("/v1/openapi.json", "3.1.0"), ("/v1/openapi.yaml", "3.1.0"), ("/v1/openapi-3.0.json", "3.0.3")] {
            let answer = root(service, &client, path).expect(200);
            assert_eq!(answer.headers["access-control-allow-origin"], "*");
            assert!(answer.text.contains(version), "{path}");
            assert!(answer.text.contains("https://klusnet.test/v1"), "{path} names this service");
            let again = root(service, &client.with("If-None-Match", &answer.tag()), path);
            assert_eq!((again.status, again.text.as_str()), (304, ""));
        }
    }

    fn a_weakness_can_be_reported(service) {
        let text = root(service, &service.anonymous(), "/.well-known/security.txt").expect(200).text;
        assert!(text.contains("Contact: mailto:") && text.contains("Expires: 2027-05-30T"), "{text}");
    }

    fn where_nothing_is_outside_the_interface_the_answer_is_a_problem_too(service) {
        for path in ["/", "/nothing", "/v1", "/v2/organisations", "/docs/nothing.js", "/health", "/metrics/"] {
            let answer = root(service, &service.anonymous(), path);
            assert_eq!((answer.status, answer.text_at("/code")), (404, "path_unknown"), "{path}");
            if !path.starts_with("/docs/") {
                assert_eq!(answer.headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'", "{path}");
            }
        }
    }

    fn the_pages_of_the_documentation_load_nothing_from_elsewhere(service) {
        let client = service.anonymous();
        let page = root(service, &client, "/docs/").expect(200);
        assert!(page.headers["content-type"].starts_with("text/html"));
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"), "{policy}");
        assert!(!page.text.contains("https://") && !page.text.contains("src=\"//"), "{}", page.text);
        for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-initializer.js"] {
            assert!(root(service, &client, &format!("/docs/{file}")).status == 200, "{file}");
        }
        let document = root(service, &client, "/docs/openapi.json").expect(200);
        assert_eq!(document.body["servers"][0]["url"], "../v1", "the service the pages come from");
        let redirect = root(service, &client, "/docs");
        assert_eq!((redirect.status, redirect.headers["location"].as_str()), (307, "/docs/"));
    }

    fn an_old_key_is_retired_when_no_token_of_it_can_be_good(service) {
        let keys = || root(service, &service.anonymous(), "/.well-known/jwks.json").body["keys"].as_array().unwrap().len();
        service.pass(chrono::TimeDelta::hours(1));
        assert_eq!(keys(), 1, "the only key stays");
        let old = sign_in(service);
        service.rotate_keys();
        service.pass(chrono::TimeDelta::minutes(14));
        let new = sign_in(service);
        assert_eq!(keys(), 2);
        old.get("/organisations").expect(200);
        new.get("/organisations").expect(200);
        service.pass(chrono::TimeDelta::minutes(106));
        assert_eq!(keys(), 1);
        old.get("/organisations").refused(401, "token_invalid");
        sign_in(service).get("/organisations").expect(200);
    }

    fn instances_on_one_database_accept_the_tokens_of_each_other(service) {
        let other = service.another();
        let (here, there) = (sign_in(service), sign_in(&other));
        for instance in [service, &other] {
            for client in [&here, &there] {
                client.at(&instance.url).get("/organisations").expect(200);
            }
        }
        let keys = |service: &Service| -> Value { root(service, &service.anonymous(), "/.well-known/jwks.json").body };
        assert_eq!(keys(service), keys(&other));
        here.delete("/sessions/current").expect(204);
        here.at(&other.url).get("/organisations").refused(401, "token_invalid");
    }
}
