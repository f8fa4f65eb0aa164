//! What is told of a klus: to who could see it, once.

use chrono::TimeDelta;
use contract_tests::{Client, World, on_both};
use serde_json::{Value, json};

use super::networks::{network, to_networks};
use super::*;

/// The kinds of the events about this klus, oldest first, that this client hears of.
fn heard(client: &Client, path: &str) -> Vec<String> {
    let mut kinds = Vec::new();
    let mut next = Some("/events?limit=100".to_owned());
    while let Some(address) = next {
        let page = client.get(&address).expect(200);
        for event in page.body["items"].as_array().unwrap() {
            if path.ends_with(event["subjectId"].as_str().unwrap()) {
                let kind = event["type"].as_str().unwrap();
                kinds.push(kind.trim_start_matches("nl.klusnet.assignment-").trim_end_matches(".v1").to_owned());
            }
        }
        next = page.body["links"]["next"].as_str().map(str::to_owned);
    }
    kinds
}

/// Lets the clocks of two instances run at the same moment.
fn tick_twice(service: &contract_tests::Service) {
    std::thread::scope(|scope| {
        scope.spawn(|| service.tick());
        scope.spawn(|| service.tick());
    });
}

/// Allows an organisation to keep klussen inside for so many working days.
fn allow_inside(organisation: &contract_tests::Organisation, days: u32) {
    let policy =
        json!({"validFromDate": "2027-03-01", "summary": "Eigen mensen eerst", "internalFirstWorkingDays": days});
    let path = format!("/organisations/{}/mobility-policies", organisation.id);
    organisation.administrator.client.post(&path, &policy).expect(201);
}

on_both! {
    fn a_ring_that_opens_is_told_once_to_who_is_in_it_also_by_two_clocks_at_once(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        allow_inside(&oss, 5);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let (colleague, elsewhere) = (world.employee(&oss, "Piet Peters"), world.employee(&uden, "Sanne de Vries"));
        let plan = json!({"rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eigen mensen eerst"}], "deadline": DEADLINE});
        let paths: Vec<String> = (0..5).map(|_| published(&owner, &work_of(&oss), &plan)).collect();
        tick_twice(service);
        for path in &paths {
            assert_eq!(heard(&colleague.client, path), ["published"]);
            assert_eq!(heard(&elsewhere.client, path), Vec::<String>::new());
        }
        service.clock.advance(TimeDelta::days(2));
        tick_twice(service);
        tick_twice(service);
        for path in &paths {
            assert_eq!(heard(&elsewhere.client, path), ["ring-opened"]);
            assert_eq!(heard(&owner.client, path), ["published", "ring-opened"]);
        }
        service.clock.set(DEADLINE.parse().unwrap());
        tick_twice(service);
        tick_twice(service);
        for path in &paths {
            assert_eq!(heard(&elsewhere.client, path), ["ring-opened", "state-changed"]);
        }
    }

    fn a_ring_that_is_opened_earlier_is_told_and_not_told_again_at_its_first_moment(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        allow_inside(&oss, 5);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let elsewhere = world.employee(&uden, "Sanne de Vries");
        let later = json!({"rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eigen mensen eerst"}], "deadline": DEADLINE});
        let path = published(&owner, &work_of(&oss), &later);
        service.pass(TimeDelta::days(1));
        owner.client.transition(&path, "replannings", &plan(&["ORGANISATION", "ALL_GOVERNMENT"])).expect(200);
        service.tick();
        service.pass(TimeDelta::days(1));
        let told = heard(&elsewhere.client, &path);
        assert_eq!(told.iter().filter(|kind| *kind == "ring-opened").count(), 1, "{told:?}");
    }

    fn a_klus_that_ends_before_its_ring_opens_is_not_told(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        allow_inside(&oss, 5);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let elsewhere = world.employee(&uden, "Sanne de Vries");
        let later = json!({"rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eigen mensen eerst"}], "deadline": DEADLINE});
        let path = published(&owner, &work_of(&oss), &later);
        owner.client.transition(&path, "cancellations", &json!({"reason": "POSTPONED"})).expect(200);
        service.pass(TimeDelta::days(3));
        assert_eq!(heard(&elsewhere.client, &path), Vec::<String>::new());
        assert_eq!(heard(&owner.client, &path), ["published", "state-changed"]);
    }

    /// Nobody hears of a klus that they cannot read (invariant 19 among others).
    fn nobody_hears_of_what_they_cannot_see(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let part = world.organisation_with(&json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id}));
        let sister = world.organisation_with(&json!({"name": "Vervoer", "kind": "MUNICIPALITY", "parentId": concern.id}));
        let firm = world.organisation_with(&json!({"name": "Bureau BV", "kind": "PRIVATE"}));
        let (member, stranger) = (world.organisation("Gemeente Boxtel"), world.organisation("Gemeente Uden"));
        let secret = network(&world, "Geheim", &json!({"admission": "INVITATION_ONLY"}));
        world.join(&secret, &part);
        world.join(&secret, &member);
        let owner = world.client_of(&part, "Olga Opdracht");
        let people: Vec<(&str, Client)> = [("concern", &concern), ("part", &part), ("sister", &sister), ("firm", &firm),
            ("member", &member), ("stranger", &stranger)]
            .into_iter().map(|(name, organisation)| (name, world.employee(organisation, "Piet Peters").client))
            .chain([("coordinator", secret.coordinator.client.clone()), ("administrator", part.administrator.client.clone())])
            .collect();
        let draft = drafted(&owner, &work_of(&part));
        let mut paths = vec![("draft", draft)];
        for (name, plan) in [("ORGANISATION", plan(&["ORGANISATION"])), ("NETWORK", to_networks(&[&secret])),
            ("FEDERATION", plan(&["FEDERATION"])), ("ALL_GOVERNMENT", plan(&["ALL_GOVERNMENT"])), ("PUBLIC", plan(&["PUBLIC"]))] {
            paths.push((name, published(&owner, &work_of(&part), &plan)));
        }
        service.tick();
        let mut told = 0;
        for (ring, path) in &paths {
            for (name, client) in &people {
                let (hears, sees) = (!heard(client, path).is_empty(), sees(client, path));
                assert!(sees || !hears, "{ring}: {name} hears of what they cannot see");
                // Who works above the organisation in its concern finds it without being told.
                assert!(hears || !sees || *name == "concern", "{ring}: {name} sees it and never heard of it");
                told += u32::from(hears);
            }
        }
        assert!(told > 15, "{told}");
        assert_eq!(heard(&owner.client, &paths[0].1), ["changed"]);
    }

    fn whoever_ends_a_review_is_told_and_who_waits_for_one_too(service) {
        let world = World::new(service);
        let strict = network(&world, "Streng", &json!({"reviewRequired": true}));
        let oss = world.organisation("Gemeente Oss");
        world.join(&strict, &oss);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let path = drafted(&owner, &work_of(&oss));
        owner.client.transition(&path, "publications", &to_networks(&[&strict])).expect(200);
        assert_eq!(heard(&strict.coordinator.client, &path), ["state-changed"]);
        strict.coordinator.client.transition(&path, "returns", &json!({"remarks": "Noem de wijk."})).expect(200);
        assert_eq!(heard(&strict.coordinator.client, &path), ["state-changed"], "a draft is the owner's again");
        owner.client.transition(&path, "publications", &to_networks(&[&strict])).expect(200);
        strict.coordinator.client.transition(&path, "approvals", &Value::Null).expect(200);
        assert_eq!(heard(&owner.client, &path), ["changed", "state-changed", "state-changed", "state-changed", "published"]);
    }
}
