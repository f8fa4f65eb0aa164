//! Facets and suggestions: what there is, and nothing of what somebody may not see.

use contract_tests::{Client, Employee, World, on_both};
use serde_json::{Value, json};

use super::networks::{network, to_networks};
use super::*;

fn counts(client: &Client, query: &str, kind: &str, value: &str) -> Vec<(Value, u64)> {
    let facets = client.get(&format!("/assignments/facets?{query}")).expect(200);
    let counts = facets.body[kind].as_array().unwrap().iter();
    counts.map(|one| (one[value].clone(), one["count"].as_u64().unwrap())).collect()
}

fn suggestions(client: &Client, prefix: &str) -> Vec<(String, String)> {
    let list = client.get(&format!("/suggestions?prefix={prefix}")).expect(200);
    let items = list.body["items"].as_array().unwrap().iter();
    items.map(|one| (one["kind"].as_str().unwrap().to_owned(), one["text"].as_str().unwrap().to_owned())).collect()
}

fn opened(owner: &Employee, draft: &Value, changes: &Value, ring: &str) -> String {
    published(owner, &with(draft, changes), &plan(&[ring]))
}

on_both! {
    /// shows: U01
    fn facets_count_what_the_list_shows(service) {
        let world = World::new(service);
        let (oss, schap) = (world.organisation("Gemeente Oss"),
            world.organisation_with(&json!({"name": "Waterschap Aa en Maas", "kind": "WATER_BOARD"})));
        let (of_oss, of_schap) = (world.client_of(&oss, "Olga Opdracht"), world.client_of(&schap, "Wim Water"));
        let skill = service.administrator().get("/skills?limit=2").expect(200);
        let skills = [skill.text_at("/items/0/id"), skill.text_at("/items/1/id")];
        for (owner, draft) in [
            (&of_oss, with(&work_of(&oss), &json!({"title": "Bos", "region": "Noordoost-Brabant", "educationLevels": ["LBO", "MBO"],
                "requiredSkills": [{"skillId": skills[0]}], "preferredSkills": [{"skillId": skills[1]}]}))),
            (&of_oss, with(&work_of(&oss), &json!({"title": "Bos en kasteel", "kind": "SHADOWING", "region": "noordoost-brabant",
                "minutesPerWeek": 240}))),
            (&of_schap, with(&work_of(&schap), &json!({"title": "Dijk", "region": "Súdwest", "minutesPerWeek": 960,
                "educationLevels": ["HBO"], "requiredSkills": [{"skillId": skills[0]}]}))),
        ] {
            published(owner, &draft, &plan(&["ALL_GOVERNMENT"]));
        }
        drafted(&of_oss, &with(&work_of(&oss), &json!({"region": "Concept"})));
        let reader = world.employee(&oss, "Sanne de Vries").client;
        let of = |query: &str, kind: &str, value: &str| counts(&reader, query, kind, value);
        assert_eq!(of("", "kinds", "kind"), [(json!("PROJECT"), 2), (json!("SHADOWING"), 1)]);
        assert_eq!(of("", "regions", "region"), [(json!("Noordoost-Brabant"), 2), (json!("Súdwest"), 1)]);
        assert_eq!(of("", "layers", "layer"), [(json!("MUNICIPAL"), 2), (json!("WATER"), 1)]);
        assert_eq!(of("", "skills", "skillId"), [(json!(skills[0]), 2), (json!(skills[1]), 1)]);
        assert_eq!(of("", "hours", "minimumMinutesPerWeek"), [(json!(0), 1), (json!(241), 1), (json!(481), 1)]);
        assert_eq!(of("", "educationLevels", "educationLevel"),
            [(json!("LBO"), 2), (json!("MBO"), 2), (json!("HBO"), 2), (json!("WO"), 1)]);
        // What is narrowed by one kind of value leaves the others of that kind to be chosen.
        assert_eq!(of("layer=WATER", "layers", "layer"), [(json!("MUNICIPAL"), 2), (json!("WATER"), 1)]);
        assert_eq!(of("layer=WATER", "kinds", "kind"), [(json!("PROJECT"), 1)]);
        assert_eq!(of("kind=SHADOWING&region=noordoost-brabant", "kinds", "kind"), [(json!("PROJECT"), 1), (json!("SHADOWING"), 1)]);
        assert_eq!(of("search=kasteel", "layers", "layer"), [(json!("MUNICIPAL"), 1)]);
        assert_eq!(of("search=bosch%20dijk", "regions", "region").iter().map(|(_, count)| count).sum::<u64>(),
            reader.get("/assignments?search=bosch%20dijk").expect(200).body["items"].as_array().unwrap().len() as u64);
        assert_eq!(of("mine=true", "regions", "region"), []);
        assert_eq!(counts(&of_oss.client, "mine=true", "regions", "region"), [(json!("Noordoost-Brabant"), 2), (json!("Concept"), 1)]);
        // Each count is what choosing the value gives.
        for (kind, count) in of("search=dijk%20bos", "kinds", "kind") {
            let path = format!("/assignments?search=dijk%20bos&includeTotal=true&kind={}", kind.as_str().unwrap());
            assert_eq!(reader.get(&path).expect(200).body["total"]["count"], json!(count));
        }
        service.anonymous().get("/assignments/facets?mine=true").expect(200);
        reader.get("/assignments/facets?kind=HOBBY").refused(400, "input_invalid");
        let same = reader.get("/assignments/facets");
        reader.with("If-None-Match", &same.tag()).get("/assignments/facets").expect(304);
        let same = reader.get("/suggestions?prefix=bo");
        reader.with("If-None-Match", &same.tag()).get("/suggestions?prefix=bo").expect(304);
    }

    /// shows: W03
    fn facets_and_suggestions_tell_nothing_that_rings_hide(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Duiventilgemeente"));
        let (owner, other) = (world.client_of(&oss, "Olga Opdracht"), world.client_of(&uden, "Ursula Uden"));
        let stranger = world.employee(&uden, "Willem Vreemd").client;
        let skill = service.administrator().get("/skills?limit=1").expect(200);
        let hidden = json!({"title": "Duiventil", "region": "Duivenland", "kind": "TASTER", "minutesPerWeek": 60,
            "requiredSkills": [{"skillId": skill.text_at("/items/0/id")}], "educationLevels": ["WO"]});
        let paths = ["/assignments/facets", "/assignments/facets?search=duiventil", "/assignments/facets?region=Duivenland",
            "/suggestions?prefix=du", "/suggestions?prefix=duiven"];
        let look = |client: &Client| paths.map(|path| client.get(path).expect(200).text);
        let before = (look(&stranger), look(&service.anonymous()));
        let own = opened(&owner, &work_of(&oss), &hidden, "ORGANISATION");
        drafted(&other, &with(&work_of(&uden), &hidden));
        assert_eq!(before, (look(&stranger), look(&service.anonymous())));
        assert_ne!(before.0, look(&owner.client));
        assert_eq!(suggestions(&owner.client, "duiv"), [("WORD".to_owned(), "duiventil".to_owned()), ("REGION".to_owned(), "Duivenland".to_owned())]);
        owner.client.transition(&own, "cancellations", &json!({"reason": "POSTPONED"})).expect(200);
        assert_eq!(suggestions(&owner.client, "duiv"), []);
    }

    /// An invitation-only network does not show in counts or suggestions to who is not admitted (invariant 19).
    fn a_network_by_invitation_is_not_counted(service) {
        let world = World::new(service);
        let closed = network(&world, "Kring", &json!({"admission": "INVITATION_ONLY"}));
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        world.join(&closed, &oss);
        let owner = world.client_of(&oss, "Olga Opdracht");
        published(&owner, &with(&work_of(&oss), &json!({"title": "Besloten kring"})), &to_networks(&[&closed]));
        let (member, stranger) = (world.employee(&oss, "Sanne de Vries").client, world.employee(&uden, "Willem Vreemd").client);
        let within = format!("networkId={}", closed.id);
        assert_eq!(counts(&member, &within, "kinds", "kind"), [(json!("PROJECT"), 1)]);
        assert_eq!(suggestions(&member, "beslo"), [("WORD".to_owned(), "besloten".to_owned())]);
        let unknown = format!("networkId={UNKNOWN}");
        for client in [&stranger, &service.anonymous()] {
            let facets = |query: &str| client.get(&format!("/assignments/facets?{query}")).expect(200).text;
            assert_eq!(facets(&within), facets(&unknown));
            assert_eq!((counts(client, "", "kinds", "kind"), suggestions(client, "beslo")), (vec![], vec![]));
        }
    }

    /// shows: M01
    fn suggestions_come_from_skills_titles_regions_and_organisations(service) {
        let world = World::new(service);
        let oss = world.organisation("Projectbureau Brabant");
        let owner = world.client_of(&oss, "Olga Opdracht");
        for title in ["Projectleider bos", "Projectplan", "Nog een projectleider", "De wegen en wegwijzers"] {
            opened(&owner, &work_of(&oss), &json!({"title": title, "region": "Projectregio"}), "PUBLIC");
        }
        let found = suggestions(&service.anonymous(), "PROJ");
        let texts = |kind: &str| -> Vec<&str> {
            found.iter().filter(|(of, _)| of == kind).map(|(_, text)| text.as_str()).collect()
        };
        assert!(texts("SKILL").len() == 5 && texts("SKILL").contains(&"projectbeheer"), "{found:?}");
        assert_eq!(texts("WORD"), ["projectleider", "projectplan"]);
        assert_eq!((texts("REGION"), texts("ORGANISATION")), (vec!["Projectregio"], vec!["Projectbureau Brabant"]));
        assert_eq!(suggestions(&service.anonymous(), "wegen").last().unwrap().1, "wegen");
        for syntax in ["%25%25", "__", "%27%3B--", "%CC%81%CC%81", "%3Cb%3E"] {
            assert!(suggestions(&service.anonymous(), syntax).is_empty(), "{syntax}");
        }
        service.anonymous().get("/suggestions?prefix=p").refused(400, "input_invalid");
        service.anonymous().get("/suggestions").refused(400, "input_invalid");
    }
}
