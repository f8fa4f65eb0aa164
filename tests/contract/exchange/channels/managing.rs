//! Channels, as administrators manage them.

use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{SECRET, channels_of, draft, make, tell};

on_both! {
    /// shows: M18
    fn a_channel_is_made_shown_changed_and_removed_and_its_address_is_never_shown(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        let wanted = json!({"criteria": {"region": "Noordoost-Brabant"}, "frequency": "WEEKLY"});
        let keyed = admin.with("Idempotency-Key", "kanaal-1");
        let made = keyed.post(&channels_of(&oss), &draft(&receiver, &wanted)).expect(201);
        assert_eq!(keyed.post(&channels_of(&oss), &draft(&receiver, &wanted)).expect(201).id(), made.id());
        let host = receiver.url.trim_end_matches("/gebeurtenissen");
        assert_eq!((made.text_at("/state"), made.text_at("/maskedUrl")), ("UNVERIFIED", format!("{host}/…").as_str()));
        let own = format!("/channels/{}", made.id());
        let shown = admin.get(&own).expect(200);
        assert_eq!((&shown.body["criteria"], shown.text_at("/frequency")), (&json!({"region": "Noordoost-Brabant"}), "WEEKLY"));
        admin.with("If-None-Match", &shown.tag()).get(&own).expect(304);
        let list = admin.get(&channels_of(&oss)).expect(200);
        assert_eq!(list.ids(), [made.id()]);
        let patch = json!({"name": "Kanaal", "language": "EN", "frequency": "DAILY", "kind": "MATTERMOST", "criteria": {},
            "url": format!("{host}/hooks/{SECRET}-anders")});
        let changed = admin.patch(&own, &patch).expect(200);
        assert_eq!((changed.text_at("/name"), changed.text_at("/kind"), changed.text_at("/language")), ("Kanaal", "MATTERMOST", "EN"));
        admin.with("If-Match", &made.tag()).send("PATCH", &own, Some(&json!({"paused": true}))).refused(412, "revision_stale");
        admin.send("DELETE", &own, None).refused(428, "revision_missing");
        let test = admin.act(&format!("{own}/test")).expect(200);
        let events = admin.get("/events?limit=100").expect(200);
        assert!(events.text.contains("nl.klusnet.channel-changed.v1"));
        for answer in [&made, &shown, &list, &changed, &test, &events] {
            assert!(!answer.text.contains(SECRET) && !answer.text.contains("hooks"), "{}", answer.text);
        }
        admin.at_present(&own).delete(&own).expect(204);
        admin.get(&own).refused(404, "not_found");
    }

    fn input_that_is_wrong_names_its_fields_and_repeats_no_address(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        admin.post(&channels_of(&oss), &json!({})).names(&["kind", "name", "url", "frequency", "language"]);
        for (wrong, field) in [
            (json!({"kind": "IRC"}), "kind"),
            (json!({"name": "  "}), "name"),
            (json!({"frequency": "NONE"}), "frequency"),
            (json!({"language": "DE"}), "language"),
            (json!({"url": format!("http://chat.oss.example/{SECRET}")}), "url"),
            (json!({"url": format!("https://chat.oss.example:8443/{SECRET}")}), "url"),
            (json!({"url": format!("https://10.0.0.1/{SECRET}")}), "url"),
            (json!({"url": format!("https://169.254.169.254/{SECRET}")}), "url"),
            (json!({"url": format!("https://anna:{SECRET}@chat.oss.example/")}), "url"),
            (json!({"url": format!("https://chat.oss.example/{}", SECRET.repeat(100))}), "url"),
            (json!({"url": SECRET}), "url"),
            (json!({"criteria": {"mine": true}}), "criteria.mine"),
            (json!({"criteria": {"startsFrom": "2027-05-01", "endsBefore": "2027-04-01"}}), "criteria.endsBefore"),
            (json!({"paused": true}), "paused"),
        ] {
            let answer = admin.post(&channels_of(&oss), &draft(&receiver, &wrong));
            assert!(!answer.text.contains(SECRET), "{}", answer.text);
            answer.names(&[field]);
        }
        let own = make(&oss, &receiver, &json!({}));
        admin.patch(&own.path, &json!({"name": null, "url": "https://[::1]/"})).names(&["name"]);
        admin.patch(&own.path, &json!({"url": "https://[::1]/"})).names(&["url"]);
        assert_eq!(admin.get(&channels_of(&oss)).expect(200).ids().len(), 1, "nothing was half made");
    }

    fn a_channel_is_there_for_the_administrators_of_its_organisation_only(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (own, theirs) = (make(&oss, &receiver, &json!({})), make(&uden, &receiver, &json!({})));
        let employee = world.employee(&oss, "Sanne de Vries");
        for other in [&uden.administrator.client, &employee.client] {
            other.get(&own.path).refused(404, "not_found");
            other.act(&format!("{}/test", own.path)).refused(404, "not_found");
            other.get(&format!("{}/preview", own.path)).refused(404, "not_found");
            other.get(&format!("{}/deliveries", own.path)).refused(404, "not_found");
            other.post(&channels_of(&oss), &draft(&receiver, &json!({}))).refused(403, "not_allowed");
            assert!(!other.get("/events?limit=100").expect(200).text.contains(own.path.trim_start_matches("/channels/")));
        }
        assert_ne!(own.path, theirs.path);
        assert!(receiver.all().is_empty());
    }

    fn an_organisation_has_twenty_at_most(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        for _ in 0..20 {
            make(&oss, &receiver, &json!({}));
        }
        oss.administrator.client.post(&channels_of(&oss), &draft(&receiver, &json!({}))).refused(409, "channels_full");
    }

    fn a_test_message_is_posted_in_the_form_and_language_of_the_channel(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = make(&oss, &receiver, &json!({"name": "Klussen @all"}));
        receiver.says(&format!("no service {SECRET}"));
        receiver.next(&[(404, &[])]);
        let test = own.test();
        assert_eq!((&test["accepted"], &test["state"]), (&json!(false), &json!("UNVERIFIED")));
        assert_eq!((&test["attempt"]["responseStatus"], &test["attempt"]["responseExcerpt"]), (&json!(404), &json!("no service …")));
        assert_eq!(own.test()["state"], "ACTIVE");
        let posted = receiver.all().pop().unwrap();
        assert_eq!((posted.method.as_str(), posted.header("content-type")), ("POST", "application/json"));
        assert_eq!(posted.header("webhook-signature"), "");
        let text = posted.json()["text"].as_str().unwrap().to_owned();
        assert!(text.starts_with("*Proefbericht van Klusnet*\n") && !text.contains("@all"), "{text}");
        let moved = own.patch(&json!({"kind": "TEAMS", "language": "EN"}));
        assert_eq!(moved["state"], "UNVERIFIED", "another kind is another channel");
        own.test();
        let card = receiver.all().pop().unwrap().json();
        assert_eq!(card["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
        assert_eq!(card["attachments"][0]["content"]["body"][0]["text"], "Test message of Klusnet");
    }

    fn nobody_listens_at_an_address_of_our_own_network(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = tell(&oss, &receiver, &json!({}));
        // The address was good when it was given.
        service.execute("UPDATE channels SET address = 'http://10.0.0.1/x'");
        let test = own.test();
        assert_eq!((&test["accepted"], &test["attempt"]["responseStatus"]), (&json!(false), &json!(null)));
        assert_eq!(test["attempt"]["error"], "the address must be an https address");
    }
}
