//! Subscriptions, as administrators manage them.

use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{REGISTERED, happen, subscribe, subscribe_unverified, subscriptions_of};

on_both! {
    /// shows: M18
    fn a_subscription_is_made_shown_changed_and_removed(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        let draft = json!({"url": "https://intranet.oss.example/klusnet", "description": "Intranet"});
        let made = admin.post(&subscriptions_of(&oss), &draft).expect(201);
        assert_eq!((&made.body["state"], &made.body["eventTypes"]), (&json!("UNVERIFIED"), &json!([])));
        let secret = made.text_at("/key/secret").to_owned();
        assert!(secret.starts_with("whsec_") && made.text_at("/key/publicKey").starts_with("whpk_"));
        let own = format!("/webhook-subscriptions/{}", made.id());
        let shown = admin.get(&own).expect(200);
        assert_eq!(shown.body["description"], "Intranet");
        let list = admin.get(&subscriptions_of(&oss)).expect(200);
        assert_eq!(list.ids(), [made.id()]);
        let patch = json!({"description": null, "url": receiver.url, "eventTypes": [REGISTERED], "aboutOrganisationId": oss.id});
        let changed = admin.patch(&own, &patch).expect(200);
        assert_eq!((&changed.body["description"], &changed.body["url"]), (&json!(null), &json!(receiver.url)));
        for answer in [&shown, &list, &changed, &admin.get(&format!("{own}/keys")).expect(200)] {
            assert!(!answer.text.contains(&secret) && !answer.text.contains("secret"), "{}", answer.text);
        }
        admin.at_present(&own).delete(&own).expect(204);
        admin.get(&own).refused(404, "not_found");
        let told = admin.get("/events?limit=100").expect(200);
        assert!(told.text.contains("webhook-subscription-changed"));
    }

    fn input_that_is_wrong_names_its_fields(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let network = world.network("Brabant", "BY_ORGANISATION");
        let admin = &oss.administrator.client;
        for (wrong, field) in [
            (json!({}), "url"),
            (json!({"url": "http://intranet.oss.example/"}), "url"),
            (json!({"url": "https://intranet.oss.example:8443/"}), "url"),
            (json!({"url": "https://anna:geheim@intranet.oss.example/"}), "url"),
            (json!({"url": "https://10.0.0.1/"}), "url"),
            (json!({"url": "https://169.254.169.254/latest/meta-data"}), "url"),
            (json!({"url": "https://[::1]/"}), "url"),
            (json!({"url": "intranet"}), "url"),
            (json!({"url": "https://oss.example/", "eventTypes": ["nl.klusnet.nonsense.v1"]}), "eventTypes.0"),
            (json!({"url": "https://oss.example/", "eventTypes": [REGISTERED, REGISTERED]}), "eventTypes"),
            (json!({"url": "https://oss.example/", "aboutOrganisationId": network.id}), "aboutOrganisationId"),
            (json!({"url": "https://oss.example/", "networkId": network.id}), "networkId"),
            (json!({"url": "https://oss.example/", "secret": "eigen"}), "secret"),
        ] {
            admin.post(&subscriptions_of(&oss), &wrong).names(&[field]);
        }
        assert!(admin.get(&subscriptions_of(&oss)).expect(200).ids().is_empty(), "nothing was half made");
    }

    fn a_subscription_is_there_for_the_administrators_of_its_organisation_only(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let own = subscribe_unverified(&oss, &receiver, &json!({}));
        let employee = world.employee(&oss, "Sanne de Vries");
        for other in [&uden.administrator.client, &employee.client] {
            other.get(&own.path).refused(404, "not_found");
            other.act(&format!("{}/ping", own.path)).refused(404, "not_found");
            other.get(&format!("{}/deliveries", own.path)).refused(404, "not_found");
            other.post(&subscriptions_of(&oss), &json!({"url": "https://oss.example/"})).refused(403, "not_allowed");
        }
        assert!(receiver.all().is_empty());
    }

    fn an_organisation_has_twenty_at_most(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let draft = json!({"url": "https://intranet.oss.example/klusnet"});
        for _ in 0..20 {
            oss.administrator.client.post(&subscriptions_of(&oss), &draft).expect(201);
        }
        oss.administrator.client.post(&subscriptions_of(&oss), &draft).refused(409, "webhooks_full");
    }

    fn nothing_is_delivered_before_the_receiver_accepts_a_ping(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe_unverified(&oss, &receiver, &json!({}));
        let id = happen(&world, "Uitvoering Zuid");
        receiver.next(&[(404, &[])]);
        let ping = own.ping();
        assert_eq!((&ping["accepted"], &ping["state"]), (&json!(false), &json!("UNVERIFIED")));
        assert_eq!((&ping["attempt"]["responseStatus"], &ping["attempt"]["responseExcerpt"]), (&json!(404), &json!("ok")));
        assert!(receiver.events().is_empty());
        let ping = own.ping();
        assert_eq!((&ping["accepted"], &ping["state"]), (&json!(true), &json!("ACTIVE")));
        assert_eq!(receiver.wait_for(1)[0].json()["data"]["subjectId"], id.as_str(), "what happened meanwhile");
        let moved = own.patch(&json!({"url": format!("{}/elders", receiver.url)}));
        assert_eq!(moved["state"], "UNVERIFIED", "another address is another receiver");
    }

    fn a_receiver_says_whether_it_allows_us_and_how_much(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe_unverified(&oss, &receiver, &json!({}));
        receiver.when_asked((200, &[("WebHook-Allowed-Origin", "elders.example")]));
        let ping = own.ping();
        assert_eq!((&ping["accepted"], &ping["attempt"]), (&json!(false), &json!(null)));
        assert_eq!(receiver.all().len(), 1, "it was not posted to");
        assert_eq!(receiver.all()[0].header("webhook-request-origin"), "klusnet.test");
        receiver.when_asked((200, &[("WebHook-Allowed-Origin", "klusnet.test"), ("WebHook-Allowed-Rate", "120")]));
        assert_eq!(own.ping()["accepted"], true);
        assert_eq!(own.now()["allowedRate"], 120);
        own.patch(&json!({"paused": true}));
        for number in 0..5 {
            happen(&world, &format!("Dienst {number}"));
        }
        own.patch(&json!({"paused": false}));
        receiver.wait_for(2);
        std::thread::sleep(std::time::Duration::from_millis(1500));
        assert_eq!(receiver.events().len(), 2, "two in a second of the clock, which stands still");
        service.pass(chrono::TimeDelta::seconds(1));
        receiver.wait_for(4);
    }

    fn while_it_is_paused_events_wait(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        assert_eq!(own.patch(&json!({"paused": true}))["state"], "PAUSED");
        let first = happen(&world, "Eerste dienst");
        let second = happen(&world, "Tweede dienst");
        std::thread::sleep(std::time::Duration::from_millis(1500));
        assert!(receiver.events().is_empty());
        own.patch(&json!({"paused": false}));
        let told: Vec<_> = receiver.wait_for(2).iter().map(|one| one.json()["data"]["subjectId"].clone()).collect();
        assert!(told.contains(&json!(first)) && told.contains(&json!(second)));
    }
}
