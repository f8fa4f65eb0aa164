//! The owner's log.

use chrono::TimeDelta;
use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::{fill, listed, show};

on_both! {
    fn every_time_somebody_opens_a_profile_the_owner_reads_who_and_why(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, olga) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht"));
        let id = fill(&sanne);
        let path = format!("/profiles/{id}");
        olga.client.get(&path).refused(404, "not_found");
        show(&sanne, &json!({"level": "V4"}));
        assert_eq!(listed(&olga.client, ""), [id.as_str()]);
        sanne.client.get(&path).expect(200);
        assert!(sanne.client.get("/profile/views").expect(200).ids().is_empty(), "none of these opened it");
        let first = olga.client.get(&path).expect(200);
        service.pass(TimeDelta::hours(1));
        olga.client.with("If-None-Match", &first.tag()).get(&path).expect(304);
        let log = sanne.client.get("/profile/views").expect(200);
        let lines = log.body["items"].as_array().unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["viewedAt"], "2027-03-01T10:00:00Z", "newest first");
        let (viewer, basis) = (&lines[1]["viewerName"], &lines[1]["basis"]);
        assert_eq!((viewer, basis), (&json!("Olga Opdracht"), &json!("ALL_GOVERNMENT")));
        assert_eq!(lines[1]["organisationName"], "Gemeente Uden");
        assert!(olga.client.get("/profile/views").expect(200).ids().is_empty(), "it is the owner's log alone");
        let page = sanne.client.get("/profile/views?limit=1").expect(200);
        assert_eq!(sanne.client.get(page.text_at("/links/next")).ids(), [lines[1]["id"].as_str().unwrap()]);
    }

    fn a_public_card_is_logged_for_who_is_signed_in_and_asks_for_the_profile(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, willem) = (world.employee(&oss, "Sanne de Vries"), world.employee(&uden, "Willem Vreemd"));
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V5"}));
        let public = service.anonymous().get(&format!("/public-profiles/{id}")).expect(200);
        let again = service.anonymous().with("If-None-Match", &public.tag());
        again.get(&format!("/public-profiles/{id}")).expect(304);
        let card = willem.client.get(&format!("/profiles/{id}")).expect(200);
        assert_eq!((card.text_at("/sight"), &card.body["availabilities"]), ("PUBLIC_CARD", &Value::Null));
        let log = sanne.client.get("/profile/views").expect(200);
        assert_eq!(log.ids().len(), 1);
        assert_eq!(log.text_at("/items/0/basis"), "PUBLIC");
    }
}
