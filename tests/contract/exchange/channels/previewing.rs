//! Previews: exactly what would be posted.

use contract_tests::{Receiver, World, on_both};
use serde_json::{Value, json};

use super::{make, tell, titled, wait_for};
use crate::market::assignments::{plan, published};

on_both! {
    fn a_preview_is_what_is_posted(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = tell(&oss, &receiver, &json!({}));
        let preview = format!("{}/preview", own.path);
        let empty = own.admin.get(&preview).expect(200);
        assert_eq!((&empty.body["message"], &empty.body["namedCount"]), (&Value::Null, &json!(0)));
        published(&owner, &titled(&uden, "Alleen voor Uden"), &plan(&["ORGANISATION"]));
        published(&owner, &titled(&uden, "Het bos"), &plan(&["PUBLIC"]));
        let shown = own.admin.get(&preview).expect(200);
        own.admin.with("If-None-Match", &shown.tag()).get(&preview).expect(304);
        assert_eq!((&shown.body["kind"], &shown.body["namedCount"], &shown.body["moreCount"]), (&json!("SLACK"), &json!(1), &json!(0)));
        service.tick();
        wait_for(&receiver, 1);
        let posted = receiver.all().pop().unwrap();
        assert_eq!((posted.json(), json!(posted.text.len())), (shown.body["message"].clone(), shown.body["bytes"].clone()));
    }

    fn a_channel_is_previewed_before_it_is_there(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        for number in 0..25 {
            published(&owner, &titled(&uden, &format!("Klus {number}")), &plan(&["ALL_GOVERNMENT"]));
        }
        let (admin, path) = (&oss.administrator.client, format!("/organisations/{}/channel-previews", oss.id));
        for (kind, language, more) in [("TEAMS", "NL", "En nog 5."), ("SLACK", "EN", "And 5 more."), ("MATTERMOST", "NL", "En nog 5.")] {
            let few = admin.post(&path, &json!({"kind": kind, "language": language})).expect(200);
            assert_eq!((&few.body["namedCount"], &few.body["moreCount"]), (&json!(3), &json!(0)), "{}", few.text);
            let many = admin.post(&path, &json!({"kind": kind, "language": language, "max": 25})).expect(200);
            assert_eq!((&many.body["namedCount"], &many.body["moreCount"]), (&json!(20), &json!(5)));
            assert!(many.body["message"].to_string().contains(more), "{}", many.text);
            let bytes = many.body["bytes"].as_u64().unwrap();
            assert!(bytes < 28_000, "{bytes}");
        }
        let none = json!({"kind": "TEAMS", "language": "NL", "criteria": {"search": "dijk"}});
        assert_eq!(admin.post(&path, &none).expect(200).body["message"], Value::Null);
        let wrong = json!({"kind": "TEAMS", "language": "NL", "max": 101, "criteria": {"layer": "MOON"}});
        admin.post(&path, &wrong).names(&["max", "criteria.layer"]);
        let wrong = json!({"kind": "TEAMS", "language": "NL", "criteria": {"startsFrom": "2027-05-01", "endsBefore": "2027-04-01"}});
        admin.post(&path, &wrong).names(&["criteria.endsBefore"]);
        admin.get(&format!("{}/preview?max=0", make(&oss, &receiver, &json!({})).path)).names(&["max"]);
        uden.administrator.client.post(&path, &none).refused(403, "not_allowed");
        assert!(receiver.all().is_empty(), "nothing is posted");
    }
}
