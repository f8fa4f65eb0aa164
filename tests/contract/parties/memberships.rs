//! Memberships of networks.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

on_both! {
    /// shows: Z01
    fn the_admission_of_the_network_decides_how_one_becomes_a_member(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let draft = json!({"organisationId": oss.id});
        let (open, closed) = (world.network("Open", "OPEN"), world.network("Toelating", "BY_ORGANISATION"));
        let hidden = world.network("Uitnodiging", "INVITATION_ONLY");
        let path = |id: &str| format!("/networks/{id}/memberships");
        let administrator = &oss.administrator.client;
        let joined = administrator.post(&path(&open.id), &draft).expect(201);
        assert_eq!((joined.text_at("/state"), joined.text_at("/joinedAt")), ("ACTIVE", "2027-03-01T09:00:00Z"));
        assert_eq!((joined.text_at("/memberName"), joined.text_at("/organisationKind")), ("Gemeente Oss", "MUNICIPALITY"));
        let asked = administrator.post(&path(&closed.id), &draft).expect(201);
        assert_eq!(asked.text_at("/state"), "REQUESTED");
        administrator.transition(&asked.headers["location"], "admissions", &Value::Null).refused(403, "not_allowed");
        let admitted = closed.coordinator.client.transition(&asked.headers["location"], "admissions", &Value::Null).expect(200);
        assert_eq!(admitted.text_at("/state"), "ACTIVE");
        administrator.post(&path(&hidden.id), &draft).expect(404);
        let offered = hidden.coordinator.client.post(&path(&hidden.id), &draft).expect(201);
        assert_eq!(offered.text_at("/state"), "INVITED");
        hidden.coordinator.client.transition(&offered.headers["location"], "acceptances", &Value::Null).refused(403, "not_allowed");
        administrator.transition(&offered.headers["location"], "acceptances", &Value::Null).expect(200);
        administrator.post(&path(&hidden.id), &draft).refused(403, "not_allowed");
        assert_eq!(administrator.get("/memberships?state=ACTIVE").ids().len(), 3);
        assert_eq!(administrator.get(&format!("/memberships?networkId={}", open.id)).ids(), [joined.id()]);
    }

    fn there_is_one_membership_at_a_time_also_when_two_ask_at_once(service) {
        let world = World::new(service);
        let (oss, network) = (world.organisation("Gemeente Oss"), world.network("Brabant", "OPEN"));
        let path = format!("/networks/{}/memberships", network.id);
        let draft = json!({"organisationId": oss.id});
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| oss.administrator.client.post(&path, &draft).status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
        oss.administrator.client.post(&path, &draft).refused(409, "already_member");
        let membership = format!("/memberships/{}", oss.administrator.client.get("/memberships").ids()[0]);
        oss.administrator.client.transition(&membership, "endings", &Value::Null).expect(200);
        let again = oss.administrator.client.post(&path, &draft).expect(201);
        assert_ne!(format!("/memberships/{}", again.id()), membership);
    }

    fn every_step_that_is_not_listed_is_refused_with_those_that_are(service) {
        let world = World::new(service);
        let (oss, network) = (world.organisation("Gemeente Oss"), world.network("Brabant", "BY_ORGANISATION"));
        let draft = json!({"organisationId": oss.id});
        let path = format!("/networks/{}/memberships", network.id);
        let (administrator, coordinator) = (&oss.administrator.client, &network.coordinator.client);
        let ask = || administrator.post(&path, &draft).expect(201).headers["location"].clone();
        let refused = ask();
        coordinator.transition(&refused, "refusals", &Value::Null).expect(200);
        for step in ["admissions", "refusals", "acceptances", "declinations", "endings"] {
            let answer = coordinator.transition(&refused, step, &Value::Null).refused(409, "transition_not_listed");
            assert_eq!(answer.body["legalTransitions"], json!([]), "{step}");
        }
        let asked = ask();
        for step in ["acceptances", "declinations"] {
            let answer = administrator.transition(&asked, step, &Value::Null).refused(409, "transition_not_listed");
            let legal = json!([{"action": "ADMIT", "to": "ACTIVE"}, {"action": "REFUSE", "to": "REFUSED"}, {"action": "END", "to": "ENDED"}]);
            assert_eq!(answer.body["legalTransitions"], legal, "{step}");
        }
        let stale = administrator.get(&asked).tag();
        administrator.transition(&asked, "endings", &Value::Null).expect(200);
        coordinator.with("If-Match", &stale).act(&format!("{asked}/admissions")).refused(412, "revision_stale");
        let offered = coordinator.post(&path, &draft).expect(201);
        assert_eq!(offered.text_at("/state"), "INVITED");
        administrator.transition(&offered.headers["location"], "declinations", &Value::Null).expect(200);
        let offered = coordinator.post(&path, &draft).expect(201).headers["location"].clone();
        let withdrawn = coordinator.transition(&offered, "endings", &Value::Null).expect(200);
        assert_eq!(withdrawn.text_at("/state"), "ENDED");
        let joined = world.join(&network, &oss);
        let ended = coordinator.transition(&format!("/memberships/{joined}"), "endings", &Value::Null).expect(200);
        assert_eq!((ended.text_at("/state"), ended.text_at("/joinedAt")), ("ENDED", "2027-03-01T09:00:00Z"));
    }

    /// shows: U02
    fn inside_another_network_one_is_a_member_of_that_first_and_leaves_both_at_once(service) {
        let world = World::new(service);
        let brabant = world.network("Brabant", "OPEN");
        let inside = |name: &str, parent: &str| json!({"name": name, "kind": "REGIONAL", "scaleLevel": "REGIONAL",
            "admission": "OPEN", "parentId": parent, "regions": ["Noordoost-Brabant"]});
        let as_50 = world.network_with(&inside("As-50", &brabant.id));
        let kring = world.network_with(&inside("Kring", &as_50.id));
        let oss = world.organisation("Gemeente Oss");
        let uden = world.organisation("Gemeente Uden");
        let draft = json!({"organisationId": oss.id});
        let path = format!("/networks/{}/memberships", as_50.id);
        oss.administrator.client.post(&path, &draft).refused(409, "parent_membership_missing");
        let above = world.join(&brabant, &oss);
        let (first, second) = (world.join(&as_50, &oss), world.join(&kring, &oss));
        world.join(&brabant, &uden);
        let kept = world.join(&as_50, &uden);
        oss.administrator.client.transition(&format!("/memberships/{above}"), "endings", &Value::Null).expect(200);
        let state = |id: &str| world.platform.get(&format!("/memberships/{id}")).text_at("/state").to_owned();
        assert_eq!([state(&first), state(&second), state(&kept)], ["ENDED", "ENDED", "ACTIVE"]);
        assert!(oss.administrator.client.get("/networks?mine=true").ids().is_empty());
    }

    fn an_invitation_into_a_network_inside_waits_for_the_membership_above(service) {
        let world = World::new(service);
        let brabant = world.network("Brabant", "OPEN");
        let kring = world.network_with(&json!({"name": "Kring", "kind": "REGIONAL", "scaleLevel": "LOCAL",
            "admission": "INVITATION_ONLY", "parentId": brabant.id}));
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        let path = format!("/networks/{}/memberships", kring.id);
        let draft = json!({"personId": sanne.id});
        kring.coordinator.client.post(&path, &draft).refused(409, "parent_membership_missing");
        let above = world.join(&brabant, &oss);
        let offered = kring.coordinator.client.post(&path, &draft).expect(201).headers["location"].clone();
        world.platform.transition(&format!("/memberships/{above}"), "endings", &Value::Null).expect(200);
        sanne.client.transition(&offered, "acceptances", &Value::Null).refused(409, "parent_membership_missing");
        world.join(&brabant, &oss);
        sanne.client.transition(&offered, "acceptances", &Value::Null).expect(200);
    }

    fn a_person_joins_only_by_invitation_and_is_named_once_they_are_a_member(service) {
        let world = World::new(service);
        let (open, hidden) = (world.network("Open", "OPEN"), world.network("Over-loop", "INVITATION_ONLY"));
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let draft = json!({"personId": sanne.id});
        sanne.client.post(&format!("/networks/{}/memberships", open.id), &draft).names(&["personId"]);
        let offered = hidden.coordinator.client.post(&format!("/networks/{}/memberships", hidden.id), &draft).expect(201);
        assert_eq!(offered.body["memberName"], json!(null), "an id is not enough to learn a name");
        let path = offered.headers["location"].clone();
        assert_eq!(sanne.client.get(&path).expect(200).text_at("/memberName"), "Sanne de Vries");
        sanne.client.transition(&path, "acceptances", &Value::Null).expect(200);
        assert_eq!(hidden.coordinator.client.get(&path).text_at("/memberName"), "Sanne de Vries");
        assert_eq!(sanne.client.get("/memberships").ids(), [offered.id()]);
        let counts = sanne.client.get(&format!("/networks/{}", hidden.id)).body["memberCounts"].clone();
        assert_eq!(counts, json!({"organisations": 0, "organisationsByKind": [], "people": 1}));
        let second = world.employee(&world.organisation("Gemeente Uden"), "Piet Peters");
        world.join_person(&hidden, &second);
        let seen = sanne.client.get(&format!("/networks/{}/memberships", hidden.id)).expect(200);
        assert_eq!(seen.ids().len(), 2, "members see members");
    }

    fn what_is_not_a_membership_yet_is_seen_by_those_it_concerns(service) {
        let world = World::new(service);
        let network = world.network("Brabant", "BY_ORGANISATION");
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        world.join(&network, &uden);
        let path = format!("/networks/{}/memberships", network.id);
        let asked = oss.administrator.client.post(&path, &json!({"organisationId": oss.id})).expect(201);
        for client in [&oss.administrator.client, &network.coordinator.client, &world.platform] {
            assert_eq!(client.get(&path).ids().len(), 2);
            client.get(&asked.headers["location"]).expect(200);
        }
        let sanne = world.employee(&oss, "Sanne");
        for client in [&uden.administrator.client, &sanne.client] {
            assert_eq!(client.get(&path).ids().len(), 1, "everybody sees the members");
            client.get(&asked.headers["location"]).expect(404);
            client.with("If-Match", "*").act(&format!("{}/endings", asked.headers["location"])).expect(404);
        }
        assert_eq!(network.coordinator.client.get(&format!("{path}?state=REQUESTED")).ids(), [asked.id()]);
        assert_eq!(world.platform.get(&format!("{path}?organisationId={}", oss.id)).ids(), [asked.id()]);
        assert!(world.platform.get(&format!("{path}?personId={}", sanne.id)).ids().is_empty());
    }

    /// shows: Z02
    fn members_promise_what_the_network_asks(service) {
        let world = World::new(service);
        let network = world.network_with(&json!({"name": "Brabant", "kind": "REGIONAL", "scaleLevel": "PROVINCIAL",
            "admission": "BY_ORGANISATION", "pledgeMinimumPeople": 1, "pledgeMinimumAssignments": 1}));
        let oss = world.organisation("Gemeente Oss");
        world.join(&network, &oss);
        let shown = oss.administrator.client.get(&format!("/networks/{}", network.id)).expect(200);
        assert_eq!((&shown.body["pledgeMinimumPeople"], &shown.body["pledgeMinimumAssignments"]), (&json!(1), &json!(1)));
    }

    fn a_member_is_an_organisation_that_takes_part_or_a_person_and_not_both(service) {
        let world = World::new(service);
        let network = world.network("Open", "OPEN");
        let oss = world.organisation("Gemeente Oss");
        let path = format!("/networks/{}/memberships", network.id);
        let client = &oss.administrator.client;
        client.post(&path, &json!({})).names(&["organisationId"]);
        client.post(&path, &json!({"organisationId": oss.id, "personId": oss.administrator.id})).names(&["organisationId"]);
        client.post(&path, &json!({"organisationId": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"})).names(&["organisationId"]);
        client.post(&path, &json!({"personId": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"})).names(&["personId"]);
        world.platform.patch(&format!("/organisations/{}", oss.id), &json!({"status": "INACTIVE"})).expect(200);
        client.post(&path, &json!({"organisationId": oss.id})).names(&["organisationId"]);
        let uden = world.organisation("Gemeente Uden");
        client.post(&path, &json!({"organisationId": uden.id})).refused(403, "not_allowed");
    }
}
