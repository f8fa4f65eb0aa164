//! Events.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use contract_tests::{Client, OAuth, Organisation, Service, World, on_both};
use serde_json::{Value, json};

/// All events after one, page by page, until there is no next page.
fn events_after(client: &Client, after: Option<&str>) -> Vec<Value> {
    let mut events = Vec::new();
    let mut next = Some(after.map_or("/events?limit=7".to_owned(), |id| format!("/events?limit=7&after={id}")));
    while let Some(address) = next {
        let page = client.get(&address).expect(200);
        events.extend(page.body["items"].as_array().unwrap().iter().cloned());
        next = page.body["links"]["next"].as_str().map(str::to_owned);
        assert_eq!(page.headers.contains_key("link"), next.is_some());
    }
    events
}

fn ids(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["id"].as_str().unwrap()).collect()
}

fn register(client: &Client, name: &str) -> String {
    client.post("/organisations", &json!({"name": name, "kind": "AGENCY"})).expect(201).id()
}

on_both! {
    fn an_event_names_what_to_read_again_and_nothing_more(service) {
        let platform = service.administrator();
        let id = register(&platform, "Uitvoering Zuid");
        let events = events_after(&platform, None);
        let event = events.last().unwrap();
        assert_eq!(event["type"], "nl.klusnet.organisation-registered.v1");
        assert_eq!((&event["subjectKind"], &event["subjectId"], &event["organisationId"]), (&json!("organisation"), &json!(id), &json!(id)));
        assert_eq!((&event["source"], &event["time"]), (&json!("https://klusnet.test/v1"), &json!("2027-03-01T09:00:00Z")));
        assert_eq!(platform.get(event["subject"].as_str().unwrap()).expect(200).id(), id);
        assert!(!event.to_string().contains("Uitvoering"), "no names");
        let fields: BTreeSet<&str> = event.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(!fields.contains("position"), "places would tell that hidden things happened");
    }

    fn an_event_shows_to_those_who_may_see_the_thing(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let employee = world.employee(&oss, "Sanne de Vries");
        let outsider = world.outsider("Mirjam Kar");
        let about = |client: &Client, id: &str| events_after(client, None).iter().any(|event| event["subjectId"] == id);
        let id = register(&world.platform, "Uitvoering Zuid");
        assert!(about(&employee.client, &id), "who works for the government");
        assert!(about(&world.platform, &id), "who administers the platform");
        assert!(!about(&outsider.client, &id), "not who has no employment");
        for client in [&employee.client, &outsider.client] {
            assert!(!events_after(client, None).iter().any(|event| event["subjectKind"] == "session"));
        }
    }

    fn what_happens_in_a_network_by_invitation_shows_to_its_members_only(service) {
        let world = World::new(service);
        let (oss, breda) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Breda"));
        let network = world.network("As50", "INVITATION_ONLY");
        world.join(&network, &oss);
        let path = format!("/networks/{}", network.id);
        world.platform.patch(&path, &json!({"name": "As-50"})).expect(200);
        let revised = |client: &Client| {
            let events = events_after(client, None);
            events.iter().any(|event| event["type"] == "nl.klusnet.network-revised.v1" && event["subjectId"] == network.id.as_str())
        };
        let (member, stranger) = (world.employee(&oss, "Sanne de Vries"), world.employee(&breda, "Willem Vreemd"));
        assert!(revised(&member.client), "through their employer");
        assert!(!revised(&stranger.client), "the network itself answers them 404");
        stranger.client.get(&path).expect(404);
    }

    fn whoever_goes_on_from_the_last_event_misses_none_and_gets_none_twice(service) {
        let platform = service.administrator();
        for number in 0..10 {
            register(&platform, &format!("Eerste {number}"));
        }
        let first = events_after(&platform, None);
        let last = first.last().unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(events_after(&platform, Some(&last)), Vec::<Value>::new());
        for number in 0..10 {
            register(&platform, &format!("Tweede {number}"));
        }
        let second = events_after(&platform, Some(&last));
        assert_eq!(second.len(), 10);
        let whole: Vec<Value> = first.into_iter().chain(second).collect();
        assert_eq!(whole, events_after(&platform, None));
    }

    fn an_id_that_is_no_event_is_refused(service) {
        let platform = service.administrator();
        for id in ["0fff5b7e-8a3c-7c4e-9a51-3d2f6b8e0c17", "6f1c2ab0-4a5e-4f6e-9a51-3d2f6b8e0c17", "nonsense"] {
            platform.get(&format!("/events?after={id}")).names(&["after"]);
        }
        platform.get("/events?limit=0").names(&["limit"]);
        platform.get("/events?limit=101").names(&["limit"]);
    }

    fn a_reader_sees_each_event_once_and_in_order_while_many_write(service) {
        let platform = service.administrator();
        let done = AtomicBool::new(false);
        let seen = std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut seen: Vec<Value> = Vec::new();
                loop {
                    // Asked before the read: what was written by then must be in it.
                    let last_round = done.load(Ordering::SeqCst);
                    let after = seen.last().map(|event| event["id"].as_str().unwrap().to_owned());
                    seen.extend(events_after(&platform, after.as_deref()));
                    if last_round {
                        return seen;
                    }
                }
            });
            let write = |writer: usize| {
                let platform = &platform;
                move || (0..10).map(|number| register(platform, &format!("Dienst {writer}-{number}"))).collect::<Vec<_>>()
            };
            let writers: Vec<_> = (0..8).map(|writer| scope.spawn(write(writer))).collect();
            let written: BTreeSet<String> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
            done.store(true, Ordering::SeqCst);
            let seen = reader.join().unwrap();
            let told: BTreeSet<String> = seen.iter().map(|event| event["subjectId"].as_str().unwrap().to_owned()).collect();
            assert!(written.is_subset(&told), "all of them were told");
            seen
        });
        let once: BTreeSet<&str> = ids(&seen).into_iter().collect();
        assert_eq!(once.len(), seen.len(), "none came twice");
        assert_eq!(ids(&seen), ids(&events_after(&platform, None)), "in the order of a later reader");
    }

    fn a_mirror_begins_at_the_last_event_and_misses_nothing(service) {
        let platform = service.administrator();
        register(&platform, "Uitvoering Zuid");
        let latest = platform.get("/events/latest").expect(200);
        let all = events_after(&platform, None);
        assert_eq!(Some(&latest.body), all.last());
        let id = register(&platform, "Uitvoering Noord");
        let missed = events_after(&platform, latest.body["id"].as_str());
        assert_eq!(missed.iter().map(|event| event["subjectId"].clone()).collect::<Vec<_>>(), [json!(id)]);
    }

    fn who_may_know_of_nothing_yet_has_no_last_event(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let token = token_of(service, &oss);
        service.execute("DELETE FROM event_audiences");
        service.anonymous().with_token(&token).get("/events/latest").refused(404, "not_found");
    }

    fn a_system_by_itself_is_told_what_its_organisation_may_know(service) {
        let world = World::new(service);
        let (oss, breda) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Breda"));
        let network = world.network("As50", "INVITATION_ONLY");
        world.join(&network, &oss);
        world.platform.patch(&format!("/networks/{}", network.id), &json!({"name": "As-50"})).expect(200);
        let events = |organisation| {
            let client = service.anonymous().with_token(&token_of(service, organisation));
            events_after(&client, None)
        };
        let revised = |events: &[Value]| events.iter().any(|event| event["subjectId"] == network.id.as_str());
        assert!(revised(&events(&oss)) && !revised(&events(&breda)));
        assert!(!events(&oss).iter().any(|event| event["subjectKind"] == "session"), "what is told to people alone");
    }

    fn events_are_kept_for_ninety_days(service) {
        let platform = service.administrator();
        register(&platform, "Uitvoering Zuid");
        let first = events_after(&platform, None)[0]["id"].as_str().unwrap().to_owned();
        service.pass(chrono::TimeDelta::days(89));
        let late = register(&platform, "Uitvoering Noord");
        platform.get(&format!("/events?after={first}")).expect(200);
        service.pass(chrono::TimeDelta::days(2));
        let refused = platform.get(&format!("/events?after={first}")).refused(410, "event_too_old");
        assert!(refused.text_at("/detail").contains("/events/latest"));
        platform.get(&format!("/events/stream?after={first}")).refused(410, "event_too_old");
        let kept = events_after(&platform, None);
        assert!(kept.iter().any(|event| event["subjectId"] == late.as_str()));
        assert!(!kept.iter().any(|event| event["id"] == first.as_str()));
    }

    fn events_are_followed_live_and_from_where_a_connection_was_lost(service) {
        let platform = service.administrator();
        register(&platform, "Uitvoering Zuid");
        let seen = platform.get("/events/latest").expect(200).body;
        let second = register(&platform, "Uitvoering Noord");
        let mut stream = Stream::open(service, seen["id"].as_str());
        let event = stream.next();
        assert_eq!(event["subjectId"], second.as_str());
        let third = register(&platform, "Uitvoering West");
        let event = stream.next();
        assert_eq!(event["subjectId"], third.as_str());
        assert_eq!(event, *events_after(&platform, None).last().unwrap(), "the same as in the list");
        let mut live = Stream::open(service, None);
        let fourth = register(&platform, "Uitvoering Oost");
        assert_eq!(live.next()["subjectId"], fourth.as_str(), "from now on");
        platform.with("Last-Event-ID", "nonsense").get("/events/stream").names(&["Last-Event-ID"]);
    }
}

