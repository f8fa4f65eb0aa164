//! Klussen in networks: each network keeps its own rules, and one by invitation keeps to itself.

use contract_tests::{Client, Network, World, on_both};
use serde_json::{Value, json};

use super::*;

/// A network of these rules; open to who wants unless they say otherwise.
#[track_caller]
pub(in crate::market) fn network(world: &World<'_>, name: &str, rules: &Value) -> Network {
    let draft = json!({"name": name, "kind": "REGIONAL", "scaleLevel": "REGIONAL", "admission": "OPEN",
        "pledgeMinimumPeople": 1, "pledgeMinimumAssignments": 1, "internalFirstCeilingWorkingDays": 10});
    world.network_with(&with(&draft, rules))
}

/// A plan that opens at once to these networks.
pub(in crate::market) fn to_networks(networks: &[&Network]) -> Value {
    let ids: Vec<&str> = networks.iter().map(|network| network.id.as_str()).collect();
    json!({"rings": [{"ring": "NETWORK", "networkIds": ids}], "deadline": DEADLINE})
}

fn count(client: &Client, query: &str) -> Value {
    client.get(&format!("/assignments?includeTotal=true&{query}")).expect(200).body["total"]["count"].clone()
}

on_both! {
    fn the_ring_network_holds_the_people_of_the_networks_named_and_federation_those_of_all(service) {
        let world = World::new(service);
        let (brabant, westen) = (network(&world, "Brabant", &json!({})), network(&world, "Westen", &json!({})));
        let (oss, uden, leiden) =
            (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"), world.organisation("Gemeente Leiden"));
        let alone = world.organisation("Gemeente Texel");
        for member in [&oss, &uden] {
            world.join(&brabant, member);
        }
        world.join(&westen, &leiden);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let viewers = [
            ("no network", world.employee(&alone, "Teun Texel").client),
            ("Westen", world.employee(&leiden, "Lea Leiden").client),
            ("Brabant", world.employee(&uden, "Sanne de Vries").client),
            ("the organisation", world.employee(&oss, "Piet Peters").client),
            ("the coordinator", brabant.coordinator.client.clone()),
        ];
        let to_brabant = to_networks(&[&brabant]);
        for (plan, inside) in [
            (&to_brabant, vec!["Brabant", "the organisation", "the coordinator"]),
            (&plan(&["FEDERATION"]), vec!["Westen", "Brabant", "the organisation", "the coordinator"]),
        ] {
            let path = published(&owner, &work_of(&oss), plan);
            for (name, client) in &viewers {
                assert_eq!(sees(client, &path), inside.contains(name), "{name}");
            }
        }
        let reader = &viewers[2].1;
        let listed = reader.get(&format!("/assignments?networkId={}", brabant.id)).expect(200);
        assert_eq!((listed.ids().len(), listed.text_at("/items/0/rings/0/networks/0/name")), (1, "Brabant"));
        let coordinated = brabant.coordinator.client.get("/assignments").expect(200);
        assert!(coordinated.body["items"].as_array().unwrap().iter().all(|one| one["yours"]["mayRespond"] == false));
    }

    fn a_klus_names_only_networks_that_its_organisation_belongs_to(service) {
        let world = World::new(service);
        let (brabant, westen) = (network(&world, "Brabant", &json!({})), network(&world, "Westen", &json!({})));
        let oss = world.organisation("Gemeente Oss");
        world.join(&brabant, &oss);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let draft = with(&work_of(&oss), &json!({"publication": to_networks(&[&brabant, &westen])}));
        owner.client.post("/assignments", &draft).names(&["publication.rings.0.networkIds"]);
    }

    /// shows: N01
    /// shows: M17
    fn each_network_keeps_its_own_rules(service) {
        let world = World::new(service);
        let strict = network(&world, "Streng", &json!({"reviewRequired": true, "internalFirstCeilingWorkingDays": 0}));
        let easy = network(&world, "Ruim", &json!({}));
        let oss = world.organisation("Gemeente Oss");
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Eerst binnen kijken", "internalFirstWorkingDays": 10});
        oss.administrator.client.post(&format!("/organisations/{}/mobility-policies", oss.id), &policy).expect(201);
        world.join(&strict, &oss);
        world.join(&easy, &oss);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let later = |network: &Network| json!({"rings": [{"ring": "ORGANISATION"}, {"ring": "NETWORK",
            "networkIds": [network.id], "opensAt": "2027-03-12T09:00:00Z", "reason": "Eerst binnen"}], "deadline": DEADLINE});
        published(&owner, &work_of(&oss), &later(&easy));
        let path = drafted(&owner, &work_of(&oss));
        owner.client.transition(&path, "publications", &later(&strict)).names(&["rings.1.opensAt"]);
        let submitted = owner.client.transition(&path, "publications", &to_networks(&[&strict])).expect(200);
        assert_eq!(submitted.text_at("/state"), "IN_REVIEW");
        // Where only the network asks for a review, the organisation does not approve in its place.
        oss.administrator.client.transition(&path, "approvals", &Value::Null).refused(403, "not_allowed");
        assert!(!sees(&easy.coordinator.client, &path));
        let seen = strict.coordinator.client.get(&path).expect(200);
        assert_eq!(actions(&seen), ["APPROVE", "RETURN"]);
        assert_eq!(strict.coordinator.client.get("/assignments?state=IN_REVIEW").expect(200).ids().len(), 1);
        assert_eq!(count(&easy.coordinator.client, "state=IN_REVIEW"), 0);
        let open = strict.coordinator.client.transition(&path, "approvals", &Value::Null).expect(200);
        assert_eq!(open.text_at("/state"), "OPEN");
    }

    fn a_review_is_done_by_who_was_asked_and_told_with_remarks(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Wij kijken mee", "reviewRequired": true});
        oss.administrator.client.post(&format!("/organisations/{}/mobility-policies", oss.id), &policy).expect(201);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let draft = with(&work_of(&oss), &json!({"publication": plan(&["ALL_GOVERNMENT"])}));
        let created = owner.client.post("/assignments", &draft).expect(201);
        let path = created.headers["location"].clone();
        assert_eq!((created.text_at("/state"), &created.body["channel"]), ("IN_REVIEW", &Value::Null));
        assert_eq!(created.body["rings"][0]["isOpen"], json!(false));
        assert!(!sees(&world.employee(&oss, "Sanne de Vries").client, &path));
        owner.client.transition(&path, "approvals", &Value::Null).refused(403, "not_allowed");
        owner.client.patch(&path, &json!({"title": "Anders"})).refused(409, "transition_not_listed");
        let administrator = &oss.administrator.client;
        administrator.transition(&path, "returns", &json!({"remarks": " "})).names(&["remarks"]);
        let returned = administrator.transition(&path, "returns", &json!({"remarks": "Noem de wijk."})).expect(200);
        assert_eq!((returned.text_at("/state"), returned.body["rings"].as_array().unwrap().len()), ("DRAFT", 0));
        assert_eq!(owner.client.get(&path).expect(200).text_at("/reviewRemarks"), "Noem de wijk.");
        owner.client.transition(&path, "publications", &plan(&["ALL_GOVERNMENT"])).expect(200);
        service.pass(chrono::TimeDelta::days(42));
        let open = administrator.transition(&path, "approvals", &Value::Null).expect(200);
        assert_eq!((open.text_at("/state"), &open.body["reviewRemarks"]), ("OPEN", &Value::Null));
        assert_eq!(open.text_at("/deadline"), "2027-04-19T09:00:00Z", "a slow review never shortens the time to respond");
    }

    /// Invariant 19.
    fn a_network_by_invitation_appears_nowhere_to_who_is_not_admitted(service) {
        let world = World::new(service);
        let secret = network(&world, "Geheim", &json!({"admission": "INVITATION_ONLY"}));
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let friend = world.organisation("Gemeente Boxtel");
        world.join(&secret, &oss);
        world.join(&secret, &friend);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let (inside, outside) = (world.employee(&friend, "Bo Xtel"), world.employee(&uden, "Sanne de Vries"));
        let outsiders = [outside.client.clone(), uden.administrator.client.clone(), service.anonymous()];
        let before: Vec<_> = outsiders.iter().map(|client| client.get("/assignments?includeTotal=true").expect(200).text).collect();
        let hidden = published(&owner, &work_of(&oss), &to_networks(&[&secret]));
        assert!(sees(&inside.client, &hidden));
        let by_network = format!("networkId={}", secret.id);
        for (client, before) in outsiders.iter().zip(&before) {
            assert!(!sees(client, &hidden));
            assert_eq!(&client.get("/assignments?includeTotal=true").expect(200).text, before);
            let unknown = client.get(&format!("/assignments?includeTotal=true&networkId={UNKNOWN}")).expect(200);
            assert_eq!(client.get(&format!("/assignments?includeTotal=true&{by_network}")).expect(200).text, unknown.text);
        }
        // A klus that opens wider is seen, and the network behind it is not.
        let wide = json!({"rings": [{"ring": "NETWORK", "networkIds": [secret.id]}, {"ring": "ALL_GOVERNMENT"}], "deadline": DEADLINE});
        let wide = published(&owner, &work_of(&oss), &wide);
        let seen = outside.client.get(&wide).expect(200);
        assert!(!seen.text.contains(&secret.id) && !seen.text.contains("Geheim"), "{}", seen.text);
        let rings: Vec<&str> = seen.body["rings"].as_array().unwrap().iter().map(|ring| ring["ring"].as_str().unwrap()).collect();
        assert_eq!(rings, ["ALL_GOVERNMENT"]);
        assert_eq!(count(&outside.client, &by_network), 0);
        assert_eq!(count(&outside.client, ""), 1);
        let admitted = inside.client.get(&wide).expect(200);
        assert_eq!(admitted.text_at("/rings/0/networks/0/name"), "Geheim");
        assert_eq!(count(&inside.client, &by_network), 2);
        for client in [&outside.client, &uden.administrator.client] {
            let unknown = client.get(&format!("/networks/{UNKNOWN}/pledges")).refused(404, "not_found");
            let hidden = client.get(&format!("/networks/{}/pledges", secret.id)).refused(404, "not_found");
            assert_eq!(hidden.text, unknown.text);
        }
    }
}
