//! Feeds at an address with a secret.

use chrono::TimeDelta;
use contract_tests::{World, on_both};

use super::*;

/// Makes a feed; returns its id, and the address without the host.
#[track_caller]
fn make(client: &Client, draft: &Value, format: &str) -> (String, String) {
    let made = client.post("/feeds", draft).expect(201);
    let address = made.text_at(&format!("/addresses/{format}")).strip_prefix(PUBLIC_URL).unwrap().to_owned();
    (made.id(), address)
}

on_both! {
    fn a_feed_of_ones_own_shows_what_its_owner_may_see_for_as_long_as_they_work_somewhere(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&oss, "Olga Opdracht");
        let karel = world.employee_with(&oss, "Karel van Beek", &json!({"endDate": "2027-03-05"}));
        let inside = klus(&owner, &oss, "Alleen voor ons", "ORGANISATION");
        let public = klus(&owner, &oss, "Voor iedereen", "PUBLIC");
        let uda = world.client_of(&uden, "Uda Opdracht");
        let hidden = klus(&uda, &uden, "Alleen voor hen", "ORGANISATION");
        let (id, address) = make(&karel.client, &json!({"name": "Mijn klussen"}), "json");
        let feed = root(service, &address).expect(200);
        assert_eq!(feed.headers["cache-control"], "private, no-cache");
        assert_eq!((feed.headers["referrer-policy"].as_str(), feed.headers["x-robots-tag"].as_str()), ("no-referrer", "noindex"));
        let said = &feed.text;
        assert!(said.contains(&inside) && said.contains(&public) && !said.contains(&hidden), "{said}");
        assert!(said.contains(&format!("{PUBLIC_URL}/v1/assignments/{inside}")), "{said}");
        assert!(said.contains(&format!("{PUBLIC_URL}/klussen/{public}")) && !said.contains("Olga"), "{said}");
        let again = asked(service, &service.anonymous().with("If-None-Match", &feed.tag()), &address);
        assert_eq!((again.status, again.headers["cache-control"].as_str()), (304, "private, no-cache"));
        for format in ["rss", "atom", "ics"] {
            assert!(root(service, &address.replace("json", format)).expect(200).text.contains(&inside), "{format}");
        }
        let shown = karel.client.get(&format!("/feeds/{id}")).expect(200);
        assert_eq!((shown.text_at("/kind"), &shown.body["criteria"]), ("PERSONAL", &json!({})));
        assert!(!shown.text.contains("klusnet_feed_"), "shown once");
        service.clock.advance(TimeDelta::days(5));
        root(service, &address).expect(404);
    }

    fn a_feed_that_is_taken_back_is_gone_at_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let karel = world.employee(&oss, "Karel van Beek");
        let (id, address) = make(&karel.client, &json!({"name": "Mijn klussen"}), "rss");
        root(service, &address).expect(200);
        let stranger = world.employee(&oss, "Sanne de Vries");
        stranger.client.get(&format!("/feeds/{id}")).refused(404, "not_found");
        stranger.client.delete(&format!("/feeds/{id}")).refused(404, "not_found");
        assert!(stranger.client.get("/feeds").expect(200).ids().is_empty());
        karel.client.delete(&format!("/feeds/{id}")).expect(204);
        let gone = root(service, &address).expect(404);
        let unknown = root(service, "/feeds/klusnet_feed_onbekend/klussen.rss").expect(404);
        assert_eq!(gone.text, unknown.text);
        karel.client.get(&format!("/feeds/{id}")).refused(404, "not_found");
    }

    fn a_feed_of_an_organisation_shows_what_every_employee_may_see(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let administrator = &oss.administrator.client;
        let unit = administrator.post(&format!("/organisations/{}/units", oss.id), &json!({"name": "Groen"})).expect(201).id();
        let of_unit = with(&work_of(&oss), &json!({"unitId": unit, "title": "Alleen voor Groen"}));
        published(&owner, &of_unit, &plan(&["UNIT"]));
        let inside = klus(&owner, &oss, "Alleen voor ons", "ORGANISATION");
        let draft = json!({"name": "Intranet", "organisationId": oss.id, "criteria": {"region": "Brabant"}});
        owner.client.post("/feeds", &draft).refused(403, "not_allowed");
        let (id, address) = make(administrator, &draft, "json");
        let said = root(service, &address).expect(200).text;
        assert!(said.contains(&inside) && !said.contains("Groen") && said.contains("\"title\":\"Intranet\""), "{said}");
        assert_eq!(administrator.get("/feeds").expect(200).ids(), [id.as_str()]);
        assert_eq!(administrator.get(&format!("/feeds/{id}")).text_at("/kind"), "ORGANISATION");
        world.platform.patch(&format!("/organisations/{}", oss.id), &json!({"status": "INACTIVE"})).expect(200);
        root(service, &address).expect(404);
    }

    fn every_mistake_of_a_feed_is_named_and_twenty_are_enough(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let karel = world.employee(&oss, "Karel van Beek").client;
        let post = |draft: Value| karel.post("/feeds", &draft);
        post(json!({"name": " "})).names(&["name"]);
        post(json!({"name": "Feed", "organisationId": UNKNOWN})).names(&["organisationId"]);
        post(json!({"name": "Feed", "criteria": {"kind": "IETS", "regio": "Brabant"}})).expect(400);
        post(json!({"name": "Feed", "criteria": {"startsFrom": "2027-05-01", "endsBefore": "2027-04-01"}}))
            .names(&["criteria.endsBefore"]);
        world.platform.post("/feeds", &json!({"name": "Feed"})).refused(403, "not_allowed");
        for _ in 0..20 {
            post(json!({"name": "Feed"})).expect(201);
        }
        post(json!({"name": "Feed"})).refused(409, "feeds_full");
    }
}