/// A connection on which events come.
struct Stream(std::io::BufReader<std::net::TcpStream>);

impl Stream {
    fn open(service: &Service, after: Option<&str>) -> Self {
        let token = service.token_of_administrator();
        let host = service.root().trim_start_matches("http://").to_owned();
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        let after = after.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        let request = format!(
            "GET /v1/events/stream HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\nAuthorization: Bearer {token}\r\n{after}\r\n"
        );
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let mut opened = Self(std::io::BufReader::new(stream));
        assert!(opened.line().contains("200"), "it is open");
        contract_tests::note("streamEvents", 200);
        while !opened.line().starts_with(": follows") {}
        opened
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut self.0, &mut line).unwrap();
        assert!(!line.is_empty(), "the connection was closed");
        line
    }

    /// The data of the next event.
    fn next(&mut self) -> Value {
        let mut id = String::new();
        loop {
            let line = self.line();
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.trim().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ") {
                let event: Value = serde_json::from_str(data).unwrap();
                assert_eq!(event["id"], id.as_str());
                return event;
            }
        }
    }
}

/// A token that a system of an organisation got for itself, to read events.
fn token_of(service: &Service, organisation: &Organisation) -> String {
    let draft = json!({"name": "Spiegel", "grantType": "CLIENT_CREDENTIALS", "scopes": ["events:read"]});
    let admin = &organisation.administrator.client;
    let id = admin.post(&format!("/organisations/{}/oauth-clients", organisation.id), &draft).expect(201).id();
    let secret = admin.post(&format!("/oauth-clients/{id}/secrets"), &json!({})).expect(201);
    let form =
        [("grant_type", "client_credentials"), ("client_id", &id), ("client_secret", secret.text_at("/clientSecret"))];
    OAuth::of(service).token(&form).expect(200).text_at("/access_token").to_owned()
}
