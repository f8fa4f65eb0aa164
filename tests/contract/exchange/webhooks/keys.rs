//! What signs.

use chrono::TimeDelta;
use contract_tests::{Received, Receiver, World, on_both};
use serde_json::json;
use standardwebhooks::Webhook;

use super::{happen, subscribe};

/// Whether one of the signatures is by this secret, as the library of Standard Webhooks makes them.
fn is_signed_by(message: &Received, secret: &str) -> bool {
    let webhook = Webhook::new(secret).unwrap();
    let timestamp = message.header("webhook-timestamp").parse().unwrap();
    let expected = webhook.sign(message.header("webhook-id"), timestamp, message.text.as_bytes()).unwrap();
    message.header("webhook-signature").split(' ').any(|one| one == expected)
}

on_both! {
    fn a_key_follows_another_and_both_sign_for_a_while(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        let keys = format!("{}/keys", own.path);
        let first = own.made["key"]["secret"].as_str().unwrap().to_owned();
        let next = own.admin.post(&keys, &json!({"overlapHours": 2})).expect(201);
        let second = next.text_at("/secret").to_owned();
        own.admin.post(&keys, &json!({})).refused(409, "webhook_keys_full");
        own.admin.post(&keys, &json!({"overlapHours": 721})).names(&["overlapHours"]);
        happen(&world, "Eerste dienst");
        let message = receiver.wait_for(1).remove(0);
        assert!(is_signed_by(&message, &first) && is_signed_by(&message, &second));
        assert_eq!(message.header("webhook-signature").split(' ').count(), 4);
        service.pass(TimeDelta::hours(2));
        happen(&world, "Tweede dienst");
        let message = receiver.wait_for(2).remove(1);
        assert!(!is_signed_by(&message, &first) && is_signed_by(&message, &second));
        let listed = own.admin.get(&keys).expect(200);
        assert_eq!(listed.body["items"][0]["publicKey"], next.body["publicKey"]);
        assert!(!listed.text.contains("whsec_"));
        own.admin.post(&keys, &json!({})).expect(201);
        assert_eq!(own.admin.get(&keys).expect(200).ids().len(), 2, "the retired one is gone");
    }

    fn a_key_that_others_know_is_deleted_at_once_but_the_newest_stays(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        let keys = format!("{}/keys", own.path);
        let first = own.made["key"]["id"].as_str().unwrap();
        own.admin.delete(&format!("{keys}/{first}")).refused(409, "webhook_key_needed");
        let next = own.admin.post(&keys, &json!({})).expect(201);
        own.admin.get(&format!("{keys}/{first}")).expect(200);
        own.admin.delete(&format!("{keys}/{first}")).expect(204);
        own.admin.get(&format!("{keys}/{first}")).refused(404, "not_found");
        own.admin.delete(&format!("{keys}/{first}")).refused(404, "not_found");
        happen(&world, "Eerste dienst");
        let message = receiver.wait_for(1).remove(0);
        assert!(is_signed_by(&message, next.text_at("/secret")));
        assert_eq!(message.header("webhook-signature").split(' ').count(), 2);
    }
}
