//! What is posted, and to whom.

use std::collections::BTreeSet;

use contract_tests::{Receiver, World, on_both};
use serde_json::{Value, json};

use super::{REGISTERED, REVISED, happen, subscribe};

fn subjects(receiver: &Receiver) -> Vec<Value> {
    receiver.events().iter().map(|one| one.json()["data"]["subjectId"].clone()).collect()
}

/// Waits until a receiver was told of this thing.
fn wait_for(receiver: &Receiver, subject: &str) {
    receiver.until(|events| events.iter().any(|one| one.json()["data"]["subjectId"] == subject));
}

on_both! {
    fn an_event_is_posted_as_a_thin_cloud_event(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        let id = happen(&world, "Uitvoering Zuid");
        let message = receiver.wait_for(1).remove(0);
        assert_eq!(message.header("content-type"), "application/cloudevents+json; charset=utf-8");
        let event = message.json();
        assert_eq!(message.header("webhook-id"), format!("msg_{}", event["id"].as_str().unwrap()));
        assert_eq!((&event["specversion"], &event["type"]), (&json!("1.0"), &json!(REGISTERED)));
        assert_eq!((&event["source"], &event["time"]), (&json!("https://klusnet.test/v1"), &json!("2027-03-01T09:00:00Z")));
        assert_eq!(event["subject"], format!("/v1/organisations/{id}"));
        assert_eq!(event["dataref"], format!("https://klusnet.test/v1/organisations/{id}"));
        assert_eq!(event["data"], json!({"subjectKind": "organisation", "subjectId": id, "organisationId": id}));
        assert!(!message.text.contains("Uitvoering"), "no names");
        let delivery = own.until(|all| all.iter().any(|one| one["state"] == "DELIVERED")).remove(0);
        assert_eq!((&delivery["eventId"], &delivery["body"]), (&event["id"], &event));
        assert_eq!(delivery["attempts"][0]["responseStatus"], 200);
        let one = own.admin.get(&format!("{}/deliveries/{}", own.path, event["id"].as_str().unwrap())).expect(200);
        assert_eq!(one.body, delivery);
        own.admin.with("If-None-Match", &one.tag()).get(&format!("{}/deliveries/{}", own.path, event["id"].as_str().unwrap())).expect(304);
        let waiting = own.admin.get(&format!("{}/deliveries?state=PENDING", own.path)).expect(200);
        assert!(waiting.body["items"].as_array().unwrap().is_empty());
    }

    fn a_subscription_is_told_what_it_asked_for(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let network = world.network("Brabant", "INVITATION_ONLY");
        world.join(&network, &oss);
        let (typed, about, within, all) = (Receiver::start(), Receiver::start(), Receiver::start(), Receiver::start());
        subscribe(&oss, &typed, &json!({"eventTypes": [REVISED]}));
        subscribe(&oss, &about, &json!({"aboutOrganisationId": uden.id}));
        subscribe(&oss, &within, &json!({"networkId": network.id, "eventTypes": []}));
        subscribe(&oss, &all, &json!({"eventTypes": []}));
        world.platform.patch(&format!("/organisations/{}", uden.id), &json!({"name": "Gemeente Uden e.o."})).expect(200);
        world.platform.patch(&format!("/networks/{}", network.id), &json!({"name": "Heel Brabant"})).expect(200);
        let last = happen(&world, "Uitvoering Zuid");
        wait_for(&all, &last);
        assert_eq!(typed.wait_for(1)[0].json()["data"]["subjectId"], uden.id.as_str());
        assert_eq!(about.wait_for(1)[0].json()["type"], REVISED);
        within.wait_for(1);
        assert!(subjects(&within).iter().all(|id| *id == network.id.as_str()), "{:?}", subjects(&within));
        for narrow in [&typed, &about] {
            assert!(!subjects(narrow).contains(&json!(last)));
        }
    }

    fn what_an_organisation_may_not_know_it_is_not_told(service) {
        let world = World::new(service);
        let (oss, breda) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Breda"));
        let network = world.network("As50", "INVITATION_ONLY");
        world.join(&network, &oss);
        let (member, stranger) = (Receiver::start(), Receiver::start());
        subscribe(&oss, &member, &json!({"eventTypes": []}));
        subscribe(&breda, &stranger, &json!({"eventTypes": []}));
        world.platform.patch(&format!("/networks/{}", network.id), &json!({"name": "As-50"})).expect(200);
        let last = happen(&world, "Uitvoering Zuid");
        for receiver in [&member, &stranger] {
            wait_for(receiver, &last);
        }
        assert!(subjects(&member).contains(&json!(network.id)));
        assert!(!subjects(&stranger).contains(&json!(network.id)), "the network itself answers them 404");
    }

    fn two_instances_send_each_event_once(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        let another = service.another();
        for number in 0..40 {
            happen(&world, &format!("Dienst {number}"));
            if number % 10 == 0 {
                another.tick();
            }
        }
        receiver.wait_for(40);
        own.until(|all| all.iter().filter(|one| one["state"] == "DELIVERED").count() == 40);
        let ids: Vec<String> = receiver.events().iter().map(|one| one.header("webhook-id").to_owned()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "none came twice");
    }

    fn what_another_instance_left_lying_is_taken_up_when_its_time_is_over(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        happen(&world, "Eerste dienst");
        own.until(|all| all.iter().any(|one| one["state"] == "DELIVERED"));
        // Another instance took the queue, and fell.
        let until = if service.database_url().starts_with("postgres") {
            "'2027-03-01T09:00:20Z'".to_owned()
        } else {
            let until: chrono::DateTime<chrono::Utc> = "2027-03-01T09:00:20Z".parse().unwrap();
            until.timestamp_micros().to_string()
        };
        service.execute(&format!("UPDATE webhook_queues SET leased_by = subscription_id, leased_until = {until}"));
        happen(&world, "Tweede dienst");
        std::thread::sleep(std::time::Duration::from_millis(1500));
        assert_eq!(receiver.events().len(), 1, "it may be sending");
        service.pass(chrono::TimeDelta::seconds(20));
        receiver.wait_for(2);
    }
}
