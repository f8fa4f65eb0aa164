//! Notifications: what happened is told to whom it concerns, in their role, once, and never to who did it.

use chrono::TimeDelta;
use contract_tests::{Client, Dossier, Scope, World, on_both};
use serde_json::{Value, json};

/// The kinds of the notifications of this client, oldest first.
#[track_caller]
fn kinds(client: &Client) -> Vec<String> {
    let page = client.get("/notifications?limit=100").expect(200);
    page.body["items"].as_array().unwrap().iter().rev().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn each_party_is_told_what_the_others_did_with_its_role_and_organisation(service) {
        let mut dossier = Dossier::open(service);
        dossier.reach("SUBMITTED");
        dossier.by_owner("considerations", &Value::Null).expect(200);
        dossier.by_owner("talk-invitations", &Value::Null).expect(200);
        let asked = dossier.ask_consent();
        service.tick();
        let inbox = dossier.owner.client.get("/notifications").expect(200);
        assert_eq!(kinds(&dossier.owner.client), ["ROLE_GIVEN", "RESPONSE_RECEIVED"]);
        assert_eq!((inbox.text_at("/items/0/role"), inbox.text_at("/items/0/organisationName")), ("CLIENT", "Gemeente Uden"));
        assert_eq!(kinds(&dossier.employee.client), ["RESPONSE_STATE_CHANGED", "RESPONSE_STATE_CHANGED"]);
        let own = dossier.employee.client.get("/notifications").expect(200);
        assert_eq!((own.text_at("/items/0/role"), own.text_at("/items/0/organisationName")), ("EMPLOYEE", "Gemeente Oss"));
        assert_eq!((own.text_at("/items/0/state"), own.text_at("/items/0/subject/address")), ("IN_CONVERSATION", format!("/v1{}", dossier.response).as_str()));
        let manager = dossier.manager.client.with("Accept-Language", "nl").get("/notifications").expect(200);
        assert_eq!(kinds(&dossier.manager.client), ["CONSENT_ASKED"]);
        assert_eq!((manager.text_at("/items/0/title"), manager.headers["content-language"].as_str()), ("Uw toestemming wordt gevraagd", "nl"));
        assert_eq!((manager.text_at("/items/0/role"), manager.text_at("/items/0/subject/address")), ("HOME_MANAGER", format!("/v1{asked}").as_str()));
        assert!(!manager.text.contains("Sanne") && !manager.text.contains("Uden"), "{}", manager.text);
        dossier.manager.client.transition(&asked, "grants", &json!({})).expect(200);
        dossier.offer();
        service.tick();
        assert_eq!(kinds(&dossier.employee.client)[2..], ["CONSENT_ANSWERED", "OFFER_MADE"]);
        assert_eq!(kinds(&dossier.owner.client)[2..], ["RESPONSE_CHANGED"]);
        assert_eq!(kinds(&dossier.manager.client).len(), 1);
    }

    fn two_instances_tell_each_thing_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let other = service.another();
        for role in ["CLIENT", "MOBILITY_ADVISER", "FINANCE"] {
            world.give(&sanne, role, Scope::Organisation(&oss));
        }
        std::thread::scope(|scope| {
            scope.spawn(|| service.tick());
            scope.spawn(|| other.tick());
        });
        service.tick();
        assert_eq!(kinds(&sanne.client), ["ROLE_GIVEN"; 3]);
    }

    fn an_inbox_is_read_one_by_one_or_up_to_one_and_forgotten_after_180_days(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (sanne, karel) = (world.employee(&oss, "Sanne de Vries"), world.employee(&oss, "Karel van Beek"));
        let given: Vec<String> = ["CLIENT", "MOBILITY_ADVISER", "FINANCE"]
            .iter()
            .map(|role| world.give(&sanne, role, Scope::Organisation(&oss)))
            .collect();
        service.tick();
        let page = sanne.client.get("/notifications?unread=true&limit=2").expect(200);
        assert_eq!((page.ids().len(), &page.body["unreadCount"]), (2, &json!(3)));
        let older = sanne.client.get(page.text_at("/links/next")).expect(200);
        assert_eq!((older.ids().len(), older.text_at("/items/0/subject/id")), (1, given[0].as_str()));
        let path = format!("/notifications/{}", page.ids()[0]);
        karel.client.get(&path).refused(404, "not_found");
        let read = sanne.client.patch(&path, &json!({"read": true})).expect(200);
        assert_eq!(read.text_at("/readAt"), "2027-03-01T09:00:00Z");
        sanne.client.with("If-Match", "\"1-x\"").send("PATCH", &path, Some(&json!({"read": false}))).refused(412, "revision_stale");
        sanne.client.patch(&path, &json!({"reed": true})).names(&["read", "reed"]);
        assert_eq!(sanne.client.get("/notifications?unread=false").expect(200).ids(), [page.ids()[0].clone()]);
        sanne.client.patch(&path, &json!({"read": false})).expect(200);
        let left = sanne.client.post("/notification-readings", &json!({"upToId": page.ids()[1]})).expect(200);
        assert_eq!(left.body, json!({"unreadCount": 1}));
        world.platform.delete(&format!("/role-assignments/{}", given[0])).expect(204);
        service.pass(TimeDelta::days(1));
        assert_eq!(kinds(&sanne.client)[3..], ["ROLE_TAKEN"]);
        service.pass(TimeDelta::days(180));
        assert_eq!(kinds(&sanne.client), ["ROLE_TAKEN"]);
        service.pass(TimeDelta::days(1));
        assert_eq!(kinds(&sanne.client), [""; 0]);
    }

    fn what_one_may_not_know_of_any_more_is_not_named_any_more(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        service.tick();
        let heir = dossier.world.client_of(&dossier.host, "Hendrik Erfgenaam");
        let before = dossier.owner.client.get("/notifications").expect(200);
        assert_eq!(before.text_at("/items/0/subject/kind"), "response");
        let handed = json!({"ownerId": heir.id, "coOwnerIds": []});
        dossier.owner.client.transition(&dossier.assignment, "handovers", &handed).expect(200);
        let after = dossier.owner.client.get("/notifications").expect(200);
        let item = &after.body["items"][0];
        assert_eq!(item["kind"], "RESPONSE_RECEIVED");
        for name in ["subject", "role", "organisationId", "organisationName", "state"] {
            assert_eq!(item[name], Value::Null, "{name}");
        }
    }

    fn everybody_chooses_per_group_what_comes_by_mail(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let path = "/me/notification-preferences";
        let none = sanne.client.get(path).expect(200);
        let groups = none.body["groups"].as_array().unwrap();
        assert!(groups.len() >= 8 && groups.iter().all(|one| one["email"] == "NONE"), "{}", none.text);
        let choice = json!({"groups": [{"group": "CONSENT", "email": "IMMEDIATE"}, {"group": "HOURS", "email": "DAILY"}]});
        let chosen = sanne.client.put(path, &choice).expect(200);
        let of = |group: &str| chosen.body["groups"].as_array().unwrap().iter().find(|one| one["group"] == group).unwrap()["email"].clone();
        assert_eq!((of("CONSENT"), of("HOURS"), of("ACCOUNT")), (json!("IMMEDIATE"), json!("DAILY"), json!("NONE")));
        sanne.client.with("If-Match", &none.tag()).send("PUT", path, Some(&choice)).refused(412, "revision_stale");
        sanne.client.send("PUT", path, Some(&choice)).refused(428, "revision_missing");
        let twice = json!({"groups": [{"group": "HOURS", "email": "DAILY"}, {"group": "HOURS", "email": "NONE"}]});
        sanne.client.put(path, &twice).names(&["groups.1.group"]);
        sanne.client.put(path, &json!({"groups": [{"group": "MOON", "email": "FAX"}]})).names(&["groups.0.group", "groups.0.email"]);
    }
}
